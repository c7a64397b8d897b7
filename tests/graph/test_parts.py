"""Parts: what is selected is there, what is not is gone, and nothing dangles."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from concite.graph.knowledge import KnowledgeGraph
from concite.graph.papers import InputError
from concite.ontology import ConceptClass, Layer, Role

from ..conftest import PAPERS, small_graph
from .helpers import VOCABULARY

GRAPH = small_graph(VOCABULARY, PAPERS)


def assert_nothing_dangles(graph: KnowledgeGraph) -> None:
    papers, concepts = set(graph.papers["id"]), set(graph.concepts["id"])
    assert set(graph.mentions["paper"]) <= papers
    assert set(graph.mentions["concept"]) <= concepts
    assert set(graph.names["concept"]) <= concepts
    assert {*graph.names["paper"], *graph.records["paper"]} <= papers
    assert {*graph.paper_relations["subject"], *graph.paper_relations["object"]} <= papers
    assert {*graph.citations["citing"], *graph.citations["cited"]} <= papers
    assert {*graph.concept_relations["subject"]} <= concepts
    assert {*graph.concept_relations["object"]} <= papers | concepts
    assert graph.manifest["counts"] == {name: len(frame) for name, frame in graph.frames.items()}


subsets = st.fixed_dictionaries(
    {
        "layers": st.none() | st.sets(st.sampled_from(Layer)),
        "roles": st.none() | st.sets(st.sampled_from(Role)),
        "classes": st.none() | st.sets(st.sampled_from(ConceptClass)),
        "years": st.none() | st.tuples(st.none() | st.integers(2022, 2025), st.none() | st.integers(2022, 2025)),
        "general": st.booleans(),
    }
)


@given(subsets)
def test_no_selection_leaves_a_row_that_leads_nowhere(parts: dict[str, object]) -> None:
    assert_nothing_dangles(GRAPH.select(**parts))  # type: ignore[arg-type]


@given(subsets)
def test_selecting_twice_is_selecting_once(parts: dict[str, object]) -> None:
    once = GRAPH.select(**parts)  # type: ignore[arg-type]
    again = once.select(**parts)  # type: ignore[arg-type]
    assert all(once.frames[name].equals(again.frames[name]) for name in once.frames)


def test_selecting_nothing_in_particular_keeps_all(graph: KnowledgeGraph) -> None:
    assert all(graph.select().frames[name].equals(frame) for name, frame in graph.frames.items())


def test_layers_and_roles_choose_citations_and_mentions(graph: KnowledgeGraph) -> None:
    chosen = graph.select(layers=["explicit"], roles=[Role.USES])
    assert set(chosen.citations["layer"]) == {"explicit"}
    assert set(chosen.mentions["role"]) == {"uses"}
    assert chosen.papers.equals(graph.papers)


def test_one_name_may_stand_for_itself(graph: KnowledgeGraph) -> None:
    assert set(graph.select(classes="model").concepts["class"]) == {"model"}


def test_years_choose_papers_with_what_they_cite(graph: KnowledgeGraph) -> None:
    chosen = graph.select(years=(2024, None))
    assert set(chosen.papers.filter(~pl.col("external"))["id"]) == {"arxiv-2401.00001"}
    assert "arxiv-2106.09685" in set(chosen.papers["id"])
    assert "arxiv-2401.00002" not in set(chosen.citations["cited"])
    assert len(graph.select(years=(1900, 1950)).papers) == 0


def test_general_concepts_and_headings_can_be_left_out(graph: KnowledgeGraph) -> None:
    chosen = graph.select(general=False)
    assert not chosen.concepts["general"].any()
    assert not chosen.concepts["grouping"].any()


def test_what_does_not_exist_is_refused(graph: KnowledgeGraph) -> None:
    for wrong, text in (("layers", "layer"), ("roles", "role"), ("classes", "class")):
        with pytest.raises(InputError, match=f"no such {text}; choose of: "):
            graph.select(**{wrong: ["nonsense"]})  # type: ignore[arg-type]
