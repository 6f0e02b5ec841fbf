"""What an inventory is: tables of cells, one table per shape of activity."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from carbon_api.inventory.inputs import Input

Note = tuple[str, str]  # a code, and what it means
LATER = "factor-later-than-period"
SHARES = frozenset({"country_share", "device_share"})
VOLUMES = frozenset({
    *("line_views", "line_plays", "line_watched", "line_volume", "line_duration"),
    *("line_people", "line_vehicles", "line_nights", "line_parcels"),
})  # fmt: skip


def scales(columns: Sequence[str]) -> frozenset[str]:
    """The columns that a footprint is in proportion to: rows that differ in them alone are one row, scaled.

    Where a table counts two volumes (views for the bytes, hours watched for the screen), some stages follow one and
    some the other, so neither scales a row.
    """
    counted = VOLUMES.intersection(columns)
    return SHARES | counted if len(counted) == 1 else SHARES


@dataclass(frozen=True, slots=True)
class Shape:
    """How an activity is described: delivery, storage …, the variant of each flow that applies, its classes of rows."""

    activity: str
    bindings: tuple[tuple[str, str], ...]
    classes: tuple[str, ...] = ("all",)


@dataclass(frozen=True, slots=True, eq=False)
class Needs:
    """What a method asks of the inventory.

    `leaves` names the values that its formulas need for a shape; `defaults` the factor patterns of each, tried in
    order; `grid` the id of its one grid source; `mix` and `screen` the patterns of the device mix and of a device's
    screen; `context` what this reading of the method imposes; `asked` the places of patterns that must be filled where
    a country has rows that go by them.
    """

    leaves: Callable[[Shape], tuple[str, ...]]
    defaults: Mapping[str, tuple[str, ...]]
    grid: str
    mix: tuple[str, ...] = ()
    screen: Mapping[str, str] = field(default_factory=dict)
    context: Mapping[str, str] = field(default_factory=dict)
    asked: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """The cells of one shape. `codes` is rows x columns into the inventory's inputs; `line`, `country` are per row.

    The rows of one activity of a line stand together, from its place in `starts`.
    """

    shape: Shape
    columns: tuple[str, ...]
    codes: NDArray[np.intp]
    line: NDArray[np.intp]
    starts: NDArray[np.intp]
    country: Sequence[str]
    device: Sequence[str]


def merged(tables: Sequence[Table]) -> Table:
    """One table of the rows of several of the same shape."""
    first, *others = tables
    if not others:
        return first
    rows = np.cumsum([0, *(len(table.codes) for table in tables[:-1])]).tolist()
    return Table(
        shape=first.shape,
        columns=first.columns,
        codes=np.concatenate([table.codes for table in tables]),
        line=np.concatenate([table.line for table in tables]),
        starts=np.concatenate([table.starts + before for table, before in zip(tables, rows, strict=True)]),
        country=[name for table in tables for name in table.country],
        device=[name for table in tables for name in table.device],
    )


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a line cannot be priced: the field, what is wrong with it, and what would do."""

    line: int
    field: str
    code: str
    detail: str
    valid_values: tuple[str, ...] = ()


class Use(NamedTuple):
    """A default: the field that it fills, and the place of its row in the release."""

    field: str
    row: int


@dataclass(frozen=True, slots=True)
class Inventory:
    """The flows of a plan. `values` are central and `defaults` tell the defaults, by code; `faults` are the lines left
    out, with the reason; `notes` are what a reader must know, by code and detail, with the lines concerned; `uses` are
    the rows that fill a field of the activity by default, with their lines."""

    inputs: tuple[Input, ...]
    values: NDArray[np.float64]
    defaults: NDArray[np.bool_]
    tables: tuple[Table, ...]
    faults: tuple[Fault, ...]
    notes: Mapping[Note, list[int]]
    uses: Mapping[Use, list[int]]
