"""What a change saves: the model run again on the changed plan, line by line in the same draws.

A saving is what the first estimate has and the second has not. Of it, `physical` is what is not emitted: bids, servers,
travel, machines at work on generated content, data kept, and the power that the bytes add to networks. The rest is
`reattributed`: phones that were made and networks that run whatever is sent go to the account of what is seen instead.
"""

from dataclasses import dataclass, replace
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

    @property
    def probability(self) -> float | None:
        """The share of the draws in which it saves anything."""
        return None if self.draws is None else float(np.mean(self.draws > 0))

    def shown(self) -> dict[str, Any]:
        """The saving, and its share of the first total, with their ranges."""
        total, whole = self.before.outcome.breakdown.total, self.whole
        share = None if self.draws is None or whole is None else self.draws / whole
        return {
            "saving": figure(self.central, self.draws),
            "share_of_total": figure(self.central / total, share, "1") if total else None,
            "probability_saves": self.probability,
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


def split(saving: Saving, *, moves: bool = False) -> Split:
    """How much of a saving is not emitted, and how much moves to other accounts: all but bytes, where it `moves`."""
    one, other = (situation.outcome for situation in (saving.before, saving.after))
    marginal = _marginal(saving)
    kept = 0.0 if moves else one.breakdown.of_stages(PHYSICAL) - other.breakdown.of_stages(PHYSICAL)
    physical = kept + (marginal or 0.0)
    return Split(physical, saving.central - physical, marginal)


def _marginal(saving: Saving) -> float | None:
    one, other = (marginal_network(describe(side.plan), side.basis) for side in (saving.before, saving.after))
    return None if one is None or other is None else one - other


def _draws(before: Sample, after: Plan, proposal: Proposal, basis: Basis) -> Draws:
    """The draws of the saving: of the lines that change or go alone, since the others draw the same in both plans."""
    lost = before.lines[sorted(proposal.touched)].sum(axis=0)
    stay = [index for index in range(len(before.lines)) if index not in proposal.gone]
    lines = tuple(line for index, line in zip(stay, after.lines, strict=True) if index in proposal.edits)
    return np.asarray(lost - total_draws(replace(after, lines=lines), basis) if lines else lost)
