"""The network: node for node and edge for edge what the tables hold."""

from collections import Counter
from itertools import combinations

import pytest

from concite.graph.knowledge import KnowledgeGraph
from concite.graph.papers import InputError, Paper
from concite.ontology import Layer, Role

from ..conftest import small_graph
from .helpers import VOCABULARY


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
    tables = (graph.links, graph.citations, graph.concept_relations, graph.paper_relations)
    assert network.number_of_edges() == sum(map(len, tables))
    edges = Counter(data["relation"] for _, _, data in network.edges(data=True))
    relations = Counter([*graph.concept_relations["relation"], *graph.paper_relations["relation"]])
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


def test_the_links_alone_are_bipartite(graph: KnowledgeGraph) -> None:
    links = graph.network("links")
    sides = {node: data["bipartite"] for node, data in links.nodes(data=True)}
    assert {(sides[a], sides[b]) for a, b in links.edges()} == {(0, 1)}
    assert links.number_of_edges() == len(graph.links)
    assert {node for node, side in sides.items() if side == 1} == set(graph.links["concept"])


def test_citations_alone_join_papers(graph: KnowledgeGraph) -> None:
    cites = graph.network("citations", layers=["explicit"])
    assert set(cites) == set(graph.papers["id"])
    assert cites.number_of_edges() == len(graph.citations.filter(layer="explicit"))


def test_concepts_are_joined_where_papers_name_both(graph: KnowledgeGraph) -> None:
    together = graph.network("cooccurrence")
    named: dict[str, set[str]] = {}
    for paper, concept in graph.mentions.select("paper", "concept").iter_rows():
        named.setdefault(concept, set()).add(paper)
    expected = {frozenset(pair): len(named[pair[0]] & named[pair[1]]) for pair in combinations(named, 2)}
    found = {frozenset((a, b)): data["weight"] for a, b, data in together.edges(data=True)}
    assert found == {pair: papers for pair, papers in expected.items() if papers}
    counted = {node: data["papers"] for node, data in together.nodes(data=True)}
    assert counted == {concept: len(papers) for concept, papers in named.items()}


def test_authors_are_joined_by_the_papers_they_wrote_together() -> None:
    papers = (
        Paper("One", None, authors=("Ada Byron", "Alan Turing", "Mary Shelley")),
        Paper("Two", None, authors=("Ada Byron", "Alan Turing")),
        Paper("Three", None, authors=("Emmy Noether",)),
    )
    authors = small_graph(VOCABULARY, papers).network("authors")
    assert authors.edges["Ada Byron", "Alan Turing"] == {"weight": 2, "closeness": 1.5}
    assert authors.edges["Mary Shelley", "Ada Byron"] == {"weight": 1, "closeness": 0.5}
    assert len(authors.nodes["Ada Byron"]["papers"]) == 2
    assert authors.degree("Emmy Noether") == 0


def test_a_view_that_does_not_exist_is_refused(graph: KnowledgeGraph) -> None:
    with pytest.raises(InputError, match="no such view; choose of: all, links"):
        graph.network("nonsense")  # type: ignore[call-overload]


def test_a_neighbourhood_is_what_is_near_in_either_direction(graph: KnowledgeGraph) -> None:
    near = graph.neighbourhood("LoRA")
    whole = graph.network()
    assert set(near) == {"lora", *whole.predecessors("lora"), *whole.successors("lora")}
    assert near.number_of_edges() == whole.subgraph(near).number_of_edges()
    assert set(near) < set(graph.neighbourhood("LoRA", hops=2))
