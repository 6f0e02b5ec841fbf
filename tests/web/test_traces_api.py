"""/v1/estimates/{id}/trace: what a kept estimate was made of, whatever has become the default since."""

from dataclasses import replace
from typing import Any

import orjson
import pytest
import yaml
from checked import CheckedClient, running
from flask import Flask
from sqlalchemy import update

from carbon_api.settings import Settings
from carbon_api.store.tables import estimates
from carbon_api.verifier import verify
from carbon_api.web.service import EXTENSION
from tests.first_plan import EXAMPLE


def change(app: Flask, id: str, **values: Any) -> None:
    """Change what is kept of an estimate, as if it had been made otherwise."""
    with app.extensions[EXTENSION].database.transaction() as connection:
        connection.execute(update(estimates).where(estimates.c.id == id).values(**values))


@pytest.mark.parametrize("method", ["scope3-2026.07", "sri-2.1"])
def test_the_trace_of_a_kept_estimate_holds_and_comes_to_its_total(client: CheckedClient, method: str) -> None:
    sent = yaml.safe_dump(EXAMPLE | {"method": method})
    made = client.post("/v1/estimates", data=sent, content_type="application/yaml")
    trace = client.get(made.json["links"]["trace"])
    assert trace.status_code == 200
    assert verify(trace.json) == []
    assert trace.json["results"]["total"] == made.json["total"]["central"]
    assert trace.json["method"] == {name: made.json["method"][name] for name in ("id", "revision", "shared")}
    assert trace.headers["Factor-Release"] == made.json["factor_release"]["id"]


def test_a_plan_that_names_no_method_is_traced_under_the_one_it_was_priced_with(
    app: Flask, client: CheckedClient
) -> None:
    """As it would be once another method were the default."""
    made, other = (client.post("/v1/estimates", json=EXAMPLE | named) for named in ({}, {"method": "sri-2.1"}))
    moved = {"method": "sri-2.1", "total_central": other.json["total"]["central"], "answer": other.data}
    change(app, made.json["id"], **moved)
    assert client.get(made.json["links"]["trace"]).json["method"]["id"] == "sri-2.1"


def test_arithmetic_that_has_changed_since_is_said_and_not_passed_off_as_the_same(
    app: Flask, client: CheckedClient
) -> None:
    made = client.post("/v1/estimates", json=EXAMPLE).json
    change(app, made["id"], total_central=made["total"]["central"] * 1.01)
    refused = client.get(made["links"]["trace"])
    assert (refused.status_code, refused.json["type"]) == (409, "/problems/outdated")


def test_an_estimate_that_is_not_there_has_no_trace(client: CheckedClient) -> None:
    assert client.get(f"/v1/estimates/est_{'0' * 32}/trace").status_code == 404


def test_stages_that_have_changed_are_seen_though_the_total_has_not(app: Flask, client: CheckedClient) -> None:
    made = client.post("/v1/estimates", json=EXAMPLE)
    answer = orjson.loads(made.data)
    first, second, *_ = answer["lines"][0]["stages"]
    first["central"], second["central"] = second["central"], first["central"]
    change(app, made.json["id"], answer=orjson.dumps(answer))
    assert client.get(made.json["links"]["trace"]).status_code == 409


def test_a_kept_estimate_is_traced_whatever_plans_are_taken_now(settings: Settings, client: CheckedClient) -> None:
    """A plan of two lines, where one has become the most that a new plan may have."""
    two = EXAMPLE | {"lines": [EXAMPLE["lines"][0], EXAMPLE["lines"][0] | {"id": "again"}]}
    made = client.post("/v1/estimates", json=two).json
    for smaller in running(replace(settings, max_lines=1)):
        other = smaller.test_client()
        assert other.post("/v1/estimates", json=two).status_code == 413
        assert other.get(made["links"]["trace"]).status_code == 200


@pytest.mark.parametrize(
    ("kept", "said"),
    [
        ({"factor_release": "2031.01"}, "was made with factor release 2031.01, which is not here"),
        ({"method": "swd-9"}, "was made with method swd-9, which is not here"),
        ({"plan": orjson.dumps(EXAMPLE | {"brnd": "x"})}, "is no longer priced as it was"),
        ({"plan": b"[" * 1_000}, "is no longer priced as it was"),
    ],
    ids=["release", "method", "plan", "text"],
)
def test_what_can_no_longer_be_traced_is_no_fault_of_who_asks(
    app: Flask, client: CheckedClient, kept: dict[str, Any], said: str
) -> None:
    """As where an older state of the service is put back."""
    made = client.post("/v1/estimates", json=EXAMPLE).json
    change(app, made["id"], **kept)
    refused = client.get(made["links"]["trace"])
    assert (refused.status_code, refused.json["type"]) == (409, "/problems/outdated")
    assert said in refused.json["detail"]
    assert "what was answered stands" in refused.json["detail"]
