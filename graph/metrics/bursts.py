"""Bursts: years in which concepts are named far more often than they usually are."""

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from .matrices import Vector
from .naming import name_concepts
from .results import MetricError, Result
from .selection import Selection
from .years import Table, yearly

if TYPE_CHECKING:
    from ..knowledge import KnowledgeGraph

Reals = np.ndarray[tuple[int, int], np.dtype[np.float64]]
Flags = np.ndarray[tuple[int, int], np.dtype[np.bool_]]


def bursts(
    graph: "KnowledgeGraph",
    selection: Selection | None = None,
    *,
    scaling: float = 2.0,
    gamma: float = 1.0,
    min_papers: int = 3,
) -> Result:
    """Stretches of years in which *scaling* times a concept's usual share explains its papers better than that share.

    Columns: `concept`, `label`, `class`, `start`, `end` (years, both included), `papers` (naming it in them),
    `weight` (how much better, as a difference of log likelihoods); the heaviest first.
    Kleinberg, "Bursty and hierarchical structure in streams", Data Mining and Knowledge Discovery 7 (2003), section 4:
    two states, papers in batches, *gamma* as the price of a rise. Without years in the graph, empty with a note.
    """
    if scaling <= 1 or gamma < 0:
        raise MetricError(f"a scaling of {scaling} and a gamma of {gamma}; give more than 1, and 0 or more")
    found = yearly(graph, selection or Selection(), min_papers)
    gains = burst_gains(found.counts, found.totals, scaling)
    states = burst_states(gains, gamma * np.log(max(len(found.years), 1)))
    concept, start, end = _stretches(states)
    columns = [found.concepts.gather(concept).alias("concept")]
    columns += [pl.Series("start", found.years[start]), pl.Series("end", found.years[end])]
    columns += [pl.Series("papers", _within(found.counts, concept, start, end))]
    columns += [pl.Series("weight", _within(gains, concept, start, end))]
    frame = pl.DataFrame(columns).sort(["weight", "concept", "start"], descending=[True, False, False])
    return Result("bursts", name_concepts(frame, graph), found.notes)


def burst_gains(counts: Table, totals: Vector, scaling: float) -> Reals:
    """By how much a bursting state explains each year better: its log likelihood less that of the usual state."""
    usual = counts.sum(axis=1, keepdims=True) / max(totals.sum(), 1)
    raised = np.minimum(usual * scaling, (1 + usual) / 2)  # A share that would exceed 1 goes half the way there.
    with np.errstate(divide="ignore", invalid="ignore"):
        named = np.log(raised) - np.log(usual)
        silent = np.log1p(-raised) - np.log1p(-usual)
        gains = np.where(counts > 0, counts * named, 0.0) + np.where(totals > counts, (totals - counts) * silent, 0.0)
    return gains


def burst_states(gains: Reals, rise: float) -> Flags:
    """Whether each row bursts in each column: the best path through two states, begun in the usual one, by Viterbi.

    *rise* is the price of going up; going down is free. Of equal paths the calmer one is taken.
    """
    rows, years = gains.shape
    came_up = np.zeros((rows, years), bool)
    came_down = np.zeros((rows, years), bool)
    usual, burst = np.zeros(rows), np.full(rows, -np.inf)
    for year in range(years):
        came_up[:, year] = usual - rise >= burst
        came_down[:, year] = burst > usual
        raised = np.maximum(usual - rise, burst) + gains[:, year]
        usual = np.maximum(usual, burst)
        burst = raised
    return _traced(burst > usual, came_up, came_down)


def _traced(last: Vector, came_up: Flags, came_down: Flags) -> Flags:
    """The states along the best paths, from their last ones back."""
    states = np.zeros(came_up.shape, bool)
    state = last
    for year in reversed(range(came_up.shape[1])):
        states[:, year] = state
        state = np.where(state, ~came_up[:, year], came_down[:, year])
    return states


def _stretches(states: Flags) -> tuple[Vector, Vector, Vector]:
    """The rows, first and last columns of the unbroken stretches of true cells."""
    edges = np.diff(np.pad(states, ((0, 0), (1, 1))).astype(np.int8), axis=1)
    row, start = np.nonzero(edges == 1)
    _, after = np.nonzero(edges == -1)
    return row, start, after - 1


def _within(table: Table | Reals, rows: Vector, start: Vector, end: Vector) -> Vector:
    """The sums of cells of a row from one column to another."""
    summed = np.pad(np.cumsum(table, axis=1), ((0, 0), (1, 0)))
    return np.asarray(summed[rows, end + 1] - summed[rows, start])
