"""How many bytes a line sends: a given weight, a stream at some bitrate, or still images."""

from operator import attrgetter
from typing import Any, NamedTuple

from carbon_api.inventory.gives import Gives
from carbon_api.plan.model import Ad, Delivered, Post, Quantity, Story


class Payload(NamedTuple):
    """The variant of the flow, and what the line gives to it."""

    variant: str
    gives: tuple[Gives, ...]


def payload(line: Delivered) -> Payload:
    """How the line's gigabytes are found. An unknown player downloads a creative whole, however long it is watched."""
    if line.weight:
        return Payload("weighed_data", (Gives("data_per_view", "weight", attrgetter("weight")),))
    if is_image(line):
        return Payload("image_data", (Gives("images_per_view", "cards", _cards),))
    given = (Gives("bitrate", "bitrate", attrgetter("bitrate")),) if line.bitrate else ()
    if isinstance(line, (Ad, Post, Story)) and line.creative_length:
        length = Gives("streamed_time_per_view", "creative_length", attrgetter("creative_length"))
        return Payload("streamed_data", (*given, length))
    return Payload("watched_data", given)


def is_image(line: Delivered) -> bool:
    """Whether what is shown is still."""
    return getattr(line, "format", None) in {"image", "carousel"}


def _cards(line: Any) -> Quantity:
    return Quantity(float(getattr(line, "cards", 1)))
