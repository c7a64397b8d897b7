"""Adoption: how many papers take up a model family or a technique over time, its narrower ones included."""

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from ...ontology.classes import Role
from .hierarchy import reach, rolled_up
from .intervals import wilson
from .matrices import incidence, places
from .naming import name_concepts
from .results import MetricError, Result
from .selection import Selection
from .years import calendar

if TYPE_CHECKING:
    from ..knowledge import KnowledgeGraph


def adoption(
    graph: "KnowledgeGraph",
    concepts: Sequence[str],
    *,
    roles: Collection[Role | str] = tuple(Role),
    level: float = 0.95,
) -> Result:
    """The papers of each year that name one of the *concepts*, or what is narrower or a variant of it, however deep.

    Columns: `concept`, `label`, `class`, `year`, `papers`, `of` (papers of the year), `share`, `low`, `high` (its
    interval, see `wilson`; null in a year without papers), `total` (papers up to the year).
    In the order asked, by year. Raises `MetricError` for an id that the graph does not have; without years in the
    graph, empty with a note.
    """
    wanted = pl.Series("concept", concepts, dtype=pl.String)
    columns = places(wanted, graph.concepts["id"].sort())
    if (columns < 0).any():
        unknown = wanted.gather(np.flatnonzero(columns < 0)).to_list()
        raise MetricError(f"no concept of the graph: {', '.join(unknown)}; give ids as in the table of concepts")
    named = incidence(graph, Selection(roles=roles, general=True))
    by_year = calendar(graph, named.papers)
    family = rolled_up(named.matrix, reach(graph, named.concepts)[:, columns])
    papers = by_year.counts(family).toarray().astype(np.int64)
    of = np.tile(by_year.totals, len(wanted))
    low, high = wilson(papers.ravel(), of, level)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = papers.ravel() / of
    frame = pl.DataFrame(
        {
            "concept": wanted.gather(np.repeat(np.arange(len(wanted)), len(by_year.years))),
            "year": np.tile(by_year.years, len(wanted)),
            "papers": papers.ravel(),
            "of": of,
            "share": share,
            "low": low,
            "high": high,
            "total": np.cumsum(papers, axis=1).ravel(),
        }
    )
    return Result("adoption", name_concepts(frame.fill_nan(None), graph), by_year.notes)
