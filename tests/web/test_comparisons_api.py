"""/v1/comparisons: one question at a time, faults where the caller wrote them, and nothing is kept."""

import json
from dataclasses import replace
from typing import Any

import pytest
import yaml
from checked import CheckedClient, running

from carbon_api.methods.catalog import METHODS
from carbon_api.settings import Settings
from tests.first_plan import EXAMPLE

ROUTE = "/v1/comparisons"
LINE = EXAMPLE["lines"][0]
OTHER = EXAMPLE | {"name": "Other", "lines": [LINE | {"impressions": 10}]}


def test_a_plan_under_every_method(client: CheckedClient) -> None:
    answer = client.post(ROUTE, json={"plan": EXAMPLE})
    assert (answer.status_code, answer.json["compared"]) == (200, "methods")
    named = [one["method"]["id"] for one in answer.json["methods"]["own_defaults"]["methods"]]
    assert named == list(METHODS)


def test_a_plan_under_the_methods_named(client: CheckedClient) -> None:
    answer = client.post(ROUTE, json={"plan": EXAMPLE, "methods": ["swd-4", "sri-2.1"]})
    for side in ("own_defaults", "same_inventory"):
        named = [one["method"]["id"] for one in answer.json["methods"][side]["methods"]]
        assert named == ["swd-4", "sri-2.1"]


def test_two_plans(client: CheckedClient) -> None:
    answer = client.post(ROUTE, json={"plans": [EXAMPLE, OTHER]}).json
    kept = [client.post("/v1/estimates", json=plan).json for plan in (EXAMPLE, OTHER)]
    assert [one["total"] for one in answer["plans"]["plans"]] == [one["total"] for one in kept]
    assert answer["plans"]["verdict"]["code"] == "emits-less"


def test_a_plan_under_two_releases(client: CheckedClient) -> None:
    """There is one release yet: latest resolves to it, and is said to."""
    answer = client.post(ROUTE, json={"plan": EXAMPLE, "factor_releases": ["2026.11", "latest"]}).json
    assert answer["factor_releases"]["attribution"].startswith("Both names are of one factor release")
    assert {release["id"] for release in answer["factor_releases"]["factor_releases"]} == {"2026.11"}
    assert answer["factor_releases"]["changes"] == []


def test_nothing_is_kept(client: CheckedClient) -> None:
    client.post(ROUTE, json={"plan": EXAMPLE})
    assert client.get("/v1/estimates").json["items"] == []


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"methods": ["swd-4", "sri-2.1"]},
        {"plan": EXAMPLE, "plans": [EXAMPLE, OTHER]},
        {"plans": [EXAMPLE, OTHER], "methods": ["swd-4", "sri-2.1"]},
        {"plan": EXAMPLE, "methods": ["swd-4", "sri-2.1"], "factor_releases": ["2026.11", "latest"]},
    ],
)
def test_one_question_at_a_time(client: CheckedClient, asked: dict[str, Any]) -> None:
    refused = client.post(ROUTE, json=asked)
    assert refused.status_code == 422
    assert [error["code"] for error in refused.json["errors"]] == ["not-one-question"]
    assert "factor_releases" in refused.json["detail"]


WRONG = {
    "plans of one": ({"plans": [EXAMPLE]}, "/plans", "not-a-list"),
    "plans of three": ({"plans": [EXAMPLE] * 3}, "/plans", "not-a-list"),
    "one method": ({"plan": EXAMPLE, "methods": ["swd-4"]}, "/methods", "not-a-list"),
    "a method twice": ({"plan": EXAMPLE, "methods": ["swd-4", "swd-4"]}, "/methods", "given-twice"),
    "a release twice": ({"plan": EXAMPLE, "factor_releases": ["2026.11"] * 2}, "/factor_releases", "given-twice"),
    "no such method in the plan": (
        {"plan": EXAMPLE | {"method": "swd-5"}, "methods": ["swd-4", "swd-3"]},
        "/plan/method",
        "unknown-method",
    ),
    "no such release in the plan": (
        {"plan": EXAMPLE | {"factor_release": "2020.01"}, "factor_releases": ["2026.11", "latest"]},
        "/plan/factor_release",
        "unknown-factor-release",
    ),
    "no such method": ({"plan": EXAMPLE, "methods": ["swd-4", "swd-5"]}, "/methods/1", "unknown-method"),
    "no such release": (
        {"plan": EXAMPLE, "factor_releases": ["2020.01", "latest"]},
        "/factor_releases/0",
        "unknown-factor-release",
    ),
    "a plan that is a list": ({"plan": []}, "/plan", "not-a-mapping"),
    "an unknown key": ({"plan": EXAMPLE, "release": "x"}, "/release", "unknown-field"),
    "a fault in the plan": ({"plan": EXAMPLE | {"brnd": "x"}}, "/plan/brnd", "unknown-field"),
    "a fault in the second": (
        {"plans": [EXAMPLE, OTHER | {"lines": [LINE | {"platform": "instagramm"}]}]},
        "/plans/1/lines/0/platform",
        "unknown-platform",
    ),
    "a country without a grid in the second": (
        {"plans": [EXAMPLE, OTHER | {"lines": [LINE | {"country": "AQ"}]}]},
        "/plans/1/lines/0/country",
        "country-not-priced",
    ),
    "another method in the second": (
        {"plans": [EXAMPLE, OTHER | {"method": "sri-2.1"}]},
        "/plans/1/method",
        "not-alike",
    ),
    "a method that is not there": (
        {"plans": [EXAMPLE, OTHER | {"method": "swd-5"}]},
        "/plans/1/method",
        "unknown-method",
    ),
}


