"""What the lines of a plan say, read once for every method: each line's activities, and the numbers it gives to them.

Lines that say the same kinds of things share their activity objects, so that what a method makes of one serves all.
"""

from collections.abc import Mapping
from datetime import date
from operator import attrgetter
from typing import Any, NamedTuple

from carbon_api.inventory.activity import Activity, activities
from carbon_api.plan.model import (
    Ad,
    Delivered,
    LandingPage,
    Line,
    Live,
    Plan,
    Post,
    Quantity,
    Shares,
    Storage,
    Story,
    Video,
)

MOST_KINDS = 10_000

_WORDS = ("platform", "resolution")
_NUMBERS = (
    *("grid_intensity", "mobile_share", "time_on_screen", "time_on_screen_total"),
    *("creative_length", "weight", "bitrate", "viewable_share"),
)
# The attributes whose value decides how a line is described, then those whose mere presence does.
_SAID: Mapping[type[Line], tuple[tuple[str, ...], tuple[str, ...]]] = {
    Ad: (
        (*_WORDS, "placement", "format", "aspect_ratio", "buying", "impressions_status"),
        (*_NUMBERS, "plays", "quartiles"),
    ),
    Post: ((*_WORDS, "format", "aspect_ratio", "views_status"), _NUMBERS),
    Story: ((*_WORDS, "format", "views_status"), _NUMBERS),
    Video: (_WORDS, (*_NUMBERS, "watched", "views")),
    Live: ((*_WORDS, "watched_status"), (*_NUMBERS, "replay_kept_for", "live_duration")),
    LandingPage: (_WORDS, _NUMBERS),
    Storage: (("medium",), ("grid_intensity", "copies")),
}
_READERS = {kind: (attrgetter(*words), attrgetter(*numbers)) for kind, (words, numbers) in _SAID.items()}


class Said(NamedTuple):
    """One activity of one line: where it happens, on what, when, and the numbers it gives, as `activity.gives` asks."""

    line: int
    activity: Activity
    country: Shares
    devices: Shares | None
    on: date | None
    numbers: tuple[Quantity | None, ...]
    longest: float | None


_kinds: dict[object, tuple[Activity, ...]] = {}


def describe(plan: Plan) -> list[Said]:
    """What every line of the plan says."""
    start = plan.start
    return [
        Said(
            index,
            activity,
            line.country,
            line.devices if isinstance(line, Delivered) else None,
            line.start or start,
            tuple([give.read(line) if give.read else None for give in activity.gives]),
            activity.longest(line).value if activity.longest else None,
        )
        for index, line in enumerate(plan.lines)
        for activity in _activities(line)
    ]


def _activities(line: Line) -> tuple[Activity, ...]:
    key = _key(line)
    known = _kinds.get(key)
    if known is None:
        if len(_kinds) >= MOST_KINDS:
            _kinds.clear()
        known = _kinds[key] = activities(line)
    return known


def _key(line: Line) -> tuple[Any, ...]:
    """All that decides how a line is described; the same key is the same description, whatever the numbers."""
    words, numbers = _READERS[type(line)]
    timed = getattr(line, "time_on_screen", None)
    return (type(line), words(line), tuple([number is None for number in numbers(line)]), timed and timed.per)
