"""An estimate made again after its plan changed: the lines that changed are priced, the others carried over.

Methods are linear in the flows, so lines add up: the sums are those of the whole changed plan, to the bit.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from carbon_api.estimate.answer import Made, Outcome
from carbon_api.estimate.breakdown import KEYS, Breakdown, break_down
from carbon_api.estimate.pricing import needs_of, price
from carbon_api.estimate.run import Basis, outcome_of, refuse_faults
from carbon_api.inventory.build import build
from carbon_api.inventory.described import describe
from carbon_api.inventory.tables import Inventory
from carbon_api.plan.model import Plan

Stays = Sequence[int | None]  # for each line, its place in the plan before; None where it changed


def outcome_again(before: Outcome, plan: Plan, stays: Stays) -> Outcome:
    """The estimate of a changed plan at central values. Raises PlanInvalid when the method cannot price a line."""
    central = replace(plan, uncertainty=replace(plan.uncertainty, range=False))
    basis = Basis(before.release, before.method)
    fresh = [place for place, stood in enumerate(stays) if stood is None]
    part = _built(replace(central, lines=tuple(plan.lines[place] for place in fresh)), basis)
    refuse_faults([replace(fault, line=fresh[fault.line]) for fault in part.faults], plan)
    own = break_down(price(part, basis.method), len(fresh))
    breakdown = _carried(before.breakdown, own, stays)
    if not breakdown.priced.any():
        return outcome_of(central, basis)
    carried = ((place, before.outside.get(stood)) for place, stood in enumerate(stays) if stood is not None)
    outside = {place: reason for place, reason in carried if reason}
    outside |= {fresh[line]: reason for line, reason in part.outside.items()}
    return Outcome(central, basis.release, basis.method, breakdown, outside, lambda: _made(central, basis), None)


def _built(plan: Plan, basis: Basis) -> Inventory:
    return build(describe(plan), basis.release, needs_of(basis.method))


def _made(plan: Plan, basis: Basis) -> Made:
    """The flows of all the lines."""
    inventory = _built(plan, basis)
    return Made(inventory, price(inventory, basis.method))


def _carried(before: Breakdown, own: Breakdown, stays: Stays) -> Breakdown:
    """The sums of the lines that stay, and of those that changed."""
    terms = np.zeros((len(stays), len(KEYS)))
    priced = np.zeros(terms.shape, dtype=bool)
    changed = np.array([stood is None for stood in stays])
    stood = [place for place in stays if place is not None]
    terms[~changed], priced[~changed] = before.terms[stood], before.priced[stood]
    terms[changed], priced[changed] = own.terms, own.priced
    return Breakdown(terms, priced)
