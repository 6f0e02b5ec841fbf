"""Plan and book to inventory: lines spread over their cells, every value the caller's number or a row of the book."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from operator import itemgetter

import numpy as np
from numpy.typing import NDArray

from carbon_api.factor_book.asked import NotPriced
from carbon_api.factor_book.book import Release
from carbon_api.inventory import compute
from carbon_api.inventory.activity import Activity
from carbon_api.inventory.defaults import ACTIVITY_FIELDS, GRIDS, Context, OutOfBoundary, Unpriced
from carbon_api.inventory.described import Described, Description
from carbon_api.inventory.inputs import Input, Ledger
from carbon_api.inventory.recipes import REFUSALS, Layout, Recipe, Recipes, Refusal
from carbon_api.inventory.tables import Fault, Inventory, Needs, Noted, Shape, Table, Use, merged

Places = NDArray[np.intp]

SAME_FOR_ALL = frozenset({"travel", "shipping"})  # activities whose figures no method has others of
SHORTENED = ("time-on-screen-shortened", "the default time on screen is longer than the creative: its length is used")


def build(description: Description, release: Release, needs: Mapping[str, Needs]) -> Inventory:
    """The flows of a plan's lines, as `describe` read them: `needs` by activity (delivery, storage, compute).

    What cannot be priced is among the faults.
    """
    builder = Builder(_recipes(release, needs), description)
    for said, places in description.groups.items():
        builder.add(said, places)
    return builder.inventory()


def lay_out(release: Release, needs: Mapping[str, Needs]) -> None:
    """Lay every value of a release out for what a method asks, before the first plan does."""
    _recipes(release, needs).ledger.lay_out()


def _recipes(release: Release, needs: Mapping[str, Needs]) -> Recipes:
    key = tuple(needs.values())
    kept: Recipes | None = release.worked_out.get(key)
    if kept is None or kept.is_full:
        kept = release.worked_out[key] = Recipes(release, needs)
    return kept


@dataclass(slots=True)
class Sheet:
    """What has one layout: the recipes, and the places in the description of what is made by each."""

    recipes: list[Recipe] = field(default_factory=list)
    places: list[Places] = field(default_factory=list)
    capped: list[tuple[int, int]] = field(default_factory=list)  # a place, and the code of its capped time


class Builder:
    """Collects what lines say, recipe by recipe. Codes: the recipes' inputs, then the caller's, then capped times."""

    def __init__(self, recipes: Recipes, description: Description) -> None:
        self.recipes = recipes
        self.description = description
        self.sheets: dict[Layout, Sheet] = {}
        self.refused: list[tuple[int, Described, Refusal]] = []
        self.limited: list[tuple[int, Input, Sheet]] = []
        self.made: list[tuple[Recipe, Places]] = []

    def add(self, said: Described, places: Places) -> None:
        """Adds what is said at some places of the description, or what keeps it out."""
        recipe = self.recipes.of(said)
        if isinstance(recipe, REFUSALS):
            self.refused += [(place, said, recipe) for place in places.tolist()]
            return
        sheet = self.sheets.get(recipe.layout)
        if sheet is None:
            sheet = self.sheets[recipe.layout] = Sheet()
        sheet.recipes.append(recipe)
        sheet.places.append(places)
        self.made.append((recipe, places))
        if said.activity.longest and recipe.default_time:
            self.limited += [(place, recipe.default_time, sheet) for place in places.tolist()]

    def inventory(self) -> Inventory:
        """The tables of everything added."""
        shared, own = self.recipes.ledger, self.description.inputs
        known = len(shared.inputs)
        capped, shortened = self._capped(known + len(own.inputs))
        faults, outside = self._left_out()
        return Inventory(
            ledgers=(shared, own, capped),
            known=known,
            tables=_tables(self.sheets, self.description, known),
            faults=faults,
            outside=outside,
            note=lambda: self._noted(shortened),
        )

    def _left_out(self) -> tuple[tuple[Fault, ...], dict[int, str]]:
        """The faults, one a line, and the lines that the method's boundary leaves out; in the order of the lines."""
        faults: dict[int, Fault] = {}
        outside: dict[int, str] = {}
        for place, said, refusal in sorted(self.refused, key=itemgetter(0)):
            line = self.description.said[place].line
            if isinstance(refusal, OutOfBoundary):
                outside[line] = refusal.reason
            elif line not in faults:
                faults[line] = _fault(line, refusal, said.activity)
        return tuple(faults.values()), outside

    def _capped(self, first: int) -> tuple[Ledger, list[int]]:
        """The default times that are capped, coded from `first` on, and the lines whose central time was shortened.

        A default time on screen is never longer than the creative, in any draw; whether its central value was.
        """
        capped, shortened = Ledger(), list[int]()
        for place, default, sheet in sorted(self.limited, key=itemgetter(0)):
            line, _, _, longest = self.description.said[place]
            if longest is not None and default.row and longest < default.row.high:
                time = default._replace(value=min(default.value, longest), most=longest)
                sheet.capped.append((place, first + capped.shared(time)))
                if longest < default.value:
                    shortened.append(line)
        return capped, shortened

    def _noted(self, shortened: list[int]) -> Noted:
        """The notes and the defaults of the lines' recipes, with their lines."""
        notes = {SHORTENED: shortened} if shortened else {}
        uses: dict[Use, list[int]] = {}
        for recipe, places in self.made:
            lines = self.description.lines[places].tolist()
            for note in recipe.notes:
                notes.setdefault(note, []).extend(lines)
            for use in recipe.uses:
                uses.setdefault(use, []).extend(lines)
        return Noted(notes, uses)


