"""Titles: a paper is called by an identifier only where nothing better is known."""

import polars as pl

from concite.graph.knowledge import KnowledgeGraph
from concite.graph.titles import titles


def bare(graph: KnowledgeGraph, paper: str, identifiers: list[str]) -> KnowledgeGraph:
    """A graph in which a paper has nothing but identifiers."""
    here = pl.col("id") == paper
    papers = graph.papers.with_columns(
        title=pl.when(here).then(pl.lit(identifiers[0])).otherwise("title"),
        identifiers=pl.when(here).then(pl.lit(identifiers)).otherwise("identifiers"),
    )
    return KnowledgeGraph({**graph.frames, "papers": papers}, graph.manifest)


def test_a_known_title_is_kept(graph: KnowledgeGraph) -> None:
    assert titles(graph)["arxiv-2401.00002"] == "A Survey of Adapters"


def test_a_paper_without_title_is_called_by_what_it_introduced(graph: KnowledgeGraph) -> None:
    nameless = bare(graph, "arxiv-2106.09685", ["arxiv:2106.09685"])
    assert titles(nameless)["arxiv-2106.09685"] == "[the paper that introduced LoRA, arxiv:2106.09685]"
    assert nameless.network().nodes["arxiv-2106.09685"]["label"].startswith("[the paper that introduced LoRA")


def test_an_identifier_is_the_last_resort(graph: KnowledgeGraph) -> None:
    assert titles(bare(graph, "arxiv-2401.00002", ["arxiv:2401.00002"]))["arxiv-2401.00002"] == "arxiv:2401.00002"
