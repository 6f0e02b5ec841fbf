"""Shipping: parcels by van, truck or plane, by the tonne and kilometre. Shared by every media method.

Conversion factors 2025 of the UK's DESNZ (earlier DEFRA), freighting goods: the average van up to 3.5 t, all trucks at
their average load, freight flights; and the supply of their fuel, printed apart and added. A flight to or from the
United Kingdom goes by its haul. Nothing else of this kind was read: for other countries the British van and truck and
DESNZ's flights elsewhere stand in, and a warning says so. What was read is the flat file, by way of a copy.

Flights are with contrails and the like by default; the figure without stands beside. Outside: the packaging, sorting,
warehouses, what is sent, and the manufacture of vehicles.
"""

from typing import Any

from carbon_api.methods.contrails import WITHOUT_CONTRAILS
from carbon_api.methods.method import Card, Stage

DEFAULTS = {
    "road_per_freight": ("shipping.{carrier}.footprint",),
    "road_upstream_per_freight": ("shipping.{carrier}.upstream",),
    "air_per_freight": ("shipping.flight.uk.{haul}.{contrails}", "shipping.flight.elsewhere.{contrails}"),
    "air_upstream_per_freight": ("shipping.flight.upstream.uk.{haul}", "shipping.flight.upstream.elsewhere"),
}

CARD = Card(
    id="shipping",
    revision=1,
    title="Parcels sent",
    publisher="UK Department for Energy Security and Net Zero (DESNZ)",
    version="conversion factors 2025",
    opening=__doc__,
    included=("parcels: fuel used, its supply, contrails of flights",),
    excluded=("packaging, sorting and warehouses", "manufacture of the vehicles that carry parcels"),
    stages=(
        Stage("production", "unsplit", "road_footprint", "by_road"),
        Stage("production", "unsplit", "air_footprint", "by_air"),
    ),
    energy=(),
    defaults=DEFAULTS,
    grid="",
    readings=(WITHOUT_CONTRAILS,),
    asked=("haul",),
)


def freight(line_parcels: Any, weight_per_parcel: Any, line_distance: Any, country_share: Any) -> Any:
    return line_parcels * weight_per_parcel * line_distance * country_share


def road_footprint(freight: Any, road_per_freight: Any, road_upstream_per_freight: Any) -> Any:
    return freight * (road_per_freight + road_upstream_per_freight)


def air_footprint(freight: Any, air_per_freight: Any, air_upstream_per_freight: Any) -> Any:
    return freight * (air_per_freight + air_upstream_per_freight)
