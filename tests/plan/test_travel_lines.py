"""Trips and parcels: what each mode needs and has no use for, told with how to mend it; and influencer content."""

from typing import Any

import pytest
from refusing import line, only, plan, refusals, refused, the_refusal

from carbon_api.plan.load import parse_plan
from carbon_api.plan.model import Parcels, Quantity, Trip
from carbon_api.plan.vocabulary import FLIGHT_LENGTHS, MODES

HERE = "/lines/0"
TRIP = {"id": "t", "kind": "travel", "country": "FR"}


def trip(**said: Any) -> Trip:
    """The trip of a travel line that is accepted."""
    read: Trip = only({**TRIP, **said}).trip
    return read


def test_a_trip_keeps_what_is_said_of_it() -> None:
    assert trip(mode="plane", distance="11680 km", flights=2, people=3, cabin="economy", traveller="supplier") == Trip(
        "plane", "supplier", Quantity(11680.0), people=Quantity(3.0), cabin="economy", flights=2, length="over_5000"
    )
    assert trip(mode="train", rail="tgv", distance=900, people=2) == Trip(
        "train", "staff", Quantity(900.0), people=Quantity(2.0), rail="tgv"
    )
    assert trip(mode="hotel", nights=6) == Trip("hotel", "staff", nights=Quantity(6.0))
    assert trip(mode="car", distance="10 mi", vehicles=1).distance == Quantity(16.09344)


def test_a_distance_one_way_counts_twice_and_is_as_unsure() -> None:
    distance = {"value": 500, "plus_minus": "10 %", "uncertainty_group": "map"}
    there = trip(mode="plane", distance=distance, flights=2, people=1, round_trip=True)
    assert (there.distance, there.distance_status) == (Quantity(1000.0, 0.1, "map"), "derived")
    assert there.length == trip(mode="plane", distance=500, flights=1, people=1).length == "500_to_1000"
    assert there.flight_length == 500
    stated = trip(mode="plane", distance=1000, flights=2, people=1, round_trip=False)
    assert (stated.distance, stated.distance_status, stated.length) == (Quantity(1000.0), "given", "500_to_1000")


@pytest.mark.parametrize(
    ("distance", "flights", "length"),
    [
        (0, 1, "under_500"),
        (499.9, 1, "under_500"),
        (500, 1, "500_to_1000"),
        (1999, 2, "500_to_1000"),
        (2000, 2, "1000_to_2000"),
        (4999, 1, "2000_to_5000"),
        (5000, 1, "over_5000"),
        (12_000, 3, "2000_to_5000"),
    ],
)
def test_the_length_of_a_flight_is_its_part_of_the_distance(distance: float, flights: int, length: str) -> None:
    assert trip(mode="plane", distance=distance, flights=flights, people=1).length == length
    assert length in FLIGHT_LENGTHS


def test_the_flights_of_a_trip_there_and_back_are_those_of_both_ways() -> None:
    there = {"mode": "plane", "distance": 1200, "people": 1, "round_trip": True}
    assert [trip(**there, flights=flights).length for flights in (2, 3, 6)] == [
        *("1000_to_2000", "500_to_1000", "under_500")
    ]
    found = the_refusal({**TRIP, **there, "flights": 1})
    assert (found.pointer, found.code) == (f"{HERE}/flights", "contradiction")
    assert "a trip there and back takes at least two flights" in found.detail
    assert trip(**{**there, "round_trip": False}, flights=1).length == "1000_to_2000"


@pytest.mark.parametrize("mode", MODES)
def test_what_a_mode_is_not_counted_in_is_refused_with_what_would_do(mode: str) -> None:
    counted = MODES[mode]
    right = {counted: 2} if mode == "hotel" else {"distance": 10, counted: 2}
    for wrong in {"people", "vehicles", "nights", "distance"} - right.keys():
        found = the_refusal({**TRIP, "mode": mode, **right, wrong: 2})
        assert (found.pointer, found.code) == (f"{HERE}/{wrong}", "contradiction")
        assert f"write {counted}" in found.detail
        assert found.detail.endswith(f"leave {wrong} out")
    for name in right:
        found = the_refusal({**TRIP, "mode": mode, **{key: 2 for key in right if key != name}})
        assert (found.pointer, found.code, found.valid_values) == (HERE, "missing-field", (name,))


