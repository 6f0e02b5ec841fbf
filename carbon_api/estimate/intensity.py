"""Intensities: the delivery of the lines that have a denominator, divided by it.

A contact is an on-target impression, not a person. Reach is never summed.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from carbon_api.inventory.payload import is_image
from carbon_api.plan.model import Ad, Delivered, LandingPage, Line, Plan


@dataclass(frozen=True, slots=True)
class Denominator:
    """What a delivery is divided by: a tracked flow (views, screen hours) weighted by line, or money.

    `has` gives the line's weight in the flow (or its money, where there is no flow), or None when the line lacks the
    denominator; `per` units of it make one.
    """

    name: str
    flow: str
    has: Callable[[Line], float | None]
    per: float = 1.0

    def amounts(self, lines: Sequence[Line]) -> NDArray[np.float64]:
        """What each line has, nan for the lines that lack the denominator."""
        return np.array([self.has(line) for line in lines], dtype=np.float64)


def _impressions(line: Line) -> float | None:
    return 1.0 if isinstance(line, Ad) else None


def _contacts(line: Line) -> float | None:
    return line.on_target.share.value if isinstance(line, Ad) and line.on_target else None


def _watched(line: Line) -> float | None:
    is_moving = isinstance(line, Delivered) and not isinstance(line, LandingPage) and not is_image(line)
    return 1.0 if is_moving else None


def _spent(line: Line) -> float | None:
    return line.spend.value if isinstance(line, Delivered) and line.spend and line.spend.value else None


def denominators(plan: Plan) -> tuple[Denominator, ...]:
    """The denominators of a plan, in the order they are printed."""
    return (
        Denominator("1000 impressions", "views", _impressions, 1000.0),
        Denominator("on-target contact", "views", _contacts),
        Denominator("minute watched", "screen_time", _watched, 1 / 60),
        Denominator(plan.currency, "", _spent),
    )
