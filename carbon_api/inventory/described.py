"""What the lines of a plan say, read once for every method: each line's activities, and the numbers it gives to them.

Lines that say the same but for their numbers share one object, so that what a method makes of one serves all.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from operator import attrgetter
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from carbon_api.inventory.activity import Activity, activities
from carbon_api.inventory.inputs import OPEN, Ledger
from carbon_api.plan.model import (
    Ad,
    Ai,
    Delivered,
    Influencer,
    LandingPage,
    Line,
    Live,
    Plan,
    Post,
    Shares,
    Storage,
    Story,
    Travel,
    Video,
)

MOST_KINDS = 10_000

_WORDS = ("platform", "resolution")
_NUMBERS = (
    *("grid_intensity", "mobile_share", "time_on_screen", "time_on_screen_total"),
    *("creative_length", "weight", "bitrate", "viewable_share"),
)


def _none(_: Line) -> tuple[()]:
    return ()


# The attributes whose value decides how a line is described, then those whose mere presence does.
_SAID: Mapping[type[Line], tuple[tuple[str, ...], tuple[str, ...]]] = {
    Ad: (
        (*_WORDS, "placement", "format", "aspect_ratio", "buying", "impressions_status"),
        (*_NUMBERS, "plays", "quartiles", "auction_paths"),
    ),
    Post: ((*_WORDS, "format", "aspect_ratio", "views_status"), _NUMBERS),
    Influencer: ((*_WORDS, "format", "aspect_ratio", "views_status", "moved"), _NUMBERS),
    Story: ((*_WORDS, "format", "views_status"), _NUMBERS),
    Video: (_WORDS, (*_NUMBERS, "watched", "views")),
    Live: ((*_WORDS, "watched_status"), (*_NUMBERS, "replay_kept_for", "live_duration")),
    LandingPage: (_WORDS, _NUMBERS),
    Storage: (("medium",), ("grid_intensity", "copies")),
    Ai: (("task", "provider", "model", "figure", "size", "seconds", "audio"), ("grid_intensity", "output_tokens")),
    Travel: (("moved",), ()),
}
_READERS = {
    kind: (attrgetter(*words), attrgetter(*numbers) if numbers else _none) for kind, (words, numbers) in _SAID.items()
}


@dataclass(frozen=True, slots=True, eq=False)
class Described:
    """An activity where and when it happens: all that a line says of it but its numbers."""

    activity: Activity
    country: Shares
    devices: Shares | None
    on: date | None


class Said(NamedTuple):
    """One activity of one line. `codes` are its numbers among the plan's own inputs, as `activity.gives` asks for them,
    OPEN where it asks for none; `longest` is the longest that a default time on screen may be, in hours."""

    line: int
    described: Described
    codes: tuple[int, ...]
    longest: float | None


@dataclass(frozen=True)
class Description:
    """What every line says, and the caller's own numbers by code."""

    said: list[Said]
    inputs: Ledger

    @cached_property
    def groups(self) -> dict[Described, NDArray[np.intp]]:
        """The places in `said` of what says the same but for its numbers, in the order of the first of each."""
        places: dict[Described, list[int]] = {}
        for place, one in enumerate(self.said):
            places.setdefault(one.described, []).append(place)
        return {described: np.array(several) for described, several in places.items()}

    @cached_property
    def lines(self) -> NDArray[np.intp]:
        """The line of each that says something."""
        return np.array([one.line for one in self.said])

    @cached_property
    def codes(self) -> NDArray[np.intp]:
        """The codes of all of them, one after the other; those of one start at its place in `starts`."""
        return np.array([code for one in self.said for code in one.codes], dtype=np.intp)

    @cached_property
    def starts(self) -> NDArray[np.intp]:
        """Where the codes of each start."""
        return np.cumsum([0, *(len(one.codes) for one in self.said)])[:-1]


_kinds: dict[object, tuple[Activity, ...]] = {}
_described: dict[object, Described] = {}


def describe(plan: Plan) -> Description:
    """What every line of the plan says."""
    ledger, start = Ledger(), plan.start
    said = [
        Said(
            index,
            _described_as(activity, line, start),
            tuple(
                [
                    ledger.quantity(give.read(line), give.field, give.status) if give.read else OPEN
                    for give in activity.gives
                ]
            ),
            activity.longest(line).value if activity.longest else None,
        )
        for index, line in enumerate(plan.lines)
        for activity in _activities(line)
    ]
    return Description(said, ledger)


def _described_as(activity: Activity, line: Line, start: date | None) -> Described:
    devices, on = line.devices if isinstance(line, Delivered) else None, line.start or start
    country = activity.country or line.country
    key = (activity, tuple(country.items()), tuple(devices.items()) if devices else None, on)
    known = _described.get(key)
    if known is None:
        _make_room(_described)
        known = _described[key] = Described(activity, country, devices, on)
    return known


def _activities(line: Line) -> tuple[Activity, ...]:
    key = _key(line)
    known = _kinds.get(key)
    if known is None:
        _make_room(_kinds)
        known = _kinds[key] = activities(line)
    return known


def _make_room(kept: dict[object, Any]) -> None:
    if len(kept) >= MOST_KINDS:
        kept.clear()


def _key(line: Line) -> tuple[Any, ...]:
    """All that decides how a line is described; the same key is the same description, whatever the numbers."""
    words, numbers = _READERS[type(line)]
    timed = getattr(line, "time_on_screen", None)
    return (type(line), words(line), tuple([number is None for number in numbers(line)]), timed and timed.per)
