"""Fixtures of reference managers' and XML formats, and their golden files, written anew with `python -m …texts`."""

from pathlib import Path

from concite.graph.papers import Record
from concite.graph.readers import Input, read_papers
from concite.graph.readers.bibliography import gather
from concite.graph.readers.options import Options

from .golden import rendered

TEXTS = Path(__file__).parents[2] / "fixtures" / "texts"
GOLDEN = TEXTS / "golden"


def texts() -> list[Path]:
    """The fixtures, each a small file of one format with its quirks."""
    return sorted(path for path in TEXTS.iterdir() if path.is_file())


def read_text(path: Path) -> list[Record]:
    """The records of a fixture, by its plain name, the bibliographies among them read together."""
    return list(read_papers(Input(path.name, path), options=Options(bibliography=gather([str(TEXTS)]))))


def write_golden_files() -> None:
    """Write what the readers give today; every change in them is to be read."""
    GOLDEN.mkdir(exist_ok=True)
    for path in texts():
        (GOLDEN / f"{path.name}.jsonl").write_text(rendered(read_text(path)), encoding="utf-8")


if __name__ == "__main__":
    write_golden_files()
