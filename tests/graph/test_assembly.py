"""Assembly: all tables in keeping with one another."""

from typing import Any

import pytest

from concite.graph.knowledge import KnowledgeGraph
from concite.graph.papers import Paper, Reference, paper_id
from concite.graph.tables import COLUMNS

from ..conftest import PAPERS, small_graph
from .helpers import VOCABULARY


def rows(table: str, *papers: Paper) -> list[dict[str, Any]]:
    return small_graph(VOCABULARY, papers).frames[table].to_dicts()


def test_what_is_only_cited_is_an_external_paper_with_what_is_known_of_it(graph: KnowledgeGraph) -> None:
    external = {row["id"]: row for row in graph.papers.to_dicts() if row["external"]}
    assert set(external) == {"arxiv-2106.09685", "arxiv-2307.09288"}
    lora = external["arxiv-2106.09685"]
    assert (lora["title"], lora["year"]) == ("LoRA: Low-Rank Adaptation of Large Language Models", 2021)
    assert (lora["abstract"], lora["source"]) == (None, "")


def test_a_cited_paper_of_the_input_is_not_external() -> None:
    lora = Paper("LoRA: Low-Rank Adaptation of Large Language Models", "We adapt.", identifiers=("arxiv:2106.09685",))
    found = {row["id"]: row["external"] for row in rows("papers", *PAPERS, lora)}
    assert found["arxiv-2106.09685"] is False


def test_the_introducing_paper_is_found_by_its_title_where_the_input_has_no_identifier() -> None:
    lora = Paper("LoRA: low-rank adaptation of large language models", "We adapt.", year=2021)
    found = rows("papers", *PAPERS, lora)
    assert [row["id"] for row in found if "adaptation" in row["title"].lower() and not row["external"]] == [
        paper_id(lora)
    ]
    relations = rows("concept_relations", *PAPERS, lora)
    assert {
        "subject": "lora",
        "relation": "introducedIn",
        "object": paper_id(lora),
        "source": "common-knowledge",
    } in relations


@pytest.mark.parametrize("other", [{"identifiers": ("arxiv:9999.00001",)}, {"year": 1999}])
def test_a_title_is_not_enough_where_identifier_or_year_contradict(other: dict[str, Any]) -> None:
    lora = Paper("LoRA: Low-Rank Adaptation of Large Language Models", "We adapt.", **other)
    external = {row["id"] for row in rows("papers", *PAPERS, lora) if row["external"]}
    assert "arxiv-2106.09685" in external


def test_a_concept_comes_with_all_that_it_leads_up_to(graph: KnowledgeGraph) -> None:
    known = set(graph.concepts.get_column("id"))
    assert {
        "lora",
        "parameter-efficient-fine-tuning",
        "fine-tuning",
        "technique",
        "llama-2-7b",
        "llama-2",
        "llama",
        "model",
    } <= known
    assert "falcon" not in known


def test_every_row_refers_to_rows_that_exist(graph: KnowledgeGraph) -> None:
    papers = set(graph.papers.get_column("id"))
    concepts = set(graph.concepts.get_column("id"))
    assert set(graph.mentions.get_column("paper")) <= papers
    assert set(graph.mentions.get_column("concept")) <= concepts
    assert {*graph.citations.get_column("citing"), *graph.citations.get_column("cited")} <= papers
    assert set(graph.concept_relations.get_column("subject")) <= concepts
    assert set(graph.concept_relations.get_column("object")) <= concepts | papers
    assert not papers & concepts


def test_a_concept_that_only_a_paper_names_stands_below_a_root_that_is_there() -> None:
    paper = Paper("GrobNet: Digging Holes", "We propose GrobNet, a new model. GrobNet digs holes.")
    (found,) = rows("concepts", paper)[:1]
    assert found["origin"] == "candidate"
    assert {row["id"] for row in rows("concepts", paper)} == {found["id"], found["class"]}


