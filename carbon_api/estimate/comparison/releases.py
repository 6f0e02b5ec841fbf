"""One plan under two factor releases: what it moves by, and which changed rows move it."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from carbon_api.estimate.answer import Outcome
from carbon_api.estimate.breakdown import break_down
from carbon_api.estimate.comparison.attribution import Change, attribute
from carbon_api.estimate.figures import figure
from carbon_api.estimate.pricing import needs_of, price
from carbon_api.estimate.run import Basis, basis_of, outcome_of
from carbon_api.factor_book.book import Book, Release
from carbon_api.factor_book.entry import Row
from carbon_api.inventory.build import build
from carbon_api.inventory.described import describe
from carbon_api.methods.method import Method
from carbon_api.plan.model import Plan

HOW = (
    "From one release to the other, the changed rows are replaced one at a time and the central total is worked out "
    "anew: what it moves by is that row's contribution. This is done in one order and in its reverse, and averaged. "
    "The contributions add up to the whole difference."
)


def compare_releases(plan: Plan, book: Book, old: str, new: str) -> dict[str, Any]:
    """The plan under the second release beside the first. Raises PlanInvalid where a line cannot be priced."""
    method = basis_of(replace(plan, factor_release=None), book).method
    outcomes = [outcome_of(plan, Basis(book.release(id), method)) for id in (old, new)]
    before, after = outcomes
    contributions = attribute(_total_of(plan, method), before.release, after.release)
    return {
        "method": {"id": method.id, "revision": method.card.revision},
        "factor_releases": [{"id": one.release.id, "sha256": one.release.sha256} for one in outcomes],
        "totals": [figure(one.breakdown.total, one.sample.total if one.sample else None) for one in outcomes],
        "difference": _difference(before, after),
        "attribution": HOW,
        "changes": [_change(change, moved) for change, moved in _largest_first(contributions)],
    }


def _total_of(plan: Plan, method: Method) -> Callable[[Release], float]:
    """The plan's total at central values, as a function of the release alone."""
    description, needs = describe(plan), needs_of(method)

    def total(release: Release) -> float:
        return break_down(price(build(description, release, needs), method), len(plan.lines)).total

    return total


def _difference(before: Outcome, after: Outcome) -> dict[str, Any]:
    drawn = after.sample.total - before.sample.total if before.sample and after.sample else None
    return figure(after.breakdown.total - before.breakdown.total, drawn)


def _largest_first(contributions: list[tuple[Change, float]]) -> list[tuple[Change, float]]:
    """Those that move the total, the largest first."""
    return sorted((pair for pair in contributions if pair[1]), key=lambda pair: -abs(pair[1]))


def _change(change: Change, moved: float) -> dict[str, Any]:
    row = change.row
    return {
        "factor": row.id,
        "title": row.title,
        "country": row.country,
        "valid_from": row.valid_from,
        "change": change.kind,
        "before": _published(change.before),
        "after": _published(change.after),
        "contribution": figure(moved),
    }


def _published(row: Row | None) -> dict[str, Any] | None:
    if row is None:
        return None
    return {"value": row.printed, "unit": row.unit, "source": row.source, "locator": row.locator}
