"""The hierarchy as a matrix: what networkx can reach, also around a circle."""

import networkx as nx
import numpy as np
import polars as pl
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

from concite.graph.metrics.hierarchy import reach, rolled_up
from concite.ontology.classes import Relation

from .helpers import CONCEPTS, made

STEPS = st.sets(st.tuples(st.sampled_from(CONCEPTS), st.sampled_from(CONCEPTS)))


@given(STEPS)
def test_all_that_can_be_reached_is(steps: set[tuple[str, str]]) -> None:
    graph = made(concepts=[{"id": each} for each in CONCEPTS], relations=[(a, "broader", b) for a, b in sorted(steps)])
    network: nx.DiGraph[str] = nx.DiGraph(sorted(steps))
    network.add_nodes_from(CONCEPTS)
    found = reach(graph, pl.Series(CONCEPTS)).toarray()
    expected = [[above == below or nx.has_path(network, below, above) for above in CONCEPTS] for below in CONCEPTS]
    assert np.array_equal(found, expected)


def test_only_the_relations_asked_for_lead_up() -> None:
    relations = [("c0", "variantOf", "c1"), ("c1", "broader", "c2"), ("c1", "introducedIn", "p0")]
    graph = made(concepts=[{"id": each} for each in CONCEPTS[:3]], relations=relations)
    assert reach(graph, pl.Series(["c0"])).toarray().tolist() == [[1, 1, 1]]
    assert reach(graph, pl.Series(["c0"]), [Relation.VARIANT_OF]).toarray().tolist() == [[1, 1, 0]]


def test_a_paper_names_what_its_concepts_lead_up_to_once() -> None:
    named = sparse.csr_array(np.array([[1.0, 1.0], [0.0, 0.0]]))
    upward = sparse.csr_array(np.array([[1.0, 0.0, 1.0], [0.0, 1.0, 1.0]]))
    assert rolled_up(named, upward).toarray().tolist() == [[1, 1, 1], [0, 0, 0]]
