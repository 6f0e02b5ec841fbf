"""What a caller is granted over HTTP: requests, by key or by address, and what is said of them."""

import time
from collections.abc import Iterator
from typing import Any

import pytest
from checked import CheckedClient, document, running
from flask import Flask
from werkzeug.test import TestResponse

from carbon_api.settings import Rate, Settings
from carbon_api.store.engine import Database
from carbon_api.store.keys import NewKey, create_key, revoke_key
from carbon_api.web import access
from carbon_api.web.service import EXTENSION
from carbon_api.web.turns import HEADERS

NO_END = 10**9
MOST = 4
OPERATIONS = [
    (path, method.upper(), operation)
    for path, item in document()["paths"].items()
    for method, operation in item.items()
    if method != "parameters"
]


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    yield from running(Settings(database_url=settings.database_url, rate_limit=Rate(MOST, NO_END)))


@pytest.fixture
def database(app: Flask) -> Database:
    found: Database = app.extensions[EXTENSION].database
    return found


def key(database: Database, workspace: str = "acme") -> NewKey:
    return create_key(database, workspace, "test", ("read", "write"))


def asked(client: CheckedClient, made: NewKey | str | None, **more: Any) -> TestResponse:
    """The answer to a question that costs nothing but a turn."""
    text = made.text if isinstance(made, NewKey) else made
    return client.get("/v1/methods", headers={"Authorization": f"Bearer {text}"} if text else {}, **more)


def codes(client: CheckedClient, made: NewKey | str | None, times: int, **more: Any) -> list[int]:
    return [asked(client, made, **more).status_code for _ in range(times)]


def junk(number: int) -> str:
    """A key that is formed well and opens nothing."""
    return f"carbon_{number:016x}_{'0' * 43}"


def test_the_headers_count_down_and_the_next_request_is_refused(client: CheckedClient, database: Database) -> None:
    made = key(database)
    answers = [asked(client, made) for _ in range(MOST + 2)]
    assert [answer.status_code for answer in answers] == [200] * MOST + [429] * 2
    told = [[int(answer.headers[name]) for name in HEADERS[:2]] for answer in answers]
    assert told == [[MOST, left] for left in (3, 2, 1, 0, 0, 0)]
    refused = answers[-1]
    assert refused.json
    assert refused.json["type"] == "/problems/too-many-requests"
    assert refused.headers["Retry-After"] == refused.headers["RateLimit-Reset"]
    assert refused.headers["Retry-After"] in refused.json["detail"]
    assert "Retry-After" not in answers[0].headers
    assert client.get("/problems/too-many-requests").status_code == 200


@pytest.mark.parametrize("with_key", [True, False])
@pytest.mark.parametrize(("path", "method", "operation"), OPERATIONS, ids=[f"{m} {p}" for p, m, _ in OPERATIONS])
def test_every_closed_route_has_turns_and_no_public_one(
    client: CheckedClient, database: Database, path: str, method: str, operation: dict[str, Any], with_key: bool
) -> None:
    """And each says so in its description."""
    made = key(database)
    filled = path.format_map({"id": "x", "code": "x", "file": "x"})
    headers = {"Authorization": f"Bearer {made.text}"} if with_key else {}
    answers = [client.open(filled, method=method, headers=headers) for _ in range(MOST + 1)]
    closed = bool(operation["security"])
    assert (answers[-1].status_code == 429) is closed
    assert {name in answer.headers for answer in answers for name in HEADERS} == {closed}
    assert ("429" in operation["responses"]) is closed
    own = [response for response in operation["responses"].values() if "headers" in response]
    assert {name in response["headers"] for response in own for name in HEADERS} == {closed}


@pytest.mark.parametrize("other", ["acme", "rival"])
def test_two_keys_never_share_their_turns(client: CheckedClient, database: Database, other: str) -> None:
    one, two = key(database), key(database, other)
    assert codes(client, one, MOST + 1)[-1] == 429
    assert codes(client, two, MOST + 1) == [200] * MOST + [429]


