"""Coupling: the cosines counted by hand, symmetric, at most one, and only the nearest kept."""

from math import log, sqrt

import networkx as nx
import numpy as np
import pytest
from hypothesis import given

from concite.graph.metrics import Coupling, MetricError, Result, similarity
from concite.graph.metrics.coupling import _affordable

from .helpers import CITATIONS, INCIDENCES, PAPERS, dated, made


def pairs(result: Result) -> dict[tuple[str, str], tuple[object, int]]:
    rows = result.frame.select("paper", "other", "score", "shared").rows()
    return {(paper, other): (pytest.approx(score), shared) for paper, other, score, shared in rows}


def cosines(sets: dict[str, set[str]]) -> dict[tuple[str, str], tuple[float, int]]:
    return {
        (a, b): (len(sets[a] & sets[b]) / sqrt(len(sets[a]) * len(sets[b])), len(sets[a] & sets[b]))
        for a in sets
        for b in sets
        if a != b and sets[a] & sets[b]
    }


@given(CITATIONS)
def test_papers_couple_by_what_they_cite_and_by_what_cites_them(cites: set[tuple[str, str]]) -> None:
    graph = made(dated(*PAPERS), cites=cites)
    network: nx.DiGraph[str] = nx.DiGraph([(a, b) for a, b in cites if a != b])
    citing = {paper: set(network.successors(paper)) for paper in network}
    cited = {paper: set(network.predecessors(paper)) for paper in network}
    assert cosines(citing) == pairs(similarity(graph, Coupling.BIBLIOGRAPHIC))
    assert cosines(cited) == pairs(similarity(graph, "co-citation"))


@given(INCIDENCES)
def test_concept_coupling_is_symmetric_and_at_most_one(names: set[tuple[str, str]]) -> None:
    frame = similarity(made(dated(*PAPERS), names=sorted(names))).frame
    scores = {(a, b): score for a, b, score in frame.select("paper", "other", "score").iter_rows()}
    assert all(0 < score <= 1 for score in scores.values())
    assert {(b, a): score for (a, b), score in scores.items()} == pytest.approx(scores)


def test_rare_concepts_and_strong_roles_couple_more() -> None:
    graph = made(
        dated("a", "b", "c", "d"),
        [("a", "rare"), ("b", "rare", "mentions"), ("a", "often"), ("b", "often"), ("c", "often")],
    )
    rare, often = log(4 / 2), log(4 / 3)
    a, b = (rare, often), (0.4 * rare, often)
    expected = (a[0] * b[0] + a[1] * b[1]) / sqrt((a[0] ** 2 + a[1] ** 2) * (b[0] ** 2 + b[1] ** 2))
    assert pairs(similarity(graph))["a", "b"] == (expected, 2)
    assert pairs(similarity(graph))["a", "c"] == (often / sqrt(rare**2 + often**2), 1)


def test_a_concept_of_all_papers_couples_none() -> None:
    assert similarity(made(dated("a", "b"), [("a", "x"), ("b", "x")])).frame.is_empty()


def test_only_the_nearest_are_kept_and_ranked() -> None:
    names = [(paper, concept) for paper in "abcdef" for concept in ("x", f"own-{paper}")] + [("a", "y"), ("b", "y")]
    frame = similarity(made(dated(*"abcdefg"), names), top=2).frame
    assert frame.filter(paper="a")["other"].to_list()[0] == "b"
    assert frame.filter(paper="a")["rank"].to_list() == [1, 2]
    assert frame["rank"].max() == 2
    assert frame.row(0, named=True)["other_title"] == "B"
    assert frame["coupling"].unique().to_list() == ["concept"]


def test_many_equal_papers_leave_none_beside_itself() -> None:
    names = [(paper, "x") for paper in "abcdef"]
    frame = similarity(made(dated(*"abcdefg"), names), top=2).frame
    assert len(frame) == 12
    assert (frame["paper"] != frame["other"]).all()
    assert frame["score"].to_list() == pytest.approx([1] * 12)


def test_the_commonest_concepts_go_when_there_are_too_many_pairs() -> None:
    assert _affordable(np.array([10, 2, 3]), work=13).tolist() == [1, 2]
    assert _affordable(np.array([10, 2, 3]), work=113).tolist() == [0, 1, 2]


def test_the_top_none_is_refused() -> None:
    with pytest.raises(MetricError, match="top 0"):
        similarity(made(), top=0)
