"""Matrices: what a cell holds, who has a row and a column, and that the order of rows changes nothing."""

import numpy as np
import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from concite.graph.metrics.matrices import ROLE_WEIGHTS, citation_matrix, incidence, places
from concite.graph.metrics.selection import Selection

from .helpers import dated, made

GRAPH = made(
    {"b": 2021, "a": 2020, "c": None, "x": 2019},
    [("a", "lora", "uses"), ("a", "lora", "mentions"), ("a", "gpu", "mentions"), ("b", "lora", "compares")],
    [("a", "b"), ("a", "b"), ("b", "b"), ("b", "x"), ("b", "a", "inferred")],
    [{"id": "gpu", "general": True}, {"id": "unnamed"}, {"id": "lora", "origin": "candidate"}],
    external=["x"],
)


def cells(selection: Selection, weighted: bool = False) -> dict[tuple[str, str], float]:
    found = incidence(GRAPH, selection, ROLE_WEIGHTS if weighted else None)
    rows, columns = found.matrix.nonzero()
    pairs = zip(found.papers.gather(rows), found.concepts.gather(columns), strict=True)
    return dict(zip(pairs, found.matrix.data.tolist(), strict=True))


def test_a_paper_that_names_a_concept_twice_counts_once() -> None:
    assert cells(Selection()) == {("a", "lora"): 1, ("b", "lora"): 1}


def test_the_strongest_role_gives_the_weight() -> None:
    assert cells(Selection(general=True), weighted=True) == {("a", "lora"): 1.0, ("a", "gpu"): 0.4, ("b", "lora"): 0.6}


def test_all_papers_read_have_a_row_and_only_named_concepts_a_column() -> None:
    found = incidence(GRAPH, Selection(general=True))
    assert found.papers.to_list() == ["a", "b", "c"]
    assert found.concepts.to_list() == ["gpu", "lora"]
    assert found.counts.tolist() == [1, 2]


def test_a_selection_chooses_by_role_class_origin_confidence_and_year() -> None:
    assert cells(Selection(roles=["compares"])) == {("b", "lora"): 1}
    assert cells(Selection(classes=["model"])) == {}
    assert cells(Selection(candidates=False)) == {}
    assert cells(Selection(confidence=0.95)) == {}
    assert cells(Selection(years=(2021, None))) == {("b", "lora"): 1}
    assert cells(Selection(years=(None, 2020))) == {("a", "lora"): 1}
    assert incidence(GRAPH, Selection(years=(2021, 2021))).papers.to_list() == ["b"]


def test_citations_are_of_one_layer_without_repeats_and_loops() -> None:
    found = citation_matrix(GRAPH, "explicit")
    assert found.papers.to_list() == ["a", "b", "c", "x"]
    assert np.argwhere(found.matrix.toarray()).tolist() == [[0, 1], [1, 3]]
    assert found.matrix.data.tolist() == [1, 1]
    assert found.loops == 1
    assert citation_matrix(GRAPH, "inferred").matrix.nnz == 1


def test_papers_that_are_only_cited_can_be_left_out() -> None:
    found = citation_matrix(GRAPH, "explicit", external=False)
    assert found.papers.to_list() == ["a", "b", "c"]
    assert found.matrix.nnz == 1


@given(st.lists(st.sampled_from("abcdé")), st.sets(st.sampled_from("abcdé")))
def test_places_are_those_of_the_ids(values: list[str], ids: set[str]) -> None:
    known = sorted(ids)
    found = places(pl.Series(values, dtype=pl.String), pl.Series(known, dtype=pl.String))
    assert found.tolist() == [known.index(each) if each in ids else -1 for each in values]


def test_a_graph_of_nothing_has_matrices_of_nothing() -> None:
    assert incidence(made(), Selection()).matrix.shape == (0, 0)
    assert citation_matrix(made(dated("a")), "explicit").matrix.shape == (1, 1)
    assert np.array_equal(incidence(made(dated("a")), Selection()).counts, [])
