"""Every error is a problem: the right status, a stable type, where, what, and what would do."""

import json
import logging
import shutil
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from checked import CheckedClient, running
from flask import Flask

from carbon_api.settings import Settings
from carbon_api.web import access
from carbon_api.web.answers import encode
from tests.first_plan import EXAMPLE

LINE = EXAMPLE["lines"][0]


def changed(**fields: Any) -> bytes:
    """The example as JSON, its line changed."""
    return json.dumps(EXAMPLE | {"lines": [LINE | fields]}).encode()


def without(name: str) -> bytes:
    """The example as JSON, its line without a field."""
    return json.dumps(EXAMPLE | {"lines": [{key: value for key, value in LINE.items() if key != name}]}).encode()


def spelled(number: str) -> bytes:
    """The example as JSON, its impressions spelled so."""
    return changed(impressions="@").replace(b'"@"', number.encode())


UNREADABLE = {
    "nothing": b"",
    "half a document": b'{"name": "x"',
    "NaN": spelled("NaN"),
    "Infinity": spelled("-Infinity"),
    "a number beyond a double": spelled("1e999"),
    "a key given twice": changed().replace(b'"name"', b'"name": "y", "name"', 1),
    "not UTF-8": b'{"name": "\xff"}',
    "a lone surrogate": b'{"name": "\\ud800"}',
    "NUL": b'{"name": "a\\u0000b"}',
    "very deep": b"[" * 100_000,
    "a very long number": spelled("9" * 5_000),
}
INVALID = {
    "a list": (b"[]", ""),
    "no lines": (json.dumps(EXAMPLE | {"lines": []}).encode(), "/lines"),
    "a misspelt key": (changed(impresions=1), "/lines/0/impresions"),
    "null": (changed(impressions=None), "/lines/0/impressions"),
    "bananas": (changed(impressions="1 bananas"), "/lines/0/impressions"),
    "negative": (changed(impressions=-1_000_000), "/lines/0/impressions"),
    "an unknown country": (changed(country="ZZZ"), "/lines/0/country"),
    "no country": (without("country"), "/lines/0"),
    "an unknown platform": (changed(platform="friendster"), "/lines/0/platform"),
    "an unknown device": (changed(devices={"fridge": 1}), "/lines/0/devices"),
    "an unknown kind": (changed(kind="poster"), "/lines/0/kind"),
    "an unknown method": (json.dumps(EXAMPLE | {"method": "guess-1"}).encode(), "/method"),
    "an unknown release": (json.dumps(EXAMPLE | {"factor_release": "1999.01"}).encode(), "/factor_release"),
}


def problem(response: Any, status: int, code: str) -> dict[str, Any]:
    """The body of an answer that must be this problem."""
    assert (response.status_code, response.json.get("type")) == (status, f"/problems/{code}"), response.text
    assert response.content_type == "application/problem+json"
    assert response.json["status"] == status
    assert response.json["request_id"] == response.headers["X-Request-Id"]
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    return response.json


ONLY_JSON = {"nothing", "NaN", "Infinity"}  # in YAML these are a document, or a text


@pytest.mark.parametrize(
    ("media_type", "name"),
    [("application/json", name) for name in UNREADABLE]
    + [("application/yaml", name) for name in UNREADABLE if name not in ONLY_JSON],
)
def test_what_cannot_be_read_is_400(client: CheckedClient, media_type: str, name: str) -> None:
    response = client.post("/v1/estimates", data=UNREADABLE[name], content_type=media_type)
    assert problem(response, 400, "plan-unreadable")["errors"]


@pytest.mark.parametrize("name", INVALID)
@pytest.mark.parametrize("media_type", ["application/json", "application/yaml"])
def test_what_cannot_be_priced_is_422_and_points_there(client: CheckedClient, name: str, media_type: str) -> None:
    body, pointer = INVALID[name]
    response = client.post("/v1/estimates", data=body, content_type=media_type)
    errors = problem(response, 422, "plan-invalid")["errors"]
    assert [error for error in errors if error["pointer"].startswith(pointer)] != []
    assert client.get("/v1/estimates").json["items"] == []


@pytest.mark.parametrize("name", ["an unknown country", "an unknown platform", "a misspelt key", "an unknown method"])
def test_what_would_do_is_said(client: CheckedClient, name: str) -> None:
    response = client.post("/v1/estimates", data=INVALID[name][0], content_type="application/json")
    assert response.json["errors"][0]["valid_values"] != []


def test_a_fault_in_a_text_names_its_line(client: CheckedClient) -> None:
    text = "name: x\nlines:\n  - id: a\n    kind: ad\n    impresions: 1\n"
    response = client.post("/v1/estimates", data=text, content_type="application/yaml")
    assert 5 in [error.get("line") for error in problem(response, 422, "plan-invalid")["errors"]]


