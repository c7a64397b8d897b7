"""The main path: against all paths counted one by one, through circles, and between two papers."""

from itertools import pairwise

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

from concite.graph.metrics import MetricError, main_path
from concite.graph.metrics.main_path import heaviest_path

from .helpers import dated, made

NODES = 7


@st.composite
def acyclic(draw: st.DrawFn) -> "nx.DiGraph[int]":
    """A network in which later papers cite earlier ones."""
    edges = draw(st.sets(st.tuples(st.integers(0, NODES - 1), st.integers(0, NODES - 1))))
    network: nx.DiGraph[int] = nx.DiGraph()
    network.add_nodes_from(range(NODES))
    network.add_edges_from((max(edge), min(edge)) for edge in edges if edge[0] != edge[1])
    return network


def all_ways(network: "nx.DiGraph[int]", start: int | None, end: int | None) -> list[list[int]]:
    """All ways from early to late, with one citation at least."""
    onward = network.reverse()
    starts = [start] if start is not None else [n for n in onward if not onward.in_degree(n) and onward.out_degree(n)]
    ends = [end] if end is not None else [n for n in onward if not onward.out_degree(n) and onward.in_degree(n)]
    ways = [list(nx.all_simple_paths(onward, one, other)) for one in starts for other in ends if one != other]
    return [way for found in ways for way in found]


@given(acyclic(), st.none() | st.integers(0, NODES - 1), st.none() | st.integers(0, NODES - 1))
def test_no_other_way_has_a_greater_sum_of_counts(
    network: "nx.DiGraph[int]", start: int | None, end: int | None
) -> None:
    ways = all_ways(network, start, end)
    count = {edge: sum(edge in pairwise(way) for way in ways) for edge in network.reverse().edges}
    matrix = sparse.csr_array(nx.to_scipy_sparse_array(network, nodelist=range(NODES), dtype=np.dtype(float)))
    path, counts, total = heaviest_path(matrix, start, end)
    assert counts == [count[edge] for edge in pairwise(path)]
    assert sum(counts) == max((sum(count[edge] for edge in pairwise(way)) for way in ways), default=0)
    assert path in ways if ways else path == []
    assert total == len(ways) or not ways


def test_the_path_runs_from_early_to_late_with_the_share_of_ways() -> None:
    cites = [("b", "a"), ("c", "b"), ("d", "b"), ("e", "c"), ("e", "d"), ("e", "a")]
    found = main_path(made(dated(*"abcde"), cites=cites))
    assert found.frame["paper"].to_list() == ["a", "b", "c", "e"]
    assert found.frame["spc"].to_list() == ["2", "1", "1", None]
    assert found.frame["share"].to_list() == [pytest.approx(2 / 3), pytest.approx(1 / 3), pytest.approx(1 / 3), None]
    assert found.frame["step"].to_list() == [1, 2, 3, 4]
    assert found.notes == ("6 explicit citations among 5 papers.",)


def test_citations_in_a_circle_are_left_out_and_told() -> None:
    found = main_path(made(dated(*"abc"), cites=[("a", "b"), ("b", "a"), ("c", "a")]))
    assert found.frame["paper"].to_list() == ["a", "c"]
    assert found.notes[-1] == "Left out, because their papers cite each other in a circle: 2 citations."


def test_a_path_can_be_asked_for_between_two_papers() -> None:
    graph = made(dated(*"abcd"), cites=[("b", "a"), ("c", "b"), ("d", "c"), ("d", "a")])
    assert main_path(graph, start="b", end="c").frame["paper"].to_list() == ["b", "c"]
    back = main_path(graph, start="c", end="b")
    assert back.frame.is_empty()
    assert back.notes[-1] == "No chain of citations leads there."
    with pytest.raises(MetricError, match="no paper of the citation graph: x"):
        main_path(graph, start="x")


def test_papers_only_cited_are_on_the_path_if_wanted() -> None:
    graph = made(dated(*"abx"), cites=[("a", "x"), ("b", "a")], external=["x"])
    assert main_path(graph).frame["paper"].to_list() == ["a", "b"]
    assert main_path(graph, external=True).frame["paper"].to_list() == ["x", "a", "b"]


def test_counts_beyond_what_a_machine_number_holds_stay_exact() -> None:
    rungs = [(f"{step + 1:03}{one}", f"{step:03}{other}") for step in range(80) for one in "ab" for other in "ab"]
    frame = main_path(made(dated(*sorted({paper for pair in rungs for paper in pair})), cites=rungs)).frame
    assert frame["spc"][0] == str(2**79)
    assert frame["share"][0] == 0.25
    assert len(frame) == 81
