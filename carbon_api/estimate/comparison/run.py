"""What was asked to be compared, compared."""

from typing import Any

from carbon_api.errors import Finding
from carbon_api.estimate.comparison.methods import compare_methods
from carbon_api.estimate.comparison.plans import compare_plans
from carbon_api.estimate.comparison.releases import compare_releases
from carbon_api.factor_book.book import Book
from carbon_api.methods.catalog import METHODS
from carbon_api.plan.compared import Comparison
from carbon_api.plan.findings import plan_invalid, quoted


def compare(asked: Comparison, book: Book) -> dict[str, Any]:
    """The answer to a comparison: `compared` names what it is of, and the key of its own. Raises PlanInvalid."""
    _refuse_names("methods", asked.methods, tuple(METHODS), asked)
    releases = (*(release.id for release in book.releases), "latest")
    _refuse_names("factor_releases", asked.factor_releases, releases, asked)
    plan, *others = asked.plans
    if others:
        return {"compared": "plans", "plans": compare_plans(plan, others[0], book)}
    if asked.factor_releases:
        old, new = asked.factor_releases
        return {"compared": "factor_releases", "factor_releases": compare_releases(plan, book, old, new)}
    return {"compared": "methods", "methods": compare_methods(plan, book, asked.methods or tuple(METHODS))}


def _refuse_names(key: str, names: tuple[str, ...], known: tuple[str, ...], asked: Comparison) -> None:
    """A method or a release that is not there is a fault of the document that names it."""
    what = key.removesuffix("s").replace("_", " ")
    findings = [
        Finding(f"/{key}/{place}", f"unknown-{what.replace(' ', '-')}", f"there is no {what} {quoted(name)}", known)
        for place, name in enumerate(names)
        if name not in known
    ]
    if findings:
        raise plan_invalid(findings, asked.located)
