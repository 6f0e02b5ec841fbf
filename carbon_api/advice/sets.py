"""Plans after sets of levers, each read and priced once, on what the set without its last lever leaves."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import inf

from carbon_api.advice.attempt import Written, attempt
from carbon_api.advice.catalog import LEVERS
from carbon_api.advice.goal import Goal
from carbon_api.advice.search import Ids
from carbon_api.advice.situation import Situation, reread
from carbon_api.estimate.run import outcome_of


@dataclass(frozen=True)
class Sets:
    """Sets of levers on a plan, pulled in the order of their ids; `seen` those tried so far, None where one of their
    levers no longer applies."""

    start: Situation
    goal: Goal
    levers: Mapping[str, Written]
    seen: dict[Ids, Situation | None] = field(default_factory=dict)

    def after(self, ids: Ids) -> Situation | None:
        """The plan after a set, at central values; None where one of its levers no longer applies."""
        if not ids:
            return self.start
        if ids not in self.seen:
            before = self.after(ids[:-1])
            self.seen[ids] = self._pulled(before, ids[-1]) if before else None
        return self.seen[ids]

    def _pulled(self, before: Situation, lever: str) -> Situation | None:
        saving = attempt(before, LEVERS[lever], self.levers.get(lever, {}), ranged=False).saving
        return saving.after if saving else None

    def central(self, ids: Ids) -> float:
        """What the ceiling is on after a set; infinite where the set has no such plan."""
        after = self.after(ids)
        found = self.goal.central(after.outcome) if after else None
        return inf if found is None else found

    def whole(self, ids: Ids) -> Situation:
        """The plan after a set, every line read and priced anew, with the range that the plan asks for. Raises
        LookupError where the set has no plan."""
        after = self.after(ids)
        if after is None:
            raise LookupError(f"no plan after {ids}")
        if not ids:
            return after
        plan = reread(self.start.plan, after.words, [None] * len(after.plan.lines))
        return Situation(plan, after.words, outcome_of(plan, after.basis))
