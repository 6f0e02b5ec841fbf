"""A Monte Carlo written anew: one loop, the random and math modules, factor rows as they are; no code shared with ours.

`low`, `value` and `high` of a row are the 2.5, 50 and 97.5 points of a lognormal on each side of its median, or the
ends and the mode of a triangle, or the ends and the middle of a uniform distribution. Rows of one group rise and fall
together: one normal number a draw for each.
"""

import math
import random
from collections.abc import Callable

from carbon_api.factor_book.book import book
from carbon_api.factor_book.entry import Row

Take = Callable[[str], float]
RELEASE = book().release(None)
Z_975 = 1.959963984540054


def row(id: str, country: str = "world") -> Row:
    found = RELEASE.find(id, country)
    assert found, id
    return found.row


def simulated(footprint: Callable[[Take], float], draws: int, seed: int, country: str = "FR") -> list[float]:
    """The draws of a footprint, sorted. The formula takes each factor by its id, for the country or the world."""
    chance = random.Random(seed)
    rows: dict[str, Row] = {}
    found = []
    for _ in range(draws):
        normals: dict[str, float] = {}

        def take(id: str, normals: dict[str, float] = normals) -> float:
            one = rows.setdefault(id, row(id, country if RELEASE.find(id, country) else "world"))
            if one.shape == "exact":
                return one.value
            if one.group not in normals:
                normals[one.group] = chance.gauss(0, 1)
            return _at(one, normals[one.group])

        found.append(footprint(take))
    return sorted(found)


def _at(one: Row, normal: float) -> float:
    """The value of a row where a standard normal number stands."""
    if one.shape == "lognormal":
        end = one.high if normal > 0 else one.low
        return one.value * (end / one.value) ** (abs(normal) / Z_975)
    probability = math.erfc(-normal / math.sqrt(2)) / 2
    if one.shape == "uniform":
        return one.low + probability * (one.high - one.low)
    return _on_triangle(one.low, one.value, one.high, probability)


def _on_triangle(low: float, mode: float, high: float, probability: float) -> float:
    below = (mode - low) / (high - low)
    if probability < below:
        return low + math.sqrt(probability * (high - low) * (mode - low))
    return high - math.sqrt((1 - probability) * (high - low) * (high - mode))