def test_what_is_forbidden_and_what_is_wrong_take_a_turn_too(client: CheckedClient, database: Database) -> None:
    reader = create_key(database, "acme", "test", ("read",))
    sent = {"Authorization": f"Bearer {reader.text}"}
    assert client.delete("/v1/estimates/x", headers=sent).status_code == 403
    assert client.get("/v1/estimates?limit=0", headers=sent).status_code == 422
    assert client.get("/v1/estimates/x", headers=sent).status_code == 404
    assert codes(client, reader, 2) == [200, 429]


def test_while_no_key_is_needed_everyone_is_one_caller(client: CheckedClient) -> None:
    assert codes(client, None, MOST) + codes(client, "another's", 1) == [200] * MOST + [429]


def test_no_limit_says_nothing(settings: Settings) -> None:
    for app in running(Settings(database_url=settings.database_url, rate_limit=None)):
        answers = [app.test_client().get("/v1/methods") for _ in range(5)]
        assert {(answer.status_code, *[name in answer.headers for name in HEADERS]) for answer in answers} == {
            (200, False, False, False)
        }


def test_the_seconds_told_are_enough(settings: Settings) -> None:
    for app in running(Settings(database_url=settings.database_url, rate_limit=Rate(2, 2))):
        client = app.test_client()
        for _ in range(2):
            answer = client.get("/v1/methods")
            while answer.status_code == 200:
                answer = client.get("/v1/methods")
            time.sleep(int(answer.headers["Retry-After"]))
            assert client.get("/v1/methods").status_code == 200


@pytest.mark.parametrize("sent", [None, "nonsense", junk(1)], ids=["no key", "nonsense", "another key"])
def test_without_a_good_key_an_address_has_its_turns(
    client: CheckedClient, database: Database, sent: str | None
) -> None:
    key(database)
    assert codes(client, sent, MOST + 2) == [401] * MOST + [429] * 2
    assert codes(client, sent, 1, environ_base={"REMOTE_ADDR": "192.0.2.1"}) == [401]


def test_no_header_makes_another_address(client: CheckedClient, database: Database) -> None:
    key(database)
    for number in range(MOST + 1):
        claimed = f"192.0.2.{number}"
        sent = {"X-Forwarded-For": claimed, "Forwarded": f"for={claimed}", "X-Real-IP": claimed}
        answer = client.get("/v1/methods", headers=sent)
    assert answer.status_code == 429


def test_the_addresses_that_one_line_has_are_one(client: CheckedClient, database: Database) -> None:
    key(database)
    one = [f"2001:db8:1:1::{number:x}" for number in range(MOST + 1)]
    assert [asked(client, None, environ_base={"REMOTE_ADDR": address}).status_code for address in one][-1] == 429
    others = {"REMOTE_ADDR": "2001:db8:1:2::1"}, {"REMOTE_ADDR": "::ffff:192.0.2.1"}, {"REMOTE_ADDR": ""}
    assert [asked(client, None, environ_base=other).status_code for other in others] == [401] * 3


def test_whoever_tries_keys_keeps_no_good_one_out(client: CheckedClient, database: Database) -> None:
    """Behind a proxy all have one address; and a worker that was just started knows no key."""
    good = key(database)
    assert codes(client, junk(1), MOST + 3) == [401] * MOST + [429] * 3
    assert codes(client, good, MOST + 1) == [200] * MOST + [429]
    assert codes(client, junk(2), 1) == [429]


def test_a_key_that_was_revoked_is_a_stranger_s(
    client: CheckedClient, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(access, "HOLDS", 0.0)
    made = key(database)
    assert codes(client, made, 1) == [200]
    revoke_key(database, made.key.id)
    assert codes(client, made, MOST) == [401] * MOST
    assert codes(client, made, 3) == [429] * 3
    assert codes(client, key(database), 1, environ_base={"REMOTE_ADDR": "192.0.2.1"}) == [200]
