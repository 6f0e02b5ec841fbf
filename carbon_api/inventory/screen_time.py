"""How long a line's content is on screen, in order of trust.

A given total > an average over its own denominator > quartiles of a known length > the book's default. The length of a
creative is not the time it is seen: with both, the time is the shorter; a length alone is seen whole only where it
cannot be skipped.
"""

from collections.abc import Callable
from operator import attrgetter
from typing import Any, NamedTuple

from carbon_api.inventory.gives import Gives
from carbon_api.plan.model import Ad, Delivered, Live, Quantity, Video
from carbon_api.plan.vocabulary import PLACEMENTS

SEEN_WHOLE = Gives("seen_share", "views", None, "derived")


class ScreenTime(NamedTuple):
    """The variant of the flow, what the line gives to it, and how to read the longest that a default may be."""

    variant: str
    gives: tuple[Gives, ...]
    longest: Callable[[Any], Quantity] | None = None


def screen_time(line: Delivered) -> ScreenTime:
    """How the line's screen hours are found."""
    total = _total(line)
    if total:
        return ScreenTime("watched_time", (total,))
    seen, read = _seen_share(line), _average(line)
    if read:
        return ScreenTime("viewed_time", (seen, Gives("time_per_view", "time_on_screen", read)))
    return ScreenTime("viewed_time", (seen,), attrgetter("creative_length") if line.creative_length else None)


def _total(line: Delivered) -> Gives | None:
    if isinstance(line, (Video, Live)) and line.watched:
        status = line.watched_status if isinstance(line, Live) else "given"
        return Gives("line_watched", "minutes_watched", attrgetter("watched"), status)
    if line.time_on_screen_total:
        return Gives("line_watched", "time_on_screen_total", attrgetter("time_on_screen_total"))
    return None


def _average(line: Delivered) -> Callable[[Any], Quantity] | None:
    """How to read the average time over its own denominator."""
    if line.time_on_screen:
        return _timed
    if not isinstance(line, Ad) or not line.creative_length:
        return None
    if line.quartiles:
        return _by_quartiles
    unskippable = line.placement and not PLACEMENTS[line.placement].skippable
    return attrgetter("creative_length") if unskippable else None


def _timed(line: Any) -> Quantity:
    """The average time, never longer than the creative."""
    time: Quantity = line.time_on_screen.value
    length: Quantity | None = line.creative_length
    return length if length and length.value < time.value else time


def _by_quartiles(line: Any) -> Quantity:
    """The part of a video that the average play watches: the area under its completion curve, by trapezes."""
    length: Quantity = line.creative_length
    reached = (1.0, *line.quartiles)
    steps = zip(reached, line.quartiles, strict=False)
    return length._replace(value=length.value * sum((start + end) / 2 for start, end in steps) / len(line.quartiles))


def _seen_share(line: Delivered) -> Gives:
    """The share of views that the average is over: plays for an average per play, viewable views for a default."""
    if not isinstance(line, Ad):
        return SEEN_WHOLE
    timed = line.time_on_screen
    if (timed and timed.per != "impression") or (line.quartiles and line.plays):
        return Gives("seen_share", "plays", _plays_share, "derived")
    if timed is None and line.viewable_share:
        return Gives("seen_share", "viewable_share", attrgetter("viewable_share"))
    return SEEN_WHOLE


def _plays_share(line: Any) -> Quantity:
    impressions = line.impressions.value
    return Quantity(line.plays.value / impressions if line.plays and impressions else 1.0)
