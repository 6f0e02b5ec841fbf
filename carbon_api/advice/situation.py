"""Where advice starts: a plan, spelled out so that it can be changed, and its estimate."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, TypeVar

from carbon_api.errors import PlanInvalid
from carbon_api.estimate.answer import Outcome
from carbon_api.estimate.run import Basis, outcome_of
from carbon_api.inventory.activity import KINDS
from carbon_api.plan.load import plan_again
from carbon_api.plan.model import Line, Plan
from carbon_api.plan.spelled import spelled_out

Words = Mapping[str, Any]
T = TypeVar("T")


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
    worked_out: dict[Hashable, Any] = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def said(self) -> tuple[Said, ...]:
        """The lines, in the caller's order."""
        pairs = zip(self.plan.lines, self.words["lines"], strict=True)
        return tuple(Said(index, line, words) for index, (line, words) in enumerate(pairs))

    def kept(self, key: Hashable, work: Callable[[], T]) -> T:
        """What some work on this situation comes to, done once: the same for every lever that starts from here."""
        if key not in self.worked_out:
            self.worked_out[key] = work()
        found: T = self.worked_out[key]
        return found

    @property
    def basis(self) -> Basis:
        """What the plan is priced on."""
        return Basis(self.outcome.release, self.outcome.method)


def situation_of(plan: Plan, basis: Basis) -> Situation:
    """Where a plan stands. Raises PlanInvalid when the method cannot price a line."""
    return Situation(plan, spelled_out(plan.document), outcome_of(plan, basis))


class NotAPlan(ValueError):
    """A change left a document that is no plan: the lever that proposed it is wrong, and no advice is given."""


def reread(before: Plan, words: Words, stays: Sequence[int | None]) -> Plan:
    """The plan that a changed document holds, its range and basis being those of the plan before. A line that stays,
    from its place there, is not read again; what must hold between lines is asked of them all. Raises NotAPlan."""
    known = [None if place is None else before.lines[place] for place in stays]
    kept = {name: getattr(before, name) for name in ("uncertainty", "method", "factor_release")}
    try:
        return replace(plan_again(words, known), **kept)
    except PlanInvalid as fault:
        raise NotAPlan(str(fault)) from fault
