"""The same plan beside: under the other comparable life-cycle methods, and under other readings of the same method."""

from math import fsum
from typing import Any

from carbon_api.estimate.breakdown import Breakdown, break_down
from carbon_api.estimate.figures import figure
from carbon_api.estimate.pricing import needs_of, price
from carbon_api.factor_book.book import Release
from carbon_api.inventory.build import build
from carbon_api.methods.catalog import METHODS
from carbon_api.methods.method import Method, Reading
from carbon_api.plan.model import Plan


def cross_check(plan: Plan, release: Release, method: Method, own: Breakdown) -> list[dict[str, Any]]:
    """The ratio of each other life-cycle method to this one, over the delivery of the lines that both price."""
    others = (other for other in METHODS.values() if other is not method and other.card.life_cycle)
    return [_compare(plan, release, other, own) for other in others]


def _compare(plan: Plan, release: Release, other: Method, own: Breakdown) -> dict[str, Any]:
    theirs = _priced(plan, release, other)
    both = [line for line in range(len(plan.lines)) if theirs.priced[line].any() and any(own.delivery[line])]
    ours, other_total = (fsum(part for line in both for part in side.delivery[line]) for side in (own, theirs))
    return {
        "method": other.id,
        "ratio": other_total / ours if ours else None,
        "lines": len(both),
        "detail": "media delivery of the lines that both methods price, each with its own grid source and defaults",
    }


def readings(plan: Plan, release: Release, method: Method, own: Breakdown) -> list[dict[str, Any]]:
    """The total under the method's other readings, those that change it."""
    totals = [(reading, _priced(plan, release, method, reading).total) for reading in method.card.readings]
    return [
        {"code": reading.code, "detail": reading.detail, "total": figure(total)}
        for reading, total in totals
        if total != own.total
    ]


def _priced(plan: Plan, release: Release, method: Method, reading: Reading | None = None) -> Breakdown:
    return break_down(price(build(plan, release, needs_of(method, reading)), method), len(plan.lines))
