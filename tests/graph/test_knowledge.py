"""The knowledge graph: its frames, its counts, and how it shows itself."""

from pathlib import Path

import polars as pl
import pytest

import concite
from concite.graph.knowledge import KnowledgeGraph
from concite.graph.papers import Paper
from concite.ontology import ConceptClass, Role

from ..conftest import small_graph
from .helpers import VOCABULARY


def test_every_table_is_an_attribute(graph: KnowledgeGraph) -> None:
    for name, frame in graph.frames.items():
        assert getattr(graph, name) is frame


def test_links_are_one_row_a_paper_and_concept(graph: KnowledgeGraph) -> None:
    assert graph.links.select("paper", "concept").is_unique().all()
    assert graph.links["mentions"].sum() == len(graph.mentions)
    (llm,) = graph.links.filter(
        (pl.col("concept") == "large-language-model") & (pl.col("paper") == "arxiv-2401.00001")
    ).to_dicts()
    rows = graph.mentions.filter(
        (pl.col("concept") == "large-language-model") & (pl.col("paper") == "arxiv-2401.00001")
    )
    assert llm["mentions"] == len(rows) == 2
    assert llm["confidence"] == rows["confidence"].max()


def test_counts_agree_with_the_tables_and_with_one_another(graph: KnowledgeGraph) -> None:
    counts = graph.counts()
    assert counts["papers"] + counts["papers only cited"] == len(graph.papers)
    assert counts["concepts"] == graph.mentions["concept"].n_unique()
    assert sum(counts[f"  {each}"] for each in ConceptClass) == counts["concepts"]
    assert sum(counts[f"  {each}"] for each in Role) == len(graph.links)
    assert counts["citations, explicit"] + counts["citations, inferred"] == len(graph.citations)
    assert counts["mentions"] == len(graph.mentions)
    assert counts["skipped"] == 0


def test_the_manifest_counts_its_tables(graph: KnowledgeGraph) -> None:
    assert graph.manifest["counts"] == {name: len(frame) for name, frame in graph.frames.items()}
    quality = graph.manifest["quality"]
    assert quality["papers_without_abstract"] == 1
    assert quality["papers_without_mentions"] == 1
    assert quality["papers_without_year"] == 1
    assert quality["candidates"] == 1
    assert sum(quality["mentions_by_method"].values()) == len(graph.mentions)
    assert sum(quality["mentions_by_confidence"].values()) == len(graph.mentions)


def test_a_graph_shows_itself_in_one_line_and_as_a_table(graph: KnowledgeGraph) -> None:
    counts = graph.counts()
    shown = f"({counts['papers']} papers, {counts['concepts']} concepts, {counts['mentions']} mentions)"
    assert repr(graph) == f"KnowledgeGraph{shown}"
    page = graph._repr_html_()
    assert page.count("<tr>") == len(counts)
    assert "technique" in page


def test_a_graph_of_one_paper_without_mentions_is_a_graph() -> None:
    graph = small_graph(VOCABULARY, (Paper("Nothing of Note"),))
    assert graph.counts()["papers"] == 1
    assert graph.counts()["mentions"] == len(graph.links) == 0
    assert "1 papers" in repr(graph)
    assert graph.network().number_of_nodes() == 1


def test_the_public_functions_build_store_and_load(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("concite.ontology.cache.load_vocabulary", lambda: VOCABULARY)
    path = tmp_path / "papers.jsonl"
    path.write_text('{"title": "On LoRA", "abstract": "We use LoRA."}\n')
    graph = concite.build([path])
    assert isinstance(graph, concite.KnowledgeGraph)
    assert graph.mentions["concept"].to_list() == ["lora", "lora"]
    graph.write(tmp_path / "g")
    again = concite.load(tmp_path / "g")
    assert isinstance(again, concite.KnowledgeGraph)
    assert again.mentions.equals(graph.mentions)
    with pytest.raises(AttributeError):
        _ = concite.nothing
