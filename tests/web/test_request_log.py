"""The log has one line for each request, and nothing of what was sent."""

import logging
import re
import sqlite3
import subprocess
from pathlib import Path

import pytest
import requests
from checked import CheckedClient

from carbon_api.settings import Settings
from tests.first_plan import EXAMPLE
from tests.real_server import COMMAND, environment, free_port, wait_until_ready

SECRET = "Marque Confidentielle"
CONFIDENTIAL = EXAMPLE | {"brand": SECRET, "name": SECRET}


def lines(caplog: pytest.LogCaptureFixture) -> list[str]:
    """The lines of requests."""
    return [record.getMessage() for record in caplog.records if record.name == "carbon_api.request"]


@pytest.mark.parametrize(
    ("method", "path", "logged", "status"),
    [
        ("GET", "/healthz", "/healthz", 200),
        ("POST", "/v1/estimates", "/v1/estimates", 201),
        ("POST", "/v1/estimates?persist=no", "/v1/estimates", 422),
        ("PUT", "/v1/estimates", "/v1/estimates", 405),
        ("GET", "/nothing/here?brand=Marque", "/nothing/here", 404),
        ("GET", "/a%0Ab%1b%5Bc%20d", "/a%0Ab%1B%5Bc%20d", 404),
    ],
)
def test_a_request_is_one_line_without_its_query(
    client: CheckedClient, caplog: pytest.LogCaptureFixture, method: str, path: str, logged: str, status: int
) -> None:
    with caplog.at_level(logging.INFO):
        client.open(path, method=method, json=CONFIDENTIAL, headers={"X-Request-Id": "run-7"})
    [line] = lines(caplog)
    assert re.fullmatch(rf"run-7 {method} {re.escape(logged)} {status} \d+\.\d ms", line)
    assert SECRET not in caplog.text


def test_a_fault_of_the_database_is_logged_without_what_was_to_be_kept(
    client: CheckedClient, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    other = sqlite3.connect(settings.database_url.removeprefix("sqlite:///"))
    other.execute("ALTER TABLE estimates RENAME COLUMN answer TO elsewhere")
    other.close()
    with caplog.at_level(logging.INFO):
        assert client.post("/v1/estimates", json=CONFIDENTIAL).status_code == 503
    assert "INSERT INTO estimates" in caplog.text
    assert SECRET not in caplog.text


def test_the_service_writes_its_log_with_time_and_level(tmp_path: Path) -> None:
    port, env = free_port(), environment(tmp_path)
    subprocess.run([*COMMAND, "db", "upgrade"], cwd=tmp_path, env=env, check=True)
    command = [*COMMAND, "serve", "--port", str(port)]
    with subprocess.Popen(command, cwd=tmp_path, env=env, stderr=subprocess.PIPE, text=True) as server:
        try:
            address = f"http://127.0.0.1:{port}"
            wait_until_ready(address, server)
            requests.get(f"{address}/version", headers={"X-Request-Id": "run-8"}, timeout=5)
        finally:
            server.terminate()
        _, written = server.communicate(timeout=20)
    stamp = r"\[\d{4}-\d\d-\d\d \d\d:\d\d:\d\d [+-]\d{4}\] \[\d+\] \[INFO\]"
    assert len(re.findall(rf"^{stamp} run-8 GET /version 200 \d+\.\d ms$", written, re.MULTILINE)) == 1
