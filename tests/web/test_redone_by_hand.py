"""A reader of /v1/methods/{id} redoes a line's arithmetic from that document alone: formulas, variants, values."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import pytest
from checked import CheckedClient

DEVICE, COUNTRY = "phone", "FR"
LINE = {
    "id": "a",
    "kind": "ad",
    "platform": "tiktok",
    "placement": "reels",
    "format": "video",
    "country": COUNTRY,
    "impressions": 1000,
    "weight": 1.5,
    "time_on_screen": 15,
    "devices": {DEVICE: 1},
    "network": {"fixed": 0.5, "mobile": 0.5},
}
# What the line gives, in the units that the document asks for.
GIVEN = {
    "line_views": 1000.0,
    "country_share": 1.0,
    "device_share": 1.0,
    "seen_share": 1.0,
    "time_per_view": 15 / 3600,
    "data_per_view": 0.0015,
    "mobile_share": 0.5,
    "screen_coverage": 1.0,
}
BOUND = {"screen_time": "viewed_time", "data": "weighed_data"}  # as `variants` says of a line that gives these
PLACES = {"device": DEVICE, "platform": "tiktok", "slot": "ad_video", "feed": "", "live": ""}
ROWS = {"all", "ads", "in_platform_ads"}


def reader(document: Mapping[str, Any], factors: Callable[[str], list[Any]]) -> Callable[[str], float]:
    """The value of any name of the document, from it alone, and from the list of a factor where it says so."""
    formulas = {one["name"]: one["formula"] for one in document["formulas"] if one["activity"] == "delivery"}
    values = {one["name"]: one for one in document["values"] if one["activity"] == "delivery"}

    @cache
    def value(name: str) -> float:
        name = BOUND.get(name, name)
        if name in GIVEN:
            return GIVEN[name]
        if name in formulas:
            code = compile(formulas[name], name, "eval")
            return float(eval(code, {"__builtins__": {}}, {need: value(need) for need in code.co_names}))
        return published(values[name], document, factors)

    return value


def published(entry: Mapping[str, Any], document: Mapping[str, Any], factors: Callable[[str], list[Any]]) -> float:
    """The factor that the patterns name, tried in order; of the country, else of its region, else of the world."""
    device = document["devices"].get(DEVICE, DEVICE)
    for pattern in entry["patterns"]:
        id = pattern.format_map({**PLACES, "device": device})
        rows = [one for one in entry["factors"] or factors(id) if one["id"] == id]
        for place in (COUNTRY, *(region["region"] for region in document["regions"]), "world"):
            here = [one for one in rows if one["country"] == place]
            if here:
                return float(max(here, key=lambda one: one["valid_from"])["coherent_value"])
    raise LookupError(entry["name"])


@pytest.mark.parametrize("method", ["swd-4", "ademe-2025", "scope3-2026.07", "one-byte"])
def test_a_line_is_worked_out_from_the_document_alone(client: CheckedClient, method: str) -> None:
    document = client.get(f"/v1/methods/{method}").json
    plan = {"name": "by hand", "method": method, "range": False, "lines": [LINE]}
    answer = client.post("/v1/estimates?persist=false", json=plan).json
    assert "/v1/factors/" in document["look_up"]

    def factors(id: str) -> list[Any]:
        rows = client.get(f"/v1/factors/{id}").json["values"]
        return [{**row, "id": id, "coherent_value": row["coherent"]["value"]} for row in rows]

    value = reader(document, factors)
    stages: dict[tuple[str, str], float] = {}
    for one in document["formulas"]:
        if one["activity"] == "delivery" and one["stage"] and one["rows"] in ROWS:
            key = one["stage"], one["phase"]
            stages[key] = stages.get(key, 0.0) + value(one["name"])
    found = {(one["stage"], one["phase"]): one["central"] for one in answer["lines"][0]["stages"]}
    assert found == {key: pytest.approx(worked, rel=1e-12) for key, worked in stages.items()}
    assert sum(stages.values()) == pytest.approx(answer["total"]["central"], rel=1e-12)
