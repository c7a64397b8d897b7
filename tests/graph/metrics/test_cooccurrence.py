"""Co-occurrence: counts, associations and tests as counted by hand, by networkx and by scipy's statistics."""

from itertools import combinations
from math import log2

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from networkx.algorithms import bipartite
from scipy import stats

from concite.graph.metrics import MetricError, Significance, cooccurrence
from concite.graph.metrics.cooccurrence import Pairs, association, chance, corrected, likelihood_ratio

from .helpers import CONCEPTS, INCIDENCES, PAPERS, dated, made


@st.composite
def counted(draw: st.DrawFn) -> tuple[int, int, int, int]:
    """Papers naming both, the one, the other, and all papers, as they can occur."""
    both, only_a, only_b, neither = (draw(st.integers(low, 40)) for low in (1, 0, 0, 0))
    return both, both + only_a, both + only_b, both + only_a + only_b + neither


def pairs(both: int, a: int, b: int, papers: int) -> Pairs:
    return Pairs(np.array([0]), np.array([1]), np.array([both]), np.array([a]), np.array([b]), papers)


@given(INCIDENCES)
def test_counts_are_those_of_networkx_projection(names: set[tuple[str, str]]) -> None:
    frame = cooccurrence(made(dated(*PAPERS), sorted(names)), min_count=1).frame
    network: nx.Graph[str] = nx.Graph(sorted(names))
    projected = bipartite.weighted_projected_graph(network, {concept for _, concept in names}) if names else network
    expected = {tuple(sorted((a, b))): weight for a, b, weight in projected.edges(data="weight")}
    assert {(a, b): count for a, b, count in frame.select("a", "b", "count").iter_rows()} == expected


@given(INCIDENCES)
def test_associations_are_bounded_and_agree_in_sign(names: set[tuple[str, str]]) -> None:
    frame = cooccurrence(made(dated(*PAPERS), sorted(names)), min_count=1).frame
    assert frame["npmi"].is_between(-1, 1).all()
    assert frame["p"].is_between(0, 1).all()
    assert (frame["q"] >= frame["p"] * (1 - 1e-12)).all()
    assert (frame["count"] <= frame["a_count"]).all()
    for pmi, npmi in frame.select("pmi", "npmi").iter_rows():
        assert np.sign(round(pmi, 9)) == np.sign(round(npmi, 9)) or (pmi, npmi) == (0, 1)


def test_pmi_is_by_the_book() -> None:
    names = [(paper, concept) for paper in ("a", "b") for concept in ("x", "y")] + [("c", "x")]
    (row,) = cooccurrence(made(dated(*"abcdefgh"), names)).frame.to_dicts()
    assert (row["a"], row["b"], row["a_label"], row["b_class"]) == ("x", "y", "X", "technique")
    assert (row["count"], row["a_count"], row["b_count"], row["expected"]) == (2, 3, 2, 0.75)
    assert row["pmi"] == pytest.approx(log2(2 * 8 / (3 * 2)))
    assert row["npmi"] == pytest.approx(log2(2 * 8 / (3 * 2)) / log2(8 / 2))


@given(counted())
def test_the_likelihood_ratio_is_that_of_scipy(table: tuple[int, int, int, int]) -> None:
    both, a, b, papers = table
    cells = np.array([[both, a - both], [b - both, papers - a - b + both]])
    found = likelihood_ratio(pairs(*table))
    if (cells.sum(axis=0) == 0).any() or (cells.sum(axis=1) == 0).any():
        assert found[0] == pytest.approx(0, abs=1e-9)
    else:
        expected = stats.chi2_contingency(cells, correction=False, lambda_="log-likelihood")
        assert found[0] == pytest.approx(expected.statistic, abs=1e-9)
        assert chance(pairs(*table), Significance.LIKELIHOOD, found)[0] == pytest.approx(expected.pvalue, abs=1e-6)


@given(counted())
def test_the_exact_test_is_that_of_scipy(table: tuple[int, int, int, int]) -> None:
    both, a, b, papers = table
    expected = stats.fisher_exact(
        np.array([[both, a - both], [b - both, papers - a - b + both]]), alternative="greater"
    )
    assert chance(pairs(*table), Significance.FISHER, np.zeros(1))[0] == pytest.approx(expected.pvalue, abs=1e-9)


@given(st.lists(st.floats(0, 1), max_size=30))
def test_the_correction_is_that_of_scipy(p: list[float]) -> None:
    expected = stats.false_discovery_control(p).tolist() if p else []
    assert corrected(np.array(p), len(p)).tolist() == pytest.approx(expected)


def test_pairs_that_never_met_count_as_tests() -> None:
    assert corrected(np.array([0.01, 0.02]), 10).tolist() == pytest.approx([0.1, 0.1])


@given(counted())
def test_association_is_symmetric(table: tuple[int, int, int, int]) -> None:
    both, a, b, papers = table
    assert association(pairs(both, a, b, papers))[1] == pytest.approx(association(pairs(both, b, a, papers))[1])


def test_what_attracts_comes_before_what_repels() -> None:
    apart = [(f"p{number}", "x" if number < 20 else "y") for number in range(40)] + [("p0", "y")]
    together = [("p1", "u"), ("p1", "v")]
    papers = dated(*(f"p{number}" for number in range(60)))
    frame = cooccurrence(made(papers, apart + together), min_count=1).frame
    assert frame["a"][0] == "u"
    assert frame.select("a", "b").rows()[-1] == ("x", "y")
    assert frame.select("pmi", "g2").rows()[-1][0] < 0 < frame["g2"][-1]


def test_rare_pairs_are_left_out() -> None:
    names = [("a", "x"), ("a", "y"), ("a", "z"), ("b", "x"), ("b", "y")]
    assert cooccurrence(made(dated(*"ab"), names)).frame.select("a", "b").rows() == [("x", "y")]
    assert len(cooccurrence(made(dated(*"ab"), names), min_count=1).frame) == 3
    with pytest.raises(MetricError, match="from 0 papers on"):
        cooccurrence(made(), min_count=0)


def test_concepts_of_all_papers_never_part() -> None:
    names = [(paper, concept) for paper in "abc" for concept in "xy"]
    (row,) = cooccurrence(made(dated(*"abc"), names)).frame.to_dicts()
    assert (row["pmi"], row["npmi"], row["g2"], row["p"]) == (0, 1, 0, 1)


def test_brute_force_agrees_on_the_bundled_classes() -> None:
    names = [(paper, concept) for number, paper in enumerate(PAPERS) for concept in CONCEPTS[: number % 5]]
    frame = cooccurrence(made(dated(*PAPERS), names), min_count=1).frame
    named = {concept: {p for p, c in names if c == concept} for concept in CONCEPTS}
    expected = {(a, b): len(named[a] & named[b]) for a, b in combinations(CONCEPTS, 2) if named[a] & named[b]}
    assert dict(zip(frame.select("a", "b").iter_rows(), frame["count"], strict=True)) == expected
