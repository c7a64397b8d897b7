"""Paths: the way that says most, told in words with the evidence for each step."""

import networkx as nx
import pytest

from concite.graph.knowledge import KnowledgeGraph
from concite.graph.papers import InputError
from concite.graph.paths import CITING, RELATING
from concite.graph.tables import frame
from concite.ontology import Layer, PaperRelation, Relation


def test_a_link_is_told_with_its_role_its_sentence_and_its_confidence(graph: KnowledgeGraph) -> None:
    (step,) = graph.path("LoRA", "A Survey of Adapters")
    assert step.says == "“A Survey of Adapters” mentions LoRA."
    assert step.evidence == "This survey reviews LoRA and other adapters for large language models."
    assert 0 < (step.confidence or 0) < 1
    assert (step.source, step.target) == ("lora", "arxiv-2401.00002")


def test_relations_and_citations_are_told(graph: KnowledgeGraph) -> None:
    assert [step.says for step in graph.path("Llama 2 7B", "Llama 2")] == ["Llama 2 7B is a kind of Llama 2."]
    (cites,) = graph.path("arxiv:2401.00001", "arxiv:2401.00002")
    assert cites.says.endswith("cites “A Survey of Adapters”; its list of references says so.")
    inferred = graph.select(layers=["inferred"]).path("2401.00001", "2106.09685", avoid=["lora"])
    assert "is taken to cite" in inferred.steps[0].says
    assert inferred.steps[0].evidence == "We propose TinyTune, a novel fine-tuning method built on LoRA."


def test_a_version_is_told_from_the_later_paper(graph: KnowledgeGraph) -> None:
    versions = frame(
        "paper_relations",
        [{
            "subject": "arxiv-2401.00002", "relation": "versionOf", "object": "arxiv-2106.09685", "source": "title",
            "confidence": 0.9,
        }],
    )  # fmt: skip
    known = KnowledgeGraph({**graph.frames, "paper_relations": versions}, graph.manifest)
    (step,) = known.select(layers=()).path("2106.09685", "2401.00002")
    assert step.says.startswith("“A Survey of Adapters” is a later version of “")
    assert step.confidence == 0.9


def test_each_step_begins_where_the_one_before_ended(graph: KnowledgeGraph) -> None:
    found = graph.path("A100", "A Survey of Adapters")
    assert [step.source for step in found] == list(found.nodes[:-1])
    assert [step.target for step in found] == list(found.nodes[1:])
    assert len(found) == len(found.steps)
    network = nx.Graph(graph.network())
    assert all(network.has_edge(step.source, step.target) for step in found)


def test_a_stated_citation_is_shorter_than_a_way_through_what_everyone_names(graph: KnowledgeGraph) -> None:
    assert len(graph.path("2401.00001", "2401.00002")) == 1
    around = graph.select(layers=()).path("2401.00001", "2401.00002")
    assert "large-language-model" not in around.nodes or len(around.nodes) == 3


def test_what_is_to_be_avoided_is_avoided(graph: KnowledgeGraph) -> None:
    usual = graph.select(layers=()).path("TinyTune", "A Survey of Adapters")
    between = usual.nodes[-2]
    other = graph.select(layers=()).path("TinyTune", "A Survey of Adapters", avoid=[between])
    assert between not in other.nodes


def test_a_path_prints_as_numbered_sentences(graph: KnowledgeGraph) -> None:
    text = str(graph.path("A100", "A Survey of Adapters"))
    assert text.startswith("1. “TinyTune: Adapting Llama 2 on One GPU” evaluates A100.")
    page = graph.path("A100", "A Survey of Adapters")._repr_html_()
    assert page.startswith("<ol><li>")
    assert page.count("<li>") == len(graph.path("A100", "A Survey of Adapters"))
    same = graph.path("LoRA", "LoRA")
    assert (len(same), same.nodes) == (0, ("lora",))
    assert "one and the same" in same._repr_html_()


def test_where_nothing_joins_two_the_answer_says_so(graph: KnowledgeGraph) -> None:
    with pytest.raises(InputError, match="nothing joins the two; take in more layers"):
        graph.path("Notes on Nothing", "LoRA")


def test_every_relation_and_every_layer_has_its_words() -> None:
    assert set(RELATING) == {*Relation, *PaperRelation}
    assert set(CITING) == set(Layer)
