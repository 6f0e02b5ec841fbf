"""The marginal power of networks on a plan: what its bytes add to a base load that runs whatever is sent."""

from dataclasses import replace
from functools import cache

from carbon_api.estimate.pricing import needs_of, price
from carbon_api.estimate.run import Basis
from carbon_api.inventory.build import build
from carbon_api.inventory.described import describe
from carbon_api.methods import flows, payload
from carbon_api.methods import marginal as formulas
from carbon_api.methods.graph import Graph
from carbon_api.methods.method import Method, Stage
from carbon_api.plan.model import Plan

TOLD_APART = "mobile_share"


def marginal_network(plan: Plan, basis: Basis) -> list[tuple[int, float]] | None:
    """kgCO2e of the marginal power of each cell of the lines that the method prices, after the place of its line; None
    where the method tells no networks apart."""
    method = _marginal(basis.method)
    if method is None:
        return None
    inventory = build(describe(plan), basis.release, needs_of(method))
    return [
        cell
        for one in price(inventory, method)
        if one.table.shape.activity == "delivery"
        for cell in zip(one.table.line.tolist(), one.terms.sum(axis=0).tolist(), strict=True)
    ]


@cache
def _marginal(method: Method) -> Method | None:
    """The marginal formulas on the flows, defaults and grid of a method."""
    card = method.card
    if TOLD_APART not in card.defaults:
        return None
    stages = (Stage("network", "use", "marginal_use"),)
    defaults = {**card.defaults, **formulas.DEFAULTS}
    return Method(replace(card, stages=stages, energy=(), defaults=defaults), Graph.of(flows, payload, formulas))
