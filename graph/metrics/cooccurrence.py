"""Co-occurrence: concepts that papers name together, and whether more often than chance would have them."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np
import polars as pl
from scipy import sparse, special, stats

from .matrices import Incidence, Matrix, Vector, incidence, rows_of
from .naming import name_pairs
from .results import MetricError, Result
from .selection import Selection

if TYPE_CHECKING:
    from ..knowledge import KnowledgeGraph


class Significance(StrEnum):
    """How it is judged whether two concepts stand together by chance; the null is independence."""

    LIKELIHOOD = "likelihood"
    """The likelihood ratio G² with one degree of freedom, two-sided: Dunning, Computational Linguistics 19 (1993)."""
    FISHER = "fisher"
    """Fisher's exact test, one-sided, for standing together: Fisher, JRSS 85 (1922). Slower, right for few papers."""


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of columns of an incidence, the first before the second, with the papers that name both and each."""

    first: Vector
    second: Vector
    both: Vector
    a: Vector
    b: Vector
    papers: int

    @property
    def expected(self) -> Vector:
        """How many papers would name both, were the two independent."""
        return self.a * self.b / max(self.papers, 1)


def cooccurrence(
    graph: "KnowledgeGraph",
    selection: Selection | None = None,
    *,
    min_count: int = 2,
    test: Significance | str = Significance.LIKELIHOOD,
) -> Result:
    """Pairs of concepts that at least *min_count* papers name together, those that attract each other most first.

    Columns: `a`, `b` (ids, a < b), `a_label`, `b_label`, `a_class`, `b_class`, `count` (papers naming both),
    `a_count`, `b_count`, `expected` (by chance), `pmi` (bits), `npmi` (-1 to 1), `g2`, `p`, and `q`: p corrected for
    as many tests as there are pairs of concepts, also those that never met.
    PMI: Church and Hanks, Computational Linguistics 16 (1990). NPMI: Bouma, GSCL (2009).
    Correction: Benjamini and Hochberg, JRSS B 57 (1995).
    """
    if min_count < 1:
        raise MetricError(f"pairs from {min_count} papers on; ask for 1 or more")
    named = incidence(graph, selection or Selection())
    pairs = count_pairs(named.matrix, min_count)
    attraction = pl.col("pmi").sign() * pl.col("g2")
    frame = _pair_frame(named, pairs, Significance(test)).sort(
        attraction, "count", "a", "b", descending=[True, True, False, False]
    )
    return Result("cooccurrence", name_pairs(frame, graph), _notes(named, min_count))


def count_pairs(matrix: Matrix, min_count: int = 1) -> Pairs:
    """The pairs of columns that at least *min_count* rows of an incidence share."""
    narrow = sparse.csr_array((np.ones(matrix.nnz, np.int32), matrix.indices, matrix.indptr), shape=matrix.shape)
    together = (narrow.T.tocsr() @ narrow).tocsr()
    below = rows_of(together)
    kept = np.flatnonzero((together.indices < below) & (together.data >= min_count))
    # Read by columns the half below the diagonal is the half above it, in order, without a sort.
    cells = together.data[kept], (together.indices[kept], below[kept])
    above = sparse.coo_array(cells, shape=together.shape).tocsr()
    counts = np.bincount(matrix.indices, minlength=matrix.shape[1])
    first, second = rows_of(above), above.indices
    return Pairs(first, second, above.data, counts[first], counts[second], matrix.shape[0])


def _pair_frame(named: Incidence, pairs: Pairs, test: Significance) -> pl.DataFrame:
    pmi, npmi = association(pairs)
    ratio = likelihood_ratio(pairs)
    p = chance(pairs, test, ratio)
    size = len(named.concepts)
    return pl.DataFrame(
        {
            "a": named.concepts.gather(pairs.first),
            "b": named.concepts.gather(pairs.second),
            "count": pairs.both.astype(np.int64),
            "a_count": pairs.a,
            "b_count": pairs.b,
            "expected": pairs.expected,
            "pmi": pmi,
            "npmi": npmi,
            "g2": ratio,
            "p": p,
            "q": corrected(p, size * (size - 1) // 2),
        }
    )


def association(pairs: Pairs) -> tuple[Vector, Vector]:
    """PMI in bits, and NPMI, which is 1 for two that never part, also where all papers name both."""
    pmi = np.log2(pairs.both) - np.log2(pairs.expected)
    most = np.log2(max(pairs.papers, 1)) - np.log2(pairs.both)
    npmi = np.divide(pmi, most, out=np.ones_like(pmi), where=most > 0)
    return pmi, np.clip(npmi, -1.0, 1.0)


def likelihood_ratio(pairs: Pairs) -> Vector:
    """G² of each pair's table of papers naming both, one, the other, and neither."""
    both, a, b, n = (np.asarray(values, dtype=float) for values in (pairs.both, pairs.a, pairs.b, pairs.papers))
    rest, without = n - a, n - b
    found = both, a - both, b - both, n - a - b + both
    independent = a * b / n, a * without / n, rest * b / n, rest * without / n
    divergence = sum(special.rel_entr(*cells) for cells in zip(found, independent, strict=True))
    return np.asarray(np.maximum(2 * divergence, 0.0))


def chance(pairs: Pairs, test: Significance, ratio: Vector) -> Vector:
    """How likely the pairs would be by chance; *ratio* is their G²."""
    if test is Significance.LIKELIHOOD:
        return special.chdtrc(1, ratio)
    return np.asarray(stats.hypergeom.sf(pairs.both - 1, pairs.papers, pairs.a, pairs.b))


def corrected(p: Vector, tests: int) -> Vector:
    """Benjamini and Hochberg's false discovery rates, where *tests* were made and the others were in vain."""
    order = np.argsort(p, kind="stable")
    stepped = p[order] * tests / np.arange(1, len(p) + 1)
    rates = np.empty_like(p)
    rates[order] = np.minimum(np.minimum.accumulate(stepped[::-1])[::-1], 1.0)
    return rates


def _notes(named: Incidence, min_count: int) -> tuple[str, ...]:
    return (
        f"{named.matrix.nnz:,} links from {len(named.papers):,} papers to {len(named.concepts):,} concepts; "
        f"pairs that at least {min_count:,} papers name together.",
    )
