"""From its document alone: lines of several devices, of a region's member, kept beside it, in the units of a plan."""

import re
from collections.abc import Iterator, Mapping
from math import fsum
from typing import Any

import pytest
from checked import CheckedClient

from carbon_api.methods.catalog import METHODS

Document = dict[str, Any]
DEVICES = {"computer": 0.75, "tv": 0.25}
VIDEO: Document = {"kind": "video", "platform": "youtube", "country": "BE", "minutes_watched": "90 min"}
VIDEO |= {"resolution": "1080p", "devices": DEVICES, "network": {"mobile": 0.2, "fixed": 0.8}}
AD: Document = {"kind": "ad", "platform": "tiktok", "placement": "reels", "format": "video", "country": "FR"}
AD |= {"impressions": 1000, "weight": "1.5 MB", "time_on_screen": "15 s", "devices": {"phone": 1}}
AD |= {"network": {"mobile": 0.5, "fixed": 0.5}}
KEPT: Document = {"kind": "storage", "country": "FR", "volume": "2 TB", "kept_for": "6 months", "copies": 3}


class ByHand:
    """One cell of a line: what fills places, what the line gives, and which formulas its names stand for."""

    def __init__(self, client: CheckedClient, told: Document, activity: str, country: str) -> None:
        self.client, self.told, self.country = client, told, country
        self.formulas = {one["name"]: one for one in told["formulas"] if one["activity"] == activity}
        self.values = {one["name"]: one for one in told["values"] if one["activity"] == activity}

    def terms(
        self, given: Mapping[str, float], variants: Mapping[str, str], places: Mapping[str, str], *rows: str
    ) -> list[tuple[str, float]]:
        """Every term of the footprint with its stage, in kgCO2e: those of every line, and those of some `rows`."""
        self.given, self.variants, self.places = given, variants, places
        counting = ((name, one) for name, one in self.formulas.items() if one["rows"] in {"all", *rows})
        return [(one["stage"], self.value(name)) for name, one in counting if one["stage"]]

    def value(self, name: str) -> float:
        name = self.variants.get(name, name)
        if name in self.given:
            return self.given[name]
        if name not in self.formulas:
            return self.factor(self.values[name]["patterns"], self.values[name]["factors"])
        text = self.formulas[name]["formula"]
        asked = {word: self.value(word) for word in set(re.findall(r"[a-z_]+", text))}
        worked_out: float = eval(text, {"__builtins__": {}}, asked)
        return worked_out

    def factor(self, patterns: list[str], factors: list[Document]) -> float:
        """As `look_up` says."""
        ids = [one.format(**self.places) for one in patterns if set(re.findall(r"{(.+?)}", one)) <= self.places.keys()]
        grids = [id for id in ids if len(ids) > 1 and id == self.told["grid"]]  # a grid with another after it
        for id in ids:
            rows = {one["country"]: one["coherent_value"] for one in factors if one["id"] == id} or self.listed(id)
            for place in [self.country] if id in grids else [self.country, *self.regions(), "world"]:
                if place in rows:
                    return rows[place]
        raise AssertionError(f"nothing gives {patterns}")

    def listed(self, id: str) -> dict[str, float]:
        if not id.startswith("grid."):
            return {}
        rows = self.client.get(f"/v1/factors/{id}").json["values"]
        return {one["country"]: one["coherent"]["value"] for one in sorted(rows, key=lambda one: one["valid_from"])}

    def regions(self) -> Iterator[str]:
        return (one["region"] for one in self.told["regions"] if self.country in one["members"])


def worth(told: Document, written: str) -> float:
    """A quantity as it is written in a plan, in the units of the formulas."""
    amount, unit = written.split()
    (value,) = [one["coherent_value"] for one in told["units"] if one["unit"] == unit]
    return float(amount) * float(value)


def answered(client: CheckedClient, method: str, line: Document) -> dict[str, float]:
    """The estimate by stage."""
    plan = {"name": "by hand", "method": method, "range": False, "lines": [{"id": "one", **line}]}
    answer = client.post("/v1/estimates", json=plan).json
    return {one["stage"]: one["total"]["central"] for one in answer["by_stage"]}


def by_stage(terms: list[tuple[str, float]]) -> dict[str, Any]:
    """Terms added up by their stage, to compare with."""
    stages = dict.fromkeys(stage for stage, _ in terms)
    return {one: pytest.approx(fsum(value for stage, value in terms if stage == one), rel=1e-12) for one in stages}


@pytest.mark.parametrize("method", ["ademe-2025", "swd-4"])
def test_a_video_is_redone_by_hand(method: str, client: CheckedClient) -> None:
    told = client.get(f"/v1/methods/{method}").json
    hand, terms = ByHand(client, told, "delivery", "BE"), []
    for device, share in DEVICES.items():
        given = {"line_watched": worth(told, "90 min"), "country_share": 1, "device_share": share, "mobile_share": 0.2}
        places = {"device": told["devices"].get(device, device), "resolution": "1080p", "platform": "youtube"}
        terms += hand.terms(given, {"screen_time": "watched_time", "data": "watched_data"}, places)
    assert len(terms) > len(DEVICES)
    assert answered(client, method, VIDEO) == by_stage(terms)


@pytest.mark.parametrize("method", ["ademe-2025", "swd-4"])
def test_data_kept_beside_it_is_redone_by_hand(method: str, client: CheckedClient) -> None:
    told = client.get(f"/v1/methods/{method}").json
    given = {"line_volume": worth(told, "2 TB"), "kept_for": worth(told, "6 months"), "copies": 3, "country_share": 1}
    terms = ByHand(client, told, "storage", "FR").terms(given, {"volume": "kept_volume"}, {"medium": "hdd"})
    assert answered(client, method, KEPT) == by_stage(terms)


@pytest.mark.parametrize("method", METHODS)
def test_an_ad_is_redone_by_hand_under_every_method(method: str, client: CheckedClient) -> None:
    told = client.get(f"/v1/methods/{method}").json
    given = {"line_views": 1000, "country_share": 1, "device_share": 1, "seen_share": 1, "mobile_share": 0.5}
    given |= {"time_per_view": worth(told, "15 s"), "data_per_view": worth(told, "1.5 MB"), "screen_coverage": 1}
    places = {"device": told["devices"].get("phone", "phone"), "slot": "ad_video", "platform": "tiktok"}
    places |= {"buying": "direct", "creative": "video", "surface": "app"}
    variants = {"screen_time": "viewed_time", "data": "weighed_data"}
    hand = ByHand(client, told, "delivery", "FR")
    assert answered(client, method, AD) == by_stage(hand.terms(given, variants, places, "ads", "in_platform_ads"))


def test_a_document_says_what_its_activities_are(client: CheckedClient) -> None:
    told = client.get("/v1/methods/swd-4").json
    assert told["activities"].keys() == {one["activity"] for one in told["formulas"]}
