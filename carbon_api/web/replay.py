"""An estimate that was kept, run again as it was made: under its method and its release, or not at all."""

import sys
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from flask import Response

from carbon_api.errors import Outdated, PlanInvalid, PlanUnreadable
from carbon_api.factor_book.book import Book
from carbon_api.methods.catalog import METHODS
from carbon_api.plan.load import load_plan
from carbon_api.plan.model import Plan
from carbon_api.store import estimates as kept
from carbon_api.web.answers import encode, respond, tag_of, unchanged
from carbon_api.web.computing import charge, charge_reading
from carbon_api.web.service import service


def answer_again(
    found: kept.Estimate,
    question: str,
    run: Callable[[Plan, Book], dict[str, Any]],
    holds: Callable[[dict[str, Any]], bool],
    times: int = 1,
) -> Response:
    """What `run` makes of the plan, which takes as long as so many estimates; 304 to whoever has it.

    It costs the same either way: which worker was asked before is nobody's doing. Raises Outdated where the plan is no
    longer priced, or what it comes to no longer `holds`: the caller asked nothing wrong; and what `charge` raises.
    """
    _refuse_unknown(found)
    asked, headers = f"{found.id} {question}", {"Factor-Release": found.factor_release}
    try:
        plan = _plan(found, times)
        tag = service().told.find(asked)
        has_it = tag and unchanged(tag, headers)
        if has_it:
            return has_it
        document = run(plan, service().book)
    except (PlanInvalid, PlanUnreadable) as fault:
        raise Outdated(
            f"The plan of {found.id} is no longer priced as it was; what was answered stands. {fault}"
        ) from fault
    if not holds(document):
        raise _changed(found)
    body = encode(document)
    service().told.note(asked, tag_of(body))
    return respond(body, headers=headers)


def _refuse_unknown(found: kept.Estimate) -> None:
    """Outdated for an estimate of a method or a release that is not here."""
    releases = [release.id for release in service().book.releases]
    for what, name, known in (
        ("method", found.method, [*METHODS]),
        ("factor release", found.factor_release, releases),
    ):
        if name not in known:
            raise Outdated(f"{found.id} was made with {what} {name}, which is not here; what was answered stands.")


def _plan(found: kept.Estimate, times: int) -> Plan:
    """The plan as it was priced, once it is paid for."""
    charge_reading(found.plan, found.plan_media_type)
    plan = load_plan(found.plan, found.plan_media_type, sys.maxsize)  # what was taken once is no longer too long
    charge([plan], times)
    return replace(plan, method=found.method, factor_release=found.factor_release)


def _changed(found: kept.Estimate) -> Outdated:
    """The error for arithmetic that no longer comes to what was answered."""
    return Outdated(
        f"The arithmetic of {found.method} has changed since {found.id} was made; what was answered stands."
    )
