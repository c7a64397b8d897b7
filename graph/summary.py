"""The summary: what a graph holds, in a few lines that a person reads first."""

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from ..ontology.classes import ConceptClass, Layer

if TYPE_CHECKING:
    import polars as pl

    from .knowledge import KnowledgeGraph

SHOWN = 5


@dataclass(frozen=True)
class Summary:
    """Lines of a heading and what it tells."""

    lines: tuple[tuple[str, str], ...]

    def __str__(self) -> str:
        widest = max(len(heading) for heading, _ in self.lines)
        return "\n".join(f"{heading:<{widest}}  {told}" for heading, told in self.lines)

    __repr__ = __str__

    def _repr_html_(self) -> str:
        cell = "<td style='text-align:left;vertical-align:top'>"
        rows = (f"<tr>{cell}{escape(heading)}</td>{cell}{escape(told)}</td></tr>" for heading, told in self.lines)
        return f"<table>{''.join(rows)}</table>"


def summary(graph: "KnowledgeGraph") -> Summary:
    """What the graph holds, what its papers name and cite most, and what is missing in it."""
    return Summary((*_papers(graph), *_concepts(graph), *_citations(graph), ("skipped", _skipped(graph))))


def _papers(graph: "KnowledgeGraph") -> Iterator[tuple[str, str]]:
    import polars as pl

    own = graph.papers.filter(~pl.col("external"))
    years = own["year"].drop_nulls().unique().sort().to_list()
    span = f" of {years[0]} to {years[-1]}" if years else ""
    lacks = [f"{own[column].null_count():,} without {name}" for column, name in _WANTED if own[column].null_count()]
    yield "papers", f"{len(own):,}{span}; {len(graph.papers) - len(own):,} more are only cited"
    yield "missing", ", ".join(lacks) or "each paper has a year and an abstract"


_WANTED = (("year", "year"), ("abstract", "abstract"))


def _concepts(graph: "KnowledgeGraph") -> Iterator[tuple[str, str]]:
    import polars as pl

    links = graph.links
    coined = links.filter(origin="candidate")["concept"].n_unique()
    named = links["concept"].n_unique()
    yield "concepts", f"{named:,} in {len(graph.mentions):,} mentions; {coined:,} of them only papers define"
    telling = links.filter(~pl.col("general") & ~pl.col("grouping"))
    for each in ConceptClass:
        counted = telling.filter(pl.col("class") == each).group_by("concept", "label").agg(papers=pl.len())
        yield f"  {each}", _most(counted, "label", "concept", "papers") or "none is named"


def _citations(graph: "KnowledgeGraph") -> Iterator[tuple[str, str]]:
    import polars as pl

    names = dict(graph.papers.select("id", "title").iter_rows())
    for layer in dict.fromkeys([*map(str, Layer), *graph.citations["layer"]]):
        rows = graph.citations.filter(layer=layer)
        counted = rows.group_by("cited").agg(papers=pl.len()).sort("papers", "cited", descending=[True, False])
        first = counted.row(0) if len(counted) else None
        most = f"; most cited: “{names[first[0]]}” ({first[1]:,})" if first else ""
        yield f"citations, {layer}", f"{len(rows):,} of {rows['citing'].n_unique():,} papers{most}"


def _skipped(graph: "KnowledgeGraph") -> str:
    reasons = graph.skipped.group_by("reason").len().sort("len", "reason", descending=[True, False])
    told = ", ".join(f"{reason} ({count:,})" for reason, count in reasons.head(SHOWN).iter_rows())
    return f"{len(graph.skipped):,} pieces of the input" + (f": {told}" if told else "")


def _most(counted: "pl.DataFrame", name: str, key: str, count: str) -> str:
    """The names that count most, with their counts."""
    rows = counted.sort(count, key, descending=[True, False]).head(SHOWN)
    return ", ".join(f"{label} ({papers:,})" for label, papers in rows.select(name, count).iter_rows())
