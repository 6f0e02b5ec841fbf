"""Whose figure prices a trip or a parcel, and what is asked where nobody's would."""

from typing import Any

import pytest
from looking import cells, inventory, line

from carbon_api.cli.words import WARNINGS
from carbon_api.errors import PlanInvalid
from carbon_api.estimate.run import estimate_plan
from carbon_api.factor_book.book import book
from carbon_api.inventory.inputs import Input
from carbon_api.plan.load import parse_plan
from carbon_api.plan.model import Line, Parcels, Plan, Quantity, Trip

DISTANCE, TWO = Quantity(900.0), Quantity(2.0)
MAIN = {"flight_per_distance", "ride_per_distance", "drive_per_distance", "stay_per_night"}
MAIN |= {"road_per_freight", "air_per_freight"}


def trip(mode: str, country: str = "FR", **said: Any) -> Line:
    counted = {"car": "vehicles", "taxi": "vehicles", "hotel": "nights"}.get(mode, "people")
    distance = {} if mode == "hotel" else {"distance": DISTANCE}
    return line("travel", country={country: 1.0}, trip=Trip(mode, "staff", **distance, **{counted: TWO}, **said))


def main(one: Line) -> Input:
    """The figure that prices a trip, its supply of fuel apart."""
    (cell,) = [cell for cell in cells(one) if MAIN & cell.inputs.keys()]
    return next(cell.inputs[name] for name in MAIN if name in cell.inputs)


@pytest.mark.parametrize(
    ("one", "source", "country", "printed"),
    [
        (trip("plane", length="over_5000"), "ademe-base-carbone", "FR", 0.151),
        (trip("plane", length="over_5000", cabin="first"), "desnz-2025", "world", 0.43663),
        (trip("plane", length="under_500", cabin="average"), "ademe-base-carbone", "FR", 0.289),
        (trip("plane", "DE", length="under_500"), "desnz-2025", "world", 0.14253),
        (trip("plane", "GB", haul="domestic"), "desnz-2025", "GB", 0.22928),
        (trip("plane", "GB", haul="long", cabin="premium_economy"), "desnz-2025", "GB", 0.18726),
        (trip("train", rail="intercites"), "ademe-base-carbone", "FR", 0.0075),
        (trip("train", rail="metro"), "ademe-base-carbone", "FR", 0.00442),
        (trip("train", "GB", rail="metro"), "desnz-2025", "GB", 0.0278),
        (trip("train", "GB", rail="international"), "desnz-2025", "GB", 0.00446),
        (trip("train", "CH"), "ademe-base-carbone", "CH", 0.00374),
        (trip("coach"), "ademe-base-carbone", "FR", 0.0376),
        (trip("coach", "world"), "desnz-2025", "world", 0.02776),
        (trip("car", fuel="diesel"), "ademe-base-carbone", "FR", 0.19),
        (trip("car", fuel="electric"), "ademe-base-carbone", "FR", 0.103),
        (trip("car", fuel="petrol"), "desnz-2025", "world", 0.16272),
        (trip("car"), "desnz-2025", "world", 0.16725),
        (trip("car", "GB", fuel="electric"), "desnz-2025", "GB", 0.04047),
        (trip("taxi", "GB"), "desnz-2025", "GB", 0.20806),
        (trip("hotel"), "desnz-2025", "FR", 6.7),
        (trip("hotel", "MV"), "desnz-2025", "MV", 152.2),
    ],
)
def test_the_country_decides_whose_figure_prices_a_trip(one: Line, source: str, country: str, printed: float) -> None:
    row = main(one).row
    assert row
    assert (row.source, row.country, row.printed) == (source, country, printed)


@pytest.mark.parametrize(
    ("one", "field", "status"),
    [
        (trip("plane", length="over_5000"), None, "derived"),
        (trip("plane", "DE", length="over_5000"), "cabin", "default"),
        (trip("plane", "GB", haul="short"), "cabin", "default"),
        (trip("plane", length="over_5000", cabin="average"), None, "derived"),
        (trip("plane", "DE", cabin="business"), None, "derived"),
        (trip("train", "DE"), "rail", "default"),
        (trip("train", rail="tgv"), None, "derived"),
        (trip("car"), "fuel", "default"),
        (trip("car", fuel="lpg"), None, "derived"),
        (trip("coach"), None, "derived"),
        (trip("taxi"), None, "derived"),
        (trip("hotel"), None, "factor"),
    ],
)
def test_what_a_trip_leaves_open_is_a_default_of_its_field(one: Line, field: str | None, status: str) -> None:
    assert main(one).status == status
    assert {use.field for use in inventory(one).noted.uses} == ({field} if field else set())


def test_a_trip_gives_its_distance_and_what_it_is_counted_in() -> None:
    trips = trip("plane", length="over_5000", distance_status="derived")
    (cell,) = cells(trips)
    statuses = {name: cell.inputs[name].status for name in ("line_distance", "line_people", "country_share")}
    assert statuses == {"line_distance": "derived", "line_people": "given", "country_share": "given"}
    assert cell.device == ""


RAILS = ("intercites", "metro", "rer", "ter", "tgv", "tramway")


