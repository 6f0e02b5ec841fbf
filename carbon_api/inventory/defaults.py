"""Fills what a line leaves open: from factor patterns to rows of the book, each with its status."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from string import Formatter
from typing import NamedTuple

from carbon_api.factor_book.book import Found, Release
from carbon_api.factor_book.entry import Row
from carbon_api.inventory.inputs import Status
from carbon_api.inventory.tables import Needs

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
    "flight_per_distance": "cabin",
    "ride_per_distance": "rail",
    "drive_per_distance": "fuel",
}
GRIDS = ("grid_audience", "grid_region")
# The plan's field behind a place of a pattern, where it has another name.
PLACE_FIELDS: Mapping[str, str] = {"seat": "cabin", "length": "flights", "carrier": "mode"}
OF_NUMBERS = frozenset({"length"})  # places that a number fills, of which no word is a valid value


class Context(NamedTuple):
    """What a factor pattern may name about a line. `stated` lists the values whose choice the caller stated."""

    kind: str
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
    stated: frozenset[str] = frozenset()


class Filled(NamedTuple):
    """A value that the book filled in."""

    row: Row
    status: Status
    earliest: bool


class Unpriced(LookupError):
    """The book has no row for a value that a line needs; another choice of `field`, which is perhaps open, has one."""

    def __init__(
        self, name: str, country: str, valid_values: tuple[str, ...], field: str = "", *, is_open: bool = False
    ) -> None:
        super().__init__(name)
        self.is_open = is_open
        self.name = name
        self.country = country
        self.valid_values = valid_values
        self.field = field or ACTIVITY_FIELDS.get(name, name)


@cache
def _placeholders(pattern: str) -> tuple[str, ...]:
    return tuple(name for _, name, _, _ in Formatter().parse(pattern) if name)


def ids(patterns: tuple[str, ...], known: Mapping[str, str | None]) -> Iterator[str]:
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
        known = {**context._asdict(), "device": device, **self.needs.context}
        if name in GRIDS:
            return self._grid(name, country, on)
        for pattern in self.needs.defaults.get(name, ()):
            found = self._find(pattern, known, country, on)
            if found:
                return Filled(found.row, self._status(name, context), found.earliest)
            self._refuse_unasked(name, pattern, known, country)
        raise self._unpriced(name, known, country)

    def mix(self, context: Context, on: date | None) -> dict[str, Filled]:
        """The default device mix: a share per device."""
        for stem in ids(self.needs.mix, context._asdict()):
            rows = {id.rpartition(".")[2]: self.release.find(id, "world", on) for id in self._children(stem)}
            if rows:
                return {device: Filled(found.row, "default", found.earliest) for device, found in rows.items() if found}
        raise Unpriced("device_share", "world", ())

    def number(self, pattern: str, known: Mapping[str, str], on: date | None) -> float:
        """The central value of a factor that only shapes a choice, such as a screen's width."""
        found = self.release.find(pattern.format_map(known), "world", on)
        if not found:
            raise Unpriced(pattern, "world", ())
        return found.row.value

    def _grid(self, name: str, country: str, on: date | None) -> Filled:
        countries = self.release.countries(self.needs.grid)
        found = self.release.find(self.needs.grid, "world" if countries == ("world",) else country, on)
        if not found:
            raise Unpriced(name, country, countries)
        return Filled(found.row, "factor", found.earliest)

    def _status(self, name: str, context: Context) -> Status:
        if name not in ACTIVITY_FIELDS:
            return "factor"
        return "derived" if name in context.stated else "default"

    def _children(self, stem: str) -> tuple[str, ...]:
        return _children(self.release, stem)

    def _find(self, pattern: str, known: Mapping[str, str | None], country: str, on: date | None) -> Found | None:
        """The row that a pattern names, of the country or else of the world; None where one of its places is open."""
        for id in ids((pattern,), known):
            return self.release.find(id, country, on) or self.release.find(id, "world", on)
        return None

    def _refuse_unasked(self, name: str, pattern: str, known: Mapping[str, str | None], country: str) -> None:
        """Raises Unpriced where the country has rows that go by a place which the line leaves open, or fills in vain:
        no later pattern stands in for them."""
        for place in set(_placeholders(pattern)).intersection(self.needs.asked):
            if any(country in self.release.countries(id) for id in _matching(self.release, pattern)):
                raise self._choice(name, pattern, known, country) or self._open(name, pattern, place, known, country)

    def _unpriced(self, name: str, known: Mapping[str, str | None], country: str) -> Unpriced:
        """What to say of a value that no pattern yields: the choice that would, else the countries that have one."""
        patterns = self.needs.defaults.get(name, ())
        choices = (self._choice(name, pattern, known, country) for pattern in patterns)
        chosen = next(filter(None, choices), None)
        if chosen:
            return chosen
        countries = {one for id in ids(patterns, known) for one in self.release.countries(id)}
        return Unpriced(name, country, tuple(sorted(countries)), "country" if countries else "")

    def _choice(self, name: str, pattern: str, known: Mapping[str, str | None], country: str) -> Unpriced | None:
        """The last of a pattern's places, all filled, where other words have a row, with these words."""
        if next(ids((pattern,), known), None) is None:
            return None
        opened = (self._open(name, pattern, place, known, country) for place in reversed(_placeholders(pattern)))
        return next((one for one in opened if one.valid_values), None)

    def _open(self, name: str, pattern: str, place: str, known: Mapping[str, str | None], country: str) -> Unpriced:
        """A place of a pattern, and the words that it may hold there."""
        rest = {one: known.get(one) for one in _placeholders(pattern)} | {place: "{}"}
        head, _, tail = pattern.format_map(rest).partition("{}")
        words = [id[len(head) : len(id) - len(tail)] for id in self._held(country, head, tail)]
        valid = () if place in OF_NUMBERS else tuple(words)
        return Unpriced(name, country, valid, PLACE_FIELDS.get(place, place), is_open=not known.get(place))

    def _held(self, country: str, head: str, tail: str) -> Iterator[str]:
        """The ids of that form that have a row for the country, or else for the world."""
        for id in self.release.ids:
            if id.startswith(head) and id.endswith(tail) and {country, "world"} & {*self.release.countries(id)}:
                yield id


@cache
def _matching(release: Release, pattern: str) -> tuple[str, ...]:
    """The ids that a pattern may name."""
    form = re.compile(re.sub(r"\\{\w+\\}", "[^.]+", re.escape(pattern)))
    return tuple(id for id in release.ids if form.fullmatch(id))


@cache
def _children(release: Release, stem: str) -> tuple[str, ...]:
    return tuple(id for id in release.ids if id.rpartition(".")[0] == stem)
