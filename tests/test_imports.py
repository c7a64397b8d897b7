"""Imports: one direction between the packages, and nothing heavy before it is needed."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
RANKS = {"ontology": 0, "graph": 1, "exports": 2, "concite": 3}
HEAVY = ("polars", "networkx", "rdflib", "pydantic", "pyoxigraph", "daachorse", "scipy", "numpy", "typer", "rich")


def modules() -> Iterator[tuple[tuple[str, ...], Path]]:
    """Every module by its name below `concite`, with its file; the links in `concite/` are not followed."""
    for package in RANKS:
        for path in sorted((ROOT / package).glob("*.py" if package == "concite" else "**/*.py")):
            if "node_modules" not in path.parts:
                inside = path.relative_to(ROOT / package).with_suffix("").parts
                yield ((*(() if package == "concite" else (package,)), *inside), path)


def imported(name: tuple[str, ...], path: Path) -> Iterator[tuple[int, str]]:
    """The packages of the project that a module imports, with lines; `concite` for the topmost."""
    folder = name[:-1]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            absolute = tuple((node.module or "").split(".")) if node.module else ()
            if node.level:
                absolute = ("concite", *folder[: len(folder) - node.level + 1], *absolute)
            if absolute[:1] == ("concite",):
                for alias in node.names:
                    below = (*absolute[1:], alias.name)
                    yield node.lineno, below[0] if below[0] in RANKS else "concite"
        elif isinstance(node, ast.Import):
            for alias in node.names:
                parts = alias.name.split(".")
                if parts[0] == "concite":
                    yield node.lineno, parts[1] if len(parts) > 1 and parts[1] in RANKS else "concite"


def test_the_packages_are_found() -> None:
    names = {name for name, _ in modules()}
    assert {("cli",), ("ontology", "names"), ("graph", "readers", "inputs"), ("exports", "rdf")} <= names


def test_imports_run_from_ontology_over_graph_and_exports_to_concite() -> None:
    against = [
        f"{path.relative_to(ROOT)}:{line} imports {package}"
        for name, path in modules()
        for line, package in imported(name, path)
        if RANKS[package] > RANKS[name[0] if len(name) > 1 else "concite"]
    ]
    assert against == []


def test_the_check_of_imports_sees_relative_and_absolute_ones(tmp_path: Path) -> None:
    code = "from ..exports import rdf\nfrom .. import exports\nimport concite.graph.store\nfrom ...concite import x\n"
    (tmp_path / "x.py").write_text(f"{code}from .names import y\nfrom concite import build\n")
    found = list(imported(("ontology", "x"), tmp_path / "x.py"))
    assert (1, "exports") in found
    assert (2, "exports") in found
    assert (3, "graph") in found
    assert (5, "ontology") in found
    assert (6, "concite") in found


@pytest.mark.parametrize("statement", ["import concite", "import concite.ontology.classes, concite.ontology.names"])
def test_importing_loads_nothing_heavy(statement: str) -> None:
    heavy = HEAVY if statement == "import concite" else tuple(name for name in HEAVY if name != "pydantic")
    code = f"{statement}; import sys; print(*sorted(set({heavy!r}) & set(sys.modules)))"
    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert ran.stdout.split() == []


def test_help_loads_neither_frames_nor_graphs_nor_rdf() -> None:
    code = "import concite.cli, sys; print(*sorted({'polars', 'networkx', 'rdflib', 'pyoxigraph'} & set(sys.modules)))"
    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert ran.stdout.split() == []