def test_every_concept_but_the_roots_has_something_above_it(graph: KnowledgeGraph) -> None:
    below = {row["subject"] for row in graph.concept_relations.to_dicts() if row["relation"] == "broader"}
    roots = {row["id"] for row in graph.concepts.to_dicts()} - below
    assert roots == {"dataset", "hardware", "model", "technique"}


def test_a_derived_variant_has_its_parent_and_its_size(graph: KnowledgeGraph) -> None:
    (row,) = graph.concepts.filter(graph.concepts["id"] == "llama-2-7b").to_dicts()
    assert (row["label"], row["origin"], row["parameters"]) == ("Llama 2 7B", "derived", 7 * 10**9)
    relations = {
        (r["relation"], r["object"]) for r in graph.concept_relations.to_dicts() if r["subject"] == "llama-2-7b"
    }
    assert relations == {("broader", "llama-2"), ("variantOf", "llama-2")}


def test_explicit_and_inferred_citations_stand_side_by_side(graph: KnowledgeGraph) -> None:
    pairs = {(row["cited"], row["layer"]) for row in graph.citations.to_dicts()}
    assert {
        ("arxiv-2106.09685", "explicit"),
        ("arxiv-2106.09685", "inferred"),
        ("arxiv-2401.00002", "explicit"),
    } <= pairs
    assert ("arxiv-2401.00002", "inferred") not in pairs


def test_no_row_stands_twice(graph: KnowledgeGraph) -> None:
    for table in COLUMNS:
        keys = [str(row) for row in graph.frames[table].to_dicts()]
        assert len(keys) == len(set(keys))
    for table in ("papers", "concepts"):
        assert graph.frames[table].get_column("id").is_unique().all()


def test_what_was_merged_away_is_told_with_its_reason_and_counted() -> None:
    again = Paper("A Survey of Adapters", identifiers=("arxiv:2401.00002",), source="z.jsonl", position="3")
    graph = small_graph(VOCABULARY, (*PAPERS, again))
    (row,) = graph.frames["records"].filter(input="z.jsonl").to_dicts()
    assert (row["position"], row["title"], row["paper"]) == ("3", "A Survey of Adapters", "arxiv-2401.00002")
    assert row["reason"] == "arxiv:2401.00002 in common"
    assert graph.manifest["quality"]["papers_merged"] == 1
    assert graph.counts()["papers"] == len(PAPERS)


def test_versions_of_a_work_are_related() -> None:
    journal = Paper(
        "A Survey of Adapters", year=2025, identifiers=("doi:10.1000/a",), authors=("Ada Byron",), venue="JMLR"
    )
    workshop = Paper(
        "A Survey of Adapters", year=2024, identifiers=("doi:10.1000/b",), authors=("A. Byron",), venue="A Workshop"
    )
    (row,) = rows("paper_relations", journal, workshop)
    assert (row["subject"], row["relation"], row["object"]) == ("doi-10.1000/a", "versionOf", "doi-10.1000/b")
    assert row["source"] == "each has its own doi"


def test_references_by_words_are_resolved_and_the_rest_become_external_papers() -> None:
    known = Paper("Digging Deep Holes in Hard Ground", year=2020, authors=("Ada Byron",), identifiers=("s2:a",))
    cited = Reference(title="Digging deep holes in hard ground.", year=2020, authors=("A Byron",))
    lost = Reference(title="A Lost Book of Holes", year=1990, authors=("C Babbage",), contexts=("See [2].",))
    citing = Paper("Holes", year=2021, identifiers=("s2:b",), references=(cited, lost))
    found = {row["method"]: row for row in rows("citations", known, citing)}
    assert found["title"]["cited"] == "s2-a"
    assert found["external"]["evidence"] == "See [2]."
    (external,) = [row for row in rows("papers", known, citing) if row["external"]]
    assert (external["title"], external["year"]) == ("A Lost Book of Holes", 1990)
    assert external["id"] == found["external"]["cited"]
