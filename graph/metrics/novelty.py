"""Novelty: pairs of concepts that papers bring together for the first time, or against expectation."""

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from .cooccurrence import Pairs, count_pairs
from .matrices import Incidence, Matrix, Vector, incidence, rows_of
from .naming import name_pairs, name_papers
from .results import Result
from .selection import Selection
from .years import Calendar, calendar

if TYPE_CHECKING:
    from ..knowledge import KnowledgeGraph


def novel_pairs(graph: "KnowledgeGraph", selection: Selection | None = None) -> Result:
    """Pairs of concepts that stand together, the latest first, then the most unexpected.

    Columns: `a`, `b` (ids, a < b), `a_label`, `b_label`, `a_class`, `b_class`, `count` (papers naming both),
    `expected` (by chance), `z` (see `deviation`), `first_year`, `first_paper` (of the papers of that year the first by
    id); both null without years. What is first here need not be first elsewhere: only the graph's papers are known.
    """
    named = incidence(graph, selection or Selection())
    pairs = count_pairs(named.matrix)
    by_year = calendar(graph, named.papers)
    year, paper = _firsts(named.matrix, pairs, by_year)
    frame = pl.DataFrame(
        {
            "a": named.concepts.gather(pairs.first),
            "b": named.concepts.gather(pairs.second),
            "count": pairs.both.astype(np.int64),
            "expected": pairs.expected,
            "z": deviation(pairs),
            "first_year": year,
            "first_paper": _gather(named.papers, paper),
        }
    )
    order = frame.sort(["first_year", "z", "a", "b"], descending=[True, False, False, False], nulls_last=True)
    return Result("novel_pairs", name_pairs(order, graph), by_year.notes)


def paper_novelty(graph: "KnowledgeGraph", selection: Selection | None = None) -> Result:
    """Papers by how unusual their pairs of concepts are, the most unusual first; those with a pair at least.

    Columns: `paper`, `title`, `year`, `pairs`, `first_time` (pairs that no paper of an earlier year has; null without
    a year), `novelty` (the 10th percentile of the pairs' z: the lower, the more novel), `conventionality` (their
    median). Uzzi, Mukherjee, Stringer and Jones, "Atypical combinations and scientific impact", Science 342 (2013),
    for concepts in place of journals, and with the exact null of fixed counts in place of shuffling.
    """
    named = incidence(graph, selection or Selection())
    pairs = count_pairs(named.matrix)
    by_year = calendar(graph, named.papers)
    paper, pair = pairs_of_papers(named.matrix, pairs)
    first, _ = _firsts(named.matrix, pairs, by_year)
    own_year = _years(by_year).gather(paper)
    each = pl.DataFrame({"row": paper, "z": deviation(pairs)[pair], "new": own_year == first.gather(pair)})
    grouped = each.group_by("row").agg(
        pl.len().cast(pl.Int64).alias("pairs"),
        pl.when(pl.col("new").is_not_null().any()).then(pl.col("new").sum().cast(pl.Int64)).alias("first_time"),
        pl.col("z").quantile(0.1, "linear").alias("novelty"),
        pl.col("z").median().alias("conventionality"),
    )
    frame = grouped.select(_papers_of(named, grouped["row"]), pl.exclude("row"))
    return Result("paper_novelty", name_papers(frame.sort("novelty", "paper"), graph), by_year.notes)


def deviation(pairs: Pairs) -> Vector:
    """By how many standard deviations pairs stand together more often than if their papers were drawn by lot.

    The moments are those of the hypergeometric distribution; 0 where the counts leave no choice.
    """
    n = float(pairs.papers)
    spread = np.sqrt(pairs.expected * (n - pairs.a) * (n - pairs.b) / np.maximum(n * (n - 1), 1))
    possible = spread > 0
    return np.where(possible, pairs.both - pairs.expected, 0.0) / np.where(possible, spread, 1.0)


def pairs_of_papers(matrix: Matrix, pairs: Pairs) -> tuple[Vector, Vector]:
    """Each pair in each row of an incidence: the row, and the place of the pair among *pairs*."""
    lengths = np.diff(matrix.indptr)
    following = np.repeat(matrix.indptr[1:], lengths) - np.arange(matrix.nnz) - 1
    left = np.repeat(np.arange(matrix.nnz), following)
    right = left + 1 + np.arange(len(left)) - np.repeat(np.cumsum(following) - following, following)
    width = max(matrix.shape[1], 1)
    known = pairs.first.astype(np.int64) * width + pairs.second
    wanted = matrix.indices[left].astype(np.int64) * width + matrix.indices[right]
    return rows_of(matrix)[left], np.searchsorted(known, wanted)


def _firsts(matrix: Matrix, pairs: Pairs, by_year: Calendar) -> tuple[pl.Series, Vector]:
    """The first year of each pair, and the first paper of that year; null and -1 for pairs of undated papers only."""
    paper, pair = pairs_of_papers(matrix, pairs)
    dated = by_year.place[paper] >= 0
    paper, pair = paper[dated], pair[dated]
    order = np.lexsort((paper, by_year.place[paper], pair))
    pair, paper = pair[order], paper[order]
    starts = np.flatnonzero(np.diff(pair, prepend=-1))
    first = np.full(len(pairs.both), -1)
    first[pair[starts]] = paper[starts]
    return _gather(_years(by_year), first), first


def _years(by_year: Calendar) -> pl.Series:
    return _gather(pl.Series(by_year.years, dtype=pl.Int64), by_year.place)


def _gather(values: pl.Series, at: Vector) -> pl.Series:
    """The values at some places; null for -1."""
    return values.gather(pl.Series(at).replace(-1, None).cast(pl.UInt32))


def _papers_of(named: Incidence, rows: pl.Series) -> pl.Series:
    return named.papers.gather(rows).alias("paper")
