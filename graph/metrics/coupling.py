"""Coupling: papers that are alike, because they are cited together, cite the same, or are on the same concepts.

These ties are similarities, no citations, and never counted as such.
"""

from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np
import polars as pl
from scipy import sparse

from ...ontology.classes import Layer
from .matrices import ROLE_WEIGHTS, Matrix, Vector, citation_matrix, incidence, rows_of
from .products import greatest_per_row
from .ranking import citation_notes
from .results import MetricError, Result
from .selection import Selection

if TYPE_CHECKING:
    from ..knowledge import KnowledgeGraph

WORK = 4_000_000_000
"""Pairs of papers that the concepts may bring together; beyond, the commonest concepts are left out of comparing."""


class Coupling(StrEnum):
    """What makes two papers alike."""

    CO_CITATION = "co-citation"
    """Others cite them together: Small, Journal of the American Society for Information Science 24 (1973)."""
    BIBLIOGRAPHIC = "bibliographic"
    """They cite the same: Kessler, American Documentation 14 (1963)."""
    CONCEPT = "concept"
    """They do the same with the same concepts, rare ones counting more."""


def similarity(
    graph: "KnowledgeGraph",
    coupling: Coupling | str = Coupling.CONCEPT,
    *,
    top: int = 10,
    layer: Layer | str = Layer.EXPLICIT,
    selection: Selection | None = None,
) -> Result:
    """The *top* papers most like each paper; *layer* counts for couplings by citations, *selection* for concepts.

    Columns: `paper`, `other`, `title`, `other_title`, `coupling`, `score` (the cosine, 0 to 1), `shared` (how many
    citing papers, cited papers or concepts they have in common), `rank` (from 1).
    The cosine follows Salton and McGill, "Introduction to modern information retrieval" (1983).
    """
    if top < 1:
        raise MetricError(f"the top {top} of each paper; ask for 1 or more")
    kind = Coupling(coupling)
    papers, features, notes = _features(graph, kind, layer, selection or Selection())
    titles = graph.papers.select("id", "title").join(papers.to_frame("id"), on="id").sort("id")["title"]
    rows, others, scores, shared, ranks = alike(features, top)
    frame = pl.DataFrame(
        {
            "paper": papers.gather(rows),
            "other": papers.gather(others),
            "title": titles.gather(rows),
            "other_title": titles.gather(others),
            "coupling": pl.repeat(str(kind), len(rows), dtype=pl.String, eager=True),
            "score": scores,
            "shared": shared,
            "rank": ranks,
        }
    )
    return Result("similarity", frame, notes)


def _features(
    graph: "KnowledgeGraph", coupling: Coupling, layer: Layer | str, selection: Selection
) -> tuple[pl.Series, Matrix, tuple[str, ...]]:
    """What the papers are compared by, a row a paper, and a sentence on it."""
    if coupling is not Coupling.CONCEPT:
        citations = citation_matrix(graph, layer)
        by_row = citations.matrix if coupling is Coupling.BIBLIOGRAPHIC else citations.matrix.T.tocsr()
        return citations.papers, by_row, citation_notes(citations, layer)
    named = incidence(graph, selection, ROLE_WEIGHTS)
    kept = _affordable(named.counts)
    notes = [f"{named.matrix.nnz:,} links from {len(named.papers):,} papers to {len(named.concepts):,} concepts."]
    if left_out := len(named.concepts) - len(kept):
        notes.append(f"Left out, because too many papers name them to tell papers apart: {left_out:,} concepts.")
    return named.papers, weighted_by_rarity(named.matrix)[:, kept], tuple(notes)


def _affordable(counts: Vector, work: int = WORK) -> Vector:
    """The columns to compare by: the rarest, as many as bring no more pairs together than the work allows."""
    rarest_first = np.argsort(counts, kind="stable")
    pairs = np.cumsum(counts[rarest_first].astype(np.int64) ** 2)
    return np.sort(rarest_first[pairs <= work])


def weighted_by_rarity(matrix: Matrix) -> Matrix:
    """Entries times the logarithm of how rare their column is; a column of all rows tells nothing and goes.

    Spärck Jones, "A statistical interpretation of term specificity", Journal of Documentation 28 (1972).
    """
    counts = np.bincount(matrix.indices, minlength=matrix.shape[1])
    rarity = np.log(matrix.shape[0] / np.maximum(counts, 1))
    weighted = sparse.csr_array((matrix.data * rarity[matrix.indices], matrix.indices, matrix.indptr), matrix.shape)
    weighted.eliminate_zeros()
    return weighted


def alike(features: Matrix, top: int) -> tuple[Vector, Vector, Vector, Vector, Vector]:
    """The *top* other rows by cosine: rows, others, cosines, columns shared, ranks from 1; equal ones in order."""
    unit = _unit_rows(features)
    found = greatest_per_row(unit, unit.T.tocsr(), top + 1)  # One more, as most rows are most like themselves.
    rows, others, scores = rows_of(found), found.indices, found.data
    apart = (rows != others) & (scores > 0)
    rows, others, scores = rows[apart], others[apart].astype(np.int64), np.minimum(scores[apart], 1.0)
    order = np.lexsort((others, -scores, rows))
    rows, others, scores = rows[order], others[order], scores[order]
    ranks = np.arange(len(rows)) - np.searchsorted(rows, rows) + 1
    kept = ranks <= top
    rows, others, scores, ranks = rows[kept], others[kept], scores[kept], ranks[kept]
    return rows, others, scores, _shared(features, rows, others), ranks


def _unit_rows(matrix: Matrix) -> Matrix:
    rows = rows_of(matrix)
    length = np.sqrt(np.bincount(rows, matrix.data**2, minlength=matrix.shape[0]))
    return sparse.csr_array((matrix.data / length[rows], matrix.indices, matrix.indptr), shape=matrix.shape)


def _shared(matrix: Matrix, rows: Vector, others: Vector, block: int = 1_000_000) -> Vector:
    """How many columns each pair of rows has in common."""
    present = sparse.csr_array((np.ones(matrix.nnz), matrix.indices, matrix.indptr), shape=matrix.shape)
    counts: list[Vector] = [
        present[rows[start : start + block]].multiply(present[others[start : start + block]]).sum(axis=1)
        for start in range(0, len(rows), block)
    ]
    return np.concatenate([np.array([]), *counts]).astype(np.int64)