def test_what_the_method_cannot_price_names_its_line_too(client: CheckedClient) -> None:
    text = "name: x\nlines:\n- {id: a, kind: storage, country: FR, volume: 1, kept_for: 1,\n   medium: tape}\n"
    response = client.post("/v1/estimates", data=text, content_type="application/yaml")
    [error] = problem(response, 422, "plan-invalid")["errors"]
    assert (error["pointer"], error["line"]) == ("/lines/0/medium", 4)


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Content-Type": "text/plain"},
        {"Content-Type": "application/x-www-form-urlencoded"},
        {"Content-Type": "multipart/form-data; boundary=x"},
        {"Content-Type": "application/json; charset=latin-1"},
        {"Content-Type": "application/json", "Content-Encoding": "gzip"},
    ],
)
def test_what_is_neither_json_nor_yaml_is_415(client: CheckedClient, headers: dict[str, str]) -> None:
    response = client.post("/v1/estimates", data=changed(), headers=headers)
    assert problem(response, 415, "unsupported-media-type")["errors"][0]["valid_values"] != []


def test_a_body_over_the_limit_is_413_and_one_at_the_limit_is_read(client: CheckedClient) -> None:
    padded = changed() + b" " * (Settings().max_body_bytes - len(changed()))
    assert client.post("/v1/estimates", data=padded, content_type="application/json").status_code == 201
    response = client.post("/v1/estimates", data=padded + b" ", content_type="application/json")
    assert "2,000,000" in problem(response, 413, "body-too-large")["detail"]


def test_too_many_lines_are_413(settings: Settings) -> None:
    two = json.dumps(EXAMPLE | {"lines": [LINE, LINE | {"id": "other"}]})
    for app in running(Settings(database_url=settings.database_url, max_lines=1)):
        response = app.test_client().post("/v1/estimates", data=two, content_type="application/json")
        problem(response, 413, "body-too-large")


@pytest.mark.parametrize(
    "path", ["/", "/v1", "/v1/estimate", "/v1/estimates/", "//healthz", "/V1/factors", "/static/x"]
)
def test_an_unknown_route_is_404(client: CheckedClient, path: str) -> None:
    assert "/openapi.json" in problem(client.get(path), 404, "not-found")["detail"]


@pytest.mark.parametrize("id", ["est_1", "est_" + "0" * 32, "%00", "%FF", "'; DROP TABLE estimates; --"])
def test_an_unknown_estimate_is_404(client: CheckedClient, id: str) -> None:
    problem(client.get(f"/v1/estimates/{id}"), 404, "not-found")
    problem(client.delete(f"/v1/estimates/{id}"), 404, "not-found")


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("PUT", "/v1/estimates", {"GET", "HEAD", "OPTIONS", "POST"}),
        ("PATCH", "/v1/estimates/est_1", {"DELETE", "GET", "HEAD", "OPTIONS"}),
        ("POST", "/v1/factors", {"GET", "HEAD", "OPTIONS"}),
        ("TRACE", "/healthz", {"GET", "HEAD", "OPTIONS"}),
    ],
)
def test_a_wrong_method_is_405_and_says_which_are_right(
    client: CheckedClient, method: str, path: str, allowed: set[str]
) -> None:
    response = client.open(path, method=method)
    problem(response, 405, "method-not-allowed")
    assert set(response.headers["Allow"].split(", ")) == allowed


