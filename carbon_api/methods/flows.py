"""Flows that every method shares: from a line's totals to a cell's views and screen hours. Its gigabytes: payload.

A cell is line x country x device. `screen_time` and `data` are bound to one of their variants by what the line knows.
Units: views [view], hours [h].
"""

from collections.abc import Mapping
from typing import Any

VARIANTS: Mapping[str, tuple[str, ...]] = {
    "screen_time": ("viewed_time", "played_time", "watched_time"),
    "data": ("weighed_data", "streamed_data", "watched_data", "image_data"),
}


def views(line_views: Any, country_share: Any, device_share: Any) -> Any:
    return line_views * country_share * device_share


def viewed_time(views: Any, seen_share: Any, time_per_view: Any) -> Any:
    return views * seen_share * time_per_view


def played_time(line_plays: Any, country_share: Any, device_share: Any, time_per_view: Any) -> Any:
    return line_plays * country_share * device_share * time_per_view


def watched_time(line_watched: Any, country_share: Any, device_share: Any) -> Any:
    return line_watched * country_share * device_share
