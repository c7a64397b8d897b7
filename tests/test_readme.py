"""The README's commands do what it says, with the output that it shows."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

README = Path(__file__).parents[1] / "README.md"
PAPER = """\
TinyTune: Adapting Llama 2 on One GPU

Large language models (LLMs) are costly to adapt. We propose TinyTune, a novel fine-tuning method built on LoRA. On
MMLU, Llama-2-7B tuned on a single A100 outperforms full fine-tuning.
"""


def console_blocks() -> list[tuple[str, list[str]]]:
    """The commands of the README's console blocks, each with the lines shown under it."""
    found: list[tuple[str, list[str]]] = []
    for block in re.findall(r"```console\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL):
        for line in block.splitlines():
            if line.startswith("$ "):
                found.append((line[2:], []))
            else:
                found[-1][1].append(line)
    return found


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory in which the README's commands run one after the other."""
    folder = tmp_path_factory.mktemp("readme")
    (folder / "paper.txt").write_text(PAPER, encoding="utf-8")
    return folder


def test_the_readme_shows_commands() -> None:
    assert len(console_blocks()) >= 4


def test_the_console_blocks_show_what_the_commands_print(place: Path) -> None:
    for command, shown in console_blocks():
        program, *arguments = shlex.split(command)
        assert program == "concite"
        run = subprocess.run(
            [sys.executable, "-m", "concite", *arguments],
            cwd=place,
            capture_output=True,
            text=True,
            env={**os.environ, "COLUMNS": "120"},
        )
        assert run.returncode == 0, run.stderr
        printed = (run.stdout + run.stderr).rstrip().splitlines()
        if shown and shown[-1] == "…":
            shown, printed = shown[:-1], printed[: len(shown) - 1]
        assert [line.rstrip() for line in printed] == [line.rstrip() for line in shown], command


def test_the_python_of_the_readme_runs(place: Path) -> None:
    if not (place / "concite-graph").exists():
        subprocess.run([sys.executable, "-m", "concite", "build", "-o", "concite-graph"], cwd=place, check=True)
    code = "\n".join(re.findall(r"```python\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL))
    run = subprocess.run([sys.executable, "-c", code], cwd=place, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr


def test_the_links_of_the_readme_lead_somewhere() -> None:
    targets = re.findall(r"\]\((?!https?:)([^)#]+)\)", README.read_text(encoding="utf-8"))
    assert targets
    assert [target for target in targets if not (README.parent / target).exists()] == []


def test_the_readme_names_no_placeholder() -> None:
    assert re.findall(r"@[A-Z]+@", README.read_text(encoding="utf-8")) == []
