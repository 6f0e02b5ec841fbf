"""A figure: a central value, and its 2.5-97.5 percentile range when one was drawn."""

from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

Draws = NDArray[np.float64]
LEVEL = 0.95
GRAMS = 1000.0  # in a kilogram
NEAR = 0.5  # of the way: beyond, a quantile is counted from the draw above it, as numpy does
TAILS = ((1 - LEVEL) / 2, (1 + LEVEL) / 2)


def quantiles(draws: Draws, parts: tuple[float, ...]) -> Draws:
    """The quantiles of each row of draws, parts x rows (or as many as parts, of one row): to the bit those of
    `np.quantile`, which takes three times as long to look at what it was asked."""
    below, above, between = _places(draws.shape[-1], parts)
    ordered = np.partition(draws, [*below, *above, -1])
    low, high = ordered[..., below], ordered[..., above]
    step = high - low
    found = np.where(between < NEAR, low + step * between, high - step * (1 - between))
    return np.where(np.isnan(ordered[..., -1:]), np.nan, found).T


@cache
def _places(draws: int, parts: tuple[float, ...]) -> tuple[list[int], list[int], Draws]:
    """Of ordered draws, the one below each quantile, the one above, and how far between them it is."""
    at = (draws - 1) * np.array(parts)
    below = np.floor(at)
    return below.astype(int).tolist(), np.ceil(at).astype(int).tolist(), at - below


def six_digits(value: float) -> float:
    """The value to 6 significant digits: what draws can promise from one machine to the next."""
    return float(f"{value:.6g}")


def figure(central: float, draws: Draws | None = None, unit: str = "kgCO2e") -> dict[str, Any]:
    """A figure as it is printed; `low`, `high` and `level` only when there are draws."""
    if draws is None:
        return {"unit": unit, "central": central}
    low, high = quantiles(draws, TAILS)
    return _ranged(central, low, high, unit)


def figures(centrals: list[float], draws: Draws | None, unit: str = "kgCO2e") -> list[dict[str, Any]]:
    """One figure a row of draws, all quantiles at once."""
    if draws is None:
        return [figure(central, None, unit) for central in centrals]
    lows, highs = quantiles(draws, TAILS)
    return [_ranged(*row, unit) for row in zip(centrals, lows, highs, strict=True)]


def _ranged(central: float, low: float, high: float, unit: str) -> dict[str, Any]:
    return {"unit": unit, "central": central, "low": six_digits(low), "high": six_digits(high), "level": LEVEL}
