"""Whether a saving holds under the other comparable methods: the same change, priced by each of them."""

from collections.abc import Mapping
from math import fsum
from typing import NamedTuple

from carbon_api.advice.boundary import LeftOut, crossed, left_out_of
from carbon_api.advice.saving import Saving
from carbon_api.estimate.breakdown import break_down
from carbon_api.estimate.pricing import needs_of, price
from carbon_api.factor_book.book import Release
from carbon_api.inventory.build import build
from carbon_api.inventory.described import describe
from carbon_api.methods.catalog import METHODS
from carbon_api.methods.method import Method
from carbon_api.plan.model import Plan


class Priced(NamedTuple):
    """kgCO2e of each line that a method prices, and the stages that it leaves out of each, by the line's id."""

    totals: Mapping[str, float]
    left_out: LeftOut


class Verdict(NamedTuple):
    """The share of the first total that a change saves under another method, over the lines that it prices in both
    plans; None where it prices none that change, or counts nothing of what changes in them."""

    method: str
    share: float | None


def verdicts(saving: Saving) -> list[Verdict]:
    """The saving under each other comparable life-cycle method."""
    own = saving.before.outcome.method
    others = (other for other in METHODS.values() if other is not own and other.card.life_cycle)
    return [Verdict(other.id, _share(saving, other)) for other in others]


def robust(saving: Saving, found: list[Verdict]) -> bool | None:
    """Whether every other method that can tell agrees on which plan emits less; None where none can."""
    can_tell = any(verdict.share is not None for verdict in found)
    return not disagreeing(saving, found) if can_tell else None


def disagreeing(saving: Saving, found: list[Verdict]) -> list[str]:
    """The other methods under which it is the other plan that emits less."""
    told = [(verdict.method, verdict.share) for verdict in found if verdict.share is not None]
    return [method for method, share in told if (share > 0) != (saving.central > 0)]


def _share(saving: Saving, method: Method) -> float | None:
    """The lines that change are priced again; those that stay are worth in the one plan what they are in the other."""
    plan, release = saving.before.plan, saving.before.outcome.release
    before = saving.before.kept(method.id, lambda: _priced(plan, release, method))
    after = _priced(saving.rewritten, release, method)
    changed, gone = ({plan.lines[place].id for place in some} for some in (saving.places, saving.proposal.gone))
    both = before.totals.keys() - (changed - after.totals.keys())
    if not both & (changed | gone) or crossed(before.left_out, after.left_out):
        return None
    totals = {**before.totals, **after.totals}
    one, other = fsum(before.totals[id] for id in both), fsum(totals[id] for id in both - gone)
    return (one - other) / one if one and one != other else None


def _priced(plan: Plan, release: Release, method: Method) -> Priced:
    inventory = build(describe(plan), release, needs_of(method))
    result = break_down(price(inventory, method), len(plan.lines))
    totals = zip(plan.lines, result.lines, result.priced_lines.tolist(), strict=True)
    faulty = {plan.lines[fault.line].id for fault in inventory.faults}
    known = {line.id: total for line, total, is_priced in totals if is_priced and line.id not in faulty}
    return Priced(known, left_out_of(plan, result, inventory.outside, method, range(len(plan.lines))))
