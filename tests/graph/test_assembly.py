"""Assembly: records made papers, each once, and all tables in keeping with one another."""

import itertools
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concite.graph.assembly import unify
from concite.graph.knowledge import KnowledgeGraph
from concite.graph.papers import Paper, paper_id
from concite.graph.tables import COLUMNS

from ..conftest import PAPERS, small_graph
from .helpers import VOCABULARY


def rows(table: str, *papers: Paper) -> list[dict[str, Any]]:
    return small_graph(VOCABULARY, papers).frames[table].to_dicts()


def test_records_with_an_identifier_in_common_are_one_paper() -> None:
    one = Paper("LoRA", "Adapts.", identifiers=("arxiv:2106.09685",), source="a", position="1")
    other = Paper("Lora!", year=2021, identifiers=("arxiv:2106.09685", "doi:10.1234/x"), source="b", position="7")
    unified = unify([one, other])
    assert list(unified.papers) == ["arxiv-2106.09685"]
    (merged,) = unified.papers.values()
    assert (merged.title, merged.abstract, merged.year) == ("Lora!", "Adapts.", 2021)
    assert merged.identifiers == ("arxiv:2106.09685", "doi:10.1234/x")
    (note,) = unified.merged
    assert (note.input, note.position, note.text) == ("a", "1", "LoRA")
    assert note.reason == "merged: the same paper as b:7 (arxiv-2106.09685)"


def test_identifiers_join_records_over_others_in_every_order() -> None:
    chain = (
        Paper("A", identifiers=("arxiv:2106.00001", "doi:10.1234/a"), abstract="long abstract"),
        Paper("B", identifiers=("acl:N19-1423", "s2:b"), abstract="longer abstract"),
        Paper("C", identifiers=("doi:10.1234/a", "acl:N19-1423")),
        Paper("D", identifiers=("s2:b",)),
    )
    results = [unify(order) for order in itertools.permutations(chain)]
    assert all(result == results[0] for result in results)
    (paper,) = results[0].papers.values()
    assert set(results[0].papers) == {"arxiv-2106.00001"}
    assert paper.identifiers == ("arxiv:2106.00001", "doi:10.1234/a", "acl:N19-1423", "s2:b")
    assert len(results[0].merged) == 3


def test_the_strongest_identifier_of_all_records_is_the_id() -> None:
    full = Paper("A", "Long.", identifiers=("doi:10.1234/a", "s2:b"))
    found = unify([full, Paper("A", identifiers=("arxiv:2106.00001", "s2:b"))])
    assert list(found.papers) == ["arxiv-2106.00001"]
    assert paper_id(found.papers[paper_id(Paper("", identifiers=("arxiv:2106.00001",)))]) == "arxiv-2106.00001"


def test_references_of_merged_records_are_joined() -> None:
    one = Paper("A", identifiers=("s2:a",), references=("doi:10.1234/b", "s2:x"))
    other = Paper("A", identifiers=("s2:a",), references=("s2:x", "arxiv:2106.09685"))
    (paper,) = unify([one, other]).papers.values()
    assert set(paper.references) == {"doi:10.1234/b", "s2:x", "arxiv:2106.09685"}
    assert len(paper.references) == 3


def test_records_without_identifiers_are_one_paper_by_title_author_and_year() -> None:
    papers = [
        Paper("Digging", "We dig.", year=2020),
        Paper("DIGGING!", year=2020),
        Paper("Digging", "We dig.", year=2020),
    ]
    unified = unify(papers)
    assert len(unified.papers) == 1
    assert len(unified.merged) == 2


def test_papers_of_one_title_that_tell_different_things_stay_apart() -> None:
    papers = [
        Paper("Editorial", f"In issue {number} we look at holes.", source="a", position=str(number))
        for number in range(3)
    ]
    unified = unify(papers)
    assert sorted(paper.abstract or "" for paper in unified.papers.values()) == [p.abstract for p in papers]
    assert all(key.startswith("editorial-") for key in unified.papers)
    assert unified.merged == ()
    assert unify(reversed(papers)) == unified


def test_thousands_of_papers_of_one_title_stay_apart() -> None:
    papers = [Paper("Editorial", f"In issue {number} we look at holes.") for number in range(2000)]
    assert len(unify(papers).papers) == 2000


PIECES = st.builds(
    Paper,
    title=st.sampled_from(["A", "B"]),
    abstract=st.sampled_from([None, "x", "y"]),
    year=st.sampled_from([None, 2020]),
    identifiers=st.lists(st.sampled_from(["arxiv:1", "doi:2", "acl:3", "s2:4", "pmid:5"]), max_size=3, unique=True).map(
        lambda found: tuple(sorted(found))
    ),
    source=st.just("a"),
    position=st.integers(1, 99).map(str),
)


@given(st.lists(PIECES, max_size=8), st.randoms(use_true_random=False))
def test_no_record_is_lost_and_no_identifier_is_on_two_papers(papers: list[Paper], order: Any) -> None:
    unified = unify(papers)
    assert len(unified.papers) + len(unified.merged) == len(papers)
    held = [identifier for paper in unified.papers.values() for identifier in paper.identifiers]
    assert len(held) == len(set(held))
    assert {i for paper in papers for i in paper.identifiers} == set(held)
    shuffled = list(papers)
    order.shuffle(shuffled)
    assert unify(shuffled) == unified


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


def test_what_was_merged_away_is_told_in_skipped_and_counted() -> None:
    again = Paper("A Survey of Adapters", identifiers=("arxiv:2401.00002",), source="z.jsonl", position="3")
    graph = small_graph(VOCABULARY, (*PAPERS, again))
    (row,) = graph.skipped.to_dicts()
    assert (row["input"], row["position"], row["text"]) == ("z.jsonl", "3", "A Survey of Adapters")
    assert graph.manifest["quality"]["papers_merged"] == 1
    assert graph.counts()["papers"] == len(PAPERS)
