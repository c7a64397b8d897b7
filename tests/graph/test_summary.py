"""The summary: figures that the tables give, and what is missing said plainly."""

from concite.graph.knowledge import KnowledgeGraph

from ..conftest import small_graph
from .helpers import VOCABULARY


def test_the_summary_tells_what_is_there_and_what_is_missing(graph: KnowledgeGraph) -> None:
    lines = dict(graph.summary().lines)
    assert lines["papers"] == f"3 of 2023 to 2024; {len(graph.papers) - 3} more are only cited"
    assert lines["missing"] == "1 without year, 1 without abstract"
    assert lines["concepts"].startswith(f"{graph.links['concept'].n_unique()} in {len(graph.mentions)} mentions")
    assert "LoRA (2)" in lines["  technique"]
    explicit = graph.citations.filter(layer="explicit")
    assert lines["citations, explicit"].startswith(f"{len(explicit)} of {explicit['citing'].n_unique()} papers")


def test_an_empty_graph_has_a_summary() -> None:
    lines = dict(small_graph(VOCABULARY, ()).summary().lines)
    assert lines["papers"] == "0; 0 more are only cited"
    assert lines["  model"] == "none is named"
    assert lines["citations, inferred"] == "0 of 0 papers"


def test_it_shows_itself_as_lines_and_as_a_table(graph: KnowledgeGraph) -> None:
    shown = graph.summary()
    assert len(str(shown).splitlines()) == len(shown.lines)
    assert repr(shown) == str(shown)
    assert shown._repr_html_().count("<tr>") == len(shown.lines)
