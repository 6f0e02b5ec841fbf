"""/v1/recommendations: what to change in a plan that is sent, or in one that was kept."""

from typing import Any

import pytest
import yaml
from checked import CheckedClient
from flask import Flask
from sqlalchemy import update

from carbon_api.advice.asked import load_request
from carbon_api.advice.recommend import recommend
from carbon_api.factor_book.book import book
from carbon_api.store.tables import estimates
from carbon_api.web.service import EXTENSION
from tests.first_plan import EXAMPLE

ROUTE = "/v1/recommendations"
AIMED = EXAMPLE | {
    "lines": [EXAMPLE["lines"][0] | {"on_target_share": 0.5}],
    "draws": 200,
}


def found(answer: Any, lever: str) -> Any:
    """What an answer says of a lever that applies."""
    groups = ("recommendations", "good_hygiene", "worse", "others_can_act")
    return next(one for group in groups for one in answer[group] if one["lever"] == lever)


def test_the_answer_is_that_of_the_function(client: CheckedClient) -> None:
    sent = yaml.safe_dump({"plan": AIMED, "act_as": ["client"], "levers": {"exclusion-lists": {"share": 0.1}}})
    answer = client.post(ROUTE, data=sent, content_type="application/yaml")
    assert answer.status_code == 200
    assert answer.json == recommend(load_request(sent.encode(), "yaml"), book())
    assert answer.headers["Factor-Release"] == answer.json["factor_release"]["id"]


def test_nothing_is_kept(client: CheckedClient) -> None:
    client.post(ROUTE, json={"plan": AIMED})
    assert client.get("/v1/estimates").json["items"] == []


def test_levers_are_ranked_by_what_they_save_among_those_that_the_caller_can_pull(client: CheckedClient) -> None:
    everyone = client.post(ROUTE, json={"plan": AIMED}).json
    savings = [one["saving"]["central"] for one in everyone["recommendations"]]
    assert savings == sorted(savings, reverse=True)
    assert everyone["others_can_act"] == []
    client_only = client.post(ROUTE, json={"plan": AIMED, "act_as": ["client"]}).json
    assert "tighter-targeting" in {one["lever"] for one in client_only["others_can_act"]}
    assert all("client" in one["who"] for one in client_only["recommendations"])
    assert all(one["share_of_total"]["central"] >= 0.01 for one in everyone["recommendations"])
    assert all(0 < one["share_of_total"]["central"] < 0.01 for one in everyone["good_hygiene"])
    assert all(one["share_of_total"]["central"] <= 0 for one in everyone["worse"])


def test_a_strength_is_the_caller_s_or_the_lever_s_own(client: CheckedClient) -> None:
    own = found(client.post(ROUTE, json={"plan": AIMED}).json, "tighter-targeting")
    given = {"tighter-targeting": {"to": "80 %", "cpm_after": 9}}
    asked = found(client.post(ROUTE, json={"plan": AIMED, "levers": given}).json, "tighter-targeting")
    assert {one["status"] for one in own["parameters"]} == {"default"}
    status = {one["name"]: (one["value"], one["status"]) for one in asked["parameters"]}
    assert {name for name, (_, one) in status.items() if one == "given"} == given["tighter-targeting"].keys()
    assert (status["to"][0], status["cpm_after"][0]) == ("80 %", 9)
    assert asked["share_of_total"]["central"] == pytest.approx(1 - 0.5 / 0.8)


def test_the_combined_plan_can_be_posted_and_comes_to_what_is_said(client: CheckedClient) -> None:
    request = {"plan": AIMED, "together": ["tighter-targeting", "exclusion-lists"]}
    together = client.post(ROUTE, json=request).json["together"]
    again = client.post("/v1/estimates?persist=false", json=together["plan"]).json
    assert again["total"] == together["total"]
    assert [step["lever"] for step in together["abatement"]] == request["together"]


def test_a_ceiling_and_a_reallocation_are_asked_for_with_the_rest(client: CheckedClient) -> None:
    lines = [AIMED["lines"][0] | {"id": id, "on_target_share": share} for id, share in (("a", 0.2), ("b", 0.8))]
    request = {
        "plan": AIMED | {"lines": lines},
        "enough": {"intensity": "1 g", "per": "on-target contact", "confidence": "50 %"},
        "reallocate": {"within": "20 %"},
    }
    answer = client.post(ROUTE, json=request).json
    assert answer["enough"]["goal"] == {"at_most": 1.0, "unit": "gCO2e", "of": "on-target contact", "confidence": 0.5}
    assert answer["enough"]["met"]
    assert answer["reallocate"]["found"]
    assert answer["reallocate"]["asked"] == {"within": 0.2, "contacts": None, "spend": None, "across": False}


