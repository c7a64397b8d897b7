"""Trends: the share of papers that name a concept, year by year."""

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from .naming import name_concepts
from .results import Result
from .selection import Selection
from .years import smoothed_shares, yearly

if TYPE_CHECKING:
    from ..knowledge import KnowledgeGraph


def trends(
    graph: "KnowledgeGraph", selection: Selection | None = None, *, window: int = 3, min_papers: int = 3
) -> Result:
    """Each concept that *min_papers* papers name, in each year; without years in the graph, empty with a note.

    Columns: `concept`, `label`, `class`, `year`, `papers` (naming it), `of` (papers of the year), `share` (null in a
    year without papers), `smoothed` (the share over *window* years around it, their papers pooled).
    """
    found = yearly(graph, selection or Selection(), min_papers)
    concepts, years = len(found.concepts), len(found.years)
    smoothed = smoothed_shares(found.counts, found.totals, window)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = found.counts / found.totals
    frame = pl.DataFrame(
        {
            "concept": found.concepts.gather(np.repeat(np.arange(concepts), years)),
            "year": np.tile(found.years, concepts),
            "papers": found.counts.ravel(),
            "of": np.tile(found.totals, concepts),
            "share": share.ravel(),
            "smoothed": smoothed.ravel(),
        }
    )
    return Result("trends", name_concepts(frame.fill_nan(None), graph), found.notes)
