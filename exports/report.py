"""The report: a graph's analyses as one page to read or print, with nothing to install, run or load."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import polars as pl

from ..graph.papers import InputError
from ..ontology.classes import ConceptClass, Layer
from .kinship import apart
from .plots import draw

if TYPE_CHECKING:
    from jinja2 import Template
    from markupsafe import Markup

    from ..graph.knowledge import KnowledgeGraph
    from ..graph.metrics.results import Result

ROWS = 12
"""Rows of each table."""
POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
"""Nothing is loaded and nothing runs; the maps' shades are pictures within."""


class Column(NamedTuple):
    """A column of a table: the frame's, and its heading."""

    name: str
    heading: str


@dataclass(frozen=True)
class Question:
    """A question that the report answers: with which analysis, and what of it a table shows."""

    heading: str
    about: str
    analysis: str
    columns: tuple[Column, ...] = ()
    of_citations: bool = False
    """Whether the analysis is of one layer of citations."""


@dataclass(frozen=True)
class Section:
    """An answered question: a picture, or the reason why there is none, and a table."""

    heading: str
    about: str
    notes: tuple[str, ...]
    picture: "Markup | None"
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


QUESTIONS = (
    Question(
        "What is studied together",
        "Concepts that more papers name together than their own frequencies let expect. NPMI is 0 for chance and 1 "
        "for always together; q is the share of false finds among all pairs down to this one.",
        "cooccurrence.cooccurrence",
        (
            Column("a_label", "concept"), Column("b_label", "goes with"), Column("count", "papers"),
            Column("npmi", "NPMI"), Column("q", "q"),
        ),
    ),
    Question(
        "Which groups the concepts form",
        "Groups with many ties within and few between, each named by what is most telling for it.",
        "communities.concept_communities",
    ),
    Question(
        "Which concepts should have met",
        "Pairs that no paper names together, though much else goes with both: a gap, or a thing without sense.",
        "missing_links.missing_links",
        (Column("a_label", "concept"), Column("b_label", "never with"), Column("through", "both go with")),
    ),
    Question(
        "Which papers rank first",
        "PageRank: a paper ranks high when papers that rank high cite it.",
        "ranking.pagerank",
        (Column("title", "paper"), Column("year", "year"), Column("cited", "cited by"), Column("score", "PageRank")),
        of_citations=True,
    ),
    Question(
        "Which line leads through the citations",
        "The main path: the line of citations over which most ways from old papers to new ones lead.",
        "main_path.main_path",
        of_citations=True,
    ),
    Question(
        "What rises and falls",
        "The share of each year's papers that name a concept, smoothed over three years.",
        "trends.trends",
    ),
    Question(
        "What is new",
        "How much larger the share of a concept is in the last years than before.",
        "emergence.emerging",
        (
            Column("label", "concept"), Column("first_seen", "first seen"), Column("before", "papers before"),
            Column("recent", "papers of late"), Column("growth", "times as often"),
        ),
    ),
    Question(
        "When concepts burst",
        "Years in which a concept was named far more than at other times.",
        "bursts.bursts",
        (Column("label", "concept"), Column("start", "from"), Column("end", "to"), Column("papers", "papers")),
    ),
    Question(
        "How long concepts last",
        "From the first year over the peak to the year when half of the peak was left.",
        "half_lives.half_lives",
    ),
    Question(
        "Which hardware large models are named with",
        "Of the papers that name a model of more than a billion parameters, the share that names each accelerator. "
        "Most abstracts name none.",
        "hardware.hardware_reach",
        (Column("label", "hardware"), Column("papers", "papers"), Column("of", "of"), Column("share", "share")),
    ),
)  # fmt: skip


def write_report(graph: "KnowledgeGraph", path: Path, title: str = "What these papers say") -> None:
    """Write the report of a graph to *path*. Raises `InputError` where matplotlib is not installed."""
    path.write_text(report_html(graph, title), encoding="utf-8", newline="\n", errors="replace")


