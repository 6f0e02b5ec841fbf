"""The figures of travel and shipping as shipped: each with its supply of fuel, those that stand in for others named."""

import csv
from collections.abc import Iterator

import pytest

from carbon_api.factor_book.book import book
from carbon_api.factor_book.entry import Row
from carbon_api.units import factors_folder

RELEASE = book().release("2026.11")
ROWS = [row for row in RELEASE.rows if row.id.startswith(("travel.", "shipping."))]
BY_PLACE = {(row.id, row.country): row for row in ROWS}


def upstream_of(id: str) -> str:
    """The id of what is added to a figure for the supply of its fuel."""
    if ".flight." in id:
        return id.rpartition(".")[0].replace(".flight.", ".flight.upstream.")
    return id.replace(".footprint", ".upstream")


def figures() -> Iterator[Row]:
    """Every figure that a supply is added to: those of hotels have none."""
    for row in ROWS:
        if "upstream" not in row.id and row.id != "travel.hotel.footprint":
            yield row


@pytest.mark.parametrize("row", list(figures()), ids=lambda row: f"{row.id} {row.country}")
def test_a_figure_has_its_supply_beside_it_of_one_source_and_date(row: Row) -> None:
    """ADEME's figures hold it, so nothing is added; DESNZ prints it apart, and it is a part of the whole."""
    beside = BY_PLACE[upstream_of(row.id), row.country]
    assert (beside.source, beside.valid_from, beside.coherent_unit) == (row.source, row.valid_from, row.coherent_unit)
    if row.source == "ademe-base-carbone":
        assert (beside.value, beside.shape) == (0.0, "exact")
    else:
        assert 0.05 * row.value < beside.value < 0.5 * row.value
        assert beside.group == row.group


def test_what_stands_in_for_a_country_says_so_and_is_the_british_figure() -> None:
    borrowed = {row.id: row for row in ROWS if row.warning == "borrowed-factor"}
    assert {row.country for row in borrowed.values()} == {"world"}
    assert set(borrowed) == {row.id for row in figures() if row.country == "world"}
    for id, row in borrowed.items():
        british = BY_PLACE.get((id, "GB"))
        assert british is None or (british.value, british.low, british.high) == (row.value, row.low, row.high)
        assert (british is None) == (".flight." in id)
    assert all(row.note for row in borrowed.values())


def test_trains_abroad_say_that_their_supply_is_left_out() -> None:
    warned = {row.country for row in ROWS if row.warning == "upstream-not-published"}
    assert warned == set(["DE", "AT", "BE", "DK", "ES", "FI", "GR", "IE", "IT", "LU", "NO", "NL", "PT", "SE", "CH"])
    assert {row.warning for row in ROWS} == {"", "borrowed-factor", "upstream-not-published"}


def test_the_petrol_car_that_looks_wrong_and_the_average_that_holds_it_are_left_out() -> None:
    french = {row.id for row in ROWS if row.id.startswith("travel.car.") and row.country == "FR"}
    assert {id.split(".")[2] for id in french} == {"diesel", "e85", "cng", "lpg", "electric"}
    assert 0.357 not in {row.printed for row in ROWS}


def test_contrails_never_lighten_a_flight_and_widen_it() -> None:
    for row in ROWS:
        if row.id.endswith(".contrails"):
            without = BY_PLACE[row.id.replace(".contrails", ".no_contrails"), row.country]
            assert row.value > 1.3 * without.value
            assert row.high / row.low > without.high / without.low or row.id.startswith("shipping.")


@pytest.mark.parametrize(
    ("id", "country", "low", "value", "high"),
    [
        ("travel.flight.length.over_5000.contrails", "FR", 0.0453, 0.151, 0.2567),  # +/-70 %, element 43773
        ("travel.flight.length.over_5000.no_contrails", "FR", 0.07488, 0.0832, 0.09152),  # +/-10 %, 43774
        ("travel.train.ter.footprint", "FR", 0.01108, 0.0277, 0.04432),  # +/-60 %, 43255
        ("travel.train.tgv.footprint", "FR", 0.002344, 0.00293, 0.003516),  # +/-20 %, 43256
        ("travel.car.electric.footprint", "FR", 0.0309, 0.103, 0.1751),  # +/-70 %, 28007
        ("travel.train.national.footprint", "GB", 0.024822, 0.03546, 0.046098),  # assumed: +/-30 %
    ],
)
def test_a_range_is_that_of_the_source_where_it_states_one(
    id: str, country: str, low: float, value: float, high: float
) -> None:
    row = BY_PLACE[id, country]
    assert (row.low, row.value, row.high) == pytest.approx((low, value, high), rel=1e-4)


@pytest.mark.parametrize(
    ("id", "value", "unit"),
    [
        ("shipping.truck.footprint", 0.00010163, "kgCO2e/kg/km"),  # 27_304_3140: 0.10163 kg/tonne.km
        ("shipping.van.upstream", 0.00015335, "kgCO2e/kg/km"),  # 28_906_3106
        ("travel.car.petrol.upstream", 0.04599, "kgCO2e/km/vehicle"),  # 26_904_3070
        ("travel.ride.coach.footprint", 0.02776, "kgCO2e/km/person"),  # 25_314_3146
        ("travel.flight.upstream.cabin.first", 0.06623, "kgCO2e/km/person"),  # 22_912_3186
    ],
)
def test_a_number_reads_as_published(id: str, value: float, unit: str) -> None:
    row = BY_PLACE[id, "world"]
    assert (row.value, row.coherent_unit) == (value, unit)


def test_the_table_is_in_order_for_a_person_to_read() -> None:
    with (factors_folder() / "travel.csv").open(encoding="utf-8", newline="") as table:
        written = [(row["id"], row["country"]) for row in csv.DictReader(table)]
    assert written == sorted(written)
    assert set(written) == set(BY_PLACE)
