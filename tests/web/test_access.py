"""Who may do what: no key, a key, another's key."""

import time
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from checked import CheckedClient, document
from flask import Flask
from postgresql_server import KINDS, Server
from sqlalchemy import update
from werkzeug.test import TestResponse

from carbon_api.store.engine import Database
from carbon_api.store.keys import NewKey, Scope, create_key, list_keys, revoke_key
from carbon_api.store.postgresql import STATEMENT_TIMEOUT
from carbon_api.store.tables import keys
from carbon_api.web import access
from carbon_api.web.app import SCOPES
from carbon_api.web.service import EXTENSION

AD = {"kind": "ad", "platform": "tiktok", "country": "FR", "impressions": 9, "format": "image"}
PLAN = {"name": "x", "lines": [{**AD, "id": "a"}]}
OPERATIONS = [
    (path, method.upper()) for path, item in document()["paths"].items() for method in item if method != "parameters"
]
OF_THE_SERVICE = {"/metrics"}  # for whoever runs it, not for a workspace
PUBLIC = {"/healthz", "/readyz", "/version", "/openapi.json", "/problems/{code}", "/docs", "/docs/{file}"}
REALM = 'Bearer realm="carbon-api"'
PAST = "2026-01-01T00:00:00.000000Z"


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    """What is kept is the same on both."""
    return str(request.param)


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the database says of keys is asked anew for each request."""
    monkeypatch.setattr(access, "HOLDS", 0.0)


@pytest.fixture
def database(app: Flask) -> Database:
    found: Database = app.extensions[EXTENSION].database
    return found


def key(database: Database, workspace: str = "acme", *scopes: Scope, until: str | None = None) -> NewKey:
    """A key that may do anything, or what is named."""
    return create_key(database, workspace, "test", scopes or ("read", "write", "admin"), until)


def sent(made: NewKey) -> dict[str, str]:
    """The header that carries a key."""
    return {"Authorization": f"Bearer {made.text}"}


def asked(client: CheckedClient, path: str, method: str, headers: Any, **words: str) -> TestResponse:
    """An answer of a route; a body is sent where it reads one."""
    body = {"plan": PLAN} if "recommendations" in path else {"plan": PLAN, "methods": ["scope3-2026.07", "sri-2.1"]}
    sent_body = {"json": PLAN if path == "/v1/estimates" else body} if method == "POST" else {}
    filled = path.format_map({"id": "x", "code": "x", "file": "x", **words})
    return client.open(filled, method=method, headers=headers, **sent_body)


def test_without_a_key_ever_made_everything_is_open(client: CheckedClient) -> None:
    assert client.post("/v1/estimates", json=PLAN).status_code == 201


@pytest.mark.parametrize(("path", "method"), OPERATIONS)
def test_once_there_is_a_key_each_route_but_the_public_ones_needs_one(
    client: CheckedClient, database: Database, path: str, method: str
) -> None:
    others = ("read", "write") if path in OF_THE_SERVICE else ("admin",)
    made, other = key(database), key(database, "acme", *others)
    codes = [asked(client, path, method, headers).status_code for headers in ({}, {"Authorization": "Bearer x"})]
    if path in PUBLIC:
        assert not {401, 403} & set(codes)
        return
    assert codes == [401, 401]
    assert asked(client, path, method, sent(made)).status_code not in {401, 403}
    refused = asked(client, path, method, sent(other))
    assert (refused.status_code, refused.json and refused.json["type"]) == (403, "/problems/scope-missing")
    challenge = refused.headers["WWW-Authenticate"]
    needed = challenge.removeprefix(f'{REALM}, error="insufficient_scope", scope="').removesuffix('"')
    assert f"with the scope {needed};" in refused.text


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer ", "Basic YTpi", "bearer\tx", "Bearer é", "Token x"])
def test_what_is_no_key_is_refused_with_how_to_send_one(client: CheckedClient, database: Database, header: str) -> None:
    key(database)
    answer = client.get("/v1/estimates", headers={"Authorization": header})
    invalid = ', error="invalid_token"' if header == "Bearer é" else ""  # the others send no key at all
    assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, f"{REALM}{invalid}")
    assert "Authorization: Bearer" in answer.json["detail"] if answer.json else False


def test_a_key_that_was_revoked_or_has_expired_says_so_to_its_owner_alone(
    client: CheckedClient, database: Database
) -> None:
    revoked, expired = key(database), key(database, until=PAST)
    revoke_key(database, revoked.key.id)
    for made, word in ((revoked, "was revoked on"), (expired, "expired on 2026-01-01")):
        answer = client.get("/v1/estimates", headers=sent(made))
        assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, f'{REALM}, error="invalid_token"')
        assert word in answer.json["detail"] if answer.json else False
        guessed = client.get("/v1/estimates", headers={"Authorization": f"Bearer {made.text[:-1]}-"})
        assert guessed.json
        assert "no such key" in guessed.json["detail"]


def test_a_key_with_an_end_to_come_opens(client: CheckedClient, database: Database) -> None:
    until = (datetime.now(UTC) + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    assert client.get("/v1/estimates", headers=sent(key(database, until=until))).status_code == 200


def test_a_key_to_read_computes_and_keeps_nothing(client: CheckedClient, database: Database) -> None:
    kept, reader = key(database), sent(key(database, "acme", "read"))
    path = client.post("/v1/estimates", json=PLAN, headers=sent(kept)).headers["Location"]
    assert client.post("/v1/estimates?persist=false", json=PLAN, headers=reader).status_code == 200
    assert client.get(path, headers=reader).status_code == 200
    assert client.post("/v1/estimates", json=PLAN, headers=reader).status_code == 403
    assert client.delete(path, headers=reader).status_code == 403
    assert client.get(path, headers=reader).status_code == 200


def test_once_a_key_was_known_a_database_that_is_away_lets_nobody_in(
    client: CheckedClient, database: Database, request: pytest.FixtureRequest
) -> None:
    made = sent(key(database))
    assert client.get("/v1/methods", headers=made).status_code == 200
    assert client.get("/v1/methods").status_code == 401
    if database.file:
        database.file.unlink()
    else:
        server: Server = request.getfixturevalue("postgresql")
        server.close(str(database.url.database))
    assert [client.get("/v1/methods", headers=headers).status_code for headers in (made, {})] == [503, 401]
    assert client.get("/healthz").status_code == 200


def test_the_last_use_of_a_key_is_kept(client: CheckedClient, database: Database) -> None:
    made = key(database)
    assert client.get("/v1/estimates", headers=sent(made)).status_code == 200
    assert list_keys(database)[0].last_used_at


def test_what_the_database_said_holds_for_a_second_at_most(
    client: CheckedClient, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 1000.0
    monkeypatch.setattr(access, "HOLDS", 1.0)
    monkeypatch.setattr(access.time, "monotonic", lambda: now)
    made = key(database)
    assert client.get("/v1/estimates", headers=sent(made)).status_code == 200
    revoke_key(database, made.key.id)
    assert client.get("/v1/estimates", headers=sent(made)).status_code == 200
    now += 1.0
    assert client.get("/v1/estimates", headers=sent(made)).status_code == 401


@pytest.mark.parametrize(("path", "method"), [one for one in OPERATIONS if one[0].startswith("/v1/estimates")])
def test_a_workspace_never_sees_counts_or_changes_anothers_rows(
    client: CheckedClient, database: Database, path: str, method: str
) -> None:
    """What one keeps is to another as if it had never been, to the byte; and it is still there afterwards."""
    ours, theirs = sent(key(database)), sent(key(database, "other"))
    made = client.post("/v1/estimates", json=PLAN, headers=ours)
    assert made.json
    before = client.get(made.headers["Location"], headers=ours)
    if "{id}" in path:
        never = "est_" + "0" * 32
        seen, nothing = (asked(client, path, method, theirs, id=id) for id in (made.json["id"], never))
        assert seen.status_code == 404
        assert bare(seen).replace(made.json["id"], never) == bare(nothing)
    else:
        seen = asked(client, path, method, theirs)
        assert made.json["id"] not in seen.text
    assert client.get(made.headers["Location"], headers=ours).data == before.data
    mine = client.get("/v1/estimates", headers=ours).json
    assert mine
    assert [item["id"] for item in mine["items"]] == [made.json["id"]]


def test_a_cursor_of_another_workspace_leads_to_ones_own_rows(client: CheckedClient, database: Database) -> None:
    ours, theirs = sent(key(database)), sent(key(database, "other"))
    for headers in (ours, theirs, ours, theirs, ours):
        assert client.post("/v1/estimates", json=PLAN, headers=headers).status_code == 201
    page = client.get("/v1/estimates?limit=1", headers=ours).json
    assert page
    listed = client.get(f"/v1/estimates?cursor={page['next_cursor']}", headers=theirs).json
    own = client.get("/v1/estimates", headers=theirs).json
    assert listed
    assert own
    assert {item["id"] for item in listed["items"]} <= {item["id"] for item in own["items"]}
    assert len(own["items"]) == 2


def bare(answer: TestResponse) -> str:
    """An answer without the id of its request."""
    return answer.text.replace(answer.headers["X-Request-Id"], "")


def test_a_service_that_never_had_a_key_looks_at_no_header_but_a_key(client: CheckedClient) -> None:
    """A proxy that guards it may send its own; a key of ours is meant for another database."""
    for header in ("Basic YTpi", "Bearer eyJhbGciOi", ""):
        assert client.get("/v1/estimates", headers={"Authorization": header}).status_code == 200
    assert client.get("/v1/estimates", headers={"Authorization": "Bearer carbon_0"}).status_code == 401


@pytest.mark.parametrize(
    ("address", "host", "code"),
    [
        ("127.0.0.1", "localhost", 200),
        ("::1", "[::1]:8000", 200),
        ("::ffff:127.0.0.1", "127.0.0.1:8000", 200),
        ("192.0.2.7", "localhost", 401),
        ("127.0.0.1", "evil.example", 401),
        ("127.0.0.1", "192.0.2.7:8000", 401),
    ],
)
def test_a_service_without_keys_is_open_to_its_own_machine_by_its_own_name(
    client: CheckedClient, address: str, host: str, code: int
) -> None:
    """Wherever it listens: a page whose name leads here is not let in, nor another machine by a mistaken binding."""
    answer = client.get("/v1/estimates", headers={"Host": host}, environ_base={"REMOTE_ADDR": address})
    assert answer.status_code == code
    assert code == 200 or "makes the first key with" in answer.text
    assert answer.headers.get("WWW-Authenticate") == (None if code == 200 else REALM)
    assert client.get("/healthz", headers={"Host": host}, environ_base={"REMOTE_ADDR": address}).status_code == 200


@pytest.mark.parametrize("name", ["Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "x-real-ip"])
def test_whoever_asks_through_a_proxy_is_not_this_machine(client: CheckedClient, name: str) -> None:
    """The proxy may name itself as this machine does: many do so unasked, and then the whole world would be let in."""
    answer = client.get("/v1/estimates", headers={"Host": "localhost:8000", name: "for=127.0.0.1"})
    assert answer.status_code == 401
    assert "through no proxy" in answer.text


def test_a_route_that_says_no_scope_is_closed(app: Flask, client: CheckedClient, database: Database) -> None:
    app.add_url_rule("/forgotten", view_func=lambda: "all of it")
    assert app.test_client().get("/forgotten", headers=sent(key(database, "acme", "read"))).status_code == 403
    assert {rule.endpoint for rule in app.url_map.iter_rules()} - {"<lambda>"} == set(SCOPES)


def test_a_key_that_opens_nothing_is_not_used(client: CheckedClient, database: Database) -> None:
    revoked, expired = key(database), key(database, until=PAST)
    revoke_key(database, revoked.key.id)
    for made in (revoked, expired):
        assert client.get("/v1/estimates", headers=sent(made)).status_code == 401
    assert [one.last_used_at for one in list_keys(database)] == [None, None]


def test_who_reads_does_not_wait_for_who_writes(client: CheckedClient, database: Database) -> None:
    """That a key was used is not written then, and the question is answered."""
    made = key(database)
    with database.writing() as holder:
        holder.execute(update(keys).values(name="renamed"))
        started = time.monotonic()
        assert client.get("/v1/methods", headers=sent(made)).status_code == 200
        assert time.monotonic() - started < STATEMENT_TIMEOUT
    assert list_keys(database)[0].last_used_at is None


def test_no_cache_hands_what_one_key_was_answered_to_another(client: CheckedClient, database: Database) -> None:
    assert "private" not in client.get("/v1/estimates").headers["Cache-Control"]
    answer = client.get("/v1/estimates", headers=sent(key(database)))
    assert "private" in answer.headers["Cache-Control"]
    assert answer.headers["Vary"] == "Authorization"


@pytest.mark.parametrize("path", ["/healthz", "/v1/methods", "/nowhere"])
def test_every_answer_is_data_to_a_browser(client: CheckedClient, path: str) -> None:
    headers = client.get(path).headers
    assert headers["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'"
    assert (headers["X-Content-Type-Options"], headers["Referrer-Policy"]) == ("nosniff", "no-referrer")
