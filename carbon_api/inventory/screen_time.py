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
    read = _average(line)
    if read:
        variant, counted = _counted(line)
        return ScreenTime(variant, (counted, Gives("time_per_view", "time_on_screen", read)))
    longest = attrgetter("creative_length") if line.creative_length else None
    return ScreenTime("viewed_time", (_viewable(line),), longest)


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


def _counted(line: Delivered) -> tuple[str, Gives]:
    """What an average is over: the plays, where it is one per play and their number is known; else the views."""
    if isinstance(line, Ad) and line.plays:
        timed = line.time_on_screen
        if timed.per != "impression" if timed else line.quartiles:
            return "played_time", Gives("line_plays", "plays", attrgetter("plays"))
    return "viewed_time", SEEN_WHOLE if line.time_on_screen else _viewable(line)


def _viewable(line: Delivered) -> Gives:
    """Where nobody gave an average time, it is one over viewable views."""
    if isinstance(line, Ad) and line.viewable_share:
        return Gives("seen_share", "viewable_share", attrgetter("viewable_share"))
    return SEEN_WHOLE
