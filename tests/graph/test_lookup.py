"""Looking up: any name leads to the one thing that has it, and no name is guessed."""

import pytest

from concite.graph.knowledge import KnowledgeGraph
from concite.graph.lookup import Directory, Kind
from concite.graph.papers import InputError, Paper

from ..conftest import small_graph
from ..exports.whole import whole_graph
from .helpers import VOCABULARY

PAPER = "arxiv-2401.00001"


@pytest.mark.parametrize(
    "name",
    [
        "arxiv-2401.00001",
        "arxiv:2401.00001",
        "2401.00001",
        "TinyTune: adapting Llama 2 on one GPU",
        "paper:arxiv-2401.00001",
        "https://w3id.org/concite/paper/arxiv-2401.00001",
    ],
)
def test_a_paper_is_found_by_id_identifier_title_and_iri(graph: KnowledgeGraph, name: str) -> None:
    assert graph.find(name) == PAPER


@pytest.mark.parametrize("name", ["lora", "LoRA", "Low-Rank Adaptation", "concept:lora", "https://x.org/concept/lora"])
def test_a_concept_is_found_by_id_label_alias_and_iri(graph: KnowledgeGraph, name: str) -> None:
    assert graph.find(name) == "lora"


def test_every_id_and_every_label_of_the_vocabulary_is_found(graph: KnowledgeGraph) -> None:
    for table in (graph.papers, graph.concepts):
        assert [graph.find(each) for each in table["id"]] == table["id"].to_list()
    known = graph.concepts.filter(graph.concepts["origin"] == "vocabulary")
    for key, label in known.select("id", "label").iter_rows():
        assert graph.find(label) == key


def test_the_kind_can_be_asked_for(graph: KnowledgeGraph) -> None:
    directory = Directory(graph.papers, graph.concepts)
    assert directory.find("lora", Kind.CONCEPT) == "lora"
    with pytest.raises(InputError, match="no paper of the graph"):
        directory.find("lora", Kind.PAPER)


def test_what_is_not_found_is_answered_with_near_names(graph: KnowledgeGraph) -> None:
    with pytest.raises(InputError, match="no concept or paper of the graph has this name; did you mean LoRA"):
        graph.find("LoRAA")
    with pytest.raises(InputError, match="“A Survey of Adapters”"):
        graph.find("A Survey of Adaptors")
    with pytest.raises(InputError, match=r"has this name; look it up in graph\.concepts or graph\.papers"):
        graph.find("zzzzzz")


def test_a_title_of_two_papers_is_not_guessed() -> None:
    papers = tuple(Paper("Editorial", None, identifiers=(f"doi:10.1/{n}",)) for n in range(2))
    graph = small_graph(VOCABULARY, papers)
    with pytest.raises(InputError, match=r"2 things have this name; give an id: doi-10\.1/0, doi-10\.1/1"):
        graph.find("editorial")


def test_an_empty_graph_knows_no_name() -> None:
    with pytest.raises(InputError, match="look it up"):
        small_graph(VOCABULARY, ()).find("LoRA")


def test_a_name_that_a_concept_covers_finds_it() -> None:
    assert whole_graph().find("LoRA-XS") == "lora"
