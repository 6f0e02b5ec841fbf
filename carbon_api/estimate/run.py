"""Plan and factor book to estimate: the whole way, once."""

from typing import Any

from carbon_api.errors import Finding, PlanInvalid
from carbon_api.estimate.answer import Outcome, answer
from carbon_api.estimate.breakdown import break_down
from carbon_api.estimate.cross_check import Subject, cross_check, readings
from carbon_api.estimate.doubts import shift
from carbon_api.estimate.pricing import needs_of, price
from carbon_api.estimate.subtotals import centrals, weights
from carbon_api.estimate.uncertainty import simulate
from carbon_api.factor_book.book import Book
from carbon_api.inventory.build import build
from carbon_api.inventory.described import describe
from carbon_api.inventory.tables import Fault, Inventory
from carbon_api.methods.catalog import METHODS
from carbon_api.methods.catalog import method as method_of
from carbon_api.plan.model import Plan

MOST_DRAWN = 20_000_000  # lines x draws: 160 MB of draws


def estimate_plan(plan: Plan, book: Book) -> dict[str, Any]:
    """The estimate of a plan, as it is printed. Raises PlanInvalid when the method cannot price a line."""
    _refuse_names(plan, book)
    release, method = book.release(plan.factor_release), method_of(plan.method)
    description = describe(plan)
    inventory = build(description, release, needs_of(method))
    _refuse(inventory, plan)
    priced = price(inventory, method)
    breakdown = break_down(priced, len(plan.lines))
    weighed, wanted = weights(plan), plan.uncertainty
    sample = simulate(inventory, method, wanted, weighed) if wanted.range else None
    if sample:
        shift(plan, sample)
    subtotals = centrals(weighed, breakdown)
    outcome = Outcome(plan, release, method, inventory, priced, breakdown, weighed, subtotals, sample)
    subject = Subject(description, len(plan.lines), release, method, breakdown)
    beside = {"cross_check": cross_check(subject), "readings": readings(subject)}
    return answer(outcome, beside)


def _refuse_names(plan: Plan, book: Book) -> None:
    """A method or a release that is not there is a fault of the plan that names it."""
    releases = (*(release.id for release in book.releases), "latest")
    named = (("method", plan.method, tuple(METHODS)), ("factor_release", plan.factor_release, releases))
    findings = [
        Finding(f"/{field}", f"unknown-{field.replace('_', '-')}", f"there is no {field} {name!r}", known)
        for field, name, known in named
        if name is not None and name not in known
    ]
    if findings:
        raise PlanInvalid("the plan names what is not there", findings)


def _refuse(inventory: Inventory, plan: Plan) -> None:
    if inventory.faults:
        raise PlanInvalid("the method cannot price some lines", [_finding(fault) for fault in inventory.faults])
    if plan.uncertainty.range and len(plan.lines) * plan.uncertainty.draws > MOST_DRAWN:
        most = MOST_DRAWN // len(plan.lines)
        detail = f"{len(plan.lines)} lines allow at most {most} draws; ask for fewer, or for no range"
        raise PlanInvalid("too many draws for so many lines", [Finding("/draws", "too-many-draws", detail)])


def _finding(fault: Fault) -> Finding:
    return Finding(f"/lines/{fault.line}/{fault.field}", fault.code, fault.detail, fault.valid_values)
