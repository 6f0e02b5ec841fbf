"""/v1/estimates/{id}/trace: what a kept estimate was made of, whatever has become the default since."""

import pytest
import yaml
from checked import CheckedClient
from flask import Flask
from sqlalchemy import update

from carbon_api.store.tables import estimates
from carbon_api.verifier import verify
from carbon_api.web.schemas.example import EXAMPLE
from carbon_api.web.service import EXTENSION


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
    made, other = (client.post("/v1/estimates", json=EXAMPLE | named).json for named in ({}, {"method": "sri-2.1"}))
    with app.extensions[EXTENSION].database.transaction() as connection:
        moved = {"method": "sri-2.1", "total_central": other["total"]["central"]}
        connection.execute(update(estimates).where(estimates.c.id == made["id"]).values(**moved))
    assert client.get(made["links"]["trace"]).json["method"]["id"] == "sri-2.1"


def test_arithmetic_that_has_changed_since_is_said_and_not_passed_off_as_the_same(
    app: Flask, client: CheckedClient
) -> None:
    made = client.post("/v1/estimates", json=EXAMPLE).json
    with app.extensions[EXTENSION].database.transaction() as connection:
        older = made["total"]["central"] * 1.01
        connection.execute(update(estimates).where(estimates.c.id == made["id"]).values(total_central=older))
    refused = client.get(made["links"]["trace"])
    assert (refused.status_code, refused.json["type"]) == (409, "/problems/outdated")


def test_an_estimate_that_is_not_there_has_no_trace(client: CheckedClient) -> None:
    assert client.get(f"/v1/estimates/est_{'0' * 32}/trace").status_code == 404
