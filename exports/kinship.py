"""Kinship: pairs of concepts that go together by definition, and those that do not."""

from typing import TYPE_CHECKING

import polars as pl

from ..graph.metrics.hierarchy import UPWARD, reach
from ..ontology.classes import Relation

if TYPE_CHECKING:
    from ..graph.knowledge import KnowledgeGraph


def apart(graph: "KnowledgeGraph", pairs: pl.DataFrame) -> pl.DataFrame:
    """The pairs (`a`, `b`) of which neither is a kind, a variant or a part of the other, made from it or for it."""
    ids = pl.concat([pairs["a"], pairs["b"]]).unique().sort()
    above = reach(graph, ids, (*UPWARD, Relation.BASED_ON, Relation.PART_OF, Relation.FOR_TASK)).tocoo()
    every = graph.concepts["id"].sort()
    kin = pl.DataFrame({"a": ids[above.coords[0]], "b": every[above.coords[1]]})
    return pairs.join(kin, on=["a", "b"], how="anti").join(kin, left_on=["a", "b"], right_on=["b", "a"], how="anti")
