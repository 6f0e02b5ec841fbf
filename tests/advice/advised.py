"""What the tests of levers share: a lever tried on a plan."""

from collections.abc import Mapping
from typing import Any

from carbon_api.advice.attempt import Attempt, attempt
from carbon_api.advice.catalog import LEVERS
from carbon_api.advice.situation import Situation, situation_of
from carbon_api.estimate.run import basis_of
from carbon_api.factor_book.book import book
from carbon_api.plan.load import parse_plan

Document = Mapping[str, Any]


def situation(document: Document) -> Situation:
    """Where the plan of a document stands."""
    plan = parse_plan(document)
    return situation_of(plan, basis_of(plan, book()))


def tried(document: Document, lever: str, **strength: Any) -> Attempt:
    """A lever tried on the plan of a document."""
    return attempt(situation(document), LEVERS[lever], strength)
