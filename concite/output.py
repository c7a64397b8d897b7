"""What the command line prints: formats, progress, summaries and errors."""

import itertools
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import typer

from .graph.input_formats import Format

if TYPE_CHECKING:
    from .graph.knowledge import KnowledgeGraph
    from .graph.linking import LinkedPaper
    from .graph.papers import PaperId


FORMATS_TOLD = f"The inputs' format, where their content does not tell it: {', '.join(Format)}."
"""The help of the option that names a format."""
RECORDS_TOLD = 50_000
"""Records after which a plain line says so."""
SKIPPED_SHOWN = 5
"""Pieces of input without a paper that the statistics name."""


class LinkFormat(StrEnum):
    """How `concite link` prints."""

    TEXT = "text"
    JSONL = "jsonl"


class ExportFormat(StrEnum):
    """What `concite export` writes."""

    TURTLE = "turtle"
    NT = "nt"
    NQ = "nq"
    TRIG = "trig"
    JSONLD = "jsonld"
    RDFXML = "rdfxml"
    HTML = "html"
    PYVIS = "pyvis"
    GRAPHML = "graphml"
    GEXF = "gexf"
    NODELINK = "nodelink"
    CSV = "csv"
    NEO4J = "neo4j"


class QueryFormat(StrEnum):
    """How `concite query` prints answers."""

    TABLE = "table"
    CSV = "csv"
    TSV = "tsv"
    JSON = "json"
    XML = "xml"
    TURTLE = "turtle"
    NT = "nt"


def fail(message: str) -> NoReturn:
    """Print an error and leave with status 1."""
    typer.echo(f"concite: {message}", err=True)
    sys.exit(1)


@contextmanager
def progress_bar(label: str) -> Iterator[Callable[[int, int], None] | None]:
    """A bar on a terminal; on anything else a plain line for every thousand papers."""
    if not sys.stderr.isatty():
        yield (lambda done, total: typer.echo(f"{label}: {done} of {total}", err=True) if done % 1000 == 0 else None)
        return
    from rich.progress import Progress

    with Progress(transient=True) as bar:
        task = bar.add_task(label)
        yield lambda done, total: bar.update(task, completed=done, total=total)


@contextmanager
def record_count() -> Iterator[Callable[[int], None]]:
    """The number of records read so far on a terminal; on anything else a plain line where they are many."""
    lines = itertools.count(RECORDS_TOLD, RECORDS_TOLD)
    following = next(lines)

    def tell(count: int) -> None:
        nonlocal following
        if count >= following:
            typer.echo(f"reading: {count} records", err=True)
            following = next(each for each in lines if each > count)

    if not sys.stderr.isatty():
        yield tell
        return
    from rich.console import Console

    with Console(stderr=True).status("reading") as status:
        yield lambda count: status.update(f"reading: {count:,} records")


def say_built(graph: "KnowledgeGraph", folder: Path) -> None:
    """Say in a few lines what was found and where it is."""
    counts = graph.counts()
    skipped = counted(counts["skipped"], "piece")
    typer.echo(f"{counted(counts['papers'], 'paper')} read, {skipped} of input skipped (see `skipped`)")
    gone = graph.manifest.get("quality", {})
    if merged := gone.get("papers_merged"):
        read = counted(gone["records_read"], "record")
        typer.echo(f"{read}: {merged} merged into papers of others (see `records`)")
    classes = ("technique", "model", "dataset", "hardware", "task", "metric", "software")
    kinds = ", ".join(f"{counts[f'  {name}']} {name}" for name in classes)
    concepts, mentions = counted(counts["concepts"], "concept"), counted(counts["mentions"], "mention")
    typer.echo(f"{concepts} in {mentions}: {kinds}")
    layers = f"{counts['citations, explicit']} explicit, {counts['citations, inferred']} inferred"
    typer.echo(f"citations: {layers}; {counted(counts['papers only cited'], 'paper')} only cited")
    typer.echo(f"stored in {folder}/")


