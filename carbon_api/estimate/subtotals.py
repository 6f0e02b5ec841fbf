"""The weighted subtotals of a plan: how much of each line counts in each audience part, platform and denominator."""

from math import fsum

import numpy as np
from numpy.typing import NDArray

from carbon_api.estimate.audience import PARTS, parts
from carbon_api.estimate.breakdown import Breakdown
from carbon_api.estimate.bunches import Draws
from carbon_api.estimate.doubts import drawn, name_of
from carbon_api.estimate.intensity import denominators
from carbon_api.estimate.uncertainty import Weights
from carbon_api.plan.model import Delivered, Line, Plan


def weights(plan: Plan, priced: NDArray[np.bool_]) -> Weights:
    """The weights of every subtotal of the plan's delivery, and of what intensities divide by: of the lines alone whose
    delivery is `priced`."""
    rest, watched = parts(plan.lines)
    amounts = {
        f"per {one.name}": (one.flow, np.where(priced, one.amounts(plan.lines), np.nan)) for one in denominators(plan)
    }
    shared = {**_platforms(plan.lines), **{name: ~np.isnan(amount) for name, (_, amount) in amounts.items()}}
    whole = np.array(list(shared.values()), dtype=np.float64)
    doubted = _doubted(plan.lines)
    return Weights(
        names=(*(f"audience {part}" for part in PARTS), *shared, *doubted.names),
        rest=np.concatenate([rest, whole, doubted.rest]),
        watched=np.concatenate([watched, whole, doubted.watched]),
        amounts={name: (flow, np.where(np.isnan(amount), 0.0, amount)) for name, (flow, amount) in amounts.items()}
        | doubted.amounts,
    )


def _doubted(lines: tuple[Line, ...]) -> Weights:
    """The delivery and the views of the lines of each doubt, which its draws shift between audience parts."""
    found = drawn(lines)
    weighed = np.zeros((len(found), len(lines)))
    for place, (_, places) in enumerate(found):
        weighed[place, places] = 1.0
    nothing = np.zeros_like(weighed)
    return Weights(
        names=tuple(name_of(place, what) for what in ("rest", "watched") for place in range(len(found))),
        rest=np.concatenate([weighed, nothing]),
        watched=np.concatenate([nothing, weighed]),
        amounts={name_of(place, "views"): ("views", weight) for place, weight in enumerate(weighed)},
    )


def centrals(weights: Weights, breakdown: Breakdown) -> dict[str, float]:
    """The central value of each subtotal, kgCO2e."""
    counted = np.concatenate([weights.rest * breakdown.rest, weights.watched * breakdown.watched], axis=1)
    return {name: fsum(parts) for name, parts in zip(weights.names, counted.tolist(), strict=True)}


def platform(line: Line) -> str | None:
    """The platform of a line; None for what is on none, as storage, and landing pages that name none."""
    return line.platform if isinstance(line, Delivered) else None


def on_platform(name: str | None) -> str:
    """The subtotal of the delivery of the lines on a platform, or on none."""
    return f"platform {name}" if name else "no platform"


def _platforms(lines: tuple[Line, ...]) -> dict[str, Draws]:
    own = [platform(line) for line in lines]
    names = (*sorted(filter(None, set(own))), None)
    return {on_platform(name): np.array([one == name for one in own]) for name in names}
