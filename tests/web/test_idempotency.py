"""A request that is sent again is answered as it was, and nothing is kept twice."""

from typing import Any

import pytest
from checked import CheckedClient
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from postgresql_server import KINDS
from sqlalchemy import update

from carbon_api.store import claims as store
from carbon_api.store import estimates as kept
from carbon_api.store.claims import Claim
from carbon_api.store.engine import Database
from carbon_api.store.keys import create_key
from carbon_api.store.tables import claims
from carbon_api.web import idempotency
from carbon_api.web.service import EXTENSION

AD = {"id": "a", "kind": "ad", "platform": "tiktok", "country": "FR", "impressions": 9, "format": "image"}
PLAN = {"name": "x", "lines": [AD]}
NAME = {"Idempotency-Key": "5b8f0f3e-1"}
ROUTE = "/v1/estimates"


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    """What is kept is the same on both."""
    return str(request.param)


@pytest.fixture
def database(app: Flask) -> Database:
    found: Database = app.extensions[EXTENSION].database
    return found


def count(client: CheckedClient, **headers: str) -> int:
    page = client.get(ROUTE, headers=headers).json
    assert page
    return len(page["items"])


def on(database: Database, when: str, then: str) -> None:
    """What happens inside the database from now on, `when` being before or after an estimate is kept."""
    with database.writing() as connection:
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql(f"CREATE TRIGGER planted {when} INSERT ON estimates BEGIN {then}; END")
            return
        then = then.replace("SELECT RAISE(ABORT, 'full')", "RAISE 'full' USING ERRCODE = 'check_violation'")
        body = f"$$ BEGIN {then}; RETURN NEW; END $$"
        body = f"CREATE OR REPLACE FUNCTION planted() RETURNS trigger LANGUAGE plpgsql AS {body}"
        connection.exec_driver_sql(body)
        connection.exec_driver_sql(
            f"CREATE TRIGGER planted {when} INSERT ON estimates FOR EACH ROW EXECUTE FUNCTION planted()"
        )


def off(database: Database) -> None:
    """What was planted happens no more."""
    with database.writing() as connection:
        table = "" if connection.dialect.name == "sqlite" else " ON estimates"
        connection.exec_driver_sql(f"DROP TRIGGER planted{table}")


def test_the_same_request_has_the_same_answer_and_is_kept_once(client: CheckedClient) -> None:
    first, again = (client.post(ROUTE, json=PLAN, headers=NAME) for _ in range(2))
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.data == again.data
    assert first.headers["Location"] == again.headers["Location"]
    assert [one.headers["Idempotency-Replayed"] for one in (first, again)] == ["false", "true"]
    assert count(client) == 1


def test_without_a_name_each_is_kept(client: CheckedClient) -> None:
    assert [client.post(ROUTE, json=PLAN).headers["Idempotency-Replayed"] for _ in range(2)] == ["false"] * 2
    assert count(client) == 2


@pytest.mark.parametrize(
    "other",
    [
        {"json": {**PLAN, "name": "y"}},
        {"json": PLAN, "query_string": {"persist": "true"}},
        {"data": b"name: x\nlines: [{id: a, kind: ad, platform: tiktok, country: FR, impressions: 9, format: image}]",
         "content_type": "application/yaml"},
    ],
)  # fmt: skip
def test_another_request_under_the_same_name_is_refused(client: CheckedClient, other: dict[str, Any]) -> None:
    assert client.post(ROUTE, json=PLAN, headers=NAME).status_code == 201
    refused = client.post(ROUTE, headers=NAME, **other)
    assert (refused.status_code, refused.json and refused.json["type"]) == (422, "/problems/idempotency-key-reused")
    assert count(client) == 1


def test_while_the_first_is_being_answered_the_second_is_told_to_wait(
    client: CheckedClient, database: Database
) -> None:
    client.post(ROUTE, json=PLAN, headers=NAME)
    with database.writing() as connection:
        connection.execute(update(claims).values(estimate_id=None))
    second = client.post(ROUTE, json=PLAN, headers=NAME)
    assert (second.status_code, second.headers["Retry-After"]) == (409, "2")
    assert count(client) == 1


