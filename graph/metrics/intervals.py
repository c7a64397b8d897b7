"""Intervals: how far a share or a growth could lie from what a sample of papers shows."""

from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
from scipy import special

Reals: TypeAlias = npt.NDArray[Any]


def wilson(found: Reals, of: Reals, level: float = 0.95) -> tuple[Reals, Reals]:
    """The score interval of a share, NaN where there is nothing to share.

    Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22 (1927).
    """
    z = special.ndtri((1 + level) / 2)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = found / of
        centre = (share + z**2 / (2 * of)) / (1 + z**2 / of)
        half = z * np.sqrt(share * (1 - share) / of + z**2 / (4 * of**2)) / (1 + z**2 / of)
    return np.maximum(centre - half, 0.0), np.minimum(centre + half, 1.0)


def rate_ratio(
    after: Reals, of_after: float, before: Reals, of_before: float, level: float = 0.95
) -> tuple[Reals, Reals]:
    """The exact interval of the ratio of two rates, given the sum of their counts; infinite where nothing was before.

    NaN where the earlier papers are none, so that there is no rate.

    Przyborowski and Wilenski, "Homogeneity of results in testing samples from Poisson series", Biometrika 31 (1940),
    with the limits of Clopper and Pearson, Biometrika 26 (1934), for the share of the later count.
    """
    tail = (1 - level) / 2
    with np.errstate(divide="ignore", invalid="ignore"):
        low = np.where(after > 0, special.betaincinv(np.maximum(after, 1), before + 1, tail), 0.0)
        high = np.where(before > 0, special.betaincinv(after + 1, np.maximum(before, 1), 1 - tail), 1.0)
        scale = np.float64(of_before) / of_after if of_before else np.nan
        return scale * low / (1 - low), scale * high / (1 - high)
