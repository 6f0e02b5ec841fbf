"""Plan and book to inventory: lines spread over their cells, every value the caller's number or a row of the book."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from carbon_api.factor_book.book import Release
from carbon_api.inventory.activity import Activity, activities
from carbon_api.inventory.defaults import ACTIVITY_FIELDS, GRIDS, Defaults, Unpriced
from carbon_api.inventory.inputs import Ledger
from carbon_api.inventory.tables import Fault, Inventory, Needs, Note, Shape, Table
from carbon_api.inventory.templates import Profile, Profiles, capped
from carbon_api.plan.model import Delivered, Line, Plan


class Cell(NamedTuple):
    """Line x country x device."""

    codes: list[int]
    line: int
    country: str
    device: str


def build(plan: Plan, release: Release, needs: Mapping[str, Needs]) -> Inventory:
    """The flows of the plan: `needs` by activity (delivery, storage). What cannot be priced is among the faults."""
    builder = Builder(plan, release, needs)
    for index, line in enumerate(plan.lines):
        builder.add(index, line)
    return builder.inventory()


@lru_cache(64)
def _profiles(release: Release, needs: Needs) -> Profiles:
    return Profiles(Defaults(release, needs))


class Builder:
    """Collects the cells of a plan, shape by shape."""

    def __init__(self, plan: Plan, release: Release, needs: Mapping[str, Needs]) -> None:
        self.plan = plan
        self.ledger = Ledger(release)
        self.profiles = {activity: _profiles(release, need) for activity, need in needs.items()}
        self.cells: defaultdict[Shape, list[Cell]] = defaultdict(list)
        self.columns: dict[Shape, tuple[str, ...]] = {}
        self.faults: list[Fault] = []
        self.notes: dict[Note, None] = {}
        self.mixes: dict[tuple[str | None, date | None], dict[str | None, int]] = {}

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
        """The cells of an activity: a template a place, with the line's own values written in."""
        on, book = line.start or self.plan.start, self.profiles[activity.shape.activity]
        devices = self._devices(line, activity, on)
        covers = {device: self._coverage(activity, device, on) for device in devices}
        shared = activity.given | self._grid(line)
        known = {"country_share", "device_share", *shared, *next(iter(covers.values()))}
        profile = book.of(activity, frozenset(known))
        self.columns[profile.shape] = profile.columns
        own = [(profile.positions[name], code) for name, code in shared.items() if name in profile.positions]
        for device, device_code in devices.items():
            for country, share in line.country.items():
                template = profile.at((device, country, on))
                codes = list(template.codes)
                for position, code in own:
                    codes[position] = code
                places = {"country_share": self.ledger.exact(share, "given"), "device_share": device_code}
                self._write(codes, profile, places | covers[device] | capped(activity, profile, template, self.ledger))
                for note, detail in template.notes:
                    self.notes[Note(index, note, detail)] = None
                yield Cell(codes, index, country, device or "")

    def _write(self, codes: list[int], profile: Profile, values: dict[str, int]) -> None:
        for name, code in values.items():
            if name in profile.positions:
                codes[profile.positions[name]] = code

    def _grid(self, line: Line) -> dict[str, int]:
        if not line.grid_intensity:
            return {}
        return dict.fromkeys(GRIDS, self.ledger.quantity(line.grid_intensity, "grid_intensity"))

    def _devices(self, line: Line, activity: Activity, on: date | None) -> dict[str | None, int]:
        """The device split as codes: given, or the default mix."""
        if not isinstance(line, Delivered) or activity.shape.activity == "storage":
            return {None: self.ledger.exact(1.0)}
        if line.devices:
            return {device: self.ledger.exact(share, "given") for device, share in line.devices.items()}
        key = (line.platform, on)
        if key not in self.mixes:
            mix = self.profiles["delivery"].book.mix(activity.context, on)
            rows = tuple(mix.values())
            self.mixes[key] = {device: self.ledger.share_of_mix(row, rows) for device, row in mix.items()}
        return self.mixes[key]

    def _coverage(self, activity: Activity, device: str | None, on: date | None) -> dict[str, int]:
        """The share of the screen that the creative takes, where the line says enough to know it.

        A creative takes the whole width of the screen, in software pixels, and at most its height.
        """
        if activity.coverage == "full":
            return {"screen_coverage": self.ledger.exact(1.0)}
        book = self.profiles["delivery"].book
        if activity.coverage == "unknown" or device is None or not book.needs.screen:
            return {}
        known = {"device": device, "aspect": activity.context.aspect or ""}
        width, height = (book.number(book.needs.screen[side], known, on) for side in ("width", "height"))
        ratio = book.number("creative.{aspect}.height_per_width", known, on)
        return {"screen_coverage": self.ledger.exact(min(1.0, width * ratio / height))}


def _fault(index: int, missing: Unpriced) -> Fault:
    if missing.name in GRIDS:
        detail = (
            f"the method's source has no grid intensity for {missing.country}; give grid_intensity or another country"
        )
        return Fault(index, "country", "country-not-priced", detail, missing.valid_values)
    field = ACTIVITY_FIELDS.get(missing.name, missing.name)
    detail = f"no published value for {field} here; give it, or choose a value that the method can price"
    return Fault(index, field, "value-not-priced", detail, missing.valid_values)
