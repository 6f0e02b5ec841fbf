"""The marginal power of networks on a plan: what its bytes add to a base load that runs whatever is sent."""

from dataclasses import replace
from functools import cache
from math import fsum

from carbon_api.estimate.pricing import needs_of, price
from carbon_api.estimate.run import Basis
from carbon_api.inventory.build import build
from carbon_api.inventory.described import Description
from carbon_api.methods import flows, payload
from carbon_api.methods import marginal as formulas
from carbon_api.methods.graph import Graph
from carbon_api.methods.method import Method, Stage

TOLD_APART = "mobile_share"


def marginal_network(description: Description, basis: Basis) -> float | None:
    """kgCO2e of the marginal power of the lines that the method prices; None where it tells no networks apart."""
    method = _marginal(basis.method)
    if method is None:
        return None
    inventory = build(description, basis.release, needs_of(method))
    return fsum(
        value
        for one in price(inventory, method)
        if one.table.shape.activity == "delivery"
        for value in one.terms.sum(axis=0).tolist()
    )


@cache
def _marginal(method: Method) -> Method | None:
    """The marginal formulas on the flows, defaults and grid of a method."""
    card = method.card
    if TOLD_APART not in card.defaults:
        return None
    stages = (Stage("network", "use", "marginal_use"),)
    defaults = {**card.defaults, **formulas.DEFAULTS}
    return Method(replace(card, stages=stages, energy=(), defaults=defaults), Graph.of(flows, payload, formulas))