def test_options_says_what_is_allowed(client: CheckedClient) -> None:
    response = client.options("/v1/estimates")
    assert response.status_code == 200
    assert set(response.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS", "POST"}


@pytest.mark.parametrize(
    ("query", "pointer", "code"),
    [
        ("persit=false", "/persit", "unknown-argument"),
        ("persist=False", "/persist", "invalid-argument"),
        ("persist=0", "/persist", "invalid-argument"),
        ("persist=", "/persist", "invalid-argument"),
        ("persist=true&persist=false", "/persist", "invalid-argument"),
        ("a/b~c=1", "/a~1b~0c", "unknown-argument"),
    ],
)
def test_a_wrong_query_is_422_and_nothing_is_done(client: CheckedClient, query: str, pointer: str, code: str) -> None:
    response = client.post(f"/v1/estimates?{query}", json=EXAMPLE)
    (error,) = problem(response, 422, "query-invalid")["errors"]
    assert (error["pointer"], error["code"]) == (pointer, code)
    assert error["valid_values"] == (["persist"] if code == "unknown-argument" else ["true", "false"])
    assert client.get("/v1/estimates").json["items"] == []


@pytest.mark.parametrize(
    "query",
    [
        *("limit=0", "limit=201", "limit=1.5", "limit=ten", "limit=-1", "limit=٣", "limit=", "limit=" + "9" * 100),
        *("from=2026-13-01", "from=20261123", "from=2026-W01-1", "to=yesterday", "to=2026-02-30", "from="),
        *("cursor=x", "cursor=", "cursor=" + "A" * 100, "method=guess", "brand=", "brand=%00", "page=2"),
    ],
)
def test_a_list_refuses_what_it_cannot_read(client: CheckedClient, query: str) -> None:
    problem(client.get(f"/v1/estimates?{query}"), 422, "query-invalid")


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/version", "/openapi.json", "/v1/sources", "/problems/usage"])
def test_a_route_without_arguments_refuses_any(client: CheckedClient, path: str) -> None:
    problem(client.get(f"{path}?x=1"), 422, "query-invalid")


@pytest.mark.parametrize("is_open", [False, True])
def test_a_database_that_goes_away_is_503_and_only_where_it_is_needed(
    settings: Settings, client: CheckedClient, is_open: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(access, "HOLDS", 0.0)
    folder = Path(settings.database_url.removeprefix("sqlite:///")).parent
    if is_open:  # the file lives on for the connections that are
        assert client.post("/v1/estimates", json=EXAMPLE).status_code == 201
    assert client.get("/v1/methods").status_code == 200  # it has said that nobody needs a key
    shutil.rmtree(folder)
    for response in (
        client.post("/v1/estimates", json=EXAMPLE),
        client.get("/v1/estimates"),
        client.get("/v1/estimates/est_" + "0" * 32),
        client.delete("/v1/estimates/est_" + "0" * 32),
    ):
        problem(response, 503, "unavailable")
        assert int(response.headers["Retry-After"]) > 0
    assert client.get("/readyz").status_code == 503
    assert client.post("/v1/estimates?persist=false", json=EXAMPLE).status_code == 200
    assert client.get("/healthz").status_code == client.get("/v1/factors").status_code == 200


def test_a_database_that_never_said_who_may_ask_is_503_wherever_a_key_may_be_needed(tmp_path: Path) -> None:
    for app in running(Settings(database_url=f"sqlite:///{tmp_path / 'none.db'}")):
        client = app.test_client()
        problem(client.get("/v1/methods"), 503, "unavailable")
        problem(client.post("/v1/estimates?persist=false", json=EXAMPLE), 503, "unavailable")
        assert client.get("/healthz").status_code == client.get("/openapi.json").status_code == 200


def test_a_database_without_schema_is_503(tmp_path: Path) -> None:
    (tmp_path / "empty.db").touch()
    for app in running(Settings(database_url=f"sqlite:///{tmp_path / 'empty.db'}")):
        response = app.test_client().post("/v1/estimates", json=EXAMPLE)
        assert "carbon-api db upgrade" in problem(response, 503, "unavailable")["detail"]


def test_a_database_that_someone_else_holds_is_503(settings: Settings, client: CheckedClient) -> None:
    holder = sqlite3.connect(settings.database_url.removeprefix("sqlite:///"), isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    problem(client.post("/v1/estimates", json=EXAMPLE), 503, "unavailable")
    holder.execute("ROLLBACK")
    holder.close()
    assert client.post("/v1/estimates", json=EXAMPLE).status_code == 201


def test_a_fault_of_ours_is_500_told_in_the_log_only(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    def fall() -> None:
        raise RuntimeError("the secret of our insides")

    app.add_url_rule("/fall", view_func=fall)
    with caplog.at_level(logging.ERROR):
        response = app.test_client().get("/fall", headers={"X-Request-Id": "ours-1"})
    problem(response, 500, "internal-error")
    assert "secret" not in response.text
    assert "Traceback" not in response.text
    assert "ours-1" in caplog.text
    assert "the secret of our insides" in caplog.text


@pytest.mark.parametrize("number", [float("nan"), float("inf"), float("-inf")])
def test_a_number_that_is_not_finite_never_goes_out(app: Flask, number: float) -> None:
    app.add_url_rule("/number", view_func=lambda: encode({"deep": [{"in": (None, number)}]}))
    problem(app.test_client().get("/number"), 500, "internal-error")


def test_null_may_go_out() -> None:
    assert encode({"platform": None, "total": 1.5}) == b'{"platform":null,"total":1.5}'


@pytest.mark.parametrize("given", ["", "a b", "x" * 65, "é", "a\tb", "{}"])
def test_a_request_id_that_a_log_cannot_hold_is_replaced(client: CheckedClient, given: str) -> None:
    used = client.get("/healthz", headers={"X-Request-Id": given}).headers["X-Request-Id"]
    assert used != given
    assert len(used) == 32


def test_a_good_request_id_is_used(client: CheckedClient) -> None:
    assert client.get("/nope", headers={"X-Request-Id": "run-7.a_B"}).headers["X-Request-Id"] == "run-7.a_B"
