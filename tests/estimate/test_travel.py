"""What is travelled and sent: the flights' other reading, categories of scope 3, parts of a line, ranges."""

from math import fsum
from typing import Any

import pytest
from drawn_plans import Answer, Document, estimate, lines, lines_of, plan
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from plain_monte_carlo import Take, simulated

laws = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
SIX_DIGITS = 1.1e-5  # two roundings to six digits, one on each side of a comparison
FLIGHT: Document = {"kind": "travel", "country": "GB", "mode": "plane", "distance": 900, "people": 2, "haul": "short"}
TRAIN: Document = {"kind": "travel", "country": "FR", "mode": "train", "rail": "tgv", "distance": 900, "people": 2}
TRAVEL: Document = {"kind": "travel", "country": "DE", "traveller": "supplier"}
AD: Document = {"kind": "ad", "platform": "x", "country": "FR", "impressions": 1000, "weight": 1, "time_on_screen": 3}


def same(figure: Answer, other: Answer) -> None:
    for end in ("low", "central", "high"):
        assert figure[end] == pytest.approx(other[end], rel=SIX_DIGITS), end


@pytest.mark.parametrize(
    ("of", "codes"),
    [
        ([AD], []),
        ([TRAIN], []),
        ([AD, TRAIN], []),
        ([FLIGHT], ["without-contrails"]),
        ([TRAIN, FLIGHT], ["without-contrails"]),
    ],
)
def test_contrails_are_read_the_other_way_only_where_something_flies(of: list[Document], codes: list[str]) -> None:
    assert [one["code"] for one in estimate(plan(of, range=False))["readings"]] == codes


def test_both_other_readings_of_a_plan_stand_beside_each_alone() -> None:
    paid = AD | {"placement": "feed", "format": "video"}
    answer = estimate(plan([paid, FLIGHT], method="sri-2.1", range=False))
    found = {one["code"]: one["total"]["central"] for one in answer["readings"]}
    (alone,) = estimate(plan([FLIGHT], range=False))["readings"]
    ad = estimate(plan([paid], method="sri-2.1", range=False))
    assert found.pop("without-contrails") == pytest.approx(alone["total"]["central"] + ad["total"]["central"])
    flight = answer["total"]["central"] - ad["total"]["central"]
    beside = {one["code"]: one["total"]["central"] + flight for one in ad["readings"]}
    assert beside
    assert found == {code: pytest.approx(total) for code, total in beside.items()}


@laws
@given(st.lists(lines, min_size=1, max_size=4))
def test_categories_are_those_of_the_lines_that_have_them(drawn: list[Document]) -> None:
    answer = estimate(plan(drawn))
    found = {entry["category"]: entry["total"] for entry in answer["by_ghg_category"]}
    assert fsum(one["central"] for one in found.values()) == pytest.approx(answer["total"]["central"], rel=1e-12)
    own = [line for line in drawn if line["kind"] == "travel" and line.get("traveller", "staff") == "staff"]
    hosted = [trip for line in drawn for trip in line.get("travel", ()) if trip.get("traveller") == "staff"]
    assert ("3.6" in found) == bool(own or hosted)
    assert ("3.4" in found) == any("shipping" in line for line in drawn)
    if own and not hosted:
        same(found["3.6"], estimate(plan(own))["total"])


@laws
@given(lines_of("influencer"))
def test_the_parts_of_a_line_are_what_it_would_come_to_with_nothing_else(line: Document) -> None:
    """Draws are shared, so a part ranges as the plan that is this part alone."""
    (found,) = estimate(plan([line]))["lines"]
    shown = {name: value for name, value in line.items() if name not in {"travel", "shipping"}}
    unseen = shown | {name: 0 for name in ("views", "time_on_screen_total") if name in shown}
    alone = {"delivery": shown} | {name: unseen | {name: line[name]} for name in ("travel", "shipping") if name in line}
    parts = {part["part"]: part["total"] for part in found["parts"]}
    assert list(parts) == (list(alone) if len(alone) > 1 else [])
    for name, total in parts.items():
        same(total, estimate(plan([alone[name]]))["total"])
    if parts:
        assert fsum(part["central"] for part in parts.values()) == pytest.approx(found["total"]["central"], rel=1e-12)


@laws
@given(lines_of("influencer"), st.randoms(use_true_random=False))
def test_the_order_of_trips_changes_no_total(line: Document, chance: Any) -> None:
    other = {name: chance.sample(line[name], len(line[name])) for name in ("travel", "shipping") if name in line}
    before, after = estimate(plan([line]))["total"], estimate(plan([line | other]))["total"]
    assert after["central"] == pytest.approx(before["central"], rel=1e-12)
    same(after, before)


def test_a_trip_on_a_line_of_its_own_is_worth_the_same_trip_of_an_influencer() -> None:
    trip = {key: value for key, value in FLIGHT.items() if key != "kind"}
    creator = {"kind": "influencer", "country": "FR", "platform": "x", "views": 0, "weight": 1, "time_on_screen": 1}
    inside, alone = estimate(plan([creator | {"travel": [trip]}])), estimate(plan([FLIGHT | {"traveller": "supplier"}]))
    same(inside["total"], alone["total"])
    assert inside["by_country"][-1] == alone["by_country"][0]
    same(inside["by_ghg_category"][0]["total"], alone["by_ghg_category"][0]["total"])


