"""The same plan beside: under the other comparable life-cycle methods, and under other readings of the same method."""

from dataclasses import dataclass
from math import fsum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from carbon_api.estimate.breakdown import Breakdown, break_down
from carbon_api.estimate.figures import figure
from carbon_api.estimate.pricing import needs_of, price
from carbon_api.factor_book.book import Release
from carbon_api.inventory.build import build
from carbon_api.inventory.described import Description
from carbon_api.inventory.tables import Inventory
from carbon_api.methods.catalog import METHODS, SHARED
from carbon_api.methods.method import MEDIA_DELIVERY, Method, Reading

COMPARED = "stages of media delivery that both methods price for a line, each with its own grid and defaults"
FEW = 3


@dataclass(frozen=True, slots=True)
class Subject:
    """What is priced beside: what the lines say, how many there are, the method, and its own result."""

    description: Description
    lines: int
    release: Release
    method: Method
    own: Breakdown


def cross_check(subject: Subject) -> list[dict[str, Any]]:
    """The ratio of each other life-cycle method to this one, over the stages of delivery that both price for a line.

    A line that the other method cannot price is left out, and its detail says why.
    """
    others = (other for other in METHODS.values() if other is not subject.method and other.card.life_cycle)
    return [_compare(subject, other) for other in others]


def _compare(subject: Subject, other: Method) -> dict[str, Any]:
    inventory = build(subject.description, subject.release, needs_of(other))
    own, theirs = subject.own, break_down(price(inventory, other), subject.lines)
    both = own.priced_stages & theirs.priced_stages
    shared = own.priced_deliveries & theirs.priced_deliveries
    only_one = np.flatnonzero((own.priced_stages ^ theirs.priced_stages)[shared].any(axis=0)).tolist()
    ours, other_total = (fsum(side.delivery[both].tolist()) for side in (own, theirs))
    left_out = _left_out(inventory, own.priced_deliveries)
    return {
        "method": other.id,
        "ratio": other_total / ours if ours else None,
        "lines": int(both.any(axis=1).sum()),
        "not_compared": [MEDIA_DELIVERY[place] for place in only_one],
        "detail": (COMPARED if ours else _why_not(both, shared)) + left_out,
    }


def _why_not(both: NDArray[np.bool_], shared: NDArray[np.bool_]) -> str:
    """Why there is no ratio: nothing that both price, or nothing that it comes to."""
    if both.any():
        return "what both methods price comes to nothing"
    return "the two methods share no stage" if shared.any() else "there is no line whose delivery both methods price"


def _left_out(inventory: Inventory, own: NDArray[np.bool_]) -> str:
    """Why lines that this method prices are left out of the comparison, whatever their order; empty when none is."""
    reasons = {fault.line: fault.reason for fault in inventory.faults} | dict(inventory.outside)
    found = sorted({reason for line, reason in reasons.items() if own[line]})
    more = f"; {len(found) - FEW} reasons more" if len(found) > FEW else ""
    count = sum(bool(own[line]) for line in reasons)
    return f"; lines left out: {count} ({'; '.join(found[:FEW])}{more})" if found else ""


def readings(subject: Subject) -> list[dict[str, Any]]:
    """The total under other readings of the method, and of what is shared beside it: those that change it."""
    totals = [(reading, _read_as(subject, reading).total) for reading in _readings(subject)]
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


def _read_as(subject: Subject, reading: Reading) -> Breakdown:
    inventory = build(subject.description, subject.release, needs_of(subject.method, reading))
    return break_down(price(inventory, subject.method), subject.lines)
