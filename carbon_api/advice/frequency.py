"""How often each person reached sees an ad: a zero-truncated negative binomial, of which a plan gives the mean.

A cap takes away what lies beyond it, so what stays is the average of min(times, cap): some people see the ad more often
than the mean, and capping the mean alone would miss them.
"""

from math import exp, expm1, fsum, lgamma, log, log1p

HALVINGS = 200  # past these, doubles have no middle left


def capped(mean: float, cap: int, shape: float) -> float:
    """The average of min(times, cap) over the people reached, who see it `mean` times, more than once, on average. The
    lower the shape, the more unequal the times."""
    untruncated = _untruncated(mean, shape)
    reached = -expm1(_none(untruncated, shape))
    below = [_log_mass(times, untruncated, shape) for times in range(1, cap)]
    return cap - fsum((cap - times) * exp(one) for times, one in enumerate(below, 1)) / reached


def _untruncated(mean: float, shape: float) -> float:
    """The mean over everyone, people not reached among them, of which the people reached have this mean."""
    low, high = 0.0, mean
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        low, high = (middle, high) if middle / -expm1(_none(middle, shape)) < mean else (low, middle)
    return high


def _none(untruncated: float, shape: float) -> float:
    """The logarithm of the share of people who never see it."""
    return -shape * log1p(untruncated / shape)


def _log_mass(times: int, untruncated: float, shape: float) -> float:
    """The logarithm of the share of people, reached or not, who see it so many times."""
    ways = lgamma(times + shape) - lgamma(shape) - lgamma(times + 1)
    return ways + _none(untruncated, shape) + times * log(untruncated / (shape + untruncated))
