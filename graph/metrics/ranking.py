"""Ranking: the papers that a layer of citations makes important, by PageRank and by hubs and authorities."""

from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from ...ontology.classes import Layer
from .matrices import Citations, Matrix, Vector, citation_matrix
from .naming import name_papers
from .results import MetricError, Result

if TYPE_CHECKING:
    import numpy.typing as npt

    from ..knowledge import KnowledgeGraph

TOLERANCE = 1e-12
STEPS = 1000
"""When iterating ends: no change, all papers together, above the tolerance; or so many steps."""


def pagerank(graph: "KnowledgeGraph", layer: Layer | str = Layer.EXPLICIT, *, damping: float = 0.85) -> Result:
    """Papers by PageRank over one layer: cited by what is itself cited. All papers count, also those only cited.

    Columns: `paper`, `title`, `year`, `external`, `score` (they sum to 1), `cited` (by how many papers).
    Brin and Page, "The anatomy of a large-scale hypertextual Web search engine", Computer Networks 30 (1998).
    """
    if not 0 <= damping < 1:
        raise MetricError(f"a damping of {damping}; give one from 0 to below 1")
    citations = citation_matrix(graph, layer)
    frame = pl.DataFrame(
        {
            "paper": citations.papers,
            "score": pagerank_scores(citations.matrix, damping),
            "cited": np.bincount(citations.matrix.indices, minlength=len(citations.papers)),
        }
    )
    ranked = name_papers(frame.sort(["score", "paper"], descending=[True, False]), graph, "external")
    return Result("pagerank", ranked, citation_notes(citations, layer))


def pagerank_scores(matrix: Matrix, damping: float = 0.85) -> Vector:
    """The PageRank of each row of a citing × cited matrix; what cites nothing passes its score on to all."""
    size = matrix.shape[0]
    given = np.asarray(matrix.sum(axis=1), dtype=float)
    shares = np.divide(damping, given, out=np.zeros(size), where=given > 0)
    received = matrix.T.tocsr()
    score = np.full(size, 1 / max(size, 1))
    for _ in range(STEPS):
        kept = damping * score[given == 0].sum() + 1 - damping
        following = received @ (score * shares) + kept / max(size, 1)
        change = np.abs(following - score).sum()
        score = following
        if change < TOLERANCE:
            break
    return score


def hits(graph: "KnowledgeGraph", layer: Layer | str = Layer.EXPLICIT) -> Result:
    """Papers by authority (cited by good hubs), with their worth as hubs (citing good authorities), over one layer.

    Columns: `paper`, `title`, `year`, `external`, `authority`, `hub` (each sums to 1, or is 0 without citations).
    Kleinberg, "Authoritative sources in a hyperlinked environment", Journal of the ACM 46 (1999).
    """
    citations = citation_matrix(graph, layer)
    authority, hub = hits_scores(citations.matrix)
    frame = pl.DataFrame({"paper": citations.papers, "authority": authority, "hub": hub})
    order = frame.sort(["authority", "hub", "paper"], descending=[True, True, False])
    return Result("hits", name_papers(order, graph, "external"), citation_notes(citations, layer))


def hits_scores(matrix: Matrix) -> tuple[Vector, Vector]:
    """Authority and hub of each row of a citing × cited matrix, from equal beginnings."""
    size = matrix.shape[0]
    if not matrix.nnz:
        return np.zeros(size), np.zeros(size)
    received = matrix.T.tocsr()
    hub = np.full(size, 1 / size)
    for _ in range(STEPS):
        authority = _shared(received @ hub)
        following = _shared(matrix @ authority)
        change = np.abs(following - hub).sum()
        hub = following
        if change < TOLERANCE:
            break
    return authority, hub


def _shared(values: "npt.NDArray[Any]") -> Vector:
    return np.asarray(values / values.sum()).ravel()


def citation_notes(citations: Citations, layer: Layer | str) -> tuple[str, ...]:
    """Which citations an analysis counted, in words."""
    notes = [f"{citations.matrix.nnz:,} {Layer(layer)} citations among {len(citations.papers):,} papers."]
    if citations.loops:
        notes.append(f"Papers that cite themselves, not counted as citations: {citations.loops:,}.")
    return tuple(notes)
