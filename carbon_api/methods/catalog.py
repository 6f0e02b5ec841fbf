"""Every method by its id, and what a reader needs to redo its arithmetic by hand."""

from collections.abc import Mapping
from types import MappingProxyType

from carbon_api.errors import NotFound
from carbon_api.methods import flows, networks, one_byte, scope3, shipping, sri, storage, swd3, swd4, travel
from carbon_api.methods.graph import Graph
from carbon_api.methods.method import Method

METHODS: Mapping[str, Method] = MappingProxyType({
    **{module.CARD.id: Method(module.CARD, Graph.of(flows, networks, module)) for module in (scope3, sri)},
    **{module.CARD.id: Method(module.CARD, Graph.of(flows, module)) for module in (swd4, swd3, one_byte)},
})  # fmt: skip
DEFAULT = scope3.CARD.id

# What every media method prices alike, by activity.
SHARED: Mapping[str, Method] = MappingProxyType({
    module.CARD.id: Method(module.CARD, Graph.of(module)) for module in (storage, travel, shipping)
})  # fmt: skip
ACTIVITIES = ("delivery", *SHARED)


def method(id: str | None) -> Method:
    """The media method of that id; the default one when none is named. Raises NotFound with the valid ids."""
    name = id or DEFAULT
    if name not in METHODS:
        raise NotFound(f"there is no method {name!r}; the methods are {', '.join(METHODS)}")
    return METHODS[name]
