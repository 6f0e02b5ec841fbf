"""Fills what a line leaves open: from factor patterns to rows of the book, each with its status."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from string import Formatter
from types import MappingProxyType
from typing import NamedTuple

from carbon_api.factor_book.asked import Asked
from carbon_api.factor_book.book import Found, Release
from carbon_api.factor_book.entry import Row
from carbon_api.inventory.elsewhere import one_electricity, other_scale
from carbon_api.inventory.inputs import Status
from carbon_api.inventory.tables import Needs, Note

Known = Mapping[str, str | None]  # what fills the places of patterns

# Values that describe the activity and not its emissions: a default here is an assumption about the plan.
ACTIVITY_FIELDS: Mapping[str, str] = {
    "time_per_view": "time_on_screen",
    "bitrate": "bitrate",
    "pixels_per_image": "weight",
    "bytes_per_pixel": "weight",
    "compression_ratio": "weight",
    "screen_coverage": "aspect_ratio",
    "mobile_share": "network",
    "device_share": "devices",
    "paths_per_view": "buying",
    "copies": "copies",
    "power_per_volume": "medium",
    "drive_footprint": "medium",
    "drive_capacity": "medium",
    "drive_lifetime": "medium",
    "flight_per_distance": "cabin",
    "ride_per_distance": "rail",
    "drive_per_distance": "fuel",
}
GRIDS = ("grid_audience", "grid_region")
# The plan's field behind a place of a pattern, where it has another name.
PLACE_FIELDS: Mapping[str, str] = {"seat": "cabin", "length": "flights"}
OF_NUMBERS = frozenset({"length"})  # places that a number fills, of which no word is a valid value
CHOSEN = frozenset({"seat", "rail", "fuel"})  # places where another word may have a row in the same country


class Context(NamedTuple):
    """What a factor pattern or a boundary may name about a line.

    `stated` lists the values whose choice the caller stated; `left_open` gives the field that would have said a value,
    where it is another than usual; `asked` is what a package is asked.
    """

    kind: str
    placement: str | None = None
    platform: str | None = None
    slot: str | None = None
    organic: str | None = None
    feed: str | None = None
    live: str | None = None
    aspect: str | None = None
    creative: str | None = None
    surface: str | None = None
    buying: str | None = None
    resolution: str | None = None
    medium: str | None = None
    haul: str | None = None
    seat: str | None = None
    cabin: str | None = None
    length: str | None = None
    contrails: str | None = None
    rail: str | None = None
    ride: str | None = None
    fuel: str | None = None
    carrier: str | None = None
    figure: str | None = None
    asked: Asked | None = None
    stated: frozenset[str] = frozenset()
    left_open: Mapping[str, str] = MappingProxyType({})

    def field(self, name: str) -> str:
        """The field of the plan that says a value of the activity."""
        return self.left_open.get(name, ACTIVITY_FIELDS[name])


class Filled(NamedTuple):
    """A value that the book filled in, or a package, with what a reader must know of it."""

    row: Row
    status: Status
    earliest: bool
    notes: tuple[Note, ...] = ()


class Unpriced(LookupError):
    """The book has no row for a value that a line needs; `field` of a plan, which is open or holds the word `chosen`,
    has other values that would do."""

    def __init__(
        self,
        name: str,
        country: str,
        field: str,
        valid_values: tuple[str, ...] = (),
        *,
        is_open: bool = False,
        chosen: str | None = None,
    ) -> None:
        super().__init__(name)
        self.is_open = is_open
        self.chosen = chosen
        self.name = name
        self.country = country
        self.field = field
        self.valid_values = valid_values


class OutOfBoundary(LookupError):
    """The method leaves a line's delivery out of its boundary."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@cache
def _placeholders(pattern: str) -> tuple[str, ...]:
    return tuple(name for _, name, _, _ in Formatter().parse(pattern) if name)


@cache
def _matching(release: Release, pattern: str) -> tuple[str, ...]:
    """The ids that a pattern may name."""
    form = re.compile(re.sub(r"\\{\w+\\}", "[^.]+", re.escape(pattern)))
    return tuple(id for id in release.ids if form.fullmatch(id))


