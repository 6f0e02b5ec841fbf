"""What a line counts and costs, each worked out in one place. Centrals of the plan and of its estimate."""

import numpy as np
from numpy.typing import NDArray

from carbon_api.estimate.answer import Outcome
from carbon_api.plan.model import Ad, Line, Post, Story, Video

THOUSAND = 1000.0  # impressions that a CPM is the cost of
SCREEN = "screen_time"


def impressions_of(line: Line) -> float | None:
    """Paid impressions of a line; None where it is no ad."""
    return line.impressions.value if isinstance(line, Ad) else None


def contacts_of(line: Line) -> float | None:
    """On-target impressions of a line; None where it is no ad that says its share."""
    return line.impressions.value * line.on_target.share.value if isinstance(line, Ad) and line.on_target else None


def views_of(line: Line) -> float | None:
    """Organic views of a line; None where it counts none."""
    return line.views.value if isinstance(line, Post | Story | Video) and line.views else None


def price_of(line: Line) -> float | None:
    """What a line costs, in the plan's currency: its spend, or its impressions at its CPM; None where it says
    neither."""
    if line.spend:
        return line.spend.value
    return price(line.impressions.value, line.cpm.value) if isinstance(line, Ad) and line.cpm else None


def price(impressions: float, cpm: float) -> float:
    """What impressions cost at a CPM, in its currency."""
    return impressions * cpm / THOUSAND


def hours_of(outcome: Outcome) -> NDArray[np.float64] | None:
    """Hours on screen of each line, as the method prices them, 0 where it does not; None where it times no line."""
    timed = [one for one in outcome.priced if SCREEN in one.bound.tracked]
    hours = np.zeros(len(outcome.plan.lines))
    for one in timed:
        np.add.at(hours, one.table.line, one.run[SCREEN])
    return hours if timed else None
