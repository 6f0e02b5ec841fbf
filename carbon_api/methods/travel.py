"""Travel: trips by plane, train, coach, car and taxi, and nights at hotels. Shared by every media method.

A distance carried, or a night, times what its publisher gives for one of it. Figures are of the country of the trip:
ADEME's for France (Base Carbone V23.6, July 2025), those of the UK's DESNZ (earlier DEFRA; conversion factors 2025) for
the United Kingdom, ADEME's of fifteen countries for trains, DESNZ's for hotels by country. For any other, DESNZ's stand
in, and a warning says so: flights that neither leave nor reach the United Kingdom (by cabin, in France too, where ADEME
gives no cabin), and its British cars, taxis and coaches.

Flights are with contrails and the like by default; the figure without stands beside. ADEME's go by the length of each
flight and count the supply of fuel in, and the manufacture of the vehicle. DESNZ's go by haul and cabin, and print the
supply of fuel and electricity apart: it is added. What was read of DESNZ is its flat file, by way of copies.

Outside: the supply of electricity of trains abroad, of which ADEME gives the power station alone; the supply of energy
of hotels, of which nothing is published; the manufacture of DESNZ's vehicles; meals; airports, stations and roads.
ADEME's petrol car of 2023 (0.357 kg/km) looks wrong and is left out, as is the average that holds it.
"""

from typing import Any

from carbon_api.methods.contrails import WITHOUT_CONTRAILS
from carbon_api.methods.method import Card, Stage

DEFAULTS = {
    "flight_per_distance": (
        "travel.flight.uk.{haul}.{seat}.{contrails}",
        "travel.flight.cabin.{cabin}.{contrails}",
        "travel.flight.length.{length}.{contrails}",
        "travel.flight.cabin.average.{contrails}",
    ),
    "flight_upstream_per_distance": (
        "travel.flight.upstream.uk.{haul}.{seat}",
        "travel.flight.upstream.cabin.{cabin}",
        "travel.flight.upstream.length.{length}",
        "travel.flight.upstream.cabin.average",
    ),
    "ride_per_distance": ("travel.train.{rail}.footprint", "travel.ride.{ride}.footprint"),
    "ride_upstream_per_distance": ("travel.train.{rail}.upstream", "travel.ride.{ride}.upstream"),
    "drive_per_distance": ("travel.car.{fuel}.footprint", "travel.drive.{ride}.footprint"),
    "drive_upstream_per_distance": ("travel.car.{fuel}.upstream", "travel.drive.{ride}.upstream"),
    "stay_per_night": ("travel.hotel.footprint",),
}

CARD = Card(
    id="travel",
    revision=1,
    title="Trips and hotel nights",
    publisher="ADEME; UK Department for Energy Security and Net Zero (DESNZ)",
    version="Base Carbone V23.6, July 2025; conversion factors 2025",
    opening=__doc__,
    included=("trips: fuel and electricity used, their supply, contrails of flights", "energy used by hotels"),
    excluded=(
        "supply of electricity of trains outside France and the United Kingdom",
        "supply of energy of hotels",
        "manufacture of vehicles, where DESNZ's figures stand",
    ),
    stages=(
        Stage("production", "unsplit", "flight_footprint", "flights"),
        Stage("production", "unsplit", "ride_footprint", "rides"),
        Stage("production", "unsplit", "drive_footprint", "drives"),
        Stage("production", "unsplit", "stay_footprint", "stays"),
    ),
    energy=(),
    defaults=DEFAULTS,
    grid="",
    readings=(WITHOUT_CONTRAILS,),
    asked=("haul", "length"),
)


def passenger_distance(line_people: Any, line_distance: Any, country_share: Any) -> Any:
    return line_people * line_distance * country_share


def vehicle_distance(line_vehicles: Any, line_distance: Any, country_share: Any) -> Any:
    return line_vehicles * line_distance * country_share


def flight_footprint(passenger_distance: Any, flight_per_distance: Any, flight_upstream_per_distance: Any) -> Any:
    return passenger_distance * (flight_per_distance + flight_upstream_per_distance)


def ride_footprint(passenger_distance: Any, ride_per_distance: Any, ride_upstream_per_distance: Any) -> Any:
    return passenger_distance * (ride_per_distance + ride_upstream_per_distance)


def drive_footprint(vehicle_distance: Any, drive_per_distance: Any, drive_upstream_per_distance: Any) -> Any:
    return vehicle_distance * (drive_per_distance + drive_upstream_per_distance)


def stay_footprint(line_nights: Any, country_share: Any, stay_per_night: Any) -> Any:
    return line_nights * country_share * stay_per_night
