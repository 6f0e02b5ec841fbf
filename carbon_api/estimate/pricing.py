"""Inventory and method to kgCO2e: each table's stages at central values."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property, partial

import numpy as np
from numpy.typing import NDArray

from carbon_api.inventory.defaults import ACTIVITY_FIELDS
from carbon_api.inventory.tables import Inventory, Needs, Shape, Table
from carbon_api.methods.catalog import SHARED
from carbon_api.methods.graph import Graph
from carbon_api.methods.method import Method, Reading, Stage

Column = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Bound:
    """A method bound to one shape of activity: the stages it prices there, and the flows worth keeping."""

    graph: Graph
    stages: tuple[Stage, ...]
    energy: tuple[str, ...]
    tracked: tuple[str, ...]

    @cached_property
    def targets(self) -> tuple[str, ...]:
        """Every name the graph is asked for."""
        return (*(stage.target for stage in self.stages), *self.energy, *self.tracked)


@cache
def bound(method: Method, shape: Shape) -> Bound:
    """The method for a shape: variants chosen, stages of the shape's classes of rows kept."""
    own = SHARED.get(shape.activity, method)
    tracked = ("screen_time", "views") if "ads" in shape.classes else ("screen_time",)
    return Bound(
        graph=own.graph.bind(**{name: variant for name, variant in shape.bindings if variant in own.graph.functions}),
        stages=tuple(stage for stage in own.card.stages if stage.rows in shape.classes),
        energy=tuple(term.target for term in own.card.energy if term.rows in shape.classes),
        tracked=tracked if shape.activity == "delivery" else (),
    )


@cache
def leaves(method: Method, shape: Shape) -> tuple[str, ...]:
    """The values that the method needs for a shape."""
    terms = bound(method, shape)
    return terms.graph.leaves(terms.targets)


@cache
def assumable(method: Method, shape: Shape) -> tuple[tuple[int, ...], ...]:
    """For each stage, the columns that describe the activity, where a default is an assumption about the plan."""
    terms, columns = bound(method, shape), leaves(method, shape)
    return tuple(
        tuple(columns.index(name) for name in terms.graph.leaves((stage.target,)) if name in ACTIVITY_FIELDS)
        for stage in terms.stages
    )


@cache
def needs_of(method: Method, reading: Reading | None = None) -> Mapping[str, Needs]:
    """What a method asks of the inventory, by activity; what is shared takes the grid of the method beside it, where
    that has the country."""
    card, context = method.card, reading.context if reading else {}
    delivery = Needs(
        leaves=partial(leaves, method),
        defaults=card.defaults,
        grid=card.grid,
        own_grid=card.own_grid,
        regions=card.regions,
        mix=card.mix,
        screen=card.screen,
        devices={**card.devices, **(reading.devices if reading else {})},
        context=context,
        outside=card.outside,
    )
    shared = {
        name: Needs(
            partial(leaves, method),
            one.card.defaults,
            card.grid,
            other_grid=card.storage_grid,
            regions=card.regions,
            context=context,
            asked=one.card.asked,
            made=one.card.made,
        )
        for name, one in SHARED.items()
    }
    return {"delivery": delivery, **shared}


@cache
def needs_as(method: Method, model: Method) -> Mapping[str, Needs]:
    """What a method asks of the inventory, with another's defaults for what describes the activity."""
    needs, theirs = needs_of(method), model.card
    own = needs["delivery"]
    taken = {name: ids for name, ids in theirs.defaults.items() if name in own.defaults and name in ACTIVITY_FIELDS}
    delivery = replace(own, defaults={**own.defaults, **taken}, mix=theirs.mix if own.mix else ())
    return {**needs, "delivery": delivery}


@dataclass(frozen=True, slots=True, eq=False)
class Priced:
    """A table with every value behind its stages, one column each: `terms` is stages x rows, kgCO2e."""

    table: Table
    bound: Bound
    terms: Column
    run: Mapping[str, Column]


def price(inventory: Inventory, method: Method) -> tuple[Priced, ...]:
    """Every table of the inventory at central values."""
    return tuple(_price(table, inventory.values, bound(method, table.shape)) for table in inventory.tables)


def _price(table: Table, values: Column, terms: Bound) -> Priced:
    cells = values[table.codes.T]
    run = _run(terms, table.columns, cells) if len(table.codes) > 1 else _run_row(terms, table.columns, cells)
    return Priced(table, terms, np.array([run[stage.target] for stage in terms.stages]), run)


def _run(terms: Bound, columns: tuple[str, ...], cells: Column) -> Mapping[str, Column]:
    """Every value behind the stages, as columns."""
    return terms.graph.run(terms.targets, dict(zip(columns, cells, strict=True)))


def _run_row(terms: Bound, columns: tuple[str, ...], cells: Column) -> Mapping[str, Column]:
    """The same of one row: floats, which numpy would take ten times as long for."""
    run = terms.graph.run(terms.targets, dict(zip(columns, cells[:, 0].tolist(), strict=True)))
    return dict(zip(run, np.array([*run.values()])[:, None], strict=True))
