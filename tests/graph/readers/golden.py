"""Golden files of readers: what each fixture gives, a line a record, written anew with `python -m …golden`."""

import json
from dataclasses import asdict
from pathlib import Path

from concite.graph.papers import Record
from concite.graph.readers import Input, read_papers

DUMPS = Path(__file__).parents[2] / "fixtures" / "dumps"
GOLDEN = DUMPS / "golden"


def dumps() -> list[Path]:
    """The fixtures, each a small dump of one format with its quirks."""
    return sorted(path for path in DUMPS.iterdir() if path.is_file())


def rendered(records: list[Record]) -> str:
    """Records as JSON lines, without what is empty."""
    return "".join(json.dumps(_told(record), ensure_ascii=False) + "\n" for record in records)


def _told(record: Record) -> dict[str, object]:
    return {"is": type(record).__name__} | {name: value for name, value in asdict(record).items() if value}


def read(path: Path) -> list[Record]:
    """The records of a fixture, by its plain name."""
    return list(read_papers(Input(path.name, path)))


def write_golden_files() -> None:
    """Write what the readers give today; every change in them is to be read."""
    GOLDEN.mkdir(exist_ok=True)
    for path in dumps():
        (GOLDEN / f"{path.name}.jsonl").write_text(rendered(read(path)), encoding="utf-8")


if __name__ == "__main__":
    write_golden_files()
