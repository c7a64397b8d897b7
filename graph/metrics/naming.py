"""Names beside ids: the labels, classes, titles and years by which people know concepts and papers."""

from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from ..knowledge import KnowledgeGraph


def name_concepts(frame: pl.DataFrame, graph: "KnowledgeGraph", key: str = "concept") -> pl.DataFrame:
    """The frame with `label` and `class` after its column of concepts, which comes first."""
    names = graph.concepts.select(pl.col("id").alias(key), "label", "class")
    return _beside(frame, names, key)


def name_papers(frame: pl.DataFrame, graph: "KnowledgeGraph", *columns: str, key: str = "paper") -> pl.DataFrame:
    """The frame with `title`, `year` and more *columns* of papers after its column of papers, which comes first."""
    names = graph.papers.select(pl.col("id").alias(key), "title", "year", *columns)
    return _beside(frame, names, key)


def name_pairs(frame: pl.DataFrame, graph: "KnowledgeGraph") -> pl.DataFrame:
    """The frame with labels and classes of its concepts `a` and `b`, which come first."""
    for key in ("a", "b"):
        names = graph.concepts.select(
            pl.col("id").alias(key), pl.col("label").alias(f"{key}_label"), pl.col("class").alias(f"{key}_class")
        )
        frame = frame.join(names, on=key, how="left", maintain_order="left")
    named = ("a", "b", "a_label", "b_label", "a_class", "b_class")
    return frame.select(*named, pl.exclude(*named))


def _beside(frame: pl.DataFrame, names: pl.DataFrame, key: str) -> pl.DataFrame:
    joined = frame.join(names, on=key, how="left", maintain_order="left")
    return joined.select(key, *names.columns[1:], pl.exclude(names.columns))
