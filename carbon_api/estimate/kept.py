"""What one kept output of a generative model emits: all that was generated for it, divided by what was kept."""

from math import fsum
from typing import Any

import numpy as np

from carbon_api.estimate.breakdown import Breakdown
from carbon_api.estimate.doubts import Draws, quantity_draws
from carbon_api.estimate.figures import GRAMS, figure
from carbon_api.estimate.uncertainty import Sample
from carbon_api.plan.model import Ai, Plan, Quantity, Uncertainty

BLOCKS = 20  # of draws, added up one after the other: a copy of all lines at once would be large


def per_kept_asset(plan: Plan, breakdown: Breakdown, sample: Sample | None) -> list[dict[str, Any]]:
    """gCO2e for each output kept, over the lines that say how many are; nothing where none is."""
    said = {place: line.kept for place, line in enumerate(plan.lines) if isinstance(line, Ai) and line.kept}
    amount = fsum(kept.value for kept in said.values())
    if not amount:
        return []
    central = GRAMS * fsum(breakdown.lines[place] for place in said) / amount
    draws = GRAMS * _emitted(sample, list(said)) / _amount(list(said.values()), plan.uncertainty) if sample else None
    return [{"per": "kept asset", **figure(central, draws, "gCO2e")}]


def _emitted(sample: Sample, places: list[int]) -> Draws:
    """The draws of some lines together, added by size: no sum depends on the order of the lines."""
    blocks = np.array_split(sample.lines, BLOCKS, axis=1)
    return np.concatenate([np.sort(block[places], axis=0).sum(axis=0) for block in blocks])


def _amount(kept: list[Quantity], wanted: Uncertainty) -> Draws | float:
    """The draws of what is kept, where some of it is in doubt."""
    unsure = sorted(
        (one for one in kept if one.plus_minus),
        key=lambda one: (one.value, one.plus_minus, one.uncertainty_group or ""),
    )
    exact = fsum(one.value for one in kept if not one.plus_minus)
    return exact + np.sum([quantity_draws(one, "kept", wanted) for one in unsure], axis=0) if unsure else exact
