"""Annotated papers: gold files with their texts, and our own annotations, whose texts are looked up in archives.

`annotations.jsonl` holds what we marked, without seeing what the recogniser finds, in 629
titles and abstracts of the ML Anthology, the ACL Anthology and arXiv: identifiers, places, classes,
names and roles, and no text. Papers with `held` are for measuring only; nothing is learned from them.
"""

import argparse
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from concite.graph.mentions import Field
from concite.graph.papers import Paper
from concite.graph.readers import read_argument

ANNOTATIONS = Path(__file__).with_name("annotations.jsonl")
OWN, HELD = "annotations", "held back"
"""The sources of papers with our own annotations: those to learn from, and those to measure with."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of title, line break and abstract that an expert marked, with what was said of it."""

    start: int
    end: int
    classes: tuple[str, ...]
    canonical: str
    role: str
    optional: bool


@dataclass(frozen=True, slots=True)
class Annotated:
    """A paper with its marks and the name of the annotation they are from."""

    paper: Paper
    key: str
    source: str
    marks: tuple[Mark, ...]

    def place(self, field: Field, start: int, end: int) -> tuple[int, int]:
        """Where a stretch of a field stands in title, line break and abstract."""
        shift = len(self.paper.title) + 1 if field is Field.ABSTRACT else 0
        return start + shift, end + shift


def read_gold(path: Path) -> Iterator[Annotated]:
    """The papers of a gold file, which holds their texts."""
    for record in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
        marks = (
            Mark(s["start"], s["end"], (s["class"], *s["alt"]), s["canonical"], s["role"], s["optional"])
            for s in record["spans"]
        )
        yield Annotated(Paper(record["title"], record["abstract"]), record["id"], path.stem, tuple(marks))


def read_annotations(archives: Iterable[str]) -> Iterator[Annotated]:
    """The papers of our own annotations that some archives hold; the source of those held back is `HELD`."""
    records = map(json.loads, ANNOTATIONS.read_text(encoding="utf-8").splitlines())
    wanted = {record["paper"]: record for record in records}
    for paper in _papers(archives):
        key = next((each for each in paper.identifiers if each in wanted), None)
        if key is not None and len(f"{paper.title}\n{paper.abstract}") == wanted[key]["length"]:
            record = wanted.pop(key)
            marks = (
                Mark(start, end, tuple(classes.split("/")), name, role, bool(rest))
                for start, end, classes, name, role, *rest in record["spans"]
            )
            yield Annotated(paper, key, HELD if record["held"] else OWN, tuple(marks))


@dataclass(frozen=True, slots=True)
class Material:
    """Annotated papers to learn from, those of gold files and our own, those held back, and whether to write."""

    gold: tuple[Annotated, ...]
    own: tuple[Annotated, ...]
    held: tuple[Annotated, ...]
    write: bool


def asked_material(description: str) -> Material:
    """What the command line of a training script names: gold files, and archives that hold annotated papers."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, nargs="+")
    parser.add_argument("--papers", action="append", default=[], help="An archive that holds annotated papers.")
    parser.add_argument("--write", action="store_true", help="Write the weights.")
    options = parser.parse_args()
    ours = list(read_annotations(options.papers))
    own, held = (tuple(each for each in ours if each.source == source) for source in (OWN, HELD))
    return Material(tuple(each for path in options.gold for each in read_gold(path)), own, held, options.write)


def _papers(archives: Iterable[str]) -> Iterator[Paper]:
    for archive in archives:
        for _, _, records in read_argument(archive):
            yield from (record for record in records if isinstance(record, Paper) and record.abstract)


def write_gold(papers: Iterable[Annotated], path: Path) -> None:
    """Annotated papers as the shared scorer reads them."""
    with path.open("w", encoding="utf-8") as out:
        for each in papers:
            text = f"{each.paper.title}\n{each.paper.abstract}"
            spans = [
                {"start": m.start, "end": m.end, "surface": text[m.start : m.end], "class": m.classes[0],
                 "alt": m.classes[1:], "canonical": m.canonical, "role": m.role, "optional": m.optional}
                for m in each.marks
            ]  # fmt: skip
            record = {"id": each.key, "title": each.paper.title, "abstract": each.paper.abstract, "spans": spans}
            print(json.dumps(record, ensure_ascii=False), file=out)
