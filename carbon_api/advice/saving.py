"""What a change saves: the model run again on the changed plan, line by line in the same draws.

A saving is what the first estimate has and the second has not. Of it, `physical` is what is not emitted: bids, servers,
travel, machines at work on generated content, data kept, and the power that the bytes add to networks. The rest is
`reattributed`: phones that were made and networks that run whatever is sent go to the account of what is seen instead.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import fsum
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from carbon_api.advice.changed import changed
from carbon_api.advice.lever import Proposal
from carbon_api.advice.marginal import marginal_network
from carbon_api.advice.situation import Situation, reread
from carbon_api.estimate.figures import figure
from carbon_api.estimate.run import Basis, outcome_of, total_draws
from carbon_api.estimate.uncertainty import Sample
from carbon_api.inventory.described import describe
from carbon_api.plan.model import Plan

PHYSICAL = ("selection", "data_centre", "production", "storage")
Draws = NDArray[np.float64]


class Split(NamedTuple):
    """kgCO2e of a saving that is not emitted and that moves to other accounts; `marginal_network` is the part of the
    networks in the first, None where the method tells no networks apart."""

    physical: float
    reattributed: float
    marginal_network: float | None


@dataclass(frozen=True, slots=True)
class Saving:
    """A proposal, the plan after it and its estimate at central values; `draws` of the saving where a range was asked
    for, `whole` those of the first estimate."""

    proposal: Proposal
    before: Situation
    after: Situation
    draws: Draws | None
    whole: Draws | None

    @property
    def central(self) -> float:
        """kgCO2e that the second estimate has not."""
        return self.before.outcome.breakdown.total - self.after.outcome.breakdown.total

    def shown(self) -> dict[str, Any]:
        """The saving, its share of the first total, and how sure it is."""
        return told(self.central, self.before.outcome.breakdown.total, self.draws, self.whole)


def told(central: float, total: float, draws: Draws | None, whole: Draws | None) -> dict[str, Any]:
    """A saving and its share of a total, with their ranges, and the share of the draws in which it saves anything."""
    share = None if draws is None or whole is None or not total else draws / whole
    return {
        "saving": figure(central, draws),
        "share_of_total": figure(central / total, share, "1") if total else None,
        "probability_saves": None if draws is None else float(np.mean(draws > 0)),
    }


def save(before: Situation, proposal: Proposal, *, ranged: bool = True) -> Saving:
    """The saving of a proposal. Raises PlanInvalid where the method cannot price the plan after it."""
    words = changed(before, proposal)
    plan = reread(before.plan, words)
    central = replace(plan, uncertainty=replace(plan.uncertainty, range=False))
    after = Situation(plan, words, outcome_of(central, before.basis))
    sample = before.outcome.sample if ranged else None
    draws = _draws(sample, plan, proposal, before.basis) if sample else None
    return Saving(proposal, before, after, draws, sample.total if sample else None)


def split(before: Situation, after: Situation, *, moves: bool = False) -> Split:
    """How much of what the second plan has less is not emitted, and how much moves to other accounts: all but bytes,
    where it `moves`."""
    one, other = before.outcome.breakdown, after.outcome.breakdown
    marginal = _marginal(before, after)
    kept = 0.0 if moves else one.of_stages(PHYSICAL) - other.of_stages(PHYSICAL)
    physical = kept + (marginal or 0.0)
    return Split(physical, one.total - other.total - physical, marginal)


def joint(splits: Sequence[Split], saving: float) -> Split:
    """The split of a saving [kgCO2e] made in steps, each with its own."""
    physical, marginals = fsum(one.physical for one in splits), [one.marginal_network for one in splits]
    known = [marginal for marginal in marginals if marginal is not None]
    return Split(physical, saving - physical, fsum(known) if len(known) == len(marginals) else None)


def _marginal(before: Situation, after: Situation) -> float | None:
    one, other = (marginal_network(describe(side.plan), side.basis) for side in (before, after))
    return None if one is None or other is None else one - other


def _draws(before: Sample, after: Plan, proposal: Proposal, basis: Basis) -> Draws:
    """The draws of the saving: of the lines that change or go alone, since the others draw the same in both plans."""
    lost = before.lines[sorted(proposal.touched)].sum(axis=0)
    stay = [index for index in range(len(before.lines)) if index not in proposal.gone]
    lines = tuple(line for index, line in zip(stay, after.lines, strict=True) if index in proposal.edits)
    return np.asarray(lost - total_draws(replace(after, lines=lines), basis) if lines else lost)
