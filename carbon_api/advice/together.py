"""Several levers on one plan, one after the other: what they save together, which is not the sum of what each saves."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from carbon_api.advice.attempt import Attempt, Written, attempt
from carbon_api.advice.catalog import LEVERS
from carbon_api.advice.reach import after, got
from carbon_api.advice.saving import Split, joint, split, told
from carbon_api.advice.shown import named
from carbon_api.advice.situation import Situation
from carbon_api.advice.text import Text
from carbon_api.estimate.figures import figure
from carbon_api.estimate.run import outcome_of

ORDER = Text(
    "The levers act in this order, each on the plan that those before it leave; another order shares the same joint "
    "saving out otherwise.",
    "Les leviers agissent dans cet ordre, chacun sur le plan que laissent les précédents ; un autre ordre répartit "
    "autrement la même réduction commune.",
)


NOTHING = Split(0.0, 0.0, None)


class Step(NamedTuple):
    """A lever tried on the plan that those before it leave, and the plan that it leaves itself."""

    tried: Attempt
    before: Situation
    after: Situation

    def split(self) -> Split | None:
        """The split of what it adds to the saving; None where it does not apply."""
        saving = self.tried.saving
        return split(saving, moves=self.tried.lever.moves) if saving else None


def together(situation: Situation, ids: Sequence[str], levers: Mapping[str, Written]) -> dict[str, Any]:
    """The levers of these ids, combined in this order: the plan after them all, and what each adds to the saving."""
    steps = list(_steps(situation, ids, levers))
    last, splits = steps[-1].after, [step.split() for step in steps]
    return {
        "order": ORDER._asdict(),
        "plan": last.words,
        **_between(situation, situation, last),
        "split": joint([one for one in splits if one], _central(situation, last))._asdict(),
        "total": _total(last),
        "before": got(situation.outcome),
        "after": after(situation.outcome, last.outcome),
        "abatement": [_shown(situation, *each) for each in zip(steps, splits, strict=True)],
    }


def _steps(situation: Situation, ids: Sequence[str], levers: Mapping[str, Written]) -> Iterator[Step]:
    last = situation
    for id in ids:
        one = attempt(last, LEVERS[id], levers.get(id, {}), ranged=False)
        step = Step(one, last, _priced(one.saving.after) if one.saving else last)
        yield step
        last = step.after


def _priced(after: Situation) -> Situation:
    """The situation after a change, with its range where one was asked for."""
    return Situation(after.plan, after.words, outcome_of(after.plan, after.basis))


def _shown(start: Situation, step: Step, parts: Split | None) -> dict[str, Any]:
    """What a lever adds, given those before it; nothing where it no longer applies."""
    return {
        **named(step.tried.lever),
        **_between(start, step.before, step.after),
        "split": (parts or NOTHING)._asdict(),
        "reasons": [reason.told() for reason in step.tried.reasons],
    }


def _between(start: Situation, before: Situation, after: Situation) -> dict[str, Any]:
    """What is saved from one situation to another, and its share of the total at the start."""
    whole, one, other = (side.outcome.sample for side in (start, before, after))
    draws = one.total - other.total if one and other else None
    return told(_central(before, after), start.outcome.breakdown.total, draws, whole.total if whole else None)


def _central(before: Situation, after: Situation) -> float:
    return before.outcome.breakdown.total - after.outcome.breakdown.total


def _total(situation: Situation) -> dict[str, Any]:
    sample = situation.outcome.sample
    return figure(situation.outcome.breakdown.total, sample.total if sample else None)
