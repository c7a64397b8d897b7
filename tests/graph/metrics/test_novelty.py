"""Novelty: pairs of papers counted one by one, chance as scipy has it, and firsts by year."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from concite.graph.metrics import novel_pairs, paper_novelty
from concite.graph.metrics.cooccurrence import Pairs
from concite.graph.metrics.novelty import deviation

from .helpers import INCIDENCES, YEARS, dated, made


@given(st.integers(0, 20), st.integers(1, 20), st.integers(1, 20), st.integers(20, 60))
def test_chance_is_that_of_drawing_papers_by_lot(both: int, a: int, b: int, papers: int) -> None:
    pairs = Pairs(np.array([0]), np.array([1]), np.array([both]), np.array([a]), np.array([b]), papers)
    if papers in (a, b):
        assert deviation(pairs)[0] == 0
    else:
        drawn = stats.hypergeom(papers, a, b)
        assert deviation(pairs)[0] == pytest.approx((both - drawn.mean()) / drawn.std())


@given(INCIDENCES, YEARS)
def test_firsts_are_those_found_by_looking_through_all_papers(
    names: set[tuple[str, str]], years: dict[str, int | None]
) -> None:
    graph = made(years, sorted(names))
    named = {paper: sorted(concept for other, concept in names if other == paper) for paper in years}
    papers_of: dict[tuple[str, str], list[str]] = {}
    for paper in sorted(years):
        for pair in combinations(named[paper], 2):
            papers_of.setdefault(pair, []).append(paper)
    firsts = {
        pair: min(((year, paper) for paper in papers if (year := years[paper])), default=(None, None))
        for pair, papers in papers_of.items()
    }
    rows = novel_pairs(graph).frame.select("a", "b", "first_year", "first_paper", "count").rows()
    assert {(a, b): (year, paper) for a, b, year, paper, _ in rows} == firsts
    assert {(a, b): count for a, b, _, _, count in rows} == {pair: len(found) for pair, found in papers_of.items()}
    for paper, pairs, first_time in paper_novelty(graph).frame.select("paper", "pairs", "first_time").iter_rows():
        own = list(combinations(named[paper], 2))
        assert pairs == len(own)
        assert first_time == (sum(firsts[p][0] == years[paper] for p in own) if years[paper] else None)


def test_a_paper_that_joins_what_stands_apart_is_the_most_novel() -> None:
    names = [(f"p{n}", concept) for n in range(9) for concept in (("a", "b") if n % 2 else ("c", "d"))]
    names += [("new", "a"), ("new", "c")]
    found = paper_novelty(made(dated(*(f"p{n}" for n in range(9)), "new"), names)).frame
    first = found.row(0, named=True)
    assert (first["paper"], first["title"], first["pairs"]) == ("new", "NEW", 1)
    assert first["novelty"] == first["conventionality"] < 0 < found["novelty"][1]


def test_percentiles_are_those_of_the_pairs() -> None:
    names = [("p", concept) for concept in "abcd"] + [("q", "a"), ("q", "b"), ("r", "c"), ("s", "d")]
    graph = made(dated(*"pqrstu"), names)
    z = dict(zip(novel_pairs(graph).frame.select("a", "b").iter_rows(), novel_pairs(graph).frame["z"], strict=True))
    row = paper_novelty(graph).frame.filter(paper="p").row(0, named=True)
    assert row["novelty"] == pytest.approx(np.percentile(list(z.values()), 10))
    assert row["conventionality"] == pytest.approx(np.median(list(z.values())))
