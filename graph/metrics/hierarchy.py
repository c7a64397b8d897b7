"""The hierarchy as a matrix: what each concept is a kind or a variant of, however far up."""

from collections.abc import Collection
from typing import TYPE_CHECKING

import numpy as np
import polars as pl
from scipy import sparse

from ...ontology.classes import Relation
from .matrices import Matrix, places

if TYPE_CHECKING:
    from ..knowledge import KnowledgeGraph

UPWARD = (Relation.BROADER, Relation.VARIANT_OF)


def reach(graph: "KnowledgeGraph", concepts: pl.Series, relations: Collection[Relation] = UPWARD) -> Matrix:
    """1 where the row is the column, or leads up to it; between *concepts* and all those of the graph, by id."""
    ids = graph.concepts["id"].sort()
    rows = graph.concept_relations.filter(pl.col("relation").is_in([str(each) for each in relations]))
    below, above = places(rows["subject"], ids), places(rows["object"], ids)
    known = (below >= 0) & (above >= 0)
    size = len(ids)
    steps = sparse.coo_array((np.ones(int(known.sum())), (below[known], above[known])), shape=(size, size)).tocsr()
    reached = sparse.eye_array(size, format="csr")[places(concepts, ids)]
    entries = -1
    while reached.nnz > entries:  # Also ends where the hierarchy, against its rules, runs in a circle.
        entries = reached.nnz
        reached = (reached + reached @ steps).tocsr()
        reached.data[:] = 1
    reached.sort_indices()
    return reached


def rolled_up(matrix: Matrix, upward: Matrix) -> Matrix:
    """Papers by concepts, where a paper that names a concept also names what it leads up to."""
    rolled = (matrix @ upward).tocsr()
    rolled.data[:] = 1
    rolled.sort_indices()
    return rolled
