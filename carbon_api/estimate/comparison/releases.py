"""One plan under two factor releases: what it moves by, and which changed rows move it."""

from collections.abc import Callable
from typing import Any

from carbon_api.estimate.answer import Outcome
from carbon_api.estimate.breakdown import break_down
from carbon_api.estimate.comparison.aside import set_aside
from carbon_api.estimate.comparison.attribution import Change, attribute, changes
from carbon_api.estimate.figures import figure
from carbon_api.estimate.pricing import needs_of, price
from carbon_api.estimate.run import Basis, basis_of, outcome_of
from carbon_api.factor_book.book import Book, Release
from carbon_api.factor_book.entry import Row
from carbon_api.inventory.build import build
from carbon_api.inventory.described import describe
from carbon_api.methods.method import Method
from carbon_api.plan.model import Plan
from carbon_api.wording import say

HOW = say("attribution", "en")
ONE = say("one_release", "en")


def compare_releases(plan: Plan, book: Book, old: str, new: str) -> dict[str, Any]:
    """The plan under the second release beside the first. Raises PlanInvalid where a line cannot be priced."""
    method = basis_of(plan, book).method
    outcomes = [outcome_of(plan, Basis(book.release(id), method)) for id in (old, new)]
    before, after = outcomes
    releases = [one.release for one in outcomes]
    moving = _largest_first(attribute(_total_of(plan, method), *releases))
    return {
        "method": {"id": method.id, "revision": method.card.revision},
        "factor_releases": [{"id": release.id, "sha256": release.sha256} for release in releases],
        "set_aside": set_aside("factor_release", _named(plan, book), [release.id for release in releases]),
        "totals": [figure(one.breakdown.total, one.sample.total if one.sample else None) for one in outcomes],
        "difference": _difference(before, after),
        "attribution": ONE if before.release.id == after.release.id else HOW,
        "changes": [_change(change, moved) for change, moved in moving],
        "moved_nothing": len(changes(*releases)) - len(moving),
    }


def _named(plan: Plan, book: Book) -> str | None:
    """The release that the plan names: `latest` is the one that it is."""
    return book.release(plan.factor_release).id if plan.factor_release else None


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
