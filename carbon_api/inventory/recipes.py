"""What a release and a method make of a description, worked out once and kept for every plan.

A layout is the columns of lines that leave the same things open. A recipe is an activity in its places (countries,
devices, date): the rows of codes of everything that its lines leave open, one a cell.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from threading import Lock
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from carbon_api.factor_book.asked import NotPriced
from carbon_api.factor_book.book import Release
from carbon_api.inventory.activity import Activity
from carbon_api.inventory.defaults import ACTIVITY_FIELDS, Context, Defaults, Filled, OutOfBoundary, Unpriced
from carbon_api.inventory.described import Described
from carbon_api.inventory.inputs import OPEN, Input, Ledger, code_of, of_rows
from carbon_api.inventory.tables import LATER, Names, Needs, Note, Shape, Use

MOST_ROWS = 50_000
Refusal = Unpriced | NotPriced | OutOfBoundary
REFUSALS = (Unpriced, NotPriced, OutOfBoundary)


class Recipe(NamedTuple):
    """`rows` are places in the layout, one a cell; `default_time` is the book's time on screen, where it is used."""

    layout: "Layout"
    rows: range
    notes: tuple[Note, ...]
    uses: tuple[Use, ...]
    default_time: Input | None


class Cells(NamedTuple):
    """Cells by row: their codes (rows x columns), the country and the device of each."""

    codes: NDArray[np.intp]
    countries: Names
    devices: Names

    @classmethod
    def of(cls, cells: Sequence[tuple[tuple[int, ...], str, str]], columns: int) -> "Cells":
        """The same, each apart."""
        codes = np.array([row for row, _, _ in cells], dtype=np.intp).reshape(len(cells), columns)
        countries, devices = (np.array([cell[place] for cell in cells], dtype=object) for place in (1, 2))
        return cls(codes, countries, devices)


class Layout:
    """The columns of some lines, and the rows of codes known for them; OPEN where a line gives the value: its own
    numbers at `given` fill the columns at `own`."""

    def __init__(self, activity: Activity, columns: tuple[str, ...]) -> None:
        self.shape: Shape = activity.shape
        self.columns = columns
        self.positions = {name: place for place, name in enumerate(columns)}
        own = [
            (place, self.positions[give.name])
            for place, give in enumerate(activity.gives)
            if give.read and give.name in self.positions
        ]
        self.given = [place for place, _ in own]
        self.own = [position for _, position in own]
        self.size = 0
        self._cells: list[tuple[tuple[int, ...], str, str]] = []
        self._kept = Cells.of([], len(columns))

    def add(self, row: tuple[int, ...], country: str, device: str) -> None:
        """Adds the codes of one cell, of a country and a device."""
        self._cells.append((row, country, device))
        self.size += 1

    @property
    def cells(self) -> "Cells":
        """All that were added."""
        kept = self._kept
        if len(kept.codes) != self.size:
            kept = self._kept = Cells.of(list(self._cells), len(self.columns))  # threads add to it
        return kept


