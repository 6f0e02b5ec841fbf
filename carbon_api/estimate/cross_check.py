"""The same plan beside: under the other comparable life-cycle methods, and under other readings of the same method."""

from dataclasses import dataclass
from math import fsum
from typing import Any

import numpy as np

from carbon_api.estimate.breakdown import Breakdown, break_down
from carbon_api.estimate.figures import figure
from carbon_api.estimate.pricing import needs_of, price
from carbon_api.factor_book.book import Release
from carbon_api.inventory.build import build
from carbon_api.inventory.described import Description
from carbon_api.methods.catalog import METHODS, SHARED
from carbon_api.methods.method import MEDIA_DELIVERY, Method, Reading


@dataclass(frozen=True, slots=True)
class Subject:
    """What is priced beside: what the lines say, how many there are, the method, and its own result."""

    description: Description
    lines: int
    release: Release
    method: Method
    own: Breakdown


def cross_check(subject: Subject) -> list[dict[str, Any]]:
    """The ratio of each other life-cycle method to this one, over the stages of delivery that both price for a line."""
    others = (other for other in METHODS.values() if other is not subject.method and other.card.life_cycle)
    return [_compare(subject, other) for other in others]


def _compare(subject: Subject, other: Method) -> dict[str, Any]:
    own, theirs = subject.own, _priced(subject, other)
    both = own.priced_stages & theirs.priced_stages
    only_one = np.flatnonzero((own.priced_stages ^ theirs.priced_stages).any(axis=0)).tolist()
    ours, other_total = (fsum(side.delivery[both].tolist()) for side in (own, theirs))
    return {
        "method": other.id,
        "ratio": other_total / ours if ours else None,
        "lines": int(both.any(axis=1).sum()),
        "not_compared": [MEDIA_DELIVERY[place] for place in only_one],
        "detail": "stages of media delivery that both methods price for a line, each with its own grid and defaults",
    }


def readings(subject: Subject) -> list[dict[str, Any]]:
    """The total under other readings of the method, and of what is shared beside it: those that change it."""
    method = subject.method
    totals = [(reading, _priced(subject, method, reading).total) for reading in _readings(subject)]
    return [
        {"code": reading.code, "detail": reading.detail, "total": figure(total)}
        for reading, total in totals
        if total != subject.own.total
    ]


def _readings(subject: Subject) -> dict[Reading, None]:
    """The readings of the method, and of the shared methods that some line needs, each once."""
    used = {said.described.activity.shape.activity for said in subject.description.said}
    cards = (subject.method.card, *(one.card for activity, one in SHARED.items() if activity in used))
    return dict.fromkeys(reading for card in cards for reading in card.readings)


def _priced(subject: Subject, method: Method, reading: Reading | None = None) -> Breakdown:
    inventory = build(subject.description, subject.release, needs_of(method, reading))
    return break_down(price(inventory, method), subject.lines)
