"""Emergence: concepts that are new or grow, and how sure that is."""

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from .intervals import rate_ratio
from .naming import name_concepts
from .results import MetricError, Result
from .selection import Selection
from .years import Yearly, yearly

if TYPE_CHECKING:
    from ..knowledge import KnowledgeGraph


def emerging(
    graph: "KnowledgeGraph",
    selection: Selection | None = None,
    *,
    recent: int = 2,
    min_papers: int = 3,
    level: float = 0.95,
) -> Result:
    """Concepts by how much more often papers of the last *recent* years name them than those before, at the least.

    Columns: `concept`, `label`, `class`, `first_seen` (year), `before`, `recent` (papers), `before_share`,
    `recent_share`, `growth` (the ratio of the shares; null if nothing was before), `low`, `high` (its exact interval,
    see `rate_ratio`; `high` is null where nothing bounds it). The greatest `low` first, as it is the surest growth.
    Without years in the graph, empty with a note.
    """
    if recent < 1 or not 0 < level < 1:
        raise MetricError(f"{recent} recent years at a level of {level}; give 1 or more, and one between 0 and 1")
    found = yearly(graph, selection or Selection(), min_papers)
    frame = _growth(found, max(len(found.years) - recent, 0), level)
    ranked = frame.sort(["low", "recent", "concept"], descending=[True, True, False], nulls_last=True)
    return Result("emerging", name_concepts(ranked, graph), (*found.notes, *_notes(found, recent)))


def _growth(found: Yearly, split: int, level: float) -> pl.DataFrame:
    """The papers before and from the year at the place *split*, and their comparison."""
    before, after = found.counts[:, :split].sum(axis=1), found.counts[:, split:].sum(axis=1)
    of_before, of_after = found.totals[:split].sum(), found.totals[split:].sum()
    low, high = rate_ratio(after, of_after, before, of_before, level)
    with np.errstate(divide="ignore", invalid="ignore"):
        shares = before / of_before, after / of_after
        growth = shares[1] / shares[0]
    first = np.argmax(found.counts > 0, axis=1) if len(found.years) else np.array([], dtype=np.int64)
    columns = {"concept": found.concepts, "first_seen": found.years[first], "before": before, "recent": after}
    columns |= {"before_share": shares[0], "recent_share": shares[1], "growth": growth, "low": low, "high": high}
    finite = pl.when(pl.col(pl.Float64).is_finite()).then(pl.col(pl.Float64))
    return pl.DataFrame(columns).with_columns(finite)


def _notes(found: Yearly, recent: int) -> tuple[str, ...]:
    if not len(found.years):
        return ()
    if len(found.years) <= recent:
        return ("There are no years before the recent ones, so no growth can be told.",)
    return (f"Recent: {found.years[-recent]} to {found.years[-1]}.",)
