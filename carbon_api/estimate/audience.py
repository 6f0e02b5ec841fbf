"""Who a line's delivery reaches: on target, off target, not viewable, unknown.

A non-viewable impression is auctioned, sent and carried, but never seen: it has no device part. Viewability and
targeting are taken as independent. A share that nobody gave leaves its part `unknown`.
"""

from typing import NamedTuple

from carbon_api.plan.model import Delivered, Line

PARTS = ("on_target", "off_target", "non_viewable", "unknown")


class Parts(NamedTuple):
    """The share of a line's delivery in each part, in the order of PARTS; it sums to 1."""

    on_target: float
    off_target: float
    non_viewable: float
    unknown: float


def parts(line: Line) -> tuple[Parts, Parts]:
    """The parts of every stage but the device's, and of the device's."""
    if not isinstance(line, Delivered):
        return Parts(0.0, 0.0, 0.0, 0.0), Parts(0.0, 0.0, 0.0, 0.0)
    on_target = line.on_target.share.value if line.on_target else None
    viewable = line.viewable_share.value if line.viewable_share else 1.0
    return _split(on_target, viewable), _split(on_target, 1.0)


def _split(on_target: float | None, viewable: float) -> Parts:
    if on_target is None:
        return Parts(0.0, 0.0, 1 - viewable, viewable)
    return Parts(on_target * viewable, (1 - on_target) * viewable, 1 - viewable, 0.0)
