"""What is told over time: trends, bursts, emergence, half-lives and adoption, by hand and by brute force."""

from itertools import product
from math import log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from concite.graph.knowledge import KnowledgeGraph
from concite.graph.metrics import MetricError, Result, adoption, bursts, emerging, half_lives, trends
from concite.graph.metrics.bursts import burst_gains, burst_states
from concite.graph.metrics.years import smoothed_shares

from .helpers import made


def over_years(counts: dict[str, list[int]], totals: list[int], first: int = 2015) -> KnowledgeGraph:
    """A graph in which so many of so many papers of each year, from the first on, name each concept."""
    papers: dict[str, int | None] = {
        f"p{first + place}-{number}": first + place for place, total in enumerate(totals) for number in range(total)
    }
    names = [
        (f"p{first + place}-{number}", concept)
        for concept, of_years in counts.items()
        for place, count in enumerate(of_years)
        for number in range(count)
    ]
    return made(papers, names)


def columns(result: Result, *names: str) -> list[tuple[object, ...]]:
    return result.frame.select(*names).rows()


def test_a_trend_counts_the_papers_of_each_year_also_of_those_without_any() -> None:
    found = trends(over_years({"x": [1, 0, 3]}, [2, 0, 4]))
    assert columns(found, "year", "papers", "of", "share") == [
        (2015, 1, 2, 0.5),
        (2016, 0, 0, None),
        (2017, 3, 4, 0.75),
    ]
    assert found.frame["smoothed"].to_list() == pytest.approx([0.5, 4 / 6, 0.75])
    assert found.notes == ("6 papers from 2015 to 2017.",)


