"""The network: node for node and edge for edge what the tables hold."""

from collections import Counter

import pytest

from concite.graph.knowledge import KnowledgeGraph
from concite.ontology import Layer, Role


def test_every_paper_and_concept_is_a_node_with_its_columns(graph: KnowledgeGraph) -> None:
    network = graph.network()
    assert network.number_of_nodes() == len(graph.papers) + len(graph.concepts)
    for kind, frame in (("paper", graph.papers), ("concept", graph.concepts)):
        for row in frame.iter_rows(named=True):
            node = network.nodes[row["id"]]
            assert node["kind"] == kind
            assert {name: value for name, value in row.items() if name != "id"}.items() <= node.items()
    assert network.nodes["arxiv-2401.00002"]["label"] == "A Survey of Adapters"


def test_every_row_is_an_edge(graph: KnowledgeGraph) -> None:
    network = graph.network()
    assert network.number_of_edges() == len(graph.links) + len(graph.citations) + len(graph.concept_relations)
    edges = Counter(data["relation"] for _, _, data in network.edges(data=True))
    relations = Counter(graph.concept_relations["relation"].to_list())
    assert edges == {"mentions": len(graph.links), "cites": len(graph.citations), **relations}


def test_a_link_carries_its_role_and_its_evidence(graph: KnowledgeGraph) -> None:
    data = graph.network()["arxiv-2401.00001"]["large-language-model"]
    ((role, edge),) = data.items()
    assert role == edge["role"]
    assert edge["mentions"] == 2
    assert edge["evidence"] == [("abstract", 0, 21, "Large language models"), ("abstract", 23, 27, "LLMs")]


def test_citations_of_both_layers_are_edges_of_their_own(graph: KnowledgeGraph) -> None:
    edges = graph.network()["arxiv-2401.00001"]["arxiv-2106.09685"]
    assert set(edges) == {"explicit", "inferred"}
    assert edges["inferred"]["evidence"] == "We propose TinyTune, a novel fine-tuning method built on LoRA."
    assert edges["explicit"]["confidence"] == 1.0


@pytest.mark.parametrize("layer", list(Layer))
def test_layers_can_be_chosen(graph: KnowledgeGraph, layer: Layer) -> None:
    network = graph.network(layers=[str(layer)])
    found = {data["layer"] for _, _, data in network.edges(data=True) if data["relation"] == "cites"}
    assert found == {layer}
    assert network.number_of_nodes() == graph.network().number_of_nodes()


def test_roles_can_be_chosen(graph: KnowledgeGraph) -> None:
    network = graph.network(layers=(), roles=[Role.INTRODUCES])
    found = [data for _, _, data in network.edges(data=True) if "role" in data]
    assert {data["role"] for data in found} == {"introduces"}
    assert not [data for _, _, data in network.edges(data=True) if data["relation"] == "cites"]


def test_the_hierarchy_can_be_walked(graph: KnowledgeGraph) -> None:
    network = graph.network()
    assert network.has_edge("llama-2-7b", "llama-2", "variantOf")
    assert network.has_edge("llama-2", "llama", "broader")
    assert network.has_edge("lora", "arxiv-2106.09685", "introducedIn")
