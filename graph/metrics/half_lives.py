"""Half-lives: how long concepts stay in use after their peak."""

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from .intervals import wilson
from .matrices import Vector
from .naming import name_concepts
from .results import Result
from .selection import Selection
from .years import Table, Yearly, moving_sums, smoothed_shares, yearly

if TYPE_CHECKING:
    from ..knowledge import KnowledgeGraph


def half_lives(
    graph: "KnowledgeGraph", selection: Selection | None = None, *, window: int = 3, min_papers: int = 3
) -> Result:
    """How many years after its peak the smoothed share of a concept is half of it or less, for the first time.

    Columns: `concept`, `label`, `class`, `papers`, `first_seen`, `peak` (years; the peak is where the lower end of the
    share's interval is highest), `peak_share` (smoothed as in `trends`), `half_life` (years; null: it has not halved
    yet), `median_age` (of its papers, in years since `first_seen`: what Burton and Kebler, American Documentation 11
    (1960), call the half-life of a literature, for mentions in place of citations).
    The commonest concept first. Without years in the graph, empty with a note.
    """
    found = yearly(graph, selection or Selection(), min_papers)
    frame = _lives(found, window) if len(found.years) else pl.DataFrame(schema=_SCHEMA)
    return Result("half_lives", name_concepts(frame, graph), found.notes)


_SCHEMA = {
    "concept": pl.String(), "papers": pl.Int64(), "first_seen": pl.Int64(), "peak": pl.Int64(),
    "peak_share": pl.Float64(), "half_life": pl.Int64(), "median_age": pl.Float64(),
}  # fmt: skip


def _lives(found: Yearly, window: int) -> pl.DataFrame:
    shares = np.nan_to_num(smoothed_shares(found.counts, found.totals, window))
    rows, years = np.arange(len(shares)), np.arange(len(found.years))
    peak = _peaks(found, window)
    peak_share = shares[rows, peak]
    told = smoothed_shares(found.totals[None, :], found.totals, window)[0] > 0  # Years without papers tell nothing.
    halved = (shares <= peak_share[:, None] / 2) & (years > peak[:, None]) & told
    half_life = np.where(halved.any(axis=1), np.argmax(halved, axis=1) - peak, -1)
    first = np.argmax(found.counts > 0, axis=1)
    columns = {
        "concept": found.concepts,
        "papers": found.counts.sum(axis=1),
        "first_seen": found.years[first],
        "peak": found.years[peak],
        "peak_share": peak_share,
        "half_life": pl.Series(half_life).replace(-1, None),
        "median_age": _median_places(found.counts) - first,
    }
    return pl.DataFrame(columns, schema=_SCHEMA)


def _peaks(found: Yearly, window: int) -> Vector:
    """The place of each peak: where the share is greatest at the least, so that a year of few papers makes none."""
    papers, of = moving_sums(found.counts, window), moving_sums(found.totals[None, :], window)
    least, _ = wilson(papers, of)
    seen = np.cumsum(found.counts, axis=1) > 0
    return np.asarray(np.where(seen, np.nan_to_num(least), -1.0).argmax(axis=1))


def _median_places(counts: Table) -> Vector:
    """The median column of each row, where a cell says how often the column occurs."""
    summed = np.cumsum(counts, axis=1)
    total = summed[:, -1:]
    lower = np.argmax(summed >= (total + 1) // 2, axis=1)
    upper = np.argmax(summed >= total // 2 + 1, axis=1)
    return np.asarray((lower + upper) / 2)
