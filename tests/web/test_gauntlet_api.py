"""The inputs that break other services, sent to ours by somebody who has a key, on both databases.

Each is refused where it stands, with what would do; nothing is kept of it, and the next who asks is answered.
"""

import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from checked import CheckedClient
from flask import Flask
from postgresql_server import KINDS
from werkzeug.test import TestResponse

from carbon_api.store.keys import create_key
from carbon_api.web.service import EXTENSION

AD = {"id": "a", "kind": "ad", "platform": "tiktok", "country": "FR", "impressions": 1000, "format": "image"}
NUMBERS = {
    "NaN": "NaN",
    "Infinity": "Infinity",
    "-Infinity": "-Infinity",
    "1e999": "1e999",
    "5,000 digits": "9" * 5_000,
}
REFUSED: dict[str, tuple[dict[str, Any], str, str, str | None]] = {
    "a misspelt key": ({"impresions": 5}, "impresions", "unknown-field", "impressions"),
    "a unit of nothing": ({"weight": "1 bananas"}, "weight", "unknown-unit", "kB"),
    "less than nothing": ({"impressions": -1_000_000}, "impressions", "negative", None),
    "a creative below 0 MB": ({"weight": -3}, "weight", "negative", None),
    "null": ({"impressions": None}, "impressions", "null", None),
    "a number as text": ({"impressions": "1000"}, "impressions", "not-a-number", None),
    "true": ({"impressions": True}, "impressions", "not-a-number", None),
    "a country of nowhere": ({"country": "ZZZ"}, "country", "unknown-country", "AD"),
    "a country in small letters": ({"country": "fr"}, "country", "unknown-country", "FR"),
    "a device of nobody": ({"devices": {"fridge": 1}}, "devices/fridge", "unknown-device", "phone"),
    "a platform of nobody": ({"platform": "myspace"}, "platform", "unknown-platform", None),
    "shares beyond the whole": ({"devices": {"phone": 0.7, "tv": 0.7}}, "devices", "shares-do-not-sum", None),
}


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    """What is refused must not be kept, on either."""
    return str(request.param)


@pytest.fixture
def key(app: Flask) -> dict[str, str]:
    """The header of somebody who may read and write."""
    made = create_key(app.extensions[EXTENSION].database, "acme", "planner", ("read", "write"))
    return {"Authorization": f"Bearer {made.text}"}


def plan(*lines: dict[str, Any], **options: Any) -> dict[str, Any]:
    return {"name": "x", **options, "lines": [*lines]}


def post(client: CheckedClient, key: dict[str, str], document: object) -> TestResponse:
    text = document if isinstance(document, str) else json.dumps(document)
    return client.post("/v1/estimates", data=text, content_type="application/json", headers=key)


def kept(client: CheckedClient, key: dict[str, str]) -> int:
    listed = client.get("/v1/estimates", headers=key).json
    assert listed
    return len(listed["items"])


def test_each_is_refused_where_it_stands_with_what_would_do(client: CheckedClient, key: dict[str, str]) -> None:
    for name, (spoilt, pointer, code, first) in REFUSED.items():
        answer = post(client, key, plan(AD | spoilt))
        assert answer.status_code == 422, name
        [found] = answer.json["errors"] if answer.json else []
        assert (found["pointer"], found["code"]) == (f"/lines/0/{pointer}", code), name
        assert first is None or found["valid_values"][0] == first, name
    assert kept(client, key) == 0
    assert post(client, key, plan(AD)).status_code == 201
    assert kept(client, key) == 1


def test_no_country_is_no_world_average(client: CheckedClient, key: dict[str, str]) -> None:
    answer = post(client, key, plan({name: value for name, value in AD.items() if name != "country"}))
    assert answer.status_code == 422
    assert "no world average is assumed" in answer.text


@pytest.mark.parametrize("number", NUMBERS)
def test_what_is_no_number_is_never_taken_nor_answered(client: CheckedClient, key: dict[str, str], number: str) -> None:
    answer = post(client, key, json.dumps(plan(AD)).replace("1000", NUMBERS[number]))
    assert answer.status_code == 400
    assert answer.json
    assert answer.json["errors"][0]["pointer"] == "/lines/0/impressions"
    assert kept(client, key) == 0


def test_rows_in_another_order_are_the_same_plan(client: CheckedClient, key: dict[str, str]) -> None:
    lines = [AD | {"id": name, "country": name.upper()} for name in ("fr", "de", "es", "it")]
    one, other = (post(client, key, plan(*rows)).json for rows in (lines, lines[::-1]))
    assert one
    assert other
    for part in ("total", "by_country", "by_stage", "by_audience", "energy", "drivers"):
        assert one[part] == other[part]


def test_a_country_changed_and_changed_back_leaves_no_trace(client: CheckedClient, key: dict[str, str]) -> None:
    totals = [(post(client, key, plan(AD | {"country": at})).json or {})["total"] for at in ("FR", "PL", "FR")]
    assert totals[0] == totals[2] != totals[1]


def test_callers_with_other_units_at_once_are_answered_each_for_itself(app: Flask, key: dict[str, str]) -> None:
    """The same weight in kilobytes, megabytes and gigabytes, and others between them."""
    weights = ["1500 kB", "1.5 MB", "0.0015 GB", "3 MB", "3000 ko", "1 MiB"]

    def total(weight: str) -> float:
        answer = post(app.test_client(), key, plan(AD | {"weight": weight}, range=False))
        return float((answer.json or {})["total"]["central"])

    alone = {weight: total(weight) for weight in weights}
    assert len(set(alone.values())) == 3
    with ThreadPoolExecutor(6) as pool:
        together = list(pool.map(total, weights * 5))
    assert together == [alone[weight] for weight in weights * 5]


def test_no_page_of_others_may_frame_an_answer(client: CheckedClient, key: dict[str, str]) -> None:
    for headers in (key, {}):
        answer = client.get("/v1/methods", headers=headers)
        assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
