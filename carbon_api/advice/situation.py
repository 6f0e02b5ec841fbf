"""Where advice starts: a plan, spelled out so that it can be changed, and its estimate."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from carbon_api.errors import PlanInvalid
from carbon_api.estimate.answer import Outcome
from carbon_api.estimate.run import Basis, outcome_of
from carbon_api.inventory.activity import KINDS
from carbon_api.plan.load import parse_plan
from carbon_api.plan.model import Line, Plan
from carbon_api.plan.spelled import spelled_out

Words = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Said:
    """A line as a lever sees it: what it means, and all that the plan says of it by English name, defaults included."""

    index: int
    line: Line
    words: Words

    @property
    def kind(self) -> str:
        """The name of its kind, in English."""
        return KINDS[type(self.line)]


@dataclass(frozen=True)
class Situation:
    """A plan, its document spelled out, and its estimate on some basis."""

    plan: Plan
    words: Words
    outcome: Outcome

    @cached_property
    def said(self) -> tuple[Said, ...]:
        """The lines, in the caller's order."""
        pairs = zip(self.plan.lines, self.words["lines"], strict=True)
        return tuple(Said(index, line, words) for index, (line, words) in enumerate(pairs))

    @property
    def basis(self) -> Basis:
        """What the plan is priced on."""
        return Basis(self.outcome.release, self.outcome.method)


def situation_of(plan: Plan, basis: Basis) -> Situation:
    """Where a plan stands. Raises PlanInvalid when the method cannot price a line."""
    return Situation(plan, spelled_out(plan.document), outcome_of(plan, basis))


class NotAPlan(ValueError):
    """A change left a document that is no plan: the lever that proposed it is wrong, and no advice is given."""


def reread(before: Plan, words: Words) -> Plan:
    """The plan that a changed document holds, its range and basis being those of the plan before. Raises NotAPlan."""
    kept = {name: getattr(before, name) for name in ("uncertainty", "method", "factor_release")}
    try:
        return replace(parse_plan(words), **kept)
    except PlanInvalid as fault:
        raise NotAPlan(str(fault)) from fault
