"""What a plan gets for its money, before and after: contacts, impressions, minutes, spend. Centrals of the estimate."""

from collections.abc import Iterable
from math import fsum

import numpy as np

from carbon_api.estimate.answer import Outcome
from carbon_api.estimate.breakdown import flow
from carbon_api.plan.model import Ad, Line, Post, Story, Video

MINUTES = 60  # in an hour
Amounts = dict[str, float | None]


def reach_of(outcome: Outcome) -> Amounts:
    """Paid impressions, contacts (on-target impressions, of the ads that say their share), organic views, minutes on
    screen, spend. None where no line tells."""
    plan = outcome.plan
    return {
        "impressions": _sum(line.impressions.value for line in plan.lines if isinstance(line, Ad)),
        "contacts": _sum(map(_contacts, plan.lines)),
        "views": _sum(map(_views, plan.lines)),
        "minutes": _minutes(outcome),
        "spend": _sum(line.spend.value if line.spend else None for line in plan.lines),
    }


def _sum(amounts: Iterable[float | None]) -> float | None:
    known = [amount for amount in amounts if amount is not None]
    return fsum(known) if known else None


def _contacts(line: Line) -> float | None:
    return line.impressions.value * line.on_target.share.value if isinstance(line, Ad) and line.on_target else None


def _views(line: Line) -> float | None:
    return line.views.value if isinstance(line, Post | Story | Video) and line.views else None


def _minutes(outcome: Outcome) -> float | None:
    """The minutes of the lines that the method prices by their time on screen."""
    timed = [one for one in outcome.priced if "screen_time" in one.bound.tracked]
    return MINUTES * flow(outcome.priced, "screen_time", np.ones(len(outcome.plan.lines))) if timed else None


def after(before: Outcome, outcome: Outcome) -> Amounts:
    """What a changed plan gets. Its spend is unknown where a line no longer says its own."""
    found, spent = reach_of(outcome), _spending(before)
    lines = {line.id for line in outcome.plan.lines}
    return found if spent & lines <= _spending(outcome) else {**found, "spend": None}


def _spending(outcome: Outcome) -> set[str]:
    return {line.id for line in outcome.plan.lines if line.spend}
