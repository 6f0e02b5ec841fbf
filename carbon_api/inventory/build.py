"""Plan and book to inventory: lines spread over their cells, every value the caller's number or a row of the book."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from carbon_api.factor_book.asked import NotPriced
from carbon_api.factor_book.book import Release
from carbon_api.inventory import compute
from carbon_api.inventory.activity import Activity
from carbon_api.inventory.defaults import ACTIVITY_FIELDS, GRIDS, Context, OutOfBoundary, Unpriced
from carbon_api.inventory.described import Described, Description, Said
from carbon_api.inventory.inputs import Input, Ledger
from carbon_api.inventory.recipes import Layout, Recipe, Recipes
from carbon_api.inventory.tables import Fault, Inventory, Needs, Note, Shape, Table, Use, merged

SAME_FOR_ALL = frozenset({"travel", "shipping"})  # activities whose figures no method has others of
SHORTENED = ("time-on-screen-shortened", "the default time on screen is longer than the creative: its length is used")


def build(description: Description, release: Release, needs: Mapping[str, Needs]) -> Inventory:
    """The flows of a plan's lines, as `describe` read them: `needs` by activity (delivery, storage, compute).

    What cannot be priced is among the faults.
    """
    builder = Builder(_recipes(release, needs), description.inputs)
    for said in description.said:
        builder.add(said)
    return builder.inventory()


def _recipes(release: Release, needs: Mapping[str, Needs]) -> Recipes:
    key = tuple(needs.values())
    kept: Recipes | None = release.worked_out.get(key)
    if kept is None or kept.is_full:
        kept = release.worked_out[key] = Recipes(release, needs)
    return kept


@dataclass(slots=True)
class Sheet:
    """The lines of one layout, as they come: their cells, the codes of their own numbers, and of capped times."""

    lines: list[int] = field(default_factory=list)
    counts: list[int] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)
    own: list[tuple[int, ...]] = field(default_factory=list)
    capped: list[tuple[int, int]] = field(default_factory=list)


class Builder:
    """Collects what lines say, layout by layout. Codes: the recipes' inputs, then the caller's, then capped times."""

    def __init__(self, recipes: Recipes, own: Ledger) -> None:
        self.recipes = recipes
        self.own = own
        self.capped = Ledger()
        self.sheets: dict[Layout, Sheet] = {}
        self.shortened: list[int] = []
        self.faults: dict[int, Fault] = {}
        self.outside: dict[int, str] = {}
        self.lines_of: dict[Described, list[int]] = {}

    def add(self, said: Said) -> None:
        """Adds one activity of a line, or what keeps it out: a fault, or the method's boundary."""
        recipe = self._recipe(said)
        if recipe is None:
            return
        sheet = self.sheets.get(recipe.layout)
        if sheet is None:
            sheet = self.sheets[recipe.layout] = Sheet()
        if said.longest is not None and recipe.default_time and self._cap(said.longest, recipe.default_time, sheet):
            self.shortened.append(said.line)
        sheet.lines.append(said.line)
        sheet.counts.append(len(recipe.rows))
        sheet.rows.extend(recipe.rows)
        sheet.own.append(said.codes)
        self.lines_of.setdefault(said.described, []).append(said.line)

    def _recipe(self, said: Said) -> Recipe | None:
        try:
            return self.recipes.of(said.described)
        except Unpriced as missing:
            self.faults.setdefault(said.line, _fault(said.line, missing, said.described.activity))
        except NotPriced as missing:
            self.faults.setdefault(said.line, compute.fault(said.line, missing))
        except OutOfBoundary as left_out:
            self.outside[said.line] = left_out.reason
        return None

    def _cap(self, longest: float, default: Input, sheet: Sheet) -> bool:
        """A default time on screen is never longer than the creative, in any draw; whether its central value was."""
        if default.row and longest < default.row.high:
            capped = default._replace(value=min(default.value, longest), most=longest)
            sheet.capped.append((len(sheet.lines), self.capped.shared(capped)))
            return longest < default.value
        return False

    def inventory(self) -> Inventory:
        """The tables of everything added."""
        shared = list(self.recipes.ledger.inputs)  # other threads may add to it
        ledgers = (self.recipes.ledger, self.own, self.capped)
        inputs = (*shared, *self.own.inputs, *self.capped.inputs)
        own_from, capped_from = len(shared), len(shared) + len(self.own.inputs)
        notes, uses = self._noted()
        return Inventory(
            inputs=inputs,
            values=_joined([ledger.values() for ledger in ledgers], own_from),
            defaults=_joined([ledger.defaults() for ledger in ledgers], own_from),
            tables=tuple(_tables(self.sheets, own_from, capped_from)),
            faults=tuple(self.faults.values()),
            outside=self.outside,
            notes=notes,
            uses=uses,
        )

    def _noted(self) -> tuple[dict[Note, list[int]], dict[Use, list[int]]]:
        """The notes and the defaults of the lines' recipes, with their lines."""
        notes = {SHORTENED: self.shortened} if self.shortened else {}
        uses: dict[Use, list[int]] = {}
        for described, lines in self.lines_of.items():
            recipe = self.recipes.of(described)
            for note in recipe.notes:
                notes.setdefault(note, []).extend(lines)
            for use in recipe.uses:
                uses.setdefault(use, []).extend(lines)
        return notes, uses


