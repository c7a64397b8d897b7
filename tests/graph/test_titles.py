"""Titles: a paper is called by an identifier only where nothing better is known."""

import polars as pl

from concite.graph.knowledge import KnowledgeGraph
from concite.graph.papers import Paper, Reference
from concite.graph.titles import titled

from ..conftest import small_graph
from .helpers import VOCABULARY


def named(graph: KnowledgeGraph, paper: str, identifier: str) -> str:
    """What a paper is called that has nothing but an identifier."""
    here = pl.col("id") == paper
    bare = graph.papers.with_columns(
        title=pl.when(here).then(pl.lit(identifier)).otherwise("title"),
        identifiers=pl.when(here).then(pl.concat_list(pl.lit(identifier))).otherwise("identifiers"),
    )
    rows = titled(bare, graph.concept_relations, graph.concepts).filter(id=paper)
    return str(rows["title"].item())


def test_a_known_title_is_kept(graph: KnowledgeGraph) -> None:
    again = titled(graph.papers, graph.concept_relations, graph.concepts)
    assert again.equals(graph.papers)


def test_a_paper_without_title_is_called_by_what_it_introduced(graph: KnowledgeGraph) -> None:
    called = named(graph, "arxiv-2106.09685", "arxiv:2106.09685")
    assert called == "[The paper that introduced LoRA, arxiv:2106.09685]"


def test_an_identifier_is_the_last_resort(graph: KnowledgeGraph) -> None:
    assert named(graph, "arxiv-2401.00002", "arxiv:2401.00002") == "arxiv:2401.00002"


def test_a_built_graph_calls_its_papers_so() -> None:
    cites = Paper("On Nothing", "Nothing.", references=(Reference("arxiv:1234.56789"), Reference("arxiv:2106.09685")))
    titles = dict(small_graph(VOCABULARY, (cites,)).papers.select("id", "title").iter_rows())
    assert titles["arxiv-1234.56789"] == "arxiv:1234.56789"
    assert titles["arxiv-2106.09685"] == "arxiv:2106.09685"
