"""Ranking: the scores of networkx, over one layer, and sense where nothing is cited."""

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from scipy import sparse

from concite.graph.metrics import MetricError, hits, pagerank
from concite.graph.metrics.matrices import citation_matrix
from concite.graph.metrics.ranking import hits_scores, pagerank_scores

from .helpers import CITATIONS, PAPERS, dated, made

TOLERANCE = 1e-8


def oracle(cites: set[tuple[str, str]]) -> "nx.DiGraph[str]":
    network: nx.DiGraph[str] = nx.DiGraph()
    network.add_nodes_from(PAPERS)
    network.add_edges_from((citing, cited) for citing, cited in cites if citing != cited)
    return network


@given(CITATIONS)
def test_pagerank_is_that_of_networkx(cites: set[tuple[str, str]]) -> None:
    frame = pagerank(made(dated(*PAPERS), cites=cites)).frame
    expected = nx.pagerank(oracle(cites), tol=1e-12, max_iter=1000)
    assert dict(zip(frame["paper"], frame["score"], strict=True)) == pytest.approx(expected, abs=TOLERANCE)
    assert frame["score"].sum() == pytest.approx(1)
    assert frame["score"].to_list() == sorted(frame["score"], reverse=True)


def test_hits_are_those_of_networkx_on_a_network_with_one_best_answer() -> None:
    rng = np.random.default_rng(1)
    network: nx.DiGraph[int] = nx.DiGraph(nx.gnp_random_graph(40, 0.15, seed=int(rng.integers(100)), directed=True))
    hubs, authorities = nx.hits(network, max_iter=1000, tol=1e-12)
    authority, hub = hits_scores(
        sparse.csr_array(nx.to_scipy_sparse_array(network, nodelist=range(40), dtype=np.dtype(float)))
    )
    assert dict(enumerate(authority)) == pytest.approx(authorities, abs=TOLERANCE)
    assert dict(enumerate(hub)) == pytest.approx(hubs, abs=TOLERANCE)


@given(CITATIONS)
def test_authorities_and_hubs_are_shares(cites: set[tuple[str, str]]) -> None:
    frame = hits(made(dated(*PAPERS), cites=cites)).frame
    whole = 1.0 if any(citing != cited for citing, cited in cites) else 0.0
    for column in ("authority", "hub"):
        assert frame[column].sum() == pytest.approx(whole)
        assert (frame[column] >= 0).all()


def test_a_layer_is_ranked_by_itself() -> None:
    graph = made(dated("a", "b", "c"), cites=[("a", "b"), ("a", "c", "inferred"), ("b", "c", "inferred")])
    assert pagerank(graph).frame["paper"][0] == "b"
    assert pagerank(graph, "inferred").frame["paper"][0] == "c"
    assert pagerank(graph, "inferred").notes == ("2 inferred citations among 3 papers.",)
    assert hits(graph, "inferred").frame.row(0, named=True)["authority"] == 1


def test_a_paper_that_cites_itself_gains_nothing_and_is_told() -> None:
    found = pagerank(made(dated("a", "b"), cites=[("a", "a")]))
    assert found.frame["score"].to_list() == pytest.approx([0.5, 0.5])
    assert found.notes[-1] == "Papers that cite themselves, not counted as citations: 1."


def test_without_damping_all_are_equal_and_with_too_much_it_is_refused() -> None:
    graph = made(dated("a", "b"), cites=[("a", "b")])
    assert pagerank(graph, damping=0).frame["score"].to_list() == [0.5, 0.5]
    with pytest.raises(MetricError, match="damping of 1"):
        pagerank(graph, damping=1)


def test_cited_counts_the_citing_papers() -> None:
    frame = pagerank(made(dated("a", "b", "c"), cites=[("a", "c"), ("b", "c"), ("b", "c")])).frame
    assert dict(zip(frame["paper"], frame["cited"], strict=True)) == {"c": 2, "a": 0, "b": 0}


def test_the_empty_matrix_has_no_scores() -> None:
    empty = citation_matrix(made(), "explicit").matrix
    assert pagerank_scores(empty).size == 0
    assert hits_scores(empty)[0].size == 0