def test_the_commonest_concept_comes_first_and_rare_ones_are_left_out() -> None:
    graph = over_years({"a": [1, 1], "b": [2, 2], "c": [1, 0]}, [4, 4])
    assert trends(graph, min_papers=2).frame["concept"].unique(maintain_order=True).to_list() == ["b", "a"]
    assert trends(graph, min_papers=5).frame.is_empty()


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), min_size=1, max_size=8), st.sampled_from([1, 3, 5]))
def test_smoothing_pools_the_papers_around_a_year(years: list[tuple[int, int]], window: int) -> None:
    counts = np.array([[few for few, _ in years]])
    totals = np.array([few + more for few, more in years])
    found = smoothed_shares(counts, totals, window)[0]
    for place in range(len(years)):
        around = slice(max(place - window // 2, 0), place + window // 2 + 1)
        of = totals[around].sum()
        assert np.isnan(found[place]) if of == 0 else found[place] == pytest.approx(counts[0, around].sum() / of)


def test_a_window_without_a_midst_is_refused() -> None:
    with pytest.raises(MetricError, match="window of 2 years"):
        trends(over_years({"x": [3]}, [3]), window=2)


def test_a_burst_is_told_with_its_years_and_papers() -> None:
    found = bursts(over_years({"x": [1, 1, 9, 8, 1, 0], "flat": [2] * 6}, [20] * 6))
    assert columns(found, "concept", "label", "start", "end", "papers") == [("x", "X", 2017, 2018, 17)]
    usual, raised = 20 / 120, 40 / 120
    weight = 17 * log(raised / usual) + 23 * log((1 - raised) / (1 - usual))
    assert found.frame["weight"].to_list() == pytest.approx([weight])


def test_a_concept_of_every_paper_does_not_burst() -> None:
    assert bursts(over_years({"x": [3, 3, 3]}, [3, 3, 3])).frame.is_empty()
    with pytest.raises(MetricError, match="scaling of 1"):
        bursts(made(), scaling=1)


@given(st.lists(st.floats(-3, 3), max_size=7), st.floats(0, 2))
def test_no_other_states_explain_the_years_better(gains: list[float], rise: float) -> None:
    def worth(states: tuple[bool, ...]) -> float:
        rises = sum(after and not before for before, after in zip((False, *states), states, strict=False))
        return sum(gain for gain, state in zip(gains, states, strict=True) if state) - rise * rises

    (found,) = burst_states(np.array([gains]), rise)
    best = max(worth(states) for states in product([False, True], repeat=len(gains)))
    assert worth(tuple(found.tolist())) == pytest.approx(best)


def test_a_share_that_cannot_be_multiplied_goes_half_the_way_to_one() -> None:
    gains = burst_gains(np.array([[9, 0]]), np.array([10, 2]), scaling=2)
    assert gains[0, 0] == pytest.approx(9 * log(0.875 / 0.75) + log(0.125 / 0.25))


def test_what_grows_most_surely_emerges_first() -> None:
    found = emerging(over_years({"new": [0, 0, 6], "grown": [1, 1, 6], "old": [8, 8, 0]}, [10] * 3), recent=1)
    assert found.frame["concept"].to_list() == ["new", "grown", "old"]
    new, grown, old = found.frame.to_dicts()
    assert (new["first_seen"], new["before"], new["recent"], new["growth"], new["high"]) == (2017, 0, 6, None, None)
    assert (grown["growth"], grown["first_seen"]) == (pytest.approx(6), 2015)
    assert grown["low"] < 6 < grown["high"]
    assert old["high"] < 1
    assert found.notes == ("30 papers from 2015 to 2017.", "Recent: 2017 to 2017.")


def test_without_earlier_years_no_growth_is_told() -> None:
    found = emerging(over_years({"x": [3]}, [5]))
    assert columns(found, "before", "recent", "growth", "low", "high") == [(0, 3, None, None, None)]
    assert found.notes[-1] == "There are no years before the recent ones, so no growth can be told."


def test_a_half_life_is_the_years_from_the_peak_to_half_of_it() -> None:
    graph = over_years({"gone": [2, 8, 6, 4, 1], "stays": [1, 2, 3, 4, 5]}, [10] * 5)
    found = half_lives(graph, window=1)
    assert columns(found, "concept", "papers", "first_seen", "peak", "peak_share", "half_life", "median_age") == [
        ("gone", 21, 2015, 2016, 0.8, 2, 2.0),
        ("stays", 15, 2015, 2019, 0.5, None, 3.0),
    ]


def test_a_year_of_one_paper_makes_no_peak() -> None:
    assert half_lives(over_years({"x": [1, 12, 5]}, [1, 20, 20]), window=1).frame["peak"].to_list() == [2016]


FAMILY = made(
    {"a": 2020, "b": 2020, "c": 2021, "d": None},
    [("a", "small"), ("a", "large", "mentions"), ("b", "other"), ("c", "large"), ("d", "small")],
    concepts=[{"id": "family", "class": "model"}],
    relations=[("small", "variantOf", "large"), ("large", "broader", "family"), ("other", "basedOn", "family")],
)


def test_a_family_is_taken_up_by_papers_that_name_any_of_it() -> None:
    found = adoption(FAMILY, ["family", "small"])
    assert columns(found, "concept", "year", "papers", "of", "total") == [
        ("family", 2020, 1, 2, 1),
        ("family", 2021, 1, 1, 2),
        ("small", 2020, 1, 2, 1),
        ("small", 2021, 0, 1, 1),
    ]
    assert found.frame["class"].to_list() == ["model", "model", "technique", "technique"]
    assert found.notes[-1] == "Left out, because they have no year: 1 papers."
    assert (found.frame["low"] <= found.frame["share"]).all()
    assert (found.frame["share"] <= found.frame["high"]).all()


def test_adoption_can_be_asked_for_by_role() -> None:
    assert adoption(FAMILY, ["large"], roles=["mentions"]).frame["papers"].to_list() == [1, 0]


def test_an_unknown_concept_is_named() -> None:
    with pytest.raises(MetricError, match="no concept of the graph: nothing, nought"):
        adoption(FAMILY, ["family", "nothing", "nought"])
