"""Building: inputs in, a stored graph out, with a manifest that accounts for every record."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from importlib.resources import as_file, files
from typing import TYPE_CHECKING, Any

from ..ontology.vocabulary import Vocabulary
from .assembly import Tables, assemble
from .linking import LinkedPaper, Linker
from .merging import Unified, unify
from .papers import InputError, Paper, Skipped, StatedCitation
from .readers import Format, Input, detect_format, read_papers
from .store import FORMAT_VERSION
from .tables import COLUMNS, frame

if TYPE_CHECKING:
    import polars as pl

Progress = Callable[[int, int], None]
"""Called with the number of papers linked so far, and of all."""


@dataclass(frozen=True, slots=True)
class ReadInput:
    """What one input gave."""

    name: str
    sha256: str
    format: str
    papers: tuple[Paper, ...]
    citations: tuple[StatedCitation, ...]
    skipped: tuple[Skipped, ...]


def sample_input() -> Input:
    """The bundled sample: landmark papers of language modelling and deep learning."""
    with as_file(files("concite.graph").joinpath("data/sample.jsonl")) as path:
        return Input("sample.jsonl", path)


def read_inputs(
    arguments: Sequence[str], named: Format | None = None, *, strict: bool = False, in_order: bool = False
) -> list[ReadInput]:
    """Read all inputs, the bundled sample where there are none; sorted by name unless *in_order*.

    Raises `InputError`; with *strict* also for a record that else is skipped.
    """
    inputs = [Input.from_argument(argument) for argument in arguments] or [sample_input()]
    read = [_read(source, named, strict) for source in inputs]
    return read if in_order else sorted(read, key=lambda each: (each.name, each.sha256))


def _read(source: Input, named: Format | None, strict: bool) -> ReadInput:
    known = named or detect_format(source)
    papers: list[Paper] = []
    citations: list[StatedCitation] = []
    skipped: list[Skipped] = []
    for item in read_papers(source, known):
        if isinstance(item, Paper):
            papers.append(item)
        elif isinstance(item, StatedCitation):
            citations.append(item)
        else:
            if strict and known is not Format.LISTING:
                raise InputError(f"{item.input}:{item.position}", item.reason, "mend the record, or leave out --strict")
            skipped.append(item)
    if not papers:
        raise InputError(f"{source.name}:1", f"no paper found (read as {known})", "see `concite build --help`")
    return ReadInput(source.name, source.digest(), str(known), tuple(papers), tuple(citations), tuple(skipped))


def link_papers(unified: Unified, vocabulary: Vocabulary, progress: Progress | None = None) -> Iterator[LinkedPaper]:
    """Link papers one by one, in the order of their ids."""
    linker = Linker(vocabulary)
    for number, paper in enumerate(unified.papers.values(), start=1):
        yield linker.link(paper)
        if progress:
            progress(number, len(unified.papers))


def build_tables(
    read: Sequence[ReadInput], vocabulary: Vocabulary, progress: Progress | None = None
) -> "tuple[dict[str, pl.DataFrame], dict[str, Any]]":
    """The frames and the manifest of the graph of some inputs."""
    unified = unify(paper for each in read for paper in each.papers)
    linked = dict(zip(unified.papers, link_papers(unified, vocabulary, progress), strict=True))
    skipped = [item for each in read for item in each.skipped]
    tables = assemble(linked, vocabulary, [*skipped, *unified.merged])
    _account(read, unified)
    frames = {table: frame(table, getattr(tables, table)) for table in COLUMNS}
    return frames, _manifest(read, unified, tables, vocabulary)


def _account(read: Sequence[ReadInput], unified: Unified) -> None:
    """Make sure that no record was lost: those read are papers of the graph or were merged into one."""
    records = sum(len(each.papers) for each in read)
    if records != len(unified.papers) + len(unified.merged):
        raise AssertionError(f"{records} records, {len(unified.papers)} papers, {len(unified.merged)} merged")


def _manifest(read: Sequence[ReadInput], unified: Unified, tables: Tables, vocabulary: Vocabulary) -> dict[str, Any]:
    inputs = [
        {
            "name": each.name,
            "sha256": each.sha256,
            "format": each.format,
            "papers": len(each.papers),
            "skipped": len(each.skipped),
        }
        for each in read
    ]
    return {
        "format_version": FORMAT_VERSION,
        "tool": f"concite {version('concite')}",
        "inputs": inputs,
        "vocabulary": {"concepts": len(vocabulary), "sha256": vocabulary.digest},
        "counts": {table: len(rows) for table, rows in by_name(tables).items()},
        "quality": _quality(unified, tables),
    }


def by_name(tables: Tables) -> Mapping[str, Sequence[Mapping[str, Any]]]:
    """The tables by name."""
    return {table: getattr(tables, table) for table in COLUMNS}


def _quality(unified: Unified, tables: Tables) -> dict[str, Any]:
    """What a reader of the graph should know about it."""
    methods = Counter(row["method"] for row in tables.mentions)
    bands = Counter(f"{min(int(row['confidence'] * 10), 9) / 10:.1f}" for row in tables.mentions)
    mentioned = {row["paper"] for row in tables.mentions}
    return {
        "papers_merged": len(unified.merged),
        "papers_without_abstract": sum(not paper.abstract for paper in unified.papers.values()),
        "papers_without_mentions": len(unified.papers) - len(mentioned),
        "papers_without_year": sum(paper.year is None for paper in unified.papers.values()),
        "mentions_by_method": dict(sorted(methods.items())),
        "mentions_by_confidence": dict(sorted(bands.items())),
        "candidates": sum(row["origin"] == "candidate" for row in tables.concepts),
    }