def test_both_people_and_vehicles_are_refused() -> None:
    assert refused({**TRIP, "mode": "car", "distance": 9, "people": 2}) == [
        (HERE, "missing-field"),
        (f"{HERE}/people", "contradiction"),
    ]
    assert refused({**TRIP, "mode": "train", "distance": 9, "people": 2, "vehicles": 1}) == [
        (f"{HERE}/vehicles", "contradiction")
    ]


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"mode": "train", "distance": 9, "people": 1, "cabin": "first"}, "cabin"),
        ({"mode": "train", "distance": 9, "people": 1, "flights": 2}, "flights"),
        ({"mode": "plane", "distance": 9, "people": 1, "rail": "tgv"}, "rail"),
        ({"mode": "coach", "distance": 9, "people": 1, "fuel": "diesel"}, "fuel"),
        ({"mode": "taxi", "distance": 9, "vehicles": 1, "fuel": "diesel"}, "fuel"),
        ({"mode": "hotel", "nights": 9, "round_trip": True}, "round_trip"),
        ({"mode": "plane", "distance": 9, "people": 1, "haul": "short"}, "haul"),
        ({"mode": "train", "distance": 9, "people": 1, "haul": "short", "country": "GB"}, "haul"),
    ],
)
def test_an_option_of_another_mode_or_country_is_refused(said: dict[str, Any], field: str) -> None:
    assert set(refused({**TRIP, **said})) == {(f"{HERE}/{field}", "contradiction")}


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("mode", "rocket", "unknown-mode"),
        ("mode", None, "null"),
        ("distance", -1, "negative"),
        ("distance", "10 s", "wrong-dimension"),
        ("distance", "10 m", "unknown-unit"),
        ("distance", float("inf"), "not-finite"),
        ("distance", 1e8, "too-large"),
        ("people", -2, "negative"),
        ("people", "two", "not-a-number"),
        ("people", True, "not-a-number"),
        ("traveller", "boss", "unknown-traveller"),
        ("round_trip", "yes", "not-true-or-false"),
        ("rail", "eurostar", "unknown-rail"),
        ("country", "fr", "unknown-country"),
        ("grid_intensity", 52, "unknown-field"),
        ("platform", "x", "unknown-field"),
    ],
)
def test_hostile_values_are_refused(field: str, value: object, code: str) -> None:
    assert refused(line("travel", **{field: value})) == [(f"{HERE}/{field}", code)]


@pytest.mark.parametrize(("flights", "code"), [(0, "out-of-range"), (1.5, "not-whole"), ("2", "not-a-number")])
def test_flights_are_whole_and_one_at_least(flights: object, code: str) -> None:
    said = {**TRIP, "mode": "plane", "distance": 9, "people": 1, "flights": flights}
    assert refused(said) == [(f"{HERE}/flights", code)]


def test_a_trip_is_no_default() -> None:
    assert only(line("travel", "country"), defaults={"country": "FR", "traveller": "supplier"}).trip.traveller == (
        "supplier"
    )
    for name, value in (("mode", "car"), ("distance", 3), ("people", 3), ("travel", []), ("shipping", [])):
        assert refused(line("travel"), defaults={name: value}) == [(f"/defaults/{name}", "unknown-field")]


MOVED = {
    "travel": [{"mode": "hotel", "nights": 2, "country": "ES"}, {"mode": "car", "distance": 9, "vehicles": 1}],
    "shipping": [{"mode": "van", "parcels": 3, "weight": "1.5 kg", "distance": 400}],
}


def test_an_influencer_travels_and_is_sent_things() -> None:
    read = only(line("influencer", **MOVED, creators=3))
    assert read.travel == (
        Trip("hotel", "supplier", nights=Quantity(2.0), country={"ES": 1.0}),
        Trip("car", "supplier", Quantity(9.0), vehicles=Quantity(1.0)),
    )
    assert read.shipping == (Parcels("van", Quantity(3.0), Quantity(1.5), Quantity(400.0)),)
    assert (read.creators, read.views) == (Quantity(3.0), Quantity(1000.0))


