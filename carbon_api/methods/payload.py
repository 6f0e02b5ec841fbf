"""Flows of the methods that count what is sent: from a cell's views and screen hours to its gigabytes.

`data` is bound to one of these variants by what the line knows. Units: views [view], hours [h], data [GB].
"""

from typing import Any


def weighed_data(views: Any, data_per_view: Any) -> Any:
    return views * data_per_view


def streamed_data(views: Any, streamed_time_per_view: Any, bitrate: Any) -> Any:
    return views * streamed_time_per_view * bitrate


def watched_data(screen_time: Any, bitrate: Any) -> Any:
    return screen_time * bitrate


def image_data(
    views: Any, images_per_view: Any, pixels_per_image: Any, bytes_per_pixel: Any, compression_ratio: Any
) -> Any:
    return views * images_per_view * pixels_per_image * bytes_per_pixel / compression_ratio