def _joined(parts: list[NDArray[Any]], known: int) -> NDArray[Any]:
    """Columns by code; of the first, which other threads may lengthen, as many as are known here."""
    return np.concatenate([parts[0][:known], *parts[1:]])


def _tables(sheets: Mapping[Layout, Sheet], own_from: int, capped_from: int) -> Iterator[Table]:
    """One table a shape, whatever its lines leave open."""
    parts: dict[Shape, list[Table]] = {}
    for layout, sheet in sheets.items():
        parts.setdefault(layout.shape, []).append(_table(layout, sheet, own_from, capped_from))
    return map(merged, parts.values())


def _table(layout: Layout, sheet: Sheet, own_from: int, capped_from: int) -> Table:
    codes, counts = layout.codes(sheet.rows), np.array(sheet.counts)
    ends = np.cumsum(counts)
    own = np.array(sheet.own, dtype=np.intp)[:, layout.given] + own_from
    codes[:, layout.own] = np.repeat(own, counts, axis=0)
    for line, code in sheet.capped:
        codes[ends[line] - counts[line] : ends[line], layout.positions["time_per_view"]] = code + capped_from
    return Table(
        shape=layout.shape,
        columns=layout.columns,
        codes=codes,
        line=np.repeat(np.array(sheet.lines, dtype=np.intp), counts),
        starts=ends - counts,
        country=[layout.countries[row] for row in sheet.rows],
        device=[layout.devices[row] for row in sheet.rows],
    )


def _fault(line: int, missing: Unpriced, activity: Activity) -> Fault:
    """The fault of a line, or of the part of it that stands at a pointer such as `travel/0/`."""
    if missing.field == "country":
        code, (reason, advice) = "country-not-priced", _of_country(missing, activity.shape.activity)
    else:
        code, (reason, advice) = "value-not-priced", _of_value(missing, activity.context)
    return Fault(line, f"{activity.at}{missing.field}", code, reason, advice, missing.valid_values)


def _of_country(missing: Unpriced, activity: str) -> tuple[str, str]:
    """What is wrong with a country, and how to mend it."""
    if missing.name in GRIDS:
        reason = f"the method's source has no grid intensity for {missing.country}"
        return reason, "give grid_intensity or another country"
    if activity in SAME_FOR_ALL:
        reason = f"there is no published value for {missing.country}, under whatever method"
        return reason, "write as its country one whose figure may stand in, or leave it out of the plan"
    reason = f"the method's source has no published value for {missing.country}"
    return reason, "choose another country, or a method that prices it"


def _of_value(missing: Unpriced, context: Context) -> tuple[str, str]:
    """What is wrong with a value, or with its absence, and how to mend it."""
    field = missing.field
    is_default = ACTIVITY_FIELDS.get(missing.name) == field and missing.name not in context.stated
    if missing.is_open or (missing.chosen and is_default):
        return f"{field} is missing", f"what is published for {missing.country} goes by it"
    if missing.chosen:
        return f"there is no published value for {field} {missing.chosen} in {missing.country}", "choose another"
    return f"no published value for {field} here", "give it, or choose a value that the method can price"