def report_html(graph: "KnowledgeGraph", title: str = "What these papers say") -> str:
    """The report of a graph; the same graph gives the same bytes."""
    return _template().render(
        title=title,
        policy=POLICY,
        summary=[line for line in graph.summary().lines if line[0].strip() not in set(ConceptClass)],
        classes=_most_named(graph),
        sections=[_section(graph, question, number) for number, question in enumerate(QUESTIONS, 1)],
        inputs=graph.manifest.get("inputs", []),
        tool=graph.manifest.get("tool", ""),
        skipped=graph.skipped.head(ROWS).rows(),
        skipped_in_all=len(graph.skipped),
    )


@cache
def _template() -> "Template":
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("concite.exports", "data"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("report.html")


def _most_named(graph: "KnowledgeGraph") -> list[tuple[str, list[tuple[str, int]]]]:
    """For each class the concepts that most papers name."""
    telling = graph.links.filter(~pl.col("general") & ~pl.col("grouping"))
    counted = telling.group_by("class", "concept", "label").agg(papers=pl.len())
    counted = counted.sort("papers", "concept", descending=[True, False])
    tops = ((str(each), counted.filter(pl.col("class") == each).head(8)) for each in ConceptClass)
    return [(name, top.select("label", "papers").rows()) for name, top in tops if len(top)]


def _section(graph: "KnowledgeGraph", question: Question, number: int) -> Section:
    """The answer to a question, with the reason where there is nothing to show."""
    options = {"layer": _best_layer(graph)} if question.of_citations else {}
    result = _analysis(question.analysis)(graph, **options)
    notes = (f"Counted is the {options['layer']} layer of citations.", *result.notes) if options else result.notes
    frame = apart(graph, result.frame) if "a" in result.frame.columns else result.frame
    rows = frame.select([column.name for column in question.columns]).head(ROWS).rows()
    return Section(
        question.heading,
        question.about,
        notes,
        _picture(graph, result, f"s{number}"),
        tuple(column.heading for column in question.columns),
        tuple(tuple(map(_shown, row)) for row in rows),
    )


def _analysis(function: str) -> "Callable[..., Result]":
    module, _, name = function.partition(".")
    found: Callable[..., Result] = getattr(import_module(f"..graph.metrics.{module}", __package__), name)
    return found


def _best_layer(graph: "KnowledgeGraph") -> Layer:
    """The layer of stated citations, or, where there are none, that of inferred ones."""
    return Layer.EXPLICIT if Layer.EXPLICIT in set(graph.citations["layer"]) else Layer.INFERRED


def _picture(graph: "KnowledgeGraph", result: "Result", prefix: str) -> "Markup | None":
    """The picture of a result as part of the page; None where there is nothing to draw."""
    from markupsafe import Markup

    try:
        made = draw(graph, result)
    except InputError as error:
        if error.place == "plot":
            return None
        raise
    title = made.get_suptitle()
    return Markup('<figure role="img" aria-label="{}">{}</figure>').format(title, Markup(_inlined(made.svg(), prefix)))


def _inlined(svg: str, prefix: str) -> str:
    """An SVG element that can stand beside others in one page: as wide as there is room, with ids of its own."""
    svg = re.sub(r"<metadata>.*?</metadata>", "", svg, flags=re.DOTALL)
    svg = re.sub(r'(<svg[^>]*?) width="[^"]*"', r"\1", svg, count=1)
    svg = re.sub(r'(<svg[^>]*?) height="[^"]*"', r"\1", svg, count=1)
    svg = re.sub(r'(?<= )id="', f'id="{prefix}-', svg)
    return re.sub(r'(href="#|url\(#)', rf"\g<1>{prefix}-", svg)


def _shown(value: Any) -> str:
    """A cell's text."""
    if value is None:
        return "–"
    if isinstance(value, float):
        if 0 < value < 0.001:
            return "< 0.001"
        return f"{value:.2g}" if abs(value) < 1 else f"{value:.1f}"
    return ", ".join(value) if isinstance(value, list) else str(value)
