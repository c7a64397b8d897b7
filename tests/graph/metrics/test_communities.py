"""Communities: planted ones are found, they hang together, the seed decides, and their names tell them apart."""

from itertools import combinations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

from concite.graph.metrics import Coupling, MetricError, community_sizes, concept_communities, paper_communities
from concite.graph.metrics.communities import modularity, partition

from .helpers import dated, made

GROUPS = ("abcd", "efgh", "ijk")


def matrix(network: "nx.Graph[int]") -> sparse.csr_array:
    return sparse.csr_array(nx.to_scipy_sparse_array(network, nodelist=range(len(network)), dtype=np.dtype(float)))


def groups(labels: np.ndarray[tuple[int], np.dtype[np.int64]]) -> list[set[int]]:
    return [set(np.flatnonzero(labels == label).tolist()) for label in np.unique(labels)]


RANDOM = st.builds(
    lambda n, p, seed: nx.gnp_random_graph(n, p, seed=seed), st.integers(1, 30), st.floats(0, 0.5), st.integers(0, 99)
)


@given(RANDOM)
def test_modularity_is_that_of_networkx(network: "nx.Graph[int]") -> None:
    labels = np.arange(len(network)) % 3
    parts = groups(labels)
    expected = nx.community.modularity(network, parts) if network.number_of_edges() else 0.0
    assert modularity(matrix(network), labels) == pytest.approx(expected)


@given(RANDOM)
def test_communities_hang_together(network: "nx.Graph[int]") -> None:
    assert all(nx.is_connected(network.subgraph(part)) for part in groups(partition(matrix(network))))


@pytest.mark.parametrize("seed", range(5))
def test_communities_are_about_as_good_as_those_of_networkx(seed: int) -> None:
    network = nx.planted_partition_graph(6, 20, 0.3, 0.04, seed=seed)
    expected = nx.community.modularity(network, nx.community.louvain_communities(network, seed=0))
    assert modularity(matrix(network), partition(matrix(network))) >= expected - 0.02


def test_planted_communities_are_found() -> None:
    network = nx.planted_partition_graph(5, 30, 0.5, 0.01, seed=3)
    expected = [set(range(start, start + 30)) for start in range(0, 150, 30)]
    assert sorted(groups(partition(matrix(network))), key=min) == expected


def test_the_same_seed_gives_the_same_communities() -> None:
    ties = matrix(nx.gnp_random_graph(60, 0.1, seed=5))
    assert np.array_equal(partition(ties, seed=7), partition(ties, seed=7))


def test_more_resolution_gives_more_communities() -> None:
    ties = matrix(nx.gnp_random_graph(60, 0.1, seed=5))
    assert partition(ties, 4.0).max() > partition(ties, 0.5).max()
    with pytest.raises(MetricError, match="resolution of 0"):
        partition(ties, 0)


def together() -> list[tuple[str, str]]:
    """Papers that name the concepts of one group, and one paper that names two of different groups."""
    names = [(f"p-{group}-{number}", concept) for group in GROUPS for number in range(3) for concept in group]
    return [*names, ("p-between", "a"), ("p-between", "e")]


def test_concepts_that_are_named_together_are_a_community() -> None:
    found = concept_communities(made(dated(*{paper for paper, _ in together()}), together()))
    parts = found.frame.group_by("community").agg("concept").sort("community")["concept"].to_list()
    assert [set(part) for part in parts] == [set(group) for group in GROUPS]
    assert community_sizes(found)["members"].to_list() == [4, 4, 3]
    assert found.frame.filter(community=3)["name"].unique().to_list() == ["I, J, K"]
    assert found.frame.filter(community=1)["strength"].to_list() == sorted(found.frame["strength"][:4], reverse=True)


def test_concepts_that_stand_alone_are_left_out() -> None:
    names = [*together(), ("p-alone", "alone")]
    frame = concept_communities(made(dated(*{paper for paper, _ in names}), names)).frame
    assert "alone" not in frame["concept"].to_list()


def test_papers_that_cite_one_another_are_a_community_named_by_what_sets_it_off() -> None:
    cites = [pair for group in GROUPS for pair in combinations(group, 2)]
    names = [(paper, "shared") for paper in "".join(GROUPS) + "l"] + [(paper, "own") for paper in GROUPS[1]]
    found = paper_communities(made(dated(*"".join(GROUPS), "l"), names, cites))
    assert community_sizes(found)["name"].to_list() == ["A", "Own", "I"]
    assert "l" not in found.frame["paper"].to_list()
    assert found.notes == ("15 explicit citations among 12 papers.",)


@pytest.mark.parametrize("ties", ["inferred", Coupling.BIBLIOGRAPHIC, "co-citation", "concept"])
def test_papers_can_be_tied_in_other_ways(ties: str) -> None:
    cites = [(paper, f"x-{group}-{n}", "explicit") for group in GROUPS for paper in group for n in range(2)]
    cites += [(f"y-{group}", paper, "explicit") for group in GROUPS for paper in group]
    cites += [(a, b, "inferred") for group in GROUPS for a, b in combinations(group, 2)]
    names = [(paper, f"c-{group}") for group in GROUPS for paper in group]
    ids = [*"".join(GROUPS), *(f"x-{g}-{n}" for g in GROUPS for n in range(2)), *(f"y-{g}" for g in GROUPS)]
    frame = paper_communities(made(dated(*ids), names, cites), ties).frame
    parts = frame.group_by("community").agg("paper")["paper"].to_list()
    assert {frozenset(part) & set("".join(GROUPS)) for part in parts} - {frozenset()} == {frozenset(g) for g in GROUPS}


def test_no_ties_are_no_communities() -> None:
    assert concept_communities(made(dated("a"), [("a", "x")])).frame.is_empty()
    assert paper_communities(made(dated("a"))).frame.is_empty()
    assert community_sizes(paper_communities(made())).is_empty()
    assert modularity(sparse.csr_array((3, 3)), np.arange(3)) == 0
