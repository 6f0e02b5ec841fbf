"""How long a video is watched once it is cut: the part of the watched time that falls in what stays of it.

Time watched of a shorter video is the average of min(watched, length), which is never in proportion to the lengths:
whoever left early left early, and whoever stayed watches the new end.
"""

from collections.abc import Sequence
from itertools import pairwise
from math import expm1

HALVINGS = 200  # past these, doubles have no middle left


def seen(reached: Sequence[float], share: float) -> float:
    """The part of a video that the average play watches within its first `share`: the area under the curve."""
    steps, quarters = enumerate(pairwise((1.0, *reached))), len(reached)
    area = 0.0
    for step, (start, end) in steps:
        part = min(max(share * quarters - step, 0.0), 1.0)
        area += part * (start + part * (end - start) / 2) / quarters
    return area


def by_quartiles(reached: Sequence[float], stays: float) -> float:
    """The part of the watched time that falls in the first share `stays` of a video, by its retention curve: straight
    between the shares of plays that reach each quarter."""
    return seen(reached, stays) / seen(reached, 1.0)


def by_average(watched: float, stays: float) -> float:
    """The same, where only the share `watched` of a video that the average view sees is known. People are assumed to
    leave at a constant rate until the end: an exponential retention truncated at the length, solved for its mean."""
    if watched <= 0:
        return 1.0
    rate = _rate(watched) if watched < 1 else 0.0
    return expm1(-rate * stays) / expm1(-rate) if rate else stays


def _rate(watched: float) -> float:
    """The rate a length at which people leave, so that the average view sees that share: (1 - exp(-rate)) / rate."""
    low, high = 0.0, 1 / watched
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        low, high = (middle, high) if -expm1(-middle) / middle > watched else (low, middle)
    return high
