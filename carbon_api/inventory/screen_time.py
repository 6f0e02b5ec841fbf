"""How long a line's content is on screen, in order of trust.

A given total > an average over its own denominator > quartiles of a known length > the book's default. The length of a
creative is not the time it is seen: with both, the time is the shorter; a length alone is seen whole only where it
cannot be skipped.
"""

from typing import Literal, NamedTuple

from carbon_api.inventory.inputs import Ledger
from carbon_api.plan.model import Ad, Delivered, Live, Quantity, Video
from carbon_api.plan.vocabulary import PLACEMENTS


class ScreenTime(NamedTuple):
    """The variant of the flow, its given values by name, and the longest a default may be (h)."""

    variant: str
    given: dict[str, int]
    longest: float | None = None


def screen_time(line: Delivered, ledger: Ledger) -> ScreenTime:
    """How the line's screen hours are found."""
    total = _total(line)
    if total:
        return ScreenTime(
            "watched_time", {"line_watched": ledger.quantity(total, "time_on_screen_total", _status(line))}
        )
    seen = {"seen_share": _seen_share(line, ledger)}
    time = _average(line)
    if time:
        return ScreenTime("viewed_time", seen | {"time_per_view": ledger.quantity(time, "time_on_screen")})
    length = line.creative_length.value if line.creative_length else None
    return ScreenTime("viewed_time", seen, length)


def _total(line: Delivered) -> Quantity | None:
    if isinstance(line, (Video, Live)) and line.watched:
        return line.watched
    return line.time_on_screen_total


def _status(line: Delivered) -> Literal["given", "derived"]:
    return line.watched_status if isinstance(line, Live) else "given"


def _average(line: Delivered) -> Quantity | None:
    """The average time over its own denominator, never longer than the creative."""
    if line.time_on_screen:
        return _shorter(line.time_on_screen.value, line.creative_length)
    if not isinstance(line, Ad) or not line.creative_length:
        return None
    if line.quartiles:
        return line.creative_length._replace(value=line.creative_length.value * _watched_part(line.quartiles))
    unskippable = line.placement and not PLACEMENTS[line.placement].skippable
    return line.creative_length if unskippable else None


def _shorter(time: Quantity, length: Quantity | None) -> Quantity:
    return length if length and length.value < time.value else time


def _watched_part(quartiles: tuple[float, float, float, float]) -> float:
    """The part of a video that the average play watches: the area under its completion curve, by trapezes."""
    reached = (1.0, *quartiles)
    return sum((start + end) / 2 for start, end in zip(reached, quartiles, strict=False)) / len(quartiles)


def _seen_share(line: Delivered, ledger: Ledger) -> int:
    """The share of views that the average is over: plays for an average per play, viewable views for a default."""
    if not isinstance(line, Ad):
        return ledger.exact(1.0)
    timed = line.time_on_screen
    if (timed and timed.per != "impression") or (line.quartiles and line.plays):
        return _plays_share(line, ledger)
    if timed is None and line.viewable_share:
        return ledger.quantity(line.viewable_share, "viewable_share")
    return ledger.exact(1.0)


def _plays_share(line: Ad, ledger: Ledger) -> int:
    plays = line.plays.value if line.plays else line.impressions.value
    return ledger.exact(plays / line.impressions.value if line.impressions.value else 1.0)
