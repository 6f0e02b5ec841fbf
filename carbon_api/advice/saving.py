"""What a change saves: the model run again on the changed plan, line by line in the same draws.

A saving is what the first estimate has and the second has not. Of it, `physical` is what is not emitted: bids, servers,
travel, machines at work on generated content, data kept, and the power that the bytes add to networks. The rest is
`reattributed`: phones that were made and networks that run whatever is sent go to the account of what is seen instead.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain
from math import fsum
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from carbon_api.advice.changed import changed, kept
from carbon_api.advice.lever import Proposal
from carbon_api.advice.marginal import marginal_network
from carbon_api.advice.situation import Situation, reread
from carbon_api.estimate.again import outcome_again
from carbon_api.estimate.figures import figure
from carbon_api.estimate.run import total_draws
from carbon_api.estimate.uncertainty import Sample
from carbon_api.plan.model import Plan

PHYSICAL = ("selection", "data_centre", "production", "storage")
Draws = NDArray[np.float64]


class Split(NamedTuple):
    """kgCO2e of a saving that is not emitted and that moves to other accounts; `marginal_network` is the part of the
    networks in the first, None where the method tells no networks apart."""

    physical: float
    reattributed: float
    marginal_network: float | None


@dataclass(frozen=True)
class Saving:
    """A proposal, the plan after it and its estimate at central values; `draws` of the saving where a range was asked
    for, `whole` those of the first estimate. What asks only of the lines that change prices those alone: lines add up.
    """

    proposal: Proposal
    before: Situation
    after: Situation
    draws: Draws | None
    whole: Draws | None

    @property
    def central(self) -> float:
        """kgCO2e that the second estimate has not."""
        return self.before.outcome.breakdown.total - self.after.outcome.breakdown.total

    @cached_property
    def places(self) -> list[int]:
        """Where the lines that change stand before."""
        return sorted(self.proposal.edits.keys() - self.proposal.gone)

    @cached_property
    def places_after(self) -> list[int]:
        """Where the same lines stand after."""
        gone = sorted(self.proposal.gone)
        return [place - bisect_left(gone, place) for place in self.places]

    @property
    def rewritten(self) -> Plan:
        """The plan after, of the lines that change alone."""
        return replace(self.after.plan, lines=tuple(self.after.plan.lines[place] for place in self.places_after))

    @cached_property
    def probability(self) -> float | None:
        """The share of the draws in which it saves anything; None without a range."""
        return None if self.draws is None else float(np.mean(self.draws > 0))

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
    stays = kept(before, proposal)
    plan = reread(before.plan, words, stays)
    after = Situation(plan, words, outcome_again(before.outcome, plan, stays))
    sample, saving = before.outcome.sample if ranged else None, Saving(proposal, before, after, None, None)
    return replace(saving, draws=_draws(sample, saving), whole=sample.total) if sample else saving


def split(saving: Saving, *, moves: bool = False) -> Split:
    """How much of a saving is not emitted, and how much moves to other accounts: all but bytes, where it `moves`."""
    one, other = saving.before.outcome.breakdown, saving.after.outcome.breakdown
    marginal = _marginal(saving)
    kept = 0.0 if moves else one.of_stages(PHYSICAL) - other.of_stages(PHYSICAL)
    physical = kept + (marginal or 0.0)
    return Split(physical, saving.central - physical, marginal)


def joint(splits: Sequence[Split], saving: float) -> Split:
    """The split of a saving [kgCO2e] made in steps, each with its own."""
    physical, marginals = fsum(one.physical for one in splits), [one.marginal_network for one in splits]
    known = [marginal for marginal in marginals if marginal is not None]
    return Split(physical, saving - physical, fsum(known) if known and len(known) == len(marginals) else None)


def _marginal(saving: Saving) -> float | None:
    """What the power of networks falls by: the cells of the lines that change are priced again, the others stay."""
    before = saving.before
    cells = before.kept("marginal network", lambda: marginal_network(before.plan, before.basis))
    changed = marginal_network(saving.rewritten, before.basis)
    if cells is None or changed is None:
        return None
    touched = saving.proposal.touched
    stay = (value for line, value in cells if line not in touched)
    return fsum(value for _, value in cells) - fsum(chain(stay, (value for _, value in changed)))


def _draws(before: Sample, saving: Saving) -> Draws:
    """The draws of the saving: of the lines that change or go alone, since the others draw the same in both plans."""
    lost = before.lines[sorted(saving.proposal.touched)].sum(axis=0)
    return np.asarray(lost - total_draws(saving.rewritten, saving.before.basis) if saving.places else lost)
