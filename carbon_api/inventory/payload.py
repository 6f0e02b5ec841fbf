"""How many bytes a line sends: a given weight, a stream at some bitrate, or still images."""

from typing import NamedTuple

from carbon_api.inventory.inputs import Ledger
from carbon_api.plan.model import Ad, Delivered, Post, Story


class Payload(NamedTuple):
    """The variant of the flow and its given values by name."""

    variant: str
    given: dict[str, int]


def payload(line: Delivered, ledger: Ledger) -> Payload:
    """How the line's gigabytes are found. An unknown player downloads a creative whole, however long it is watched."""
    if line.weight:
        return Payload("weighed_data", {"data_per_view": ledger.quantity(line.weight, "weight")})
    if getattr(line, "format", None) in {"image", "carousel"}:
        return Payload("image_data", {"images_per_view": ledger.exact(float(getattr(line, "cards", 1)), "given")})
    given = {"bitrate": ledger.quantity(line.bitrate, "bitrate")} if line.bitrate else {}
    if isinstance(line, (Ad, Post, Story)) and line.creative_length:
        length = ledger.quantity(line.creative_length, "creative_length")
        return Payload("streamed_data", given | {"streamed_time_per_view": length})
    return Payload("watched_data", given)