def counted(number: int, noun: str) -> str:
    """A number with its noun, which takes an s but for one."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def linked_json(linked: "LinkedPaper", paper: "PaperId", explain: bool = False) -> str:
    """A paper's mentions as one line of JSON (contract 1)."""
    from .ontology.terms import concept_iri, paper_iri

    mentions = [
        {
            "field": m.field,
            "start": m.start,
            "end": m.end,
            "text": m.text,
            "concept": concept_iri(m.concept.id),
            "label": m.concept.label,
            "class": m.concept.concept_class,
            "role": m.role,
            "confidence": m.confidence,
            "origin": m.concept.origin,
            "method": m.method,
            **({"refused": list(m.refused)} if explain else {}),
        }
        for m in linked.mentions
    ]
    record = {
        "paper": paper_iri(paper),
        "title": linked.paper.title,
        "abstract": linked.paper.abstract or "",
        "mentions": mentions,
    }
    return json.dumps(record, ensure_ascii=False)


def linked_text(linked: "LinkedPaper", explain: bool = False) -> str:
    """A paper's concepts for reading: by role, each with its words; or every mention explained."""
    lines = [linked.paper.title]
    if explain:
        for m in linked.mentions:
            lines.append(
                f"  {m.field}:{m.start}-{m.end} “{m.text}” → {m.concept.label} ({m.concept.concept_class}, "
                f"{m.concept.origin}), {m.role}, {m.confidence:.2f}, by {m.method}"
            )
            lines += [f"      refused {reason}" for reason in m.refused]
        return "\n".join(lines) + "\n"
    seen = {m.concept.id: m for m in reversed(linked.mentions)}
    for m in sorted(seen.values(), key=lambda m: (m.role.rank, m.field != "title", m.start)):
        lines.append(f"  {m.role:<11}{m.concept.label} ({m.concept.concept_class}, {m.confidence:.2f}): “{m.text}”")
    return "\n".join(lines) + "\n"


def stats_text(graph: "KnowledgeGraph") -> str:
    """Counts and quality of a graph for reading."""
    counts = [f"{name:<24}{count:>8,}" for name, count in graph.counts().items()]
    quality = (f"{name.replace('_', ' ')}: {_told(value)}" for name, value in graph.manifest.get("quality", {}).items())
    return "\n".join([*counts, "", *quality, *_first_skipped(graph)])


def _told(value: object) -> str:
    return ", ".join(f"{k} {v}" for k, v in value.items()) or "none" if isinstance(value, dict) else str(value)


def _first_skipped(graph: "KnowledgeGraph") -> Iterator[str]:
    """The first pieces of input that became no paper, and where the rest is told."""
    rows = graph.skipped.select("input", "position", "reason")
    yield from ["", "skipped:"] if len(rows) else []
    for source, position, reason in rows.head(SKIPPED_SHOWN).iter_rows():
        yield f"  {source}{':' if position else ''}{position}: {reason}"
    if len(rows) > SKIPPED_SHOWN:
        yield f"  and {len(rows) - SKIPPED_SHOWN:,} more, see the table skipped.parquet of the graph"


def stats_json(graph: "KnowledgeGraph") -> str:
    """Counts and quality of a graph as JSON."""
    counts = {name.strip(): count for name, count in graph.counts().items()}
    by_role = {row["role"]: row["len"] for row in graph.links.group_by("role").len().iter_rows(named=True)}
    record = {
        "papers": counts["papers"],
        "papers_only_cited": counts["papers only cited"],
        "concepts": counts["concepts"],
        "by_class": {
            name: counts[name] for name in ("technique", "model", "dataset", "hardware", "task", "metric", "software")
        },
        "mentions": len(graph.mentions),
        "links_by_role": dict(sorted(by_role.items())),
        "citations": {"explicit": counts["citations, explicit"], "inferred": counts["citations, inferred"]},
        "skipped": counts["skipped"],
        "quality": graph.manifest.get("quality", {}),
    }
    return json.dumps(record, indent=1, ensure_ascii=False)