@pytest.mark.parametrize(
    ("one", "field", "code", "valid"),
    [
        (trip("plane"), "flights", "value-not-priced", ()),
        (trip("plane", "GB"), "haul", "value-not-priced", ("domestic", "long", "short")),
        (trip("plane", "GB", cabin="first"), "haul", "value-not-priced", ("long",)),
        (trip("plane", "GB", haul="domestic", cabin="business"), "cabin", "value-not-priced", ("average",)),
        (trip("train"), "rail", "value-not-priced", RAILS),
        (trip("train", "DE", rail="tgv"), "rail", "value-not-priced", ("national",)),
        (trip("car", "DE", fuel="e85"), "fuel", "value-not-priced", None),
        (trip("train", "US"), "country", "country-not-priced", None),
        (trip("train", "US", rail="tgv"), "country", "country-not-priced", ("FR",)),
        (trip("hotel", "PL"), "country", "country-not-priced", None),
    ],
)
def test_what_nobody_prices_is_refused_with_what_would_do(
    one: Line, field: str, code: str, valid: tuple[str, ...] | None
) -> None:
    (fault,) = inventory(one).faults
    assert (fault.field, fault.code) == (field, code)
    chosen = getattr(one.trip, field, None)  # type: ignore[attr-defined]  # a Travel
    if field != "country":
        said = f"there is no published value for {field} {chosen} in" if chosen else f"{field} is missing; what is"
        assert fault.detail.startswith(said)
    assert fault.valid_values == valid if valid is not None else len(fault.valid_values) > 2
    assert "flights" not in fault.valid_values


def test_no_mend_that_is_offered_is_refused_in_turn() -> None:
    for one in (trip("plane", "GB"), trip("train"), trip("car", "DE", fuel="e85"), trip("hotel", "PL")):
        (fault,) = inventory(one).faults
        for word in fault.valid_values:
            changed = {"country": {word: 1.0}} if fault.field == "country" else {}
            own = one.trip._replace(**{} if changed else {fault.field: word})  # type: ignore[attr-defined]  # a Travel
            again = line("travel", **({"country": one.country} | changed), trip=own)
            assert not inventory(again).faults, word


@pytest.mark.parametrize(
    ("parcels", "country", "printed"),
    [
        (Parcels("van", TWO, TWO, DISTANCE), "FR", 0.63823),
        (Parcels("truck", TWO, TWO, DISTANCE), "GB", 0.10163),
        (Parcels("plane", TWO, TWO, DISTANCE), "FR", 0.89939),
        (Parcels("plane", TWO, TWO, DISTANCE, "short"), "GB", 1.27835),
    ],
)
def test_parcels_go_by_their_carrier(parcels: Parcels, country: str, printed: float) -> None:
    row = main(line("influencer", shipping=(parcels._replace(country={country: 1.0}),))).row
    assert row
    assert row.printed == printed


def test_parcels_flown_from_the_united_kingdom_need_their_haul() -> None:
    sent = Parcels("plane", TWO, TWO, DISTANCE, country={"GB": 1.0})
    (fault,) = inventory(line("influencer", shipping=(sent,))).faults
    assert (fault.field, fault.valid_values) == ("shipping/0/haul", ("domestic", "long", "short"))
    assert "haul is missing" in fault.detail


def test_a_trip_of_an_influencer_is_refused_where_it_stands() -> None:
    text = {"id": "i", "kind": "influencer", "country": "FR", "platform": "x", "views": 1, "weight": 1}
    text |= {"voyages": [{"mode": "hotel", "nights": 1}, {"mode": "hotel", "nuits": 1, "pays": "PL"}]}
    with pytest.raises(PlanInvalid) as refused:
        estimate_plan(parse_plan({"name": "p", "lines": [text]}), book())
    (finding,) = refused.value.findings
    assert finding.pointer == "/lines/0/voyages/1/pays"
    assert "published value for PL, under whatever method" in finding.detail
    assert "write as its country one whose figure may stand in, or leave it out" in finding.detail


def test_a_seat_in_france_is_said_to_be_of_another_publisher_and_scale() -> None:
    noted = dict(inventory(trip("plane", cabin="economy", length="500_to_1000")).noted.notes)
    detail = next(detail for code, detail in noted if code == "other-scale")
    assert "desnz-2025 (travel.flight.cabin.economy.contrails)" in detail
    assert "FR's own of ademe-base-carbone" in detail
    assert "flights changes nothing here" in detail
    assert "other-scale" in WARNINGS
    for other in (trip("plane", length="500_to_1000"), trip("plane", "DE", cabin="economy"), trip("plane", "DE")):
        assert "other-scale" not in {code for code, _ in inventory(other).noted.notes}
    row = main(trip("plane", cabin="economy")).row
    assert row
    assert "the two do not compare, and flights changes nothing" in row.note


def test_a_trip_has_its_own_country_or_else_the_lines() -> None:
    own = Trip("coach", "supplier", distance=DISTANCE, people=TWO, country={"GB": 1.0})
    lines = line("influencer", country={"BE": 1.0}, travel=(own, own._replace(country=None)))
    countries = [cell.country for cell in cells(lines) if "line_people" in cell.inputs]
    assert countries == ["GB", "BE"]


def test_an_estimate_of_two_lines_that_differ_in_a_trip_alone_prices_each() -> None:
    lines = tuple(
        line("influencer", id=mode, travel=(Trip(mode, "supplier", distance=DISTANCE, people=TWO),))
        for mode in ("coach", "plane")
    )
    lines = (lines[0], line("influencer", id="other", travel=(lines[1].travel[0]._replace(length="under_500"),)))  # type: ignore[attr-defined]  # an Influencer
    answer = estimate_plan(Plan(name="p", lines=lines, document={}), book())
    travelled = [
        part["total"]["central"] for one in answer["lines"] for part in one["parts"] if part["part"] == "travel"
    ]
    assert travelled == [pytest.approx(1800 * 0.0376), pytest.approx(1800 * 0.289)]
