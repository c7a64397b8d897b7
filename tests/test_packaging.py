"""Packaging: the listed packages are those on disk, and a wheel holds all that the program needs."""

import os
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
FOLDERS = ("ontology", "graph", "exports")


def test_the_listed_packages_are_the_folders_on_disk() -> None:
    found = {"concite"}
    for folder in FOLDERS:
        for path in (ROOT / folder).rglob("__init__.py"):
            if "node_modules" not in path.parts:
                found.add(".".join(("concite", *path.parent.relative_to(ROOT).parts)))
    assert sorted(found) == PROJECT["tool"]["setuptools"]["packages"]


def test_every_folder_of_modules_is_a_package() -> None:
    for folder in FOLDERS:
        for path in (ROOT / folder).rglob("*.py"):
            if "node_modules" not in path.parts:
                assert (path.parent / "__init__.py").is_file(), path


def test_the_links_lead_editors_to_the_packages() -> None:
    for folder in FOLDERS:
        link = ROOT / "concite" / folder
        if not link.is_symlink():
            pytest.skip("this checkout has no symbolic links")
        assert link.readlink() == Path("..") / folder
        assert PROJECT["tool"]["setuptools"]["package-dir"][f"concite.{folder}"] == folder


def data_files() -> set[str]:
    """The committed data of the packages, as it stands in a wheel."""
    served = [f"exports/server/{folder}/*" for folder in ("assets", "queries", "templates")]
    command = ["git", "ls-files", "*/data/*", "exports/viewer/*", *served, "concite/py.typed"]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if ran.returncode or not ran.stdout:
        pytest.skip("this is no git checkout")
    listed = [name for name in ran.stdout.splitlines() if name.startswith((*FOLDERS, "concite/"))]
    return {name if name.startswith("concite/") else f"concite/{name}" for name in listed}


def test_the_data_is_there() -> None:
    names = data_files()
    assert {"concite/py.typed", "concite/ontology/data/words.txt", "concite/graph/data/sample.jsonl"} <= names
    assert "concite/exports/viewer/page.html" in names


def wheel(folder: Path) -> Path:
    """A wheel built from a copy of the committed files."""
    ran = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if ran.returncode:
        pytest.skip("this is no git checkout")
    for name in filter(None, ran.stdout.split("\0")):
        if (ROOT / name).is_file() and not name.startswith(("tests/", "notebooks/")):
            (folder / "copy" / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, folder / "copy" / name)
    if not (folder / "copy" / "README.md").exists():
        (folder / "copy" / "README.md").write_text("# Concite\n")
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--disable-pip-version-check", "-w", "."]
    ran = subprocess.run([*command, "./copy"], cwd=folder, capture_output=True, text=True, check=False)
    if ran.returncode and "No matching distribution" in ran.stderr and "CI" not in os.environ:
        pytest.skip("the build needs setuptools, which cannot be fetched here")
    assert ran.returncode == 0, ran.stderr
    (made,) = folder.glob("*.whl")
    return made


@pytest.mark.slow
def test_a_wheel_holds_all_that_the_program_needs_and_nothing_else(tmp_path: Path) -> None:
    made = zipfile.ZipFile(wheel(tmp_path))
    held = set(made.namelist())
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    modules = {f"concite/{name}" for name in tracked if name.startswith(FOLDERS) and name.endswith(".py")}
    modules |= {name for name in tracked if name.startswith("concite/") and name.endswith(".py")}
    assert sorted((modules | data_files()) - held) == []
    assert [name for name in held if not name.startswith(("concite/", "concite-"))] == []
    assert [name for name in held if "tests/" in name or "explorer/" in name] == []
    made.extractall(tmp_path / "site")
    code = "import concite, concite.cli; print(concite.__file__); concite.cli.main()"
    ran = subprocess.run(
        [sys.executable, "-c", code, "ontology", "search", "LoRA"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path / "site")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.startswith(str(tmp_path / "site"))
    assert "\nlora\t" in ran.stdout
