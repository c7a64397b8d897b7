"""Evidence: each mention with the sentence it stands in."""

import pytest

from concite.graph.evidence import sentence_at
from concite.graph.knowledge import KnowledgeGraph
from concite.graph.papers import InputError


def test_evidence_of_a_claim_is_its_mentions_with_their_sentences(graph: KnowledgeGraph) -> None:
    rows = graph.evidence("arxiv:2401.00001", "large language model").to_dicts()
    assert [row["text"] for row in rows] == ["Large language models", "LLMs"]
    assert {row["sentence"] for row in rows} == {"Large language models (LLMs) are costly to adapt."}
    assert {row["role"] for row in rows} <= {"mentions", "uses"}


def test_every_mention_stands_in_its_sentence_and_in_the_order_of_the_text(graph: KnowledgeGraph) -> None:
    rows = graph.evidence()
    assert len(rows) == len(graph.mentions)
    assert all(row["text"] in row["sentence"] for row in rows.iter_rows(named=True))
    places = [(row["paper"], row["field"] != "title", row["start"]) for row in rows.iter_rows(named=True)]
    assert places == sorted(places)
    assert set(rows["label"]) == set(graph.links["label"])


def test_one_side_can_be_left_open(graph: KnowledgeGraph) -> None:
    assert set(graph.evidence(concept="LoRA")["paper"]) == {"arxiv-2401.00001", "arxiv-2401.00002"}
    assert set(graph.evidence("A Survey of Adapters")["concept"]) >= {"lora"}
    assert len(graph.evidence("Notes on Nothing", "LoRA")) == 0


def test_a_concept_is_no_paper(graph: KnowledgeGraph) -> None:
    with pytest.raises(InputError, match="no paper of the graph"):
        graph.evidence("LoRA")


def test_a_place_outside_all_sentences_gives_the_whole_text() -> None:
    assert sentence_at("One. Two.", 5) == "Two."
    assert sentence_at("One.", 99) == "One."