def test_a_request_that_fails_lets_its_name_go(client: CheckedClient, database: Database) -> None:
    assert client.post(ROUTE, json={"name": "x", "lines": []}, headers=NAME).status_code == 422
    on(database, "BEFORE", "SELECT RAISE(ABORT, 'full')")
    assert client.post(ROUTE, json=PLAN, headers=NAME).status_code == 500
    off(database)
    assert client.post(ROUTE, json=PLAN, headers=NAME).headers["Idempotency-Replayed"] == "false"
    assert count(client) == 1


def test_what_was_deleted_is_not_made_again_by_a_late_copy(client: CheckedClient) -> None:
    path = client.post(ROUTE, json=PLAN, headers=NAME).headers["Location"]
    assert client.delete(path).status_code == 204
    refused = client.post(ROUTE, json=PLAN, headers=NAME)
    assert (refused.status_code, refused.json and refused.json["type"]) == (410, "/problems/idempotency-key-spent")
    assert "Retry-After" not in refused.headers
    assert count(client) == 0


def test_a_name_is_of_its_workspace(client: CheckedClient, database: Database) -> None:
    ours, theirs = (
        {"Authorization": f"Bearer {create_key(database, name, 'test', ('read', 'write')).text}"}
        for name in ("acme", "other")
    )
    made = [client.post(ROUTE, json=PLAN, headers=NAME | headers) for headers in (ours, theirs)]
    assert [one.headers["Idempotency-Replayed"] for one in made] == ["false", "false"]
    assert made[0].json != made[1].json
    assert count(client, **ours) == count(client, **theirs) == 1


@pytest.mark.parametrize(
    ("hours", "settled", "replayed"), [(23, True, "true"), (25, True, "false"), (1, False, "false")]
)
def test_a_name_holds_for_a_day_and_for_a_minute_where_nobody_answers(
    client: CheckedClient, database: Database, hours: int, settled: bool, replayed: str
) -> None:
    client.post(ROUTE, json=PLAN, headers=NAME)
    before = store._ago(store.timedelta(hours=hours))
    gone = {} if settled else {"estimate_id": None}
    with database.writing() as connection:
        connection.execute(update(claims).values(claimed_at=before, **gone))
    again = client.post(ROUTE, json=PLAN, headers=NAME)
    assert (again.status_code, again.headers["Idempotency-Replayed"]) == (201, replayed)


def test_a_request_that_was_overtaken_keeps_nothing(client: CheckedClient, database: Database) -> None:
    """Its minute is over, and another has claimed the name: of the two, the other is kept."""
    on(database, "AFTER", "UPDATE claims SET claimed_at = 'later'")
    assert client.post(ROUTE, json=PLAN, headers=NAME).status_code == 409
    assert count(client) == 0


@pytest.mark.parametrize("name", ["", " ", "a b", "é", "a" * 256, "a\tb", "a,b"])
def test_a_name_is_of_visible_ascii(client: CheckedClient, name: str) -> None:
    refused = client.post(ROUTE, json=PLAN, headers={"Idempotency-Key": name})
    assert (refused.status_code, refused.json and refused.json["errors"][0]["pointer"]) == (422, "/Idempotency-Key")
    assert count(client) == 0


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(names=st.lists(st.sampled_from("abc"), min_size=1, max_size=8), plans=st.lists(st.integers(0, 1), min_size=8))
def test_whatever_is_sent_in_whatever_order_each_name_keeps_one(
    database: Database, names: list[str], plans: list[int]
) -> None:
    """The first request of a name wins; every other finds it, or is refused."""
    workspace = kept.new_id()
    first: dict[str, bytes] = {}
    for name, plan in zip(names, plans, strict=False):
        wanted = Claim(workspace, name, bytes([plan]) * 32, kept.moment())
        held = store.claim(database, wanted)
        assert (held is None) == (name not in first)
        assert held is None or held.request == first[name]
        first.setdefault(name, wanted.request)


def test_the_form_that_is_described_is_the_form_that_is_read() -> None:
    assert idempotency.PARAMETER["schema"]["pattern"] == f"^{idempotency.FORM}$"
