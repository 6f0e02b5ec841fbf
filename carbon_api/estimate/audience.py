"""Who a line's delivery reaches: on target, off target, not viewable, unknown.

A non-viewable impression is auctioned, sent and carried, but never seen: it has no device part, and no part of minutes
that are priced whole. Viewability and targeting are taken as independent. A share that nobody gave leaves its part
`unknown`.
"""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from carbon_api.plan.model import Delivered, Line

PARTS = ("on_target", "off_target", "non_viewable", "unknown")
NOT_DELIVERED = (0.0, 0.0, 0.0)
Column = NDArray[np.float64]


def parts(lines: Sequence[Line]) -> tuple[Column, Column]:
    """The share of each line's delivery in each part, parts x lines: of every stage but those in proportion to the time
    on screen, and of those. A delivered line's shares sum to 1."""
    delivered, on_target, viewable = np.array([_told(line) for line in lines]).T
    return delivered * split(on_target, viewable), delivered * split(on_target, np.ones(len(lines)))


def _told(line: Line) -> tuple[float, float, float]:
    """Whether the line is delivered, its on-target share (nan when nobody gave it), its viewable share."""
    if not isinstance(line, Delivered):
        return NOT_DELIVERED
    on_target = line.on_target.share.value if line.on_target else math.nan
    return 1.0, on_target, line.viewable_share.value if line.viewable_share else 1.0


def split(on_target: Column, viewable: Column) -> Column:
    """The share of each part, parts x values, where on-target and viewable shares are these (nan: nobody gave it)."""
    unknown = np.isnan(on_target)
    hit = np.where(unknown, 0.0, on_target)
    return np.array([hit * viewable, np.where(unknown, 0.0, 1 - hit) * viewable, 1 - viewable, unknown * viewable])
