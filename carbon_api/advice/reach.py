"""What a plan gets for its money, before and after: contacts, impressions, minutes, spend. Centrals of the estimate."""

from collections.abc import Iterable
from math import fsum
from typing import Any

from carbon_api.advice.counts import contacts_of, hours_of, impressions_of, price_of, views_of
from carbon_api.estimate.answer import Outcome, audience_centrals

MINUTES = 60  # in an hour
Amounts = dict[str, float | None]
Got = dict[str, Any]  # amounts, and what is emitted by audience


def reach_of(outcome: Outcome) -> Amounts:
    """Paid impressions, contacts (on-target impressions, of the ads that say their share), organic views, minutes on
    screen, spend (said, or by impressions and CPM). None where no line tells."""
    lines, hours = outcome.plan.lines, hours_of(outcome)
    return {
        "impressions": _sum(map(impressions_of, lines)),
        "contacts": _sum(map(contacts_of, lines)),
        "views": _sum(map(views_of, lines)),
        "minutes": None if hours is None else MINUTES * fsum(hours.tolist()),
        "spend": _sum(map(price_of, lines)),
    }


def _sum(amounts: Iterable[float | None]) -> float | None:
    known = [amount for amount in amounts if amount is not None]
    return fsum(known) if known else None


def got(outcome: Outcome) -> Got:
    """What a plan gets, and what it emits [kgCO2e] by whom it reaches."""
    return {**reach_of(outcome), "by_audience": audience_centrals(outcome)}


def after(before: Outcome, outcome: Outcome) -> Got:
    """What a changed plan gets. Its spend is unknown where a line no longer says what it costs."""
    found, spent = got(outcome), _spending(before)
    lines = {line.id for line in outcome.plan.lines}
    return found if spent & lines <= _spending(outcome) else {**found, "spend": None}


def _spending(outcome: Outcome) -> set[str]:
    return {line.id for line in outcome.plan.lines if price_of(line) is not None}
