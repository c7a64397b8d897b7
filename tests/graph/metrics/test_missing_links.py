"""Missing links: the scores of networkx, for pairs that never met and are no kin."""

from itertools import combinations

import networkx as nx
import pytest
from hypothesis import given

from concite.graph.metrics import MetricError, cooccurrence, missing_links

from .helpers import CONCEPTS, INCIDENCES, PAPERS, dated, made


@given(INCIDENCES)
def test_scores_are_those_of_networkx(names: set[tuple[str, str]]) -> None:
    graph = made(dated(*PAPERS), sorted(names))
    met = cooccurrence(graph, min_count=1).frame
    near: nx.Graph[str] = nx.Graph((a, b) for a, b, pmi in met.select("a", "b", "pmi").iter_rows() if pmi > 0)
    apart = [pair for pair in combinations(CONCEPTS, 2) if set(pair) <= set(near)]
    apart = sorted(set(apart) - set(met.select("a", "b").iter_rows()))
    expected = {(a, b): pytest.approx(score) for a, b, score in nx.adamic_adar_index(near, apart) if score}
    frame = missing_links(graph, min_papers=1).frame
    assert {(a, b): score for a, b, score in frame.select("a", "b", "score").iter_rows()} == expected
    for a, b, common in frame.select("a", "b", "common").iter_rows():
        assert common == len(list(nx.common_neighbors(near, a, b)))


NAMES = [
    (f"p{n}", concept) for n, pair in enumerate(["ax", "ay", "bx", "by", "ax", "bx", "cz", "cz"]) for concept in pair
]
ALL = dated(*(f"p{n}" for n in range(12)))


def test_two_that_share_their_company_should_meet() -> None:
    concepts = [{"id": "a", "class": "dataset"}, {"id": "x", "class": "dataset"}]
    found = missing_links(made(ALL, NAMES, concepts=concepts), min_papers=2)
    (first, second) = found.frame.to_dicts()
    assert (first["a"], first["b"], first["a_label"], first["b_class"]) == ("a", "b", "A", "technique")
    assert (first["common"], first["through"]) == (2, ["X", "Y"])
    assert first["expected"] == 3 * 3 / 12
    assert (second["a"], second["b"]) == ("x", "y")
    assert found.notes == ("6 concepts that at least 2 of 12 papers name, with 5 pairs of neighbours.",)


def test_kin_need_not_meet() -> None:
    graph = made(ALL, NAMES, concepts=[{"id": "mid"}], relations=[("a", "variantOf", "mid"), ("mid", "broader", "b")])
    assert missing_links(graph, min_papers=2).frame.select("a", "b").rows() == [("x", "y")]


def test_pairs_can_be_asked_for_by_class_and_number() -> None:
    graph = made(ALL, NAMES, concepts=[{"id": "b", "class": "dataset"}])
    for between in (("dataset", "technique"), ("technique", "dataset")):
        assert missing_links(graph, between=between, min_papers=2).frame.select("a", "b").rows() == [("a", "b")]
    assert missing_links(graph, between=("technique", "technique"), min_papers=2).frame["a"].to_list() == ["x"]
    assert missing_links(graph, between=("metric", "metric"), min_papers=2).frame.is_empty()
    assert len(missing_links(graph, top=1, min_papers=2).frame) == 1
    assert missing_links(graph, min_papers=4).frame.is_empty()
    with pytest.raises(MetricError, match="top 0"):
        missing_links(graph, top=0)