def ids(patterns: tuple[str, ...], known: Known) -> Iterator[str]:
    """The factor ids that the patterns name, leaving out those that need something the line does not say."""
    for pattern in patterns:
        if all(known.get(name) for name in _placeholders(pattern)):
            yield pattern.format_map(known)


class Defaults:
    """The book of one release, as one method reads it."""

    def __init__(self, release: Release, needs: Needs) -> None:
        self.release = release
        self.needs = needs

    def fill(self, name: str, context: Context, place: tuple[str | None, str, date | None]) -> Filled:
        """The row for a value, at a place (device, country, date). Raises Unpriced when there is none."""
        device, country, on = place
        if name in GRIDS:
            return self._grid(name, country, on)
        known = {**context._asdict(), **self.needs.context, "device": device}
        for pattern in self.needs.defaults.get(name, ()):
            for id in self._named(pattern, known):
                found = self._find(id, (*self._places(country, on), "world"), on)
                if found:
                    status = self._status(name, context, pattern)
                    return Filled(found.row, status, found.earliest, self._notes(name, pattern, found.row, country))
            self._refuse_unasked(name, pattern, known, country)
        if self.needs.made and context.asked:
            made = self.needs.made(context.asked, self.release)
            return Filled(made.rows[name], self._status(name, context), False, made.notes_in(country))
        raise self._unpriced(name, known, country)

    def _notes(self, name: str, pattern: str, row: Row, country: str) -> tuple[Note, ...]:
        """What a reader must know of a row that is not that of the country."""
        patterns = self.needs.defaults[name]
        later = patterns[patterns.index(pattern) + 1 :] if name in ACTIVITY_FIELDS else ()
        asked = ((one, place) for one in later for place in self.needs.asked if place in _placeholders(one))
        scales = (
            other_scale(row, country, PLACE_FIELDS.get(place, place), _matching(self.release, one), self.release)
            for one, place in asked
        )
        return one_electricity(row, country, self.needs) + next(filter(None, scales), ())

    def _named(self, pattern: str, known: Known) -> tuple[str, ...]:
        """The ids that a pattern names, a device first by the method's own name for it, then by the plan's."""
        device = known["device"]
        devices = dict.fromkeys((self.needs.devices.get(device or "", device), device))
        return tuple(id for word in devices for id in ids((pattern,), {**known, "device": word}))

    def refuse_outside(self, context: Context) -> None:
        """Raises OutOfBoundary where the method's boundary leaves such lines out."""
        for place, words in self.needs.outside.items():
            reason = words.get(getattr(context, place))
            if reason:
                raise OutOfBoundary(reason)

    def mix(self, context: Context, on: date | None) -> dict[str, Filled]:
        """The default device mix: a share per device."""
        for stem in ids(self.needs.mix, context._asdict()):
            rows = {id.rpartition(".")[2]: self.release.find(id, "world", on) for id in self.release.children(stem)}
            if rows:
                return {device: Filled(found.row, "default", found.earliest) for device, found in rows.items() if found}
        raise Unpriced("device_share", "world", "devices")

    def behind(self, pattern: str, known: Mapping[str, str], on: date | None) -> Row:
        """The row of a factor that only its central value is taken of, such as a screen's width."""
        found = self.release.find(pattern.format_map(known), "world", on)
        if not found:
            raise Unpriced(pattern, "world", pattern)
        return found.row

    def _grid(self, name: str, country: str, on: date | None) -> Filled:
        own, other = self.needs.grid, self.needs.other_grid
        found = self._own_row(country, on) if other else None
        found = found or self._in_grid(other or own, country, on)
        if not found:
            raise Unpriced(name, country, "country", self._countries((own, other)))
        return Filled(found.row, "factor", found.earliest, one_electricity(found.row, country, self.needs))

    def _own_row(self, country: str, on: date | None) -> Found | None:
        """The row of the grid for the country itself: that of a region stands for its members alone."""
        return None if country in self.needs.regions else self.release.find(self.needs.grid, country, on)

    def _in_grid(self, grid: str, country: str, on: date | None) -> Found | None:
        is_one = self.release.countries(grid) == ("world",)
        return self._find(grid, ("world",) if is_one else self._places(country, on), on)

    def _find(self, id: str, places: tuple[str, ...], on: date | None) -> Found | None:
        """The row of the first of the places that the factor has one for."""
        return next((found for place in places if (found := self.release.find(id, place, on))), None)

    def _places(self, country: str, on: date | None) -> tuple[str, ...]:
        """Where a country's row is looked for: the country, then the regions that it is a member of."""
        regions = self.needs.regions.items()
        return (country, *(region for region, members in regions if self.release.find(members, country, on)))

    def _countries(self, ids: tuple[str, ...]) -> tuple[str, ...]:
        """The countries that some of the factors have a row for, members of a region that has one with them."""
        found = {country for id in ids for country in self.release.countries(id)}
        members = [self.release.countries(self.needs.regions[region]) for region in found & self.needs.regions.keys()]
        return tuple(sorted(found.union(*members)))

    def _refuse_unasked(self, name: str, pattern: str, known: Known, country: str) -> None:
        """Raises Unpriced where the country has rows that go by a place which the line leaves open, or fills in vain:
        no later pattern stands in for them."""
        for place in set(_placeholders(pattern)).intersection(self.needs.asked):
            if any(country in self.release.countries(id) for id in _matching(self.release, pattern)):
                raise self._choice(name, pattern, known, country) or self._open(name, pattern, place, known, country)

    def _unpriced(self, name: str, known: Known, country: str) -> Unpriced:
        """The fault of a value that no row gives: there are rows for another choice, or for other countries."""
        every = self.needs.defaults.get(name, ())
        choices = (self._choice(name, pattern, known, country) for pattern in every)
        chosen = next(filter(None, choices), None)
        if chosen:
            return chosen
        countries = self._countries(tuple(id for pattern in every for id in self._named(pattern, known)))
        if countries:
            return Unpriced(name, country, "country", countries)
        patterns = [p for p in every if len(_placeholders(p)) == 1]
        field = ACTIVITY_FIELDS.get(name) or (_placeholders(patterns[-1])[0] if patterns else name)
        return Unpriced(name, country, field, self._alternatives(patterns))

    def _choice(self, name: str, pattern: str, known: Known, country: str) -> Unpriced | None:
        """The last chosen place of a pattern, all of them filled, where other words have a row, with these words."""
        if not self._named(pattern, known):
            return None
        places = [place for place in reversed(_placeholders(pattern)) if place in CHOSEN]
        opened = (self._open(name, pattern, place, known, country) for place in places)
        return next((one for one in opened if one.valid_values), None)

    def _open(self, name: str, pattern: str, place: str, known: Known, country: str) -> Unpriced:
        """A place of a pattern, and the words that it may hold in a country."""
        rest = {one: known.get(one) for one in _placeholders(pattern)} | {place: "{}"}
        head, _, tail = pattern.format_map(rest).partition("{}")
        held = [id for id in self.release.ids if {country, "world"} & {*self.release.countries(id)}]
        words = [id[len(head) : len(id) - len(tail)] for id in held if id.startswith(head) and id.endswith(tail)]
        valid = () if place in OF_NUMBERS else tuple(words)
        field, chosen = PLACE_FIELDS.get(place, place), known.get(place)
        return Unpriced(name, country, field, valid, is_open=not chosen, chosen=chosen)

    def _status(self, name: str, context: Context, pattern: str = "") -> Status:
        """A row that a number of the line has found rests on that number, and on no word that it leaves out."""
        if name not in ACTIVITY_FIELDS:
            return "factor"
        if OF_NUMBERS.intersection(_placeholders(pattern)):
            return "derived"
        return "derived" if name in context.stated else "default"

    def _alternatives(self, patterns: list[str]) -> tuple[str, ...]:
        """The values of a pattern's one open place that the book does hold: hdd, ssd for `ccf.{medium}.power_…`."""
        options: list[str] = []
        for pattern in patterns:
            head, _, tail = pattern.partition("{" + _placeholders(pattern)[0] + "}")
            options += [
                id[len(head) : len(id) - len(tail)]
                for id in self.release.ids
                if id.startswith(head) and id.endswith(tail)
            ]
        return tuple(options)