@pytest.mark.parametrize(
    ("request_", "pointer", "code"),
    [
        ({}, "", "missing-field"),
        ({"plan": 3}, "/plan", "not-a-mapping"),
        ({"plan": AIMED, "act_as": ["planner"]}, "/act_as/0", "unknown-actor"),
        ({"plan": AIMED, "act_as": []}, "/act_as", "not-a-list"),
        ({"plan": AIMED, "levers": {"tighter": {}}}, "/levers/tighter", "unknown-field"),
        ({"plan": AIMED, "levers": {"tighter-targeting": 3}}, "/levers/tighter-targeting", "not-a-mapping"),
        (
            {"plan": AIMED, "levers": {"tighter-targeting": {"too": 1}}},
            "/levers/tighter-targeting/too",
            "unknown-field",
        ),
        ({"plan": AIMED, "levers": {"tighter-targeting": {"to": 2}}}, "/levers/tighter-targeting/to", "too-large"),
        ({"plan": AIMED, "levers": []}, "/levers", "not-a-mapping"),
        ({"plan": AIMED, "together": ["nothing"]}, "/together/0", "unknown-lever"),
        ({"plan": AIMED, "together": ["exclusion-lists"] * 2}, "/together", "given-twice"),
        ({"plan": AIMED, "enough": {}}, "/enough", "not-one-ceiling"),
        (
            {"plan": AIMED, "enough": {"total": 1, "per": "minute watched"}},
            "/enough",
            "not-one-ceiling",
        ),
        ({"plan": AIMED, "enough": {"intensity": 1}}, "/enough", "not-one-ceiling"),
        ({"plan": AIMED, "enough": {"intensity": 1, "per": "view"}}, "/enough/per", "unknown-denominator"),
        ({"plan": AIMED, "enough": {"total": "5 MB"}}, "/enough/total", "wrong-dimension"),
        ({"plan": AIMED, "enough": {"total": 5, "confidence": 2}}, "/enough/confidence", "too-large"),
        ({"plan": AIMED, "reallocate": {"within": -1}}, "/reallocate/within", "negative"),
        ({"plan": AIMED, "reallocate": {"trade": True}}, "/reallocate/trade", "unknown-field"),
        ({"plan": AIMED | {"lines": []}}, "/plan/lines", "empty"),
        ({"plan": AIMED | {"method": "swd-9"}}, "/plan/method", "unknown-method"),
        ({"plan": AIMED, "please": 1}, "/please", "unknown-field"),
    ],
)
def test_a_request_is_refused_where_the_fault_is(
    client: CheckedClient, request_: dict[str, Any], pointer: str, code: str
) -> None:
    refused = client.post(ROUTE, json=request_)
    assert refused.status_code == 422
    assert (pointer, code) in {(error["pointer"], error["code"]) for error in refused.json["errors"]}


def test_a_plan_that_is_posted_by_itself_is_told_where_to_stand(client: CheckedClient) -> None:
    refused = client.post(ROUTE, json=AIMED)
    assert refused.status_code == 422
    assert [error["detail"] for error in refused.json["errors"]] == [
        "this is a plan by itself: put it under plan, as {plan: …}"
    ]


def test_prices_have_the_currency_of_the_plan_and_what_is_over_is_said(client: CheckedClient) -> None:
    lines = [AIMED["lines"][0] | {"id": id, "volumes": "delivered", "spend": 9} for id in ("a", "b")]
    asked = {"plan": AIMED | {"lines": lines, "currency": "CHF"}, "reallocate": {}}
    answer = client.post(ROUTE, json=asked).json
    assert answer["currency"] == "CHF"
    assert "Some lines are delivered" in answer["notes"][0]["en"]
    assert not answer["reallocate"]["found"]
    assert client.post(ROUTE, json={"plan": AIMED}).json["notes"] == []


@pytest.mark.parametrize(
    ("more", "levers"),
    [
        ({"impressions": "1.3 bn", "spend": 1000}, {"tighter-targeting": {"cpm_after": "1.2 M"}}),
        ({"reach": 250, "frequency": 4, "spend": 40}, {"frequency-cap": {"cpm_after": 0}}),
        ({"impressions": 9e14}, {}),
        ({"impressions": 1000, "spend": 9e11}, {}),
        ({"reach": 3e14, "frequency": 3}, {}),
    ],
)
def test_numbers_at_the_ends_of_what_a_plan_may_say_are_answered(
    client: CheckedClient, more: dict[str, Any], levers: dict[str, Any]
) -> None:
    line = {name: value for name, value in AIMED["lines"][0].items() if name != "impressions"}
    lines = [{**line, "id": id, "on_target_share": share, **more} for id, share in (("a", 0.2), ("b", 0.8))]
    answer = client.post(ROUTE, json={"plan": AIMED | {"lines": lines}, "levers": levers, "reallocate": {"within": 1}})
    assert answer.status_code == 200


def test_advice_on_a_kept_estimate_is_that_on_its_plan(client: CheckedClient) -> None:
    made = client.post("/v1/estimates", json=AIMED | {"method": "sri-2.1"}).json
    answer = client.get(made["links"]["recommendations"])
    assert answer.json == client.post(ROUTE, json={"plan": AIMED | {"method": "sri-2.1"}}).json
    assert answer.json["total"] == made["total"]
    mine = client.get(made["links"]["recommendations"] + "?act_as=client").json
    assert mine["act_as"] == ["client"]
    assert client.get(made["links"]["recommendations"] + "?act_as=me").status_code == 422


def test_advice_on_arithmetic_that_has_changed_since_is_refused(app: Flask, client: CheckedClient) -> None:
    made = client.post("/v1/estimates", json=AIMED).json
    with app.extensions[EXTENSION].database.transaction() as connection:
        connection.execute(update(estimates).where(estimates.c.id == made["id"]).values(total_central=1.0))
    assert client.get(made["links"]["recommendations"]).status_code == 409


def test_an_estimate_that_is_not_there_has_no_advice(client: CheckedClient) -> None:
    assert client.get(f"/v1/estimates/est_{'0' * 32}/recommendations").status_code == 404
