"""What drives the range: each draw group's share of the variance of the total.

The share is the correlation ratio of the total given the group's stream (a first-order Sobol index): the variance of
the total's mean within bins of the stream, over its variance, less what chance alone gives that many bins.
"""

from math import sqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray

from carbon_api.estimate.figures import six_digits
from carbon_api.factor_book.draws import rising

Draws = NDArray[np.float64]
BINS = 20
# What draws alone give a group that has no part in it: mean and spread of a correlation ratio over k bins of n draws,
# (k - 1) / (n - 1) and sqrt(2 (k - 1)) / n. Beyond four of these spreads, one group in thousands is there by chance.
SPREADS = 4


def drivers(total: Draws, groups: tuple[str, ...], seed: int) -> list[dict[str, Any]]:
    """The groups by falling share; a group that chance explains is left out."""
    variance = float(total.var())
    if not variance or len(total) < 2 * BINS:
        return []
    shares = {group: _share(total, rising(seed, group, len(total)), variance) for group in groups}
    least = SPREADS * sqrt(2 * (BINS - 1)) / len(total)
    ranked = sorted(shares.items(), key=lambda item: (-item[1], item[0]))
    return [{"group": group, "share_of_variance": six_digits(share)} for group, share in ranked if share > least]


def _share(total: Draws, order: NDArray[np.intp], variance: float) -> float:
    """The correlation ratio, given the order of a group's stream, less its bias, which is a part of what is left of the
    variance."""
    means, weights = _bins(total[order])
    ratio = float(weights @ (means - total.mean()) ** 2) / variance
    chance = (BINS - 1) / (len(total) - 1)
    return (ratio - chance) / (1 - chance)


def _bins(ordered: Draws) -> tuple[Draws, Draws]:
    """The mean of each bin, and its part of the whole."""
    if len(ordered) % BINS == 0:
        return ordered.reshape(BINS, -1).mean(axis=1), np.full(BINS, 1 / BINS)
    bins = np.array_split(ordered, BINS)
    return np.array([part.mean() for part in bins]), np.array([len(part) for part in bins]) / len(ordered)
