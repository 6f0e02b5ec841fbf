"""The log has one line for each request, and nothing of what was sent."""

import json
import logging
import sqlite3
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from checked import CheckedClient

from carbon_api.settings import Settings
from carbon_api.store.engine import Database
from carbon_api.store.keys import create_key
from carbon_api.web.log import JsonLines, described
from tests.first_plan import EXAMPLE

SECRET = "Marque Confidentielle"
CONFIDENTIAL = EXAMPLE | {"brand": SECRET, "name": SECRET}


@pytest.fixture
def log(caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    """What is logged, in the form in which it is written."""
    before = caplog.handler.formatter  # it is the same one for all tests
    caplog.handler.setFormatter(JsonLines())
    caplog.set_level(logging.INFO)
    yield caplog
    caplog.handler.setFormatter(before)


def lines(log: pytest.LogCaptureFixture, logger: str = "carbon_api.request") -> list[dict[str, Any]]:
    """The lines of a logger; without another word, those of requests."""
    return [line for line in map(json.loads, log.text.splitlines()) if line["logger"] == logger]


@pytest.mark.parametrize(
    ("method", "path", "route", "logged", "status"),
    [
        ("GET", "/healthz", "/healthz", "/healthz", 200),
        ("POST", "/v1/estimates", "/v1/estimates", "/v1/estimates", 201),
        ("POST", "/v1/estimates?persist=no", "/v1/estimates", "/v1/estimates", 422),
        ("GET", "/v1/estimates/est_0", "/v1/estimates/<id>", "/v1/estimates/est_0", 404),
        ("PUT", "/v1/estimates", None, "/v1/estimates", 405),
        ("GET", "/nothing/here?brand=Marque", None, "/nothing/here", 404),
        ("GET", "/a%0Ab%1b%5Bc%20d", None, "/a%0Ab%1B%5Bc%20d", 404),
    ],
)
def test_a_request_is_one_line_without_its_query(
    client: CheckedClient,
    log: pytest.LogCaptureFixture,
    method: str,
    path: str,
    route: str | None,
    logged: str,
    status: int,
) -> None:
    client.open(path, method=method, json=CONFIDENTIAL, headers={"X-Request-Id": "run-7"})
    [line] = lines(log)
    assert line["time"].endswith("+00:00")
    assert line["milliseconds"] >= 0
    workspace = "default" if route and "estimates" in route else None
    assert {name: line[name] for name in sorted(set(line) - {"time", "milliseconds", "process"})} == {
        "key": None,
        "level": "info",
        "logger": "carbon_api.request",
        "message": "answered",
        "method": method,
        "path": logged,
        "request_id": "run-7",
        "route": route,
        "status": status,
        "workspace": workspace,
    }
    assert SECRET not in log.text


def test_a_line_says_which_key_asked_and_not_what_opens_it(
    client: CheckedClient, settings: Settings, log: pytest.LogCaptureFixture
) -> None:
    made = create_key(Database(settings.database_url), "acme", "robot", ("read",))
    client.get("/v1/methods", headers={"Authorization": f"Bearer {made.text}"})
    [line] = lines(log)
    assert (line["key"], line["workspace"]) == (made.key.id, "acme")
    assert made.text not in json.dumps(line)


def test_a_fault_of_the_database_is_logged_without_what_was_to_be_kept(
    client: CheckedClient, settings: Settings, log: pytest.LogCaptureFixture
) -> None:
    other = sqlite3.connect(settings.database_url.removeprefix("sqlite:///"))
    other.execute("ALTER TABLE estimates RENAME COLUMN answer TO elsewhere")
    other.close()
    refused = client.post("/v1/estimates", json=CONFIDENTIAL, headers={"X-Request-Id": "run-9"})
    assert refused.status_code == 503
    [line] = lines(log, "carbon_api.web.problems")
    assert line["request_id"] == "run-9"
    assert "no column named answer" in line["exception"][1]["says"]
    assert any("insert_estimate" in place for place in line["exception"][0]["raised"])
    assert SECRET not in json.dumps(line)


def test_what_an_exception_says_is_not_repeated_but_where_it_was_raised() -> None:
    try:
        try:
            float(SECRET)
        except ValueError as fault:
            raise LookupError(SECRET) from fault
    except LookupError:
        record = logging.LogRecord("x", logging.ERROR, "", 0, "failed\n\ud800", (), sys.exc_info())
    line = JsonLines().format(record)
    assert SECRET not in line
    assert "\n" not in line
    assert line.isascii()
    assert [part["type"] for part in json.loads(line)["exception"]] == ["builtins.LookupError", "builtins.ValueError"]
    assert __file__ in json.loads(line)["exception"][1]["raised"][0]


def test_a_fault_of_the_system_is_quoted() -> None:
    [told] = described(OSError(28, "No space left on device", "/data/carbon.db"))
    assert told["says"] == "No space left on device"
