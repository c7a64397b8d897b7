"""The graph as sparse matrices: papers by concepts, and papers by the papers that they cite."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import polars as pl
from scipy import sparse

from ...ontology.classes import Layer, Role
from .selection import Selection, selected_concepts, selected_mentions, selected_papers

if TYPE_CHECKING:
    from ..knowledge import KnowledgeGraph

Matrix: TypeAlias = "sparse.csr_array[Any, tuple[int, int]]"
Vector: TypeAlias = "np.ndarray[tuple[int], np.dtype[Any]]"

ROLE_WEIGHTS: Mapping[Role, float] = {
    Role.INTRODUCES: 1.0,
    Role.USES: 1.0,
    Role.EVALUATES: 0.8,
    Role.COMPARES: 0.6,
    Role.MENTIONS: 0.4,
}
"""How much a link says about what a paper is on: what it works with counts more than what it names in passing."""


@dataclass(frozen=True, slots=True)
class Incidence:
    """Which paper names which concept; the rows and the columns stand in the order of their ids."""

    matrix: Matrix
    papers: pl.Series
    concepts: pl.Series

    @property
    def counts(self) -> Vector:
        """How many papers name each concept."""
        return np.bincount(self.matrix.indices, minlength=self.matrix.shape[1])


@dataclass(frozen=True, slots=True)
class Citations:
    """Which paper cites which, in one layer: a row cites a column; `loops` papers cited themselves."""

    matrix: Matrix
    papers: pl.Series
    loops: int


def incidence(graph: "KnowledgeGraph", selection: Selection, weights: Mapping[Role, float] | None = None) -> Incidence:
    """Papers by concepts: 1 for a link, or the weight of its role.

    All papers of the selection have a row, also those that name nothing; concepts have a column if one names them.
    """
    papers = selected_papers(graph, selection)["id"]
    concepts = selected_concepts(graph, selection)["id"]
    mentions = selected_mentions(graph, selection)
    cells = places(mentions["paper"], papers), places(mentions["concept"], concepts)
    shape = len(papers), len(concepts)
    matrix = _present(*cells, shape) if weights is None else _weighted(*cells, shape, mentions["role"], weights)
    named = np.flatnonzero(np.bincount(matrix.indices, minlength=len(concepts)))
    return Incidence(matrix[:, named], papers, concepts.gather(named))


def citation_matrix(graph: "KnowledgeGraph", layer: Layer | str, *, external: bool = True) -> Citations:
    """Papers by papers of one layer: 1 where the row cites the column; a paper that cites itself is not kept."""
    papers = graph.papers if external else graph.papers.filter(~pl.col("external"))
    ids = papers["id"].sort()
    rows = graph.citations.filter(pl.col("layer") == str(Layer(layer)))
    citing, cited = places(rows["citing"], ids), places(rows["cited"], ids)
    loops = citing == cited
    matrix = _present(np.where(loops, -1, citing), cited, (len(ids), len(ids)))
    return Citations(matrix, ids, len(np.unique(cited[loops & (cited >= 0)])))


def places(values: pl.Series, ids: pl.Series) -> Vector:
    """Where each value stands among *ids*; -1 for one that is not there."""
    known = pl.DataFrame({"id": ids, "place": np.arange(len(ids), dtype=np.int32)})
    joined = values.to_frame("id").join(known, on="id", how="left", maintain_order="left")
    return joined["place"].fill_null(-1).to_numpy()


def rows_of(matrix: Matrix) -> Vector:
    """The row of each entry, as `indices` has its column."""
    return np.repeat(np.arange(matrix.shape[0], dtype=np.int32), np.diff(matrix.indptr))


def _present(rows: Vector, columns: Vector, shape: tuple[int, int]) -> Matrix:
    """A matrix of 1 for each cell named, however often; cells outside of it, marked by -1, are left out."""
    inside = (rows >= 0) & (columns >= 0)
    ones = np.ones(int(inside.sum()))
    matrix = sparse.coo_array((ones, (rows[inside], columns[inside])), shape=shape).tocsr()
    matrix.sort_indices()
    matrix.data[:] = 1
    return matrix


def _weighted(
    rows: Vector, columns: Vector, shape: tuple[int, int], roles: pl.Series, weights: Mapping[Role, float]
) -> Matrix:
    """A matrix of the greatest weight that the roles of each cell have."""
    matrix: Matrix = sparse.csr_array(shape, dtype=float)
    for role, weight in weights.items():
        of_role = (roles == str(role)).to_numpy()
        matrix = matrix.maximum(weight * _present(np.where(of_role, rows, -1), columns, shape)).tocsr()
    matrix.sort_indices()
    return matrix
