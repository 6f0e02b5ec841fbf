"""Plan and factor book to estimate: the whole way, once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, NamedTuple

from carbon_api.errors import Finding, PlanInvalid
from carbon_api.estimate.answer import Made, Outcome, answer
from carbon_api.estimate.breakdown import break_down
from carbon_api.estimate.bunches import Draws
from carbon_api.estimate.cross_check import Subject, cross_check, readings
from carbon_api.estimate.doubts import shift
from carbon_api.estimate.parts import parts_of
from carbon_api.estimate.pricing import needs_of, price
from carbon_api.estimate.trace import trace
from carbon_api.estimate.uncertainty import Sample, simulate, simulate_total
from carbon_api.factor_book.book import Book, Release
from carbon_api.factor_book.entry import Row
from carbon_api.inventory.build import build
from carbon_api.inventory.described import Description, describe
from carbon_api.inventory.tables import Fault, Inventory
from carbon_api.methods.catalog import METHODS
from carbon_api.methods.catalog import method as method_of
from carbon_api.methods.method import Method
from carbon_api.plan.findings import plan_invalid, quoted
from carbon_api.plan.model import Plan

Nameable = Literal["method", "factor_release"]
MOST_DRAWN = 20_000_000  # lines and parts x draws: 160 MB of draws


class Estimated(NamedTuple):
    """An answer, and the inventory that its total rests on (not what stands beside it)."""

    answer: dict[str, Any]
    inventory: Inventory

    @property
    def rows(self) -> list[Row]:
        """The rows of the factor book that the total rests on."""
        return self.inventory.rows()


@dataclass(frozen=True, slots=True)
class Basis:
    """What a plan is priced on: a release of the factor book, and a method."""

    release: Release
    method: Method


def estimate_plan(plan: Plan, book: Book) -> dict[str, Any]:
    """The estimate of a plan, as it is printed. Raises PlanInvalid when the method cannot price a line."""
    return estimated(plan, book).answer


def estimated(plan: Plan, book: Book) -> Estimated:
    """The estimate of a plan with what it rests on. Raises PlanInvalid when the method cannot price a line."""
    description, basis = describe(plan), basis_of(plan, book)
    outcome = _outcome(plan, description, basis)
    subject = Subject(description, len(plan.lines), basis.release, basis.method, outcome.breakdown)
    beside = {"cross_check": cross_check(subject), "readings": readings(subject)}
    return Estimated(answer(outcome, beside), outcome.inventory)


def trace_plan(plan: Plan, book: Book) -> dict[str, Any]:
    """The trace of a plan's estimate at central values. Raises PlanInvalid when the method cannot price a line."""
    central = replace(plan, uncertainty=replace(plan.uncertainty, range=False))
    return trace(outcome_of(central, basis_of(plan, book)))


def outcome_of(plan: Plan, basis: Basis) -> Outcome:
    """All that a plan's estimate is made of. Raises PlanInvalid when the method cannot price a line."""
    return _outcome(plan, describe(plan), basis)


def total_draws(plan: Plan, basis: Basis) -> Draws:
    """The draws of a plan's total, for lines that the method is known to price."""
    inventory = build(describe(plan), basis.release, needs_of(basis.method))
    return simulate_total(inventory, basis.method, plan.uncertainty)


def basis_of(plan: Plan, book: Book) -> Basis:
    """The release and the method of a plan. One that is not there is a fault of the plan that names it."""
    named: tuple[tuple[Nameable, str | None], ...] = (("method", plan.method), ("factor_release", plan.factor_release))
    findings = [fault for what, name in named if name for fault in unknown_names(what, {f"/{what}": name}, book)]
    if findings:
        raise plan_invalid(findings, plan.located)
    return Basis(book.release(plan.factor_release), method_of(plan.method))


def unknown_names(what: Nameable, named: Mapping[str, str], book: Book) -> list[Finding]:
    """A finding for each name, by its pointer, that no method or no release has."""
    known = tuple(METHODS) if what == "method" else (*(release.id for release in book.releases), "latest")
    code, words = what.replace("_", "-"), what.replace("_", " ")
    return [
        Finding(pointer, f"unknown-{code}", f"there is no {words} {quoted(name)}", known)
        for pointer, name in named.items()
        if name not in known
    ]


def work_out(plan: Plan, inventory: Inventory, basis: Basis) -> Outcome:
    """All that an estimate is made of, from the lines that the inventory has. Raises PlanInvalid beyond the draws."""
    _refuse_draws(plan, inventory)
    made = Made(inventory, price(inventory, basis.method))
    breakdown = break_down(made.priced, len(plan.lines))
    central = Outcome(plan, basis.release, basis.method, breakdown, inventory.outside, lambda: made, None)
    return replace(central, sample=_drawn(central)) if plan.uncertainty.range else central


def _drawn(outcome: Outcome) -> Sample:
    """The draws of an estimate that has its central values."""
    plan = outcome.plan
    sample = simulate(outcome.inventory, outcome.method, plan.uncertainty, outcome.weights)
    shift(plan, sample, outcome.breakdown.priced_deliveries)
    return sample


def _refuse_draws(plan: Plan, inventory: Inventory) -> None:
    """Raises PlanInvalid where lines, parts of lines and draws are more than the memory for them."""
    if not plan.uncertainty.range:
        return
    drawn = len(plan.lines) + len(parts_of(inventory.tables))
    if drawn * plan.uncertainty.draws > MOST_DRAWN:
        most = MOST_DRAWN // drawn
        detail = f"{drawn} lines and parts of lines allow at most {most} draws; ask for fewer, or for no range"
        raise plan_invalid([Finding("/draws", "too-many-draws", detail)], plan.located)


def refuse_faults(faults: Sequence[Fault], plan: Plan) -> None:
    """Raises PlanInvalid where some line cannot be priced."""
    if faults:
        raise plan_invalid([finding_of(fault, plan) for fault in faults], plan.located)


def finding_of(fault: Fault, plan: Plan) -> Finding:
    """What keeps a line from being priced, where the caller can mend it."""
    said = getattr(plan.lines[fault.line], fault.field, None)
    detail = f"{quoted(said)}: {fault.detail}" if isinstance(said, str) else fault.detail
    return Finding(f"/lines/{fault.line}/{fault.field}", fault.code, detail, fault.valid_values)


def _outcome(plan: Plan, description: Description, basis: Basis) -> Outcome:
    inventory = build(description, basis.release, needs_of(basis.method))
    refuse_faults(inventory.faults, plan)
    if not inventory.tables:
        raise _nothing_priced(plan, description, basis, inventory)
    return work_out(plan, inventory, basis)


def _nothing_priced(plan: Plan, description: Description, basis: Basis, inventory: Inventory) -> PlanInvalid:
    """What is left out of a total is said beside it; where that is everything, there is no total."""
    reasons = "; ".join(sorted(set(inventory.outside.values())))
    detail = f"every line is outside the boundary of {basis.method.id}: {reasons}; choose another method"
    built = {id: build(description, basis.release, needs_of(method)) for id, method in METHODS.items()}
    able = tuple(id for id, other in built.items() if other.tables and not other.faults)
    return plan_invalid([Finding("/method", "nothing-priced", detail, able)], plan.located)