@pytest.mark.parametrize(("asked", "pointer", "code"), WRONG.values(), ids=WRONG.keys())
def test_a_fault_is_where_the_caller_wrote_it(
    client: CheckedClient, asked: dict[str, Any], pointer: str, code: str
) -> None:
    refused = client.post(ROUTE, json=asked)
    assert refused.status_code == 422
    assert [(error["pointer"], error["code"]) for error in refused.json["errors"]] == [(pointer, code)]


@pytest.mark.parametrize("sent", [EXAMPLE, {"nom": "Plan", "lignes": [LINE]}], ids=["english", "french"])
def test_a_plan_sent_as_it_is_is_told_what_to_write_around_it(client: CheckedClient, sent: dict[str, Any]) -> None:
    refused = client.post(ROUTE, json=sent)
    assert refused.status_code == 422
    (error,) = refused.json["errors"]
    assert (error["pointer"], error["code"]) == ("", "not-one-question")
    assert 'write {"plan": …} around it' in error["detail"]


@pytest.mark.parametrize("key", ["methods", "méthodes", "Methodes"])
@pytest.mark.parametrize("sent", ["swd-4", ["swd-4"], None])
def test_methods_that_are_no_list_are_told_the_ids_there_are(client: CheckedClient, key: str, sent: object) -> None:
    refused = client.post(ROUTE, json={"plan": EXAMPLE, key: sent})
    (error,) = refused.json["errors"]
    assert (error["pointer"], error["valid_values"]) == (f"/{key}", list(METHODS))


def test_a_plan_of_more_lines_than_are_taken_is_refused_in_a_comparison_too(settings: Settings) -> None:
    two = EXAMPLE | {"lines": [LINE, LINE | {"id": "again"}]}
    for smaller in running(replace(settings, max_lines=1)):
        client = smaller.test_client()
        for asked in ({"plan": two}, {"plans": [EXAMPLE, two]}, {"plan": two, "methods": ["swd-4", "swd-3"]}):
            assert client.post(ROUTE, json=asked).status_code == 413
        assert client.post(ROUTE, json={"plan": EXAMPLE | {"lines": [LINE]}}).status_code == 200


def test_the_line_of_a_fault_in_yaml_is_that_of_the_whole_document(client: CheckedClient) -> None:
    asked = {"plans": [EXAMPLE, OTHER | {"lines": [LINE | {"country": "AQ"}]}]}
    text = yaml.safe_dump(json.loads(json.dumps(asked)))  # a part that stands twice would become an alias
    refused = client.post(ROUTE, data=text, content_type="application/yaml")
    at = refused.json["errors"][0]["line"]
    assert text.splitlines()[at - 1].strip().endswith("country: AQ")


def test_french_keys_are_read_and_pointed_to(client: CheckedClient) -> None:
    french = {"plan": {"nom": "Plan", "lignes": [LINE]}, "méthodes": ["swd-4", "swd-9"]}
    refused = client.post(ROUTE, json=french)
    assert refused.json["errors"][0]["pointer"] == "/méthodes/1"
    assert client.post(ROUTE, json=french | {"méthodes": ["swd-4", "swd-3"]}).status_code == 200


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b'{"plan": NaN}', 400),
        (b'{"plan": {}, "plan": {}}', 400),
        (b"[" * 5000, 400),
        (b'{"plan": "\\ud800"}', 400),
        (b"null", 422),
        (b"[]", 422),
        (b'{"plan": null}', 422),
        (b'{"plan": {"name": "x", "lines": []}}', 422),
    ],
)
def test_hostile_bodies_are_refused_in_words(client: CheckedClient, body: bytes, status: int) -> None:
    refused = client.post(ROUTE, data=body, content_type="application/json")
    assert refused.status_code == status
    assert refused.json["detail"]