def _tables(sheets: Mapping[Layout, Sheet], description: Description, own_from: int) -> tuple[Table, ...]:
    """One table a shape, whatever its lines leave open."""
    parts: dict[Shape, list[Table]] = {}
    for layout, sheet in sheets.items():
        parts.setdefault(layout.shape, []).append(_table(layout, sheet, description, own_from))
    return tuple(map(merged, parts.values()))


def _table(layout: Layout, sheet: Sheet, description: Description, own_from: int) -> Table:
    """The cells of one layout, in the order of what was said."""
    places, firsts, counts = _in_order(sheet)
    ends = np.cumsum(counts)
    starts = ends - counts
    rows = np.repeat(firsts - starts, counts) + np.arange(ends[-1])
    cells = layout.cells
    codes = cells.codes[rows]
    own = description.codes[description.starts[places, None] + layout.given] + own_from
    codes[:, layout.own] = np.repeat(own, counts, axis=0)
    for place, code in sheet.capped:
        at = int(np.searchsorted(places, place))
        codes[starts[at] : ends[at], layout.positions["time_per_view"]] = code
    return Table(
        shape=layout.shape,
        columns=layout.columns,
        codes=codes,
        line=np.repeat(description.lines[places], counts),
        starts=starts,
        country=cells.countries[rows],
        device=cells.devices[rows],
    )


def _in_order(sheet: Sheet) -> tuple[Places, Places, Places]:
    """What is on a sheet, in the order of its places: each place, its recipe's first row, and how many rows it has."""
    sizes = [len(places) for places in sheet.places]
    places = np.concatenate(sheet.places)
    firsts = np.repeat([recipe.rows.start for recipe in sheet.recipes], sizes)
    counts = np.repeat([len(recipe.rows) for recipe in sheet.recipes], sizes)
    if len(sizes) == 1:
        return places, firsts, counts
    order = np.argsort(places)
    return places[order], firsts[order], counts[order]


def _fault(line: int, missing: Unpriced | NotPriced, activity: Activity) -> Fault:
    """The fault of a line, or of the part of it that stands at a pointer such as `travel/0/`."""
    if isinstance(missing, NotPriced):
        return compute.fault(line, missing)
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
