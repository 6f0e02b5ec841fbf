"""Parts of answers made by hand."""

from collections.abc import Callable
from typing import Any

Shown = Callable[..., str]


def figure(central: float, low: float | None = None, high: float | None = None) -> dict[str, Any]:
    """A figure, with a range if one is given."""
    spread = {} if low is None else {"low": low, "high": high, "level": 0.95}
    return {"unit": "kgCO2e", "central": central} | spread
