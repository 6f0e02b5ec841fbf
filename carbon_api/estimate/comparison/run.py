"""What was asked to be compared, compared."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from carbon_api.estimate.comparison.methods import compare_methods
from carbon_api.estimate.comparison.plans import compare_plans
from carbon_api.estimate.comparison.releases import compare_releases
from carbon_api.estimate.pricing import needs_of
from carbon_api.estimate.run import Basis, basis_of, unknown_names
from carbon_api.factor_book.book import Book
from carbon_api.factor_book.entry import Row
from carbon_api.inventory.build import build
from carbon_api.inventory.described import describe
from carbon_api.methods.catalog import METHODS
from carbon_api.plan.compared import Comparison
from carbon_api.plan.findings import plan_invalid
from carbon_api.plan.model import Plan


def compare(asked: Comparison, book: Book) -> dict[str, Any]:
    """The answer to a comparison: `compared` names what it is of, and the key of its own. Raises PlanInvalid."""
    refuse_names(asked, book)
    plan, *others = asked.plans
    if others:
        return {"compared": "plans", "plans": compare_plans(plan, others[0], book)}
    if asked.factor_releases:
        old, new = asked.factor_releases
        return {"compared": "factor_releases", "factor_releases": compare_releases(plan, book, old, new)}
    return {"compared": "methods", "methods": compare_methods(plan, book, asked.methods or tuple(METHODS))}


def refuse_names(asked: Comparison, book: Book) -> None:
    """A method or a release that is not there is a fault of the document that names it. Raises PlanInvalid."""
    findings = [
        *unknown_names("method", _pointed("methods", asked.methods), book),
        *unknown_names("factor_release", _pointed("factor_releases", asked.factor_releases), book),
    ]
    if findings:
        raise plan_invalid(findings, asked.located)


def _pointed(key: str, names: Sequence[str]) -> dict[str, str]:
    return {f"/{key}/{place}": name for place, name in enumerate(names)}


def rows_behind(asked: Comparison, book: Book) -> list[Row]:
    """The rows of the factor book that a comparison's totals rest on, each once. Of what `compare` has answered."""
    rows = [row for plan, basis in _priced(asked, book) for row in _rows(plan, basis)]
    return list({(row.key, row.since): row for row in rows}.values())


def _priced(asked: Comparison, book: Book) -> Iterator[tuple[Plan, Basis]]:
    """Each plan with each basis that it is priced on."""
    for plan in asked.plans:
        own = basis_of(plan, book)
        if asked.factor_releases:
            yield from ((plan, replace(own, release=book.release(id))) for id in asked.factor_releases)
        elif len(asked.plans) == 1:
            yield from ((plan, replace(own, method=METHODS[id])) for id in asked.methods or METHODS)
        else:
            yield plan, own


def _rows(plan: Plan, basis: Basis) -> list[Row]:
    return build(describe(plan), basis.release, needs_of(basis.method)).rows()
