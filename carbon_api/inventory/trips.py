"""What trips and parcels do: the figures that price them, and the numbers they give to these."""

from collections.abc import Callable, Mapping
from typing import Any

from carbon_api.inventory.defaults import Context
from carbon_api.inventory.gives import Gives
from carbon_api.plan.model import Parcels, Quantity, Trip
from carbon_api.plan.vocabulary import MODES

# The class of rows of each mode.
TRIPS: Mapping[str, str] = {
    "plane": "flights",
    "train": "rides",
    "coach": "rides",
    "car": "drives",
    "taxi": "drives",
    "hotel": "stays",
}
CONTRAILS = "contrails"


def trip_context(trip: Trip) -> Context:
    """What a factor pattern may name about a trip. Of coaches and taxis there is nothing to choose."""
    chosen = {"flight_per_distance": trip.cabin, "ride_per_distance": trip.rail, "drive_per_distance": trip.fuel}
    only = trip.mode in {"coach", "taxi"}
    context = Context("travel", stated=frozenset(name for name, said in chosen.items() if said or only))
    match trip.mode:
        case "plane":
            cabin = None if trip.cabin == "average" else trip.cabin
            flown = context._replace(haul=trip.haul, seat=cabin or "average", cabin=cabin, length=trip.length)
            return flown._replace(contrails=CONTRAILS)
        case "train":
            return context._replace(rail=trip.rail or "national")
        case "car":
            return context._replace(fuel=trip.fuel or "average")
        case "coach" | "taxi":
            return context._replace(ride=trip.mode)
    return context


def trip_gives(trip: Trip, read: Callable[[Any], Trip]) -> tuple[Gives, ...]:
    """What a trip gives: its distance, where it has one, and what it is counted in. `read` finds it in its line."""
    counted = MODES[trip.mode]
    moved = (Gives("line_distance", "distance", _number(read, "distance"), trip.distance_status),)
    return (*(moved if trip.distance else ()), Gives(f"line_{counted}", counted, _number(read, counted)))


def parcels_context(parcels: Parcels) -> Context:
    """What a factor pattern may name about parcels."""
    if parcels.mode == "plane":
        return Context("shipping", haul=parcels.haul, contrails=CONTRAILS)
    return Context("shipping", carrier=parcels.mode)


def parcels_give(read: Callable[[Any], Parcels]) -> tuple[Gives, ...]:
    """What parcels give: their number, weight and distance. `read` finds them in their line."""
    return (
        Gives("line_parcels", "parcels", _number(read, "parcels")),
        Gives("weight_per_parcel", "weight", _number(read, "weight")),
        Gives("line_distance", "distance", _number(read, "distance")),
    )


def _number(read: Callable[[Any], Any], name: str) -> Callable[[Any], Quantity]:
    def of(line: Any) -> Quantity:
        number: Quantity = getattr(read(line), name)
        return number

    return of
