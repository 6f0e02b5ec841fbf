"""Every method by its id, and what a reader needs to redo its arithmetic by hand."""

from collections.abc import Mapping
from types import MappingProxyType

from carbon_api.errors import NotFound
from carbon_api.methods import (
    ademe,
    ai,
    flows,
    greenspector,
    networks,
    one_byte,
    payload,
    scope3,
    shipping,
    sri,
    storage,
    swd,
    swd3,
    swd4,
    terminals,
    travel,
)
from carbon_api.methods.graph import Graph
from carbon_api.methods.method import Method

METHODS: Mapping[str, Method] = MappingProxyType({
    scope3.CARD.id: Method(scope3.CARD, Graph.of(flows, payload, networks, scope3)),
    sri.CARD.id: Method(sri.CARD, Graph.of(flows, payload, networks, sri, terminals)),
    ademe.CARD.id: Method(ademe.CARD, Graph.of(flows, payload, terminals, ademe)),
    **{module.CARD.id: Method(module.CARD, Graph.of(flows, payload, swd, module)) for module in (swd4, swd3)},
    one_byte.CARD.id: Method(one_byte.CARD, Graph.of(flows, payload, one_byte)),
    greenspector.CARD.id: Method(greenspector.CARD, Graph.of(flows, greenspector)),
})  # fmt: skip
DEFAULT = scope3.CARD.id

# What every media method prices alike, by activity.
SHARED: Mapping[str, Method] = MappingProxyType({
    activity: Method(module.CARD, Graph.of(module))
    for activity, module in (("storage", storage), ("compute", ai), ("travel", travel), ("shipping", shipping))
})  # fmt: skip
ACTIVITIES = ("delivery", *SHARED)


def method(id: str | None) -> Method:
    """The media method of that id; the default one when none is named. Raises NotFound with the valid ids."""
    name = id or DEFAULT
    if name not in METHODS:
        raise NotFound(f"there is no method {name!r}; the methods are {', '.join(METHODS)}")
    return METHODS[name]
