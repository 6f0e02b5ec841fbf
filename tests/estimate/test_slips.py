"""What is read as it is written and is perhaps a slip: zeros, hauls too far, parcels too heavy."""

from typing import Any

import pytest
from drawn_plans import Document, estimate, plan

from carbon_api.cli.words import WARNINGS

AD: Document = {"kind": "ad", "country": "FR", "platform": "tiktok", "format": "video", "impressions": 10}
TEXTS: Document = {"kind": "ai", "country": "FR", "task": "text", "figure": "gemini_median_prompt", "generated": 9}
COACH: Document = {"kind": "travel", "country": "GB", "mode": "coach", "distance": 9, "people": 2}
PLANE: Document = {"kind": "travel", "country": "GB", "mode": "plane", "distance": 900, "people": 2}
CREATOR: Document = {"kind": "influencer", "country": "GB", "platform": "x", "format": "image", "views": 3}
VAN: Document = {"mode": "van", "parcels": 2, "weight": 2, "distance": 90}
KEPT: Document = {"kind": "storage", "country": "FR", "volume": 1, "kept_for": 12}


def told(code: str, *lines: Document, **settings: Any) -> dict[str, list[str]]:
    answer = estimate(plan(list(lines), range=False, **settings))
    return {one["detail"]: one["pointers"] for one in answer["warnings"] if one["code"] == code}


@pytest.mark.parametrize(
    ("line", "field"),
    [
        (AD | {"impressions": 0}, "impressions"),
        (TEXTS | {"generated": 0}, "generated"),
        (COACH | {"people": 0}, "people"),
        (COACH | {"distance": 0}, "distance"),
        (CREATOR | {"views": 0}, "views"),
        (KEPT | {"volume": 0}, "volume"),
        (KEPT | {"kept_for": 0}, "kept_for"),
        (CREATOR | {"travel": [{"mode": "coach", "distance": 9, "people": 0}]}, "travel/0/people"),
        (CREATOR | {"shipping": [VAN, VAN | {"parcels": 0}]}, "shipping/1/parcels"),
    ],
)
def test_a_quantity_of_zero_is_counted_and_told(line: Document, field: str) -> None:
    ((detail, pointers),) = told("zero-quantity", AD, line, line).items()
    assert detail.startswith(f"{field} is 0")
    assert pointers == ["/lines/1", "/lines/2"]
    assert "zero-quantity" in WARNINGS


def test_what_is_no_zero_is_not_told() -> None:
    assert told("zero-quantity", AD, TEXTS, COACH, CREATOR | {"shipping": [VAN]}, KEPT) == {}
    shared = {"country": {"FR": 1, "DE": 0}, "network": {"fixed": 1, "mobile": 0}}
    assert told("zero-quantity", AD | shared) == {}  # a share of zero is no slip


@pytest.mark.parametrize(
    ("trip", "is_far"),
    [
        ({"haul": "domestic", "distance": 9000}, True),
        ({"haul": "domestic", "distance": 2900}, False),  # there and back, as it is told in all
        ({"haul": "domestic", "distance": 2900, "flights": 1}, True),
        ({"haul": "domestic", "distance": 1600, "round_trip": True}, True),
        ({"haul": "domestic", "distance": 2900, "round_trip": True, "flights": 4}, False),
        ({"haul": "short", "distance": 11_000}, False),
        ({"haul": "short", "distance": 13_000}, True),
        ({"haul": "long", "distance": 30_000}, False),
    ],
)
def test_a_flight_too_far_for_its_haul_is_told(trip: Document, is_far: bool) -> None:
    found = told("unlikely-quantity", PLANE | trip)
    assert bool(found) == is_far
    assert all("our own limit of what is plausible" in detail for detail in found)
    of_a_line = told("unlikely-quantity", CREATOR | {"travel": [{"mode": "plane", "people": 1, **trip}]})
    assert [detail.startswith("travel/0/haul") for detail in of_a_line] == [True] * is_far


def test_parcels_are_weighed_each_and_go_no_further_than_their_haul() -> None:
    heavy = told("unlikely-quantity", CREATOR | {"shipping": [VAN, VAN | {"weight": 1400}]})
    assert [detail.split(" ")[:3] for detail in heavy] == [["shipping/1/weight", "is", "over"]]
    assert told("unlikely-quantity", CREATOR | {"shipping": [VAN | {"weight": "1400 g"}]}) == {}
    flown = VAN | {"mode": "plane", "haul": "domestic"}
    assert told("unlikely-quantity", CREATOR | {"shipping": [flown]}) == {}
    (far,) = told("unlikely-quantity", CREATOR | {"shipping": [flown | {"distance": 2000}]})
    assert far.startswith("shipping/0/haul is domestic")
    assert "unlikely-quantity" in WARNINGS
