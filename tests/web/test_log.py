"""What the service writes, with real processes: JSON in every line, and nothing of the plans that it was sent."""

import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

from tests.first_plan import EXAMPLE
from tests.real_server import COMMAND, environment, free_port, wait_until_ready

MARK = "Zqx9Confidential"
SECRET = "carbon_0123456789abcdef_" + MARK
PATIENCE = 20.0
KINDS = ("application/json", "application/yaml")


def marked(node: Any, path: str = "") -> Iterator[Any]:
    """The document once for each of its texts and keys, with the mark in that place."""
    if isinstance(node, dict):
        for key, value in node.items():
            yield from ({**node, key: other} for other in marked(value, key))
            yield {**{name: inner for name, inner in node.items() if name != key}, f"{key}{MARK}": value}
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield from ([*node[:index], other, *node[index + 1 :]] for other in marked(value))
    else:
        yield f"{node}{MARK}" if path in {"name", "brand", "id"} else MARK


BODIES = [json.dumps(plan) for plan in marked(EXAMPLE)]
BROKEN = [
    BODIES[0][:-5],
    f'{{"name": "{MARK}\\ud800", "lines": []}}',
    f'{{"{MARK}": NaN}}',
    f"{MARK}: [unclosed",
    f'{{"{MARK}": 1, "{MARK}": 2}}',
    "[" * 200 + MARK,
    "9" * 5_000 + MARK,
    MARK + "\0",
]
HEADERS: list[dict[str, str]] = [
    {"Authorization": f"Bearer {SECRET}"},
    {"Authorization": f"Basic {MARK}"},
    {"Idempotency-Key": MARK},
    {"Idempotency-Key": f"{MARK} é"},
    {"Content-Type": f"text/{MARK}"},
    {"Content-Encoding": MARK},
    {"Expect": MARK.lower()},
    {"User-Agent": MARK, "Referer": MARK, "Cookie": MARK, "X-Forwarded-For": MARK},
    {"X-Request-Id": f"{MARK} with a space"},
]
RAW = [
    f"{MARK} / HTTP/1.1\r\n\r\n",
    f"GET / HTTP/{MARK}\r\n\r\n",
    f"GET / HTTP/1.1\r\nHost: localhost\r\n{MARK} : x\r\n\r\n",
    f"POST /v1/estimates HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: {MARK}\r\n\r\n",
    f"POST /v1/estimates HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
    f"Transfer-Encoding: chunked\r\n\r\n{MARK}\r\n",
]


FAILING = """
from flask import request
from carbon_api.web.app import create_app

app = create_app()

@app.post("/fail")
def fail():
    raise LookupError(request.get_data(as_text=True)) from ValueError(request.query_string)
"""


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> str:
    """All that a service wrote on stdout and stderr: it was asked everything above, has a route that fails, and lost a
    column of its database, a worker, and its database."""
    data, port = tmp_path_factory.mktemp("data"), free_port()
    (data / "failing.py").write_text(FAILING)
    env = environment(data, CARBON_RATE_LIMIT="none", CARBON_COMPUTE_LIMIT="none")
    subprocess.run([*COMMAND, "db", "upgrade"], cwd=data, env=env, check=True, stdout=subprocess.DEVNULL)
    command = [sys.executable, "-m", "gunicorn", "-c", "python:carbon_api.gunicorn_conf", "-b", f"127.0.0.1:{port}"]
    with (data / "log").open("w+b") as log:
        with subprocess.Popen([*command, "failing:app"], cwd=data, env=env, stdout=log, stderr=log) as server:
            try:
                wait_until_ready(f"http://127.0.0.1:{port}", server)
                ask_everything(f"http://127.0.0.1:{port}")
                rename_a_column(data / "carbon.db")
                assert post(f"http://127.0.0.1:{port}", BODIES[0]) == 503
                lose_a_worker(server.pid)
                (data / "carbon.db").unlink()
                assert post(f"http://127.0.0.1:{port}", BODIES[0]) == 503
            finally:
                server.terminate()
        return (data / "log").read_text("utf-8")


def ask_everything(address: str) -> None:
    statuses = {post(address, body, **{"Content-Type": kind}) for body in BODIES + BROKEN for kind in KINDS}
    statuses |= {post(address, BODIES[0], **headers) for headers in HEADERS}
    for route in ("estimates", "factors", "methods"):
        requests.get(f"{address}/v1/{route}", params={"brand": MARK, "q": MARK, MARK: "x"}, timeout=PATIENCE)
    statuses.add(post(address, BODIES[0], path=f"/fail?{MARK}"))
    assert statuses >= {201, 400, 401, 415, 417, 422, 500}
    host, port = address.removeprefix("http://").split(":")
    for text in RAW:
        with socket.create_connection((host, int(port)), timeout=PATIENCE) as client:
            client.sendall(text.encode())
            assert client.recv(65_536).startswith(b"HTTP/1.1 4") or "Transfer-Encoding: Z" in text


def post(address: str, body: str, path: str = "/v1/estimates", **headers: str) -> int:
    sent = {name: value.encode("utf-8") for name, value in ({"Content-Type": KINDS[0]} | headers).items()}
    return requests.post(address + path, data=body.encode(), headers=sent, timeout=PATIENCE).status_code


def rename_a_column(database: Path) -> None:
    with sqlite3.connect(database) as connection:
        connection.execute("ALTER TABLE estimates RENAME COLUMN answer TO elsewhere")
    connection.close()


def lose_a_worker(master: int) -> None:
    [worker, *_] = Path(f"/proc/{master}/task/{master}/children").read_text().split()
    os.kill(int(worker), signal.SIGKILL)


def test_every_line_is_json_with_what_a_reader_needs(written: str) -> None:
    lines = [json.loads(line) for line in written.splitlines()]
    assert all(set(line) >= {"time", "level", "logger", "process", "message"} for line in lines)
    assert {line["logger"] for line in lines} >= {"carbon_api.request", "carbon_api.web.unreadable", "gunicorn.error"}
    asked = [line for line in lines if line["logger"] == "carbon_api.request"]
    assert len({line["request_id"] for line in asked}) == len(asked)
    assert {line["status"] for line in asked} >= {200, 201, 400, 401, 415, 422, 500, 503}
    failed = [line for line in lines if "exception" in line]
    assert {line["request_id"] for line in failed} <= {line["request_id"] for line in asked}
    assert {part["type"] for line in failed for part in line["exception"]} >= {
        "builtins.LookupError",
        "builtins.ValueError",
        "carbon_api.errors.Unavailable",
        "sqlalchemy.exc.OperationalError",
    }


def test_nothing_that_was_sent_is_written(written: str) -> None:
    assert [line for line in written.splitlines() if MARK.lower() in line.lower()] == []
