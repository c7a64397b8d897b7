"""Small graphs written down as who names what and who cites whom, and any such graph for the laws."""

from collections.abc import Iterable, Mapping
from typing import Any

import polars as pl
from hypothesis import strategies as st

from concite.graph.knowledge import KnowledgeGraph
from concite.graph.tables import schema

Row = Mapping[str, Any]


def table(name: str, rows: Iterable[Row]) -> pl.DataFrame:
    """Rows as a table; the columns that they lack are null, or an empty list."""
    types = schema(name)
    lacking: dict[str, object] = {column: [] if kind == pl.List else None for column, kind in types.items()}
    return pl.DataFrame([{**lacking, **row} for row in rows], schema=types, orient="row")


def made(
    papers: "Mapping[str, int | None]" = {},  # noqa: B006
    names: Iterable[tuple[str, ...]] = (),
    cites: Iterable[tuple[str, ...]] = (),
    concepts: Iterable[Row] = (),
    relations: Iterable[tuple[str, str, str]] = (),
    external: Iterable[str] = (),
) -> KnowledgeGraph:
    """A graph: papers with years, `(paper, concept[, role])`, `(citing, cited[, layer])`, and facts about concepts."""
    names, cited_only = list(names), set(external)
    known = {row["id"]: row for row in concepts}
    ids = sorted({*known, *(concept for _, concept, *_ in names)})
    stated = {"class": "technique", "general": False, "grouping": False, "origin": "vocabulary"}
    frames = {
        "papers": [{"id": i, "title": i.upper(), "year": y, "external": i in cited_only} for i, y in papers.items()],
        "concepts": [{"id": each, "label": each.title(), **stated, **known.get(each, {})} for each in ids],
        "mentions": [
            {"paper": paper, "concept": concept, "role": role[0] if role else "uses", "confidence": 0.9}
            for paper, concept, *role in names
        ],
        "citations": [
            {"citing": citing, "cited": cited, "layer": layer[0] if layer else "explicit"}
            for citing, cited, *layer in cites
        ],
        "concept_relations": [dict(zip(("subject", "relation", "object"), each, strict=True)) for each in relations],
        "skipped": [],
    }
    return KnowledgeGraph({name: table(name, rows) for name, rows in frames.items()})


def dated(*papers: str, year: int | None = 2020) -> dict[str, int | None]:
    """Papers of one year, or of none."""
    return dict.fromkeys(papers, year)


PAPERS = [f"p{number}" for number in range(8)]
CONCEPTS = [f"c{number}" for number in range(6)]
ROLES = ["introduces", "uses", "evaluates", "compares", "mentions"]

INCIDENCES = st.sets(st.tuples(st.sampled_from(PAPERS), st.sampled_from(CONCEPTS)))
CITATIONS = st.sets(st.tuples(st.sampled_from(PAPERS), st.sampled_from(PAPERS)))
YEARS = st.fixed_dictionaries({paper: st.none() | st.integers(2015, 2022) for paper in PAPERS})


@st.composite
def graphs(draw: st.DrawFn) -> KnowledgeGraph:
    """Any small graph: with and without years, in pieces, with circles and papers that cite themselves."""
    papers = draw(YEARS)
    names = [(paper, concept, draw(st.sampled_from(ROLES))) for paper, concept in sorted(draw(INCIDENCES))]
    relations = draw(st.sets(st.tuples(*[st.sampled_from(CONCEPTS)] * 2), max_size=4))
    return made(
        papers,
        names,
        sorted(draw(CITATIONS)),
        [{"id": "c0", "class": "model", "parameters": 7_000_000_000}, {"id": "c1", "class": "hardware"}],
        [(below, "broader", above) for below, above in sorted(relations)],
        draw(st.sets(st.sampled_from(sorted(set(PAPERS) - {paper for paper, *_ in names} or {"none"})), max_size=2)),
    )
