"""Plan and book to inventory: lines spread over their cells, every value the caller's number or a row of the book."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

import numpy as np

from carbon_api.factor_book.book import Release
from carbon_api.inventory.activity import Activity, activities
from carbon_api.inventory.defaults import ACTIVITY_FIELDS, GRIDS, Context, Defaults, Filled, Unpriced
from carbon_api.inventory.inputs import Ledger
from carbon_api.inventory.tables import Fault, Inventory, Needs, Note, Shape, Table
from carbon_api.plan.model import Delivered, Line, Plan


class Cell(NamedTuple):
    """Line x country x device."""

    codes: list[int]
    line: int
    country: str
    device: str


def build(plan: Plan, release: Release, needs: dict[str, Needs]) -> Inventory:
    """The flows of the plan: `needs` by activity (delivery, storage). What cannot be priced is among the faults."""
    builder = Builder(plan, release, needs)
    for index, line in enumerate(plan.lines):
        builder.add(index, line)
    return builder.inventory()


class Builder:
    """Collects the cells of a plan, shape by shape."""

    def __init__(self, plan: Plan, release: Release, needs: dict[str, Needs]) -> None:
        self.plan = plan
        self.ledger = Ledger()
        self.defaults = {activity: Defaults(release, need) for activity, need in needs.items()}
        self.cells: defaultdict[Shape, list[Cell]] = defaultdict(list)
        self.faults: list[Fault] = []
        self.notes: dict[Note, None] = {}
        self.columns: dict[Shape, tuple[str, ...]] = {}
        self.templates: dict[tuple[object, ...], tuple[list[int], tuple[tuple[str, str], ...]]] = {}
        self.mixes: dict[tuple[object, ...], dict[str | None, int]] = {}

    def add(self, index: int, line: Line) -> None:
        """Adds the cells of one line, or the fault that keeps it out."""
        try:
            cells = [
                (activity.shape, cell)
                for activity in activities(line, self.ledger)
                for cell in self._spread(index, line, activity)
            ]
        except Unpriced as missing:
            self.faults.append(_fault(index, missing))
            return
        for shape, cell in cells:
            self.cells[shape].append(cell)

    def inventory(self) -> Inventory:
        """The tables of everything added."""
        return Inventory(
            inputs=tuple(self.ledger.inputs),
            values=self.ledger.values(),
            tables=tuple(self._table(shape, cells) for shape, cells in self.cells.items()),
            faults=tuple(self.faults),
            notes=tuple(self.notes),
        )

    def _table(self, shape: Shape, cells: list[Cell]) -> Table:
        codes, lines, countries, devices = zip(*cells, strict=True)
        return Table(
            shape=shape,
            columns=self.columns[shape],
            codes=np.array(codes, dtype=np.intp),
            line=np.array(lines, dtype=np.intp),
            country=countries,
            device=devices,
        )

    def _spread(self, index: int, line: Line, activity: Activity) -> Iterator[Cell]:
        on = line.start or self.plan.start
        grid = self._grid(line)
        positions = {name: place for place, name in enumerate(self._columns(activity.shape))}
        given = {name: code for name, code in (activity.given | grid).items() if name in positions}
        for device, device_code in self._devices(line, activity.context, on).items():
            cover = self._coverage(activity, device, on) if "screen_coverage" in positions else {}
            for country, share in line.country.items():
                own = given | cover | {"country_share": self.ledger.exact(share, "given"), "device_share": device_code}
                codes = list(self._template(index, activity, tuple(own), (device, country, on)))
                for name, code in own.items():
                    if name in positions:
                        codes[positions[name]] = code
                yield Cell(codes, index, country, device or "")

    def _columns(self, shape: Shape) -> tuple[str, ...]:
        if shape not in self.columns:
            self.columns[shape] = self.defaults[shape.activity].needs.leaves(shape)
        return self.columns[shape]

    def _grid(self, line: Line) -> dict[str, int]:
        if not line.grid_intensity:
            return {}
        code = self.ledger.quantity(line.grid_intensity, "grid_intensity")
        return dict.fromkeys(GRIDS, code)

    def _devices(self, line: Line, context: Context, on: date | None) -> dict[str | None, int]:
        """The device split as codes: given, or the default mix."""
        if not isinstance(line, Delivered):
            return {None: self.ledger.exact(1.0)}
        if line.devices:
            return {device: self.ledger.exact(share, "given") for device, share in line.devices.items()}
        key = (context.platform, on)
        if key not in self.mixes:
            mix = self.defaults["delivery"].mix(context, on)
            rows = tuple(mix.values())
            self.mixes[key] = {device: self.ledger.share_of_mix(row, rows) for device, row in mix.items()}
        return self.mixes[key]

    def _coverage(self, activity: Activity, device: str | None, on: date | None) -> dict[str, int]:
        """The share of the screen that the creative takes, where the line says enough to know it.

        A creative takes the whole width of the screen, in software pixels, and at most its height.
        """
        if activity.coverage == "full":
            return {"screen_coverage": self.ledger.exact(1.0)}
        if activity.coverage == "unknown" or device is None:
            return {}
        book = self.defaults["delivery"]
        known = {"device": device, "aspect": activity.context.aspect or ""}
        width, height = (book.number(book.needs.screen[side], known, on) for side in ("width", "height"))
        ratio = book.number("creative.{aspect}.height_per_width", known, on)
        return {"screen_coverage": self.ledger.exact(min(1.0, width * ratio / height))}

    def _template(
        self, index: int, activity: Activity, given: tuple[str, ...], place: tuple[str | None, str, date | None]
    ) -> list[int]:
        """The codes of all that the line leaves open at a place; lines that leave the same open share them."""
        key = (activity.shape, activity.context, activity.longest_time, given, place)
        if key not in self.templates:
            self.templates[key] = self._fill(activity, frozenset(given), place)
        codes, notes = self.templates[key]
        for code, detail in notes:
            self.notes[Note(index, code, detail)] = None
        return codes

    def _fill(
        self, activity: Activity, given: frozenset[str], place: tuple[str | None, str, date | None]
    ) -> tuple[list[int], tuple[tuple[str, str], ...]]:
        codes: list[int] = []
        notes: list[tuple[str, str]] = []
        for name in self._columns(activity.shape):
            if name in given:
                codes.append(-1)
                continue
            filled = self.defaults[activity.shape.activity].fill(name, activity.context, place)
            codes.append(self._code(name, filled, activity.longest_time))
            notes += _notes(filled)
        return codes, tuple(notes)

    def _code(self, name: str, filled: Filled, longest_time: float | None) -> int:
        """A default time is never longer than the creative."""
        if name == "time_per_view" and longest_time is not None and longest_time <= filled.row.value:
            return self.ledger.exact(longest_time)
        return self.ledger.factor(filled.row, filled.status)


def _notes(filled: Filled) -> Iterator[tuple[str, str]]:
    row = filled.row
    if row.warning:
        yield row.warning, f"{row.id}: {row.note}"
    if filled.earliest:
        yield "factor-later-than-period", f"{row.id} ({row.country}) is first published for {row.valid_from}"


def _fault(index: int, missing: Unpriced) -> Fault:
    if missing.name in GRIDS:
        detail = (
            f"the method's source has no grid intensity for {missing.country}; give grid_intensity or another country"
        )
        return Fault(index, "country", "country-not-priced", detail, missing.valid_values)
    field = ACTIVITY_FIELDS.get(missing.name, missing.name)
    detail = f"no published value for {field} here; give it, or choose a value that the method can price"
    return Fault(index, field, "value-not-priced", detail, missing.valid_values)