def test_the_views_of_creators_are_given_or_derived() -> None:
    each = {"creators": 4, "posts_per_creator": 3, "views_per_post": {"value": 500, "plus_minus": 0.2}}
    read = only(line("influencer", "views", **each))
    assert (read.views, read.views_status) == (Quantity(6000.0, pytest.approx(0.2)), "derived")
    assert refused(line("influencer", views_per_post=3)) == [(f"{HERE}/views_per_post", "contradiction")]
    for name in each:
        without = {key: value for key, value in each.items() if key != name}
        found = the_refusal(line("influencer", "views", **without))
        assert (found.pointer, found.code) == (HERE, "missing-field")
        assert name in found.valid_values
    assert refused(line("influencer", creators=1.5)) == [(f"{HERE}/creators", "not-whole")]
    huge = {"creators": 10**9, "posts_per_creator": 10**6, "views_per_post": 9}
    assert refused(line("influencer", "views", **huge)) == [(HERE, "too-large")]


@pytest.mark.parametrize(
    ("name", "value", "found"),
    [
        ("travel", [], ("/travel", "out-of-range")),
        ("travel", None, ("/travel", "null")),
        ("travel", {"mode": "car"}, ("/travel", "not-a-list")),
        ("travel", ["car"], ("/travel/0", "not-a-mapping")),
        ("travel", [{"distance": 3}], ("/travel/0", "missing-field")),
        ("travel", [MOVED["travel"][0]] * 101, ("/travel", "out-of-range")),
        ("travel", [{"mode": "car", "distance": -3, "vehicles": 1}], ("/travel/0/distance", "negative")),
        ("travel", [{"mode": "car", "distance": 3, "people": 1}], ("/travel/0", "missing-field")),
        ("travel", [{**MOVED["travel"][0], "id": "x"}], ("/travel/0/id", "unknown-field")),
        (
            "travel",
            [{"mode": "plane", "distance": 3, "people": 1, "haul": "long"}],
            ("/travel/0/haul", "contradiction"),
        ),
        ("shipping", [{"mode": "drone"}], ("/shipping/0/mode", "unknown-carrier")),
        ("shipping", [{**MOVED["shipping"][0], "weight": "2 MB"}], ("/shipping/0/weight", "wrong-dimension")),
        ("shipping", [{**MOVED["shipping"][0], "weight": 0}], ("/shipping/0/weight", "too-small")),
        ("shipping", [{**MOVED["shipping"][0], "haul": "long"}], ("/shipping/0/haul", "contradiction")),
        ("shipping", [{"mode": "van", "parcels": 1, "weight": 1}], ("/shipping/0", "missing-field")),
    ],
)
def test_what_is_wrong_in_a_list_is_pointed_to(name: str, value: object, found: tuple[str, str]) -> None:
    assert (f"{HERE}{found[0]}", found[1]) in refused(line("influencer", **{name: value}))


def test_a_haul_goes_by_the_country_of_its_own_trip_or_else_of_the_line() -> None:
    flight = {"mode": "plane", "distance": 900, "people": 1, "haul": "short"}
    assert only(line("influencer", travel=[flight], country="GB")).travel[0].haul == "short"
    assert only(line("influencer", travel=[{**flight, "country": "GB"}])).travel[0].haul == "short"
    spoilt = line("influencer", travel=[{**flight, "country": "FR"}], country="GB")
    assert refused(spoilt) == [(f"{HERE}/travel/0/haul", "contradiction")]


def test_findings_point_into_lists_in_the_keys_that_were_written() -> None:
    spoilt = line("influencer") | {"déplacements": [{"mode": "voiture", "distance": 3, "véhicules": "deux"}]}
    (found,) = refusals(plan(spoilt))
    assert found.pointer == f"{HERE}/déplacements/0/véhicules"


def test_a_trip_written_in_text_is_located_in_it() -> None:
    found = the_refusal(line("travel", mode="trian"))
    assert found.valid_values[0] == "train"
    assert parse_plan(plan(line("travel", mode="train"))).lines
