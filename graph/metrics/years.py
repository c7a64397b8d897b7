"""Papers by year: how many there are and how many name each concept, and what to say where years are missing."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl
from scipy import sparse

from .matrices import Matrix, Vector, incidence, places
from .results import MetricError
from .selection import Selection

if TYPE_CHECKING:
    from ..knowledge import KnowledgeGraph

Table = np.ndarray[tuple[int, int], np.dtype[np.int64]]


@dataclass(frozen=True, slots=True)
class Calendar:
    """The year of each row of an incidence, as a place in `years`; -1 for a paper without one."""

    place: Vector
    years: Vector
    """All years from the first to the last, also those without papers."""
    notes: tuple[str, ...]

    @property
    def totals(self) -> Vector:
        """How many papers each year has."""
        return np.bincount(self.place[self.place >= 0], minlength=len(self.years))

    def counts(self, matrix: Matrix) -> Matrix:
        """How many papers of each year (columns) have each column of an incidence (rows)."""
        dated = np.flatnonzero(self.place >= 0)
        cells = np.ones(len(dated)), (self.place[dated], dated)
        by_year = sparse.coo_array(cells, shape=(len(self.years), matrix.shape[0])).tocsr()
        present = sparse.csr_array((np.ones(matrix.nnz), matrix.indices, matrix.indptr), shape=matrix.shape)
        return (by_year @ present).T.tocsr()


@dataclass(frozen=True, slots=True)
class Yearly:
    """How many papers name each concept each year: `counts` has a row a concept and a column a year."""

    concepts: pl.Series
    years: Vector
    counts: Table
    totals: Vector
    notes: tuple[str, ...]


def calendar(graph: "KnowledgeGraph", papers: pl.Series) -> Calendar:
    """The years of some papers, with a sentence on those that have none."""
    known = graph.papers.select("id", "year").drop_nulls()
    at = places(papers, known["id"])
    year = np.append(known["year"].to_numpy(), 0)[at]
    dated = at >= 0
    if not dated.any():
        return Calendar(np.full(len(papers), -1), np.array([], dtype=np.int64), (_no_years(len(papers)),))
    first, last = year[dated].min(), year[dated].max()
    place = np.where(dated, year - first, -1)
    return Calendar(place, np.arange(first, last + 1), _some_years(int(dated.sum()), len(papers), first, last))


def _no_years(papers: int) -> str:
    if not papers:
        return "There are no papers."
    return f"None of the {papers:,} papers has a year, so nothing can be said over time; give the papers a year."


def _some_years(dated: int, papers: int, first: int, last: int) -> tuple[str, ...]:
    notes = [f"{dated:,} papers from {first} to {last}."]
    if dated < papers:
        notes.append(f"Left out, because they have no year: {papers - dated:,} papers.")
    return tuple(notes)


def yearly(graph: "KnowledgeGraph", selection: Selection, min_papers: int = 1) -> Yearly:
    """The years of all concepts that at least *min_papers* dated papers name; the commonest concept first."""
    if min_papers < 1:
        raise MetricError(f"concepts from {min_papers} papers on; ask for 1 or more")
    named = incidence(graph, selection)
    by_year = calendar(graph, named.papers)
    counts = by_year.counts(named.matrix)
    sums = np.asarray(counts.sum(axis=1), dtype=np.int64)
    kept = np.argsort(-sums, kind="stable")
    kept = kept[sums[kept] >= min_papers]
    table = counts[kept].toarray().astype(np.int64)
    return Yearly(named.concepts.gather(kept), by_year.years, table, by_year.totals, by_year.notes)


def smoothed_shares(counts: Table, totals: Vector, window: int) -> "np.ndarray[tuple[int, int], np.dtype[np.float64]]":
    """Shares over *window* years with the year in their midst; NaN where these years have no papers.

    The papers of the window are pooled, so a year with few papers moves the share little.
    """
    if window < 1 or window % 2 == 0:
        raise MetricError(f"a window of {window} years; give an odd number, so that the year is in its midst")
    with np.errstate(divide="ignore", invalid="ignore"):
        return moving_sums(counts, window) / moving_sums(totals[None, :], window)


def moving_sums(table: Table, window: int) -> Table:
    """The sums of *window* columns around each one, fewer at the ends."""
    half = window // 2
    padded = np.pad(table, ((0, 0), (half + 1, half)))
    summed = np.cumsum(padded, axis=1)
    return summed[:, window:] - summed[:, :-window]