class Recipes:
    """The recipes met so far under one release and one reading of a method."""

    def __init__(self, release: Release, needs: Mapping[str, Needs]) -> None:
        self._books = {activity: Defaults(release, need) for activity, need in needs.items()}
        self.ledger = Ledger(of_rows(release.rows))
        self._layouts: dict[object, Layout] = {}
        self._recipes: dict[Described, Recipe | Refusal] = {}
        self._cells = 0
        self._making = Lock()

    @property
    def is_full(self) -> bool:
        """Whether so many cells are kept that it is time to start anew."""
        return self._cells >= MOST_ROWS

    def of(self, said: Described) -> Recipe | Refusal:
        """The recipe of what a line says, or why there is none: the book lacks a value, or the method leaves such lines
        out."""
        return self._recipes.get(said) or self._make(said)

    def _make(self, said: Described) -> Recipe | Refusal:
        """One at a time: threads must not number the same cells."""
        with self._making:
            if said not in self._recipes:
                self._recipes[said] = self._tried(said)
            return self._recipes[said]

    def _tried(self, said: Described) -> Recipe | Refusal:
        try:
            return self._recipe(said)
        except REFUSALS as refusal:
            self._cells += 1  # it takes room too
            return refusal.with_traceback(None)

    def _recipe(self, said: Described) -> Recipe:
        activity = said.activity
        self._book(activity).refuse_outside(activity.context)
        layout = self._layout(activity)
        cells = list(self._cells_of(said, layout))
        first = layout.size
        notes = dict.fromkeys(activity.notes)
        for row, country, device, noted in cells:
            layout.add(row, country, device)
            notes |= dict.fromkeys(noted)
        self._cells += len(cells)
        place = layout.positions.get("time_per_view")
        code = OPEN if place is None else cells[0][0][place]
        default_time = None if code == OPEN else self.ledger.inputs[code]
        uses = dict.fromkeys(use for row, *_ in cells for use in self._uses(activity.context, layout, row))
        return Recipe(layout, range(first, first + len(cells)), tuple(notes), tuple(uses), default_time)

    def _uses(self, context: Context, layout: Layout, codes: tuple[int, ...]) -> Iterator[Use]:
        """The defaults of a cell."""
        for name, code in zip(layout.columns, codes, strict=True):
            entry = None if code == OPEN or name not in ACTIVITY_FIELDS else self.ledger.inputs[code]
            if entry and entry.row and entry.status == "default":
                yield Use(context.field(name), entry.row.index)

    def _book(self, activity: Activity) -> Defaults:
        return self._books[activity.shape.activity]

    def _layout(self, activity: Activity) -> Layout:
        key = (activity.shape, tuple((give.name, give.read is None) for give in activity.gives))
        if key not in self._layouts:
            self._layouts[key] = Layout(activity, self._book(activity).needs.leaves(activity.shape))
        return self._layouts[key]

    def _cells_of(self, said: Described, layout: Layout) -> Iterator[tuple[tuple[int, ...], str, str, list[Note]]]:
        """A cell for each country and device, but for those that the line says have no part in it.

        In an order of their own, so that no sum depends on the order in which a plan names them.
        """
        countries = {country: share for country, share in sorted(said.country.items()) if share}
        for device, (device_share, of_mix) in self._devices(said).items():
            for country, share in countries.items():
                fixed = {
                    "device_share": device_share,
                    "country_share": self._exact(share, "given"),
                    **self._plain(said.activity),
                    **self._coverage(said, device, layout),
                }
                row, notes = self._fill(said, layout, (device, country, said.on), fixed)
                yield row, country, device or "", [*of_mix, *notes]

    def _fill(
        self, said: Described, layout: Layout, place: tuple[str | None, str, date | None], fixed: dict[str, int]
    ) -> tuple[tuple[int, ...], list[Note]]:
        given = {give.name for give in said.activity.gives if give.read}
        codes: list[int] = []
        notes: list[Note] = []
        book = self._book(said.activity)
        for name in layout.columns:
            if name in fixed or name in given:
                codes.append(fixed.get(name, OPEN))
                continue
            filled = book.fill(name, said.activity.context, place)
            codes.append(self._code(filled))
            notes += _notes(filled)
        return tuple(codes), notes

    def _code(self, filled: Filled) -> int:
        """The code of a row of the release, or of one that a package made beside it."""
        row, status = filled.row, filled.status
        return code_of(row, status) if row.index >= 0 else self.ledger.shared(Input(row.value, status, row))

    def _exact(self, value: float, status: str = "derived") -> int:
        return self.ledger.shared(Input(value, "given" if status == "given" else "derived"))

    def _plain(self, activity: Activity) -> dict[str, int]:
        return {give.name: self._exact(1.0) for give in activity.gives if not give.read}

    def _devices(self, said: Described) -> dict[str | None, tuple[int, list[Note]]]:
        """The device split as codes, with what a reader must know of it: given, or the default mix; none where the
        method has no mix and so does not tell devices apart."""
        if not self._book(said.activity).needs.mix:
            return {None: (self._exact(1.0), [])}
        if said.devices:
            return {
                device: (self._exact(share, "given"), []) for device, share in sorted(said.devices.items()) if share
            }
        mix = self._book(said.activity).mix(said.activity.context, said.on)
        rows = tuple(filled.row for filled in mix.values())
        return {
            device: (self.ledger.shared(Input(filled.row.value, filled.status, filled.row, rows)), [*_notes(filled)])
            for device, filled in mix.items()
        }

    def _coverage(self, said: Described, device: str | None, layout: Layout) -> dict[str, int]:
        """The share of the screen that the creative takes, where the line says enough to know it.

        A creative takes the whole width of the screen, in software pixels, and at most its height.
        """
        activity, book = said.activity, self._book(said.activity)
        if "screen_coverage" not in layout.positions or activity.coverage == "unknown" or device is None:
            return {}
        if activity.coverage == "full":
            return {"screen_coverage": self._exact(1.0)}
        known = {"device": device, "aspect": activity.context.aspect or ""}
        behind = tuple(
            book.behind(book.needs.screen[side], known, said.on) for side in ("width", "height", "height_per_width")
        )
        width, height, ratio = (row.value for row in behind)
        covered = Input(min(1.0, width * ratio / height), "derived", behind=behind)
        return {"screen_coverage": self.ledger.shared(covered)}


def _notes(filled: Filled) -> Iterator[Note]:
    yield from filled.notes
    row = filled.row
    if row.warning:
        yield row.warning, f"{row.id}: {row.note}"
    if filled.earliest:
        yield LATER, f"{row.id} ({row.country}) is first published for {row.valid_from}"
