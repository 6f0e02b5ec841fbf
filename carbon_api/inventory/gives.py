"""What a line gives to a flow: the value's name in the formulas, the plan's field, and how to read it."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from carbon_api.inventory.inputs import Status
from carbon_api.plan.model import Quantity


class Gives(NamedTuple):
    """A value that every line of the same description gives. Without `read` it is the plain number 1."""

    name: str
    field: str
    read: Callable[[Any], Quantity] | None
    status: Status = "given"


# The coherent unit of every value that a plan can give.
UNITS: Mapping[str, str] = {
    "line_views": "view",
    "line_plays": "view",
    "line_watched": "h",
    "line_volume": "GB",
    "line_duration": "h",
    "line_people": "person",
    "line_vehicles": "vehicle",
    "line_nights": "night",
    "line_distance": "km",
    "line_parcels": "parcel",
    "weight_per_parcel": "kg/parcel",
    "country_share": "1",
    "device_share": "1",
    "seen_share": "1",
    "mobile_share": "1",
    "screen_coverage": "1",
    "time_per_view": "h/view",
    "streamed_time_per_view": "h/view",
    "data_per_view": "GB/view",
    "images_per_view": "1/view",
    "bitrate": "GB/h",
    "paths_per_view": "path/view",
    "kept_for": "h",
    "copies": "1",
    "line_outputs": "output",
    "tokens_per_output": "token/output",
    "grid_audience": "kgCO2e/kWh",
    "grid_region": "kgCO2e/kWh",
}
