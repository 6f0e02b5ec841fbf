"""What lines leave open, as codes, worked out once per release and kind of line.

A profile is all that the book's answer depends on but the place: the shape, the context of factor patterns, the names
that the line gives. Its template for a place (device, country, date) is the row of codes of everything left open.
"""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from carbon_api.inventory.activity import Activity
from carbon_api.inventory.defaults import Defaults, Filled
from carbon_api.inventory.inputs import Ledger, code_of
from carbon_api.inventory.tables import Shape

OPEN = -1
MOST_PROFILES = 4096

Place = tuple[str | None, str, date | None]


class Template(NamedTuple):
    """A row of codes, OPEN where the line gives the value; `notes` are (code, detail) that the row carries."""

    codes: tuple[int, ...]
    notes: tuple[tuple[str, str], ...]


class Profile:
    """The templates of the lines that leave the same things open."""

    def __init__(self, activity: Activity, given: frozenset[str], book: Defaults) -> None:
        self.shape: Shape = activity.shape
        self.columns = book.needs.leaves(activity.shape)
        self.positions = {name: place for place, name in enumerate(self.columns)}
        self._activity, self._given, self._book = activity, given, book
        self._templates: dict[Place, Template] = {}

    def at(self, place: Place) -> Template:
        """The template for a place. Raises Unpriced when the book lacks a value."""
        if place not in self._templates:
            self._templates[place] = self._fill(place)
        return self._templates[place]

    def _fill(self, place: Place) -> Template:
        codes: list[int] = []
        notes: list[tuple[str, str]] = []
        for name in self.columns:
            if name in self._given:
                codes.append(OPEN)
                continue
            filled = self._book.fill(name, self._activity.context, place)
            codes.append(code_of(filled.row, filled.status))
            notes += _notes(filled)
        return Template(tuple(codes), tuple(notes))


class Profiles:
    """The profiles met so far under one release and one reading of a method; bounded."""

    def __init__(self, book: Defaults) -> None:
        self.book = book
        self._profiles: dict[object, Profile] = {}

    def of(self, activity: Activity, given: frozenset[str]) -> Profile:
        """The profile of an activity that gives some names."""
        key = (activity.shape, activity.context, given)
        if key not in self._profiles:
            if len(self._profiles) >= MOST_PROFILES:
                self._profiles.clear()
            self._profiles[key] = Profile(activity, given, self.book)
        return self._profiles[key]


def capped(activity: Activity, profile: Profile, template: Template, ledger: Ledger) -> dict[str, int]:
    """A default time on screen is never longer than the creative: the length stands in for it."""
    place, longest = profile.positions.get("time_per_view"), activity.longest_time
    if place is None or longest is None or template.codes[place] == OPEN:
        return {}
    default = ledger.inputs[template.codes[place]].value
    return {"time_per_view": ledger.exact(longest)} if longest <= default else {}


def _notes(filled: Filled) -> Iterator[tuple[str, str]]:
    row = filled.row
    if row.warning:
        yield row.warning, f"{row.id}: {row.note}"
    if filled.earliest:
        yield "factor-later-than-period", f"{row.id} ({row.country}) is first published for {row.valid_from}"
