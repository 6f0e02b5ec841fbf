"""What an inventory is: tables of cells, one table per shape of activity."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from itertools import chain
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from carbon_api.factor_book.asked import Asked
from carbon_api.factor_book.book import Release
from carbon_api.factor_book.ecologits import Made
from carbon_api.factor_book.entry import Row
from carbon_api.inventory.inputs import Input, Ledger

Names = NDArray[np.object_]  # texts
Note = tuple[str, str]  # a code, and what it means
LATER = "factor-later-than-period"
GRID_OF_METHOD = "grid-of-the-method"
SHARES = frozenset({"country_share", "device_share"})
VOLUMES = frozenset({
    *("line_views", "line_plays", "line_watched", "line_volume", "line_duration", "line_outputs"),
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
    """How an activity (delivery, storage …) is described: the variant of each flow, its classes of rows."""

    activity: str
    bindings: tuple[tuple[str, str], ...]
    classes: tuple[str, ...] = ("all",)


@cache
def order_of(shape: Shape) -> str:
    """What tables are put in order by, whatever the order of the lines."""
    return repr(shape)


@dataclass(frozen=True, slots=True, eq=False)
class Needs:
    """What a method asks of the inventory.

    `leaves` names the values that its formulas need for a shape; `defaults` the factor patterns of each, tried in
    order; `grid` the id of its one grid source, `other_grid` that of another for the countries that it has no row of,
    and `own_grid` what a line's own intensity replaces it for, where not for all; `regions` the factor whose rows are
    the countries of each region; `mix` and `screen` the patterns of the device mix and of a device's screen; `devices`
    its names for a plan's devices; `context` what this reading of the method imposes; `outside` the reasons why it
    leaves lines out, by place of their context and word; `made` gives the rows that a package works out for a line,
    where its patterns name none; `asked` the places of patterns that must be filled where a country has rows that go by
    them.
    """

    leaves: Callable[[Shape], tuple[str, ...]]
    defaults: Mapping[str, tuple[str, ...]]
    grid: str
    other_grid: str = ""
    own_grid: str = ""
    regions: Mapping[str, str] = field(default_factory=dict)
    mix: tuple[str, ...] = ()
    screen: Mapping[str, str] = field(default_factory=dict)
    devices: Mapping[str, str] = field(default_factory=dict)
    context: Mapping[str, str] = field(default_factory=dict)
    outside: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    made: Callable[[Asked, Release], Made] | None = None
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
    country: Names
    device: Names


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
        country=np.concatenate([table.country for table in tables]),
        device=np.concatenate([table.device for table in tables]),
    )


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a line cannot be priced: the field, what is wrong with it, and what would do."""

    line: int
    field: str
    code: str
    reason: str
    advice: str
    valid_values: tuple[str, ...] = ()

    @property
    def detail(self) -> str:
        """What is wrong, and how to mend it."""
        return f"{self.reason}; {self.advice}"


class Use(NamedTuple):
    """A default: the field that it fills, and the place of its row in the release."""

    field: str
    row: int


class Noted(NamedTuple):
    """What a reader must know, by code and detail, and the rows that fill a field of the activity by default; each with
    the lines concerned."""

    notes: Mapping[Note, list[int]]
    uses: Mapping[Use, list[int]]


@dataclass(frozen=True)
class Inventory:
    """The flows of a plan.

    Codes count through the `ledgers`: what is shared, of which there are as many as `known` (other threads may add to
    it), the caller's own, capped times. `faults` are the lines left out, with the reason; `outside` the lines whose
    delivery the method's boundary leaves out, with its reason; `note` gathers what is said beside, if it is asked.
    """

    ledgers: tuple[Ledger, Ledger, Ledger]
    known: int
    tables: tuple[Table, ...]
    faults: tuple[Fault, ...]
    outside: Mapping[int, str]
    note: Callable[[], Noted]

    @cached_property
    def inputs(self) -> tuple[Input, ...]:
        """Every input, by code."""
        first, *others = (ledger.inputs for ledger in self.ledgers)
        return (*first[: self.known], *chain.from_iterable(others))

    def input(self, code: int) -> Input:
        """The input of a code, without gathering them all."""
        first, own, capped = (ledger.inputs for ledger in self.ledgers)
        if code < self.known:
            return first[code]
        place = code - self.known
        return own[place] if place < len(own) else capped[place - len(own)]

    @cached_property
    def values(self) -> NDArray[np.float64]:
        """The central value of every input, by code."""
        first, *others = (ledger.values() for ledger in self.ledgers)
        return np.concatenate([first[: self.known], *others])

    @cached_property
    def defaults(self) -> NDArray[np.bool_]:
        """Whether each input is a default, by code."""
        first, *others = (ledger.defaults() for ledger in self.ledgers)
        return np.concatenate([first[: self.known], *others])

    @cached_property
    def noted(self) -> Noted:
        """What is said beside."""
        return self.note()

    def rows(self) -> list[Row]:
        """The rows of the release that some cell rests on, each once and in order; not those a package gives beside."""
        used = np.zeros(len(self.values), dtype=bool)
        for table in self.tables:
            used[table.codes] = True
        used[self.known : self.known + len(self.ledgers[1].inputs)] = False  # the caller's own rest on none
        found = {row.index: row for code in np.flatnonzero(used).tolist() for row in self.input(code).rows}
        return [found[index] for index in sorted(found) if index >= 0]
