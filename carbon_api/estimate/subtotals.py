"""The weighted subtotals of a plan: how much of each line counts in each audience part, platform and denominator."""

from collections.abc import Iterator

import numpy as np

from carbon_api.estimate.audience import PARTS, parts
from carbon_api.estimate.intensity import denominators
from carbon_api.estimate.uncertainty import Draws, Weights
from carbon_api.plan.model import Delivered, Line, Plan


def weights(plan: Plan) -> Weights:
    """The weights of every ranged subtotal of the plan's delivery, and of the flows that intensities divide by."""
    rows = [*_audience(plan.lines), *_platforms(plan.lines), *_intensities(plan)]
    flows = {
        f"per {one.name}": (one.flow, np.array([one.has(line) or 0.0 for line in plan.lines]))
        for one in denominators(plan)
        if one.flow
    }
    return Weights(
        names=tuple(name for name, _, _ in rows),
        rest=_stack([rest for _, rest, _ in rows]),
        device=_stack([device for _, _, device in rows]),
        flows=flows,
    )


def platform(line: Line) -> str | None:
    """The platform of a delivered line."""
    return line.platform if isinstance(line, Delivered) else None


def _stack(rows: list[list[float]]) -> Draws:
    return np.array(rows, dtype=np.float64)


def _audience(lines: tuple[Line, ...]) -> Iterator[tuple[str, list[float], list[float]]]:
    split = [parts(line) for line in lines]
    for place, name in enumerate(PARTS):
        yield f"audience {name}", [rest[place] for rest, _ in split], [device[place] for _, device in split]


def _platforms(lines: tuple[Line, ...]) -> Iterator[tuple[str, list[float], list[float]]]:
    for name in sorted({own for line in lines if (own := platform(line))}):
        counted = [float(platform(line) == name) for line in lines]
        yield f"platform {name}", counted, counted


def _intensities(plan: Plan) -> Iterator[tuple[str, list[float], list[float]]]:
    for one in denominators(plan):
        counted = [float(one.has(line) is not None) for line in plan.lines]
        yield f"per {one.name}", counted, counted
