"""The same plan beside: under the other comparable life-cycle methods, and under other readings of the same method."""

from dataclasses import dataclass
from math import fsum
from typing import Any

from carbon_api.estimate.breakdown import Breakdown, break_down
from carbon_api.estimate.figures import figure
from carbon_api.estimate.pricing import needs_of, price
from carbon_api.factor_book.book import Release
from carbon_api.inventory.build import build
from carbon_api.inventory.described import Description
from carbon_api.methods.catalog import METHODS
from carbon_api.methods.method import Method, Reading


@dataclass(frozen=True, slots=True)
class Subject:
    """What is priced beside: what the lines say, how many there are, the method, and its own result."""

    description: Description
    lines: int
    release: Release
    method: Method
    own: Breakdown


def cross_check(subject: Subject) -> list[dict[str, Any]]:
    """The ratio of each other life-cycle method to this one, over the delivery of the lines that both price."""
    others = (other for other in METHODS.values() if other is not subject.method and other.card.life_cycle)
    return [_compare(subject, other) for other in others]


def _compare(subject: Subject, other: Method) -> dict[str, Any]:
    own, theirs = subject.own, _priced(subject, other)
    both = theirs.priced.any(axis=1) & (own.rest + own.device > 0)
    ours, other_total = (fsum((side.rest + side.device)[both].tolist()) for side in (own, theirs))
    return {
        "method": other.id,
        "ratio": other_total / ours if ours else None,
        "lines": int(both.sum()),
        "detail": "media delivery of the lines that both methods price, each with its own grid source and defaults",
    }


def readings(subject: Subject) -> list[dict[str, Any]]:
    """The total under the method's other readings, those that change it."""
    method = subject.method
    totals = [(reading, _priced(subject, method, reading).total) for reading in method.card.readings]
    return [
        {"code": reading.code, "detail": reading.detail, "total": figure(total)}
        for reading, total in totals
        if total != subject.own.total
    ]


def _priced(subject: Subject, method: Method, reading: Reading | None = None) -> Breakdown:
    inventory = build(subject.description, subject.release, needs_of(method, reading))
    return break_down(price(inventory, method), subject.lines)
