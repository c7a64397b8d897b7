"""Intervals: those of scipy's exact and score methods, and sense at their ends."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from concite.graph.metrics.intervals import rate_ratio, wilson


@given(st.integers(0, 50), st.integers(1, 50), st.sampled_from([0.8, 0.95, 0.99]))
def test_the_interval_of_a_share_is_that_of_scipy(found: int, others: int, level: float) -> None:
    low, high = wilson(np.array([found]), np.array([found + others]), level)
    expected = stats.binomtest(found, found + others).proportion_ci(level, method="wilson")
    assert (low[0], high[0]) == pytest.approx((expected.low, expected.high), abs=1e-9)


def test_a_share_of_nothing_has_no_interval() -> None:
    low, high = wilson(np.array([0]), np.array([0]))
    assert np.isnan(low[0])
    assert np.isnan(high[0])


@given(st.integers(0, 40), st.integers(0, 40), st.integers(1, 99), st.integers(1, 99))
def test_the_interval_of_a_growth_follows_from_the_exact_one_of_a_share(
    after: int, before: int, of_after: int, of_before: int
) -> None:
    low, high = rate_ratio(np.array([after]), of_after, np.array([before]), of_before)
    if after + before:
        exact = stats.binomtest(after, after + before).proportion_ci(0.95, method="exact")
        scale = of_before / of_after
        assert low[0] == pytest.approx(scale * exact.low / (1 - exact.low), rel=1e-6)
        assert high[0] == (
            np.inf if exact.high == 1 else pytest.approx(scale * exact.high / (1 - exact.high), rel=1e-6)
        )
    assert low[0] <= high[0]
