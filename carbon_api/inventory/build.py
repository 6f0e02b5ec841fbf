"""Plan and book to inventory: lines spread over their cells, every value the caller's number or a row of the book."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from carbon_api.factor_book.book import Release
from carbon_api.inventory.defaults import ACTIVITY_FIELDS, GRIDS, Unpriced
from carbon_api.inventory.described import Said
from carbon_api.inventory.inputs import Ledger
from carbon_api.inventory.recipes import Layout, Recipe, Recipes
from carbon_api.inventory.tables import Fault, Inventory, Needs, Table, Use

_kept: dict[object, Recipes] = {}


def build(said: Iterable[Said], release: Release, needs: Mapping[str, Needs]) -> Inventory:
    """The flows of a plan's lines, as `describe` read them: `needs` by activity (delivery, storage).

    What cannot be priced is among the faults.
    """
    builder = Builder(_recipes(release, needs))
    for one in said:
        builder.add(one)
    return builder.inventory()


def _recipes(release: Release, needs: Mapping[str, Needs]) -> Recipes:
    key = (release, *needs.values())
    if key not in _kept or _kept[key].is_full:
        _kept[key] = Recipes(release, needs)
    return _kept[key]


@dataclass(slots=True)
class Sheet:
    """The lines of one layout, as they come: their cells, and the codes of their own numbers."""

    lines: list[int] = field(default_factory=list)
    counts: list[int] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)
    own: list[list[int]] = field(default_factory=list)
    capped: list[tuple[int, int]] = field(default_factory=list)


class Builder:
    """Collects what lines say, layout by layout."""

    def __init__(self, recipes: Recipes) -> None:
        self.recipes = recipes
        self.ledger = Ledger()
        self.sheets: dict[Layout, Sheet] = {}
        self.faults: dict[int, Fault] = {}
        self.lines_of: dict[int, tuple[Recipe, list[int]]] = {}

    def add(self, said: Said) -> None:
        """Adds one activity of a line, or the fault that keeps the line out."""
        try:
            recipe = self.recipes.of(said)
        except Unpriced as missing:
            self.faults.setdefault(said.line, _fault(said.line, missing))
            return
        sheet = self.sheets.get(recipe.layout)
        if sheet is None:
            sheet = self.sheets[recipe.layout] = Sheet()
        self._cap(said, recipe, sheet)
        sheet.lines.append(said.line)
        sheet.counts.append(len(recipe.rows))
        sheet.rows.extend(recipe.rows)
        sheet.own.append(self._own(said, recipe.layout))
        self.lines_of.setdefault(id(recipe), (recipe, []))[1].append(said.line)

    def _own(self, said: Said, layout: Layout) -> list[int]:
        """The codes of the line's own numbers, in the order of the layout's own columns."""
        codes, gives, numbers = [], said.activity.gives, said.numbers
        for place, _ in layout.own:
            quantity, give = numbers[place], gives[place]
            codes.append(self.ledger.quantity(quantity, give.field, give.status) if quantity else 0)
        return codes

    def _cap(self, said: Said, recipe: Recipe, sheet: Sheet) -> None:
        """A default time on screen is never longer than the creative, at its central value or in any draw."""
        default, longest = recipe.default_time, said.longest
        if default and default.row and longest is not None and longest < default.row.high:
            capped = default._replace(value=min(default.value, longest), most=longest)
            sheet.capped.append((len(sheet.lines), self.ledger.shared(capped)))

    def inventory(self) -> Inventory:
        """The tables of everything added; the caller's own inputs follow those of the recipes."""
        shared = self.recipes.ledger
        inputs, values, defaults = (*shared.inputs, *self.ledger.inputs), shared.values(), shared.defaults()
        notes: dict[tuple[str, str], list[int]] = {}
        uses: dict[Use, list[int]] = {}
        for recipe, lines in self.lines_of.values():
            for note in recipe.notes:
                notes.setdefault(note, []).extend(lines)
            for use in recipe.uses:
                uses.setdefault(use, []).extend(lines)
        own_from = len(inputs) - len(self.ledger.inputs)
        return Inventory(
            inputs=inputs,
            values=np.concatenate([values[:own_from], self.ledger.values()]),
            defaults=np.concatenate([defaults[:own_from], self.ledger.defaults()]),
            tables=tuple(self._table(layout, sheet, own_from) for layout, sheet in self.sheets.items()),
            faults=tuple(self.faults.values()),
            notes=notes,
            uses=uses,
        )

    def _table(self, layout: Layout, sheet: Sheet, own_from: int) -> Table:
        codes, counts = layout.codes(sheet.rows), np.array(sheet.counts)
        own = np.array(sheet.own, dtype=np.intp).reshape(len(sheet.own), len(layout.own)) + own_from
        for place, (_, position) in enumerate(layout.own):
            codes[:, position] = np.repeat(own[:, place], counts)
        self._write_capped(codes, layout, sheet, counts, own_from)
        return Table(
            shape=layout.shape,
            columns=layout.columns,
            codes=codes,
            line=np.repeat(np.array(sheet.lines, dtype=np.intp), counts),
            country=[layout.countries[row] for row in sheet.rows],
            device=[layout.devices[row] for row in sheet.rows],
        )

    def _write_capped(
        self, codes: NDArray[np.intp], layout: Layout, sheet: Sheet, counts: NDArray[np.intp], own_from: int
    ) -> None:
        ends = np.cumsum(counts)
        for line, code in sheet.capped:
            codes[ends[line] - counts[line] : ends[line], layout.positions["time_per_view"]] = code + own_from


def _fault(index: int, missing: Unpriced) -> Fault:
    if missing.name in GRIDS:
        detail = (
            f"the method's source has no grid intensity for {missing.country}; give grid_intensity or another country"
        )
        return Fault(index, "country", "country-not-priced", detail, missing.valid_values)
    field = ACTIVITY_FIELDS.get(missing.name, missing.name)
    detail = f"no published value for {field} here; give it, or choose a value that the method can price"
    return Fault(index, field, "value-not-priced", detail, missing.valid_values)
