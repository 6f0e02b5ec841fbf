"""Plan and factor book to estimate: the whole way, once."""

from dataclasses import replace
from typing import Any

from carbon_api.errors import Finding
from carbon_api.estimate.answer import Outcome, answer
from carbon_api.estimate.breakdown import break_down
from carbon_api.estimate.cross_check import Subject, cross_check, readings
from carbon_api.estimate.doubts import shift
from carbon_api.estimate.parts import parts_of
from carbon_api.estimate.pricing import needs_of, price
from carbon_api.estimate.subtotals import centrals, weights
from carbon_api.estimate.trace import trace
from carbon_api.estimate.uncertainty import simulate
from carbon_api.factor_book.book import Book
from carbon_api.inventory.build import build
from carbon_api.inventory.described import Description, describe
from carbon_api.inventory.tables import Fault, Inventory
from carbon_api.methods.catalog import METHODS
from carbon_api.methods.catalog import method as method_of
from carbon_api.plan.findings import plan_invalid, quoted
from carbon_api.plan.model import Plan

MOST_DRAWN = 20_000_000  # lines and parts x draws: 160 MB of draws


def estimate_plan(plan: Plan, book: Book) -> dict[str, Any]:
    """The estimate of a plan, as it is printed. Raises PlanInvalid when the method cannot price a line."""
    outcome, description = _outcome(plan, book)
    subject = Subject(description, len(plan.lines), outcome.release, outcome.method, outcome.breakdown)
    return answer(outcome, {"cross_check": cross_check(subject), "readings": readings(subject)})


def trace_plan(plan: Plan, book: Book) -> dict[str, Any]:
    """The trace of a plan's estimate at central values. Raises PlanInvalid when the method cannot price a line."""
    outcome, _ = _outcome(replace(plan, uncertainty=replace(plan.uncertainty, range=False)), book)
    return trace(outcome)


def _outcome(plan: Plan, book: Book) -> tuple[Outcome, Description]:
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
    return Outcome(plan, release, method, inventory, priced, breakdown, weighed, subtotals, sample), description


def _refuse_names(plan: Plan, book: Book) -> None:
    """A method or a release that is not there is a fault of the plan that names it."""
    releases = (*(release.id for release in book.releases), "latest")
    named = (("method", plan.method, tuple(METHODS)), ("factor_release", plan.factor_release, releases))
    findings = [
        Finding(f"/{field}", f"unknown-{field.replace('_', '-')}", f"there is no {field} {quoted(name)}", known)
        for field, name, known in named
        if name is not None and name not in known
    ]
    if findings:
        raise plan_invalid(findings, plan.located)


def _refuse(inventory: Inventory, plan: Plan) -> None:
    if inventory.faults:
        raise plan_invalid([_finding(fault, plan) for fault in inventory.faults], plan.located)
    drawn = len(plan.lines) + len(parts_of(inventory.tables))
    if plan.uncertainty.range and drawn * plan.uncertainty.draws > MOST_DRAWN:
        most = MOST_DRAWN // drawn
        detail = f"{drawn} lines and parts of lines allow at most {most} draws; ask for fewer, or for no range"
        raise plan_invalid([Finding("/draws", "too-many-draws", detail)], plan.located)


def _finding(fault: Fault, plan: Plan) -> Finding:
    said = getattr(plan.lines[fault.line], fault.field, None)
    detail = f"{quoted(said)}: {fault.detail}" if isinstance(said, str) else fault.detail
    return Finding(f"/lines/{fault.line}/{fault.field}", fault.code, detail, fault.valid_values)
