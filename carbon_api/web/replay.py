"""An estimate that was kept, run again as it was made: under its method and its release, or not at all."""

import sys
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from carbon_api.errors import Outdated, PlanInvalid, PlanUnreadable
from carbon_api.factor_book.book import Book
from carbon_api.methods.catalog import METHODS
from carbon_api.plan.load import load_plan
from carbon_api.plan.model import Plan
from carbon_api.store import estimates as kept
from carbon_api.web.computing import charge, charge_reading
from carbon_api.web.service import service


def run_again(found: kept.Estimate, run: Callable[[Plan, Book], dict[str, Any]], times: int = 1) -> dict[str, Any]:
    """What `run` makes of the plan, which takes as long as so many estimates. Raises Outdated where it is no longer
    priced: the caller asked nothing wrong; and what `charge` raises."""
    releases = [release.id for release in service().book.releases]
    for what, name, known in (
        ("method", found.method, [*METHODS]),
        ("factor release", found.factor_release, releases),
    ):
        if name not in known:
            raise Outdated(f"{found.id} was made with {what} {name}, which is not here; what was answered stands.")
    try:
        charge_reading(found.plan, found.plan_media_type)
        plan = load_plan(found.plan, found.plan_media_type, sys.maxsize)  # what was taken once is no longer too long
        charge([plan], times)
        return run(replace(plan, method=found.method, factor_release=found.factor_release), service().book)
    except (PlanInvalid, PlanUnreadable) as fault:
        raise Outdated(
            f"The plan of {found.id} is no longer priced as it was; what was answered stands. {fault}"
        ) from fault


def changed(found: kept.Estimate) -> Outdated:
    """The error for arithmetic that no longer comes to what was answered."""
    return Outdated(
        f"The arithmetic of {found.method} has changed since {found.id} was made; what was answered stands."
    )
