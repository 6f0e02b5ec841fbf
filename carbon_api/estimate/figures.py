"""A figure: a central value, and its 2.5-97.5 percentile range when one was drawn."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Draws = NDArray[np.float64]
LEVEL = 0.95
GRAMS = 1000.0  # in a kilogram
TAILS = ((1 - LEVEL) / 2, (1 + LEVEL) / 2)


def six_digits(value: float) -> float:
    """The value to 6 significant digits: what draws can promise from one machine to the next."""
    return float(f"{value:.6g}")


def figure(central: float, draws: Draws | None = None, unit: str = "kgCO2e") -> dict[str, Any]:
    """A figure as it is printed; `low`, `high` and `level` only when there are draws."""
    if draws is None:
        return {"unit": unit, "central": central}
    low, high = np.quantile(draws, TAILS)
    return _ranged(central, low, high, unit)


def figures(centrals: list[float], draws: Draws | None, unit: str = "kgCO2e") -> list[dict[str, Any]]:
    """One figure a row of draws, all quantiles at once."""
    if draws is None:
        return [figure(central, None, unit) for central in centrals]
    lows, highs = np.quantile(draws, TAILS, axis=1)
    return [_ranged(*row, unit) for row in zip(centrals, lows, highs, strict=True)]


def _ranged(central: float, low: float, high: float, unit: str) -> dict[str, Any]:
    return {"unit": unit, "central": central, "low": six_digits(low), "high": six_digits(high), "level": LEVEL}
