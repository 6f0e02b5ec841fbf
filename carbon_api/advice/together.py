"""Several levers on one plan, one after the other: what they save together, which is not the sum of what each saves."""

from collections.abc import Mapping, Sequence
from typing import Any

from carbon_api.advice.attempt import Attempt, Written, attempt
from carbon_api.advice.catalog import LEVERS
from carbon_api.advice.reach import after, reach_of
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


def together(situation: Situation, ids: Sequence[str], levers: Mapping[str, Written]) -> dict[str, Any]:
    """The levers of these ids, combined in this order: the plan after them all, and what each adds to the saving."""
    steps, tried, last = [situation], [], situation
    for id in ids:
        one = attempt(last, LEVERS[id], levers.get(id, {}), ranged=False)
        last = _priced(one.saving.after) if one.saving else last
        tried.append(one)
        steps.append(last)
    abatement = [_step(situation, *each) for each in zip(tried, steps, steps[1:], strict=False)]
    return {
        "order": ORDER._asdict(),
        "plan": last.words,
        **_between(situation, situation, last),
        "total": _total(last),
        "before": reach_of(situation.outcome),
        "after": after(situation.outcome, last.outcome),
        "abatement": abatement,
    }


def _priced(after: Situation) -> Situation:
    """The situation after a change, with its range where one was asked for."""
    return Situation(after.plan, after.words, outcome_of(after.plan, after.basis))


def _step(start: Situation, tried: Attempt, before: Situation, after: Situation) -> dict[str, Any]:
    """What a lever adds, given those before it; nothing where it no longer applies."""
    reasons = [reason.told() for reason in tried.reasons]
    return {**named(tried.lever), **_between(start, before, after), "reasons": reasons}


def _between(start: Situation, before: Situation, after: Situation) -> dict[str, Any]:
    """What is saved from one situation to another, and its share of the total at the start."""
    whole, one, other = (side.outcome for side in (start, before, after))
    central, total = one.breakdown.total - other.breakdown.total, whole.breakdown.total
    samples = whole.sample, one.sample, other.sample
    draws = share = None
    if all(samples):
        drawn, first, last = (sample.total for sample in samples if sample)
        draws = first - last
        share = draws / drawn if total else None
    return {"saving": figure(central, draws), "share_of_total": figure(central / total, share, "1") if total else None}


def _total(situation: Situation) -> dict[str, Any]:
    sample = situation.outcome.sample
    return figure(situation.outcome.breakdown.total, sample.total if sample else None)