def test_the_range_is_that_of_a_monte_carlo_written_anew() -> None:
    def footprint(take: Take) -> float:
        short = take("travel.flight.uk.short.average.contrails") + take("travel.flight.upstream.uk.short.average")
        return 2 * 900 * short + 6 * take("travel.hotel.footprint")

    found = simulated(footprint, 20_000, 7, country="GB")
    hotel = {"kind": "travel", "country": "GB", "mode": "hotel", "nights": 6}
    total = estimate(plan([FLIGHT, hotel], draws=20_000))["total"]
    assert total["low"] == pytest.approx(found[len(found) // 40], rel=0.02)
    assert total["high"] == pytest.approx(found[-len(found) // 40], rel=0.02)


def test_doubt_about_people_and_distance_is_drawn_and_shared_by_every_trip_that_states_it() -> None:
    sure, doubt = estimate(plan([TRAIN], draws=5000)), {"value": 2, "plus_minus": "40 %"}
    unsure = estimate(plan([TRAIN | {"people": doubt}], draws=5000))
    assert unsure["total"]["central"] == sure["total"]["central"]
    assert unsure["total"]["high"] / unsure["total"]["low"] > 1.4 * sure["total"]["high"] / sure["total"]["low"]
    assert unsure["drivers"][0]["group"] == "given: people"
    far = {"value": 900, "plus_minus": "40 %"}
    twice = estimate(plan([TRAIN | {"distance": far}, TRAIN | {"distance": far}], draws=5000))
    once = estimate(plan([TRAIN | {"distance": far}], draws=5000))
    assert twice["total"]["high"] == pytest.approx(2 * once["total"]["high"], rel=SIX_DIGITS)


def test_what_was_worked_out_of_a_trip_is_told() -> None:
    there = {"mode": "car", "distance": 45, "round_trip": True, "vehicles": 1}
    creator = {"kind": "influencer", "country": "FR", "platform": "x", "weight": 1, "time_on_screen": 1}
    creator |= {"creators": 2, "posts_per_creator": 3, "views_per_post": 50, "travel": [there]}
    answer = estimate(plan([{"kind": "travel", "country": "FR", **there}, creator], range=False))
    assert [line["derived"] for line in answer["lines"]] == [
        [{"field": "distance", "value": 90, "unit": "km"}],
        [{"field": "views", "value": 300, "unit": "view"}, {"field": "travel/0/distance", "value": 90, "unit": "km"}],
    ]


def test_the_length_of_each_flight_is_told_and_chooses_its_figure() -> None:
    """Base Carbone, element 43743: 0.225 kg a passenger and kilometre for flights of 500 to 1,000 km."""
    there = {"mode": "plane", "distance": 690, "round_trip": True, "flights": 2, "people": 2}
    answer = estimate(plan([{"kind": "travel", "country": "FR", **there}], range=False))
    assert answer["total"]["central"] == pytest.approx(690 * 2 * 2 * 0.225) == pytest.approx(621)
    assert answer["lines"][0]["derived"] == [
        {"field": "distance", "value": 1380, "unit": "km"},
        {"field": "flight_length", "value": 690, "unit": "km"},
    ]


def test_the_boundary_of_an_answer_is_that_of_what_it_prices() -> None:
    plain, moved = (estimate(plan(of, range=False))["boundary"] for of in ([AD], [AD, TRAIN]))
    assert set(plain["included"]) < set(moved["included"])
    assert any("supply of electricity of trains" in text for text in moved["excluded"])


def test_parts_count_among_what_is_drawn_at_most() -> None:
    from carbon_api.errors import PlanInvalid

    creator = {"kind": "influencer", "country": "FR", "platform": "x", "views": 9, "weight": 1, "time_on_screen": 1}
    creator |= {"travel": [{"mode": "coach", "distance": 5, "people": 1}]}
    with pytest.raises(PlanInvalid, match="1200 lines and parts of lines allow at most"):
        estimate(plan([creator] * 400, draws=20_000))


@laws
@given(st.lists(st.floats(0.1, 1e4), min_size=4, max_size=4))
def test_a_line_of_many_trips_comes_to_the_same_digits_wherever_it_stands(amounts: list[float]) -> None:
    """Its trips stand in tables of their own, whose order must not be that in which lines meet them."""
    modes = ("plane", "coach", "car", "hotel")
    counted = {"plane": "people", "coach": "people", "car": "vehicles", "hotel": "nights"}
    trips = [
        {"mode": mode, counted[mode]: amount} | ({} if mode == "hotel" else {"distance": 700})
        for mode, amount in zip(modes, amounts, strict=True)
    ]
    creator = {"kind": "influencer", "country": "DE", "platform": "x", "views": 9, "weight": 1, "time_on_screen": 1}
    alone = [TRAVEL | trip for trip in reversed(trips)]
    first, last = (
        estimate(plan([creator | {"travel": trips}, *alone])),
        estimate(plan([*alone, creator | {"travel": trips}])),
    )
    assert first["lines"][0]["total"] == last["lines"][-1]["total"]
    assert first["lines"][0]["stages"] == last["lines"][-1]["stages"]
