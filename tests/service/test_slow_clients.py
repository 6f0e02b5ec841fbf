"""Clients that stall, in whatever part of a request, cannot stop the service for others: real processes and sockets."""

import json
import socket
import time
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
import requests

from carbon_api.web.connection import LINGER, SILENCE
from tests.first_plan import EXAMPLE
from tests.real_server import serving

PATIENCE = 4 * SILENCE
LINE = b"POST /v1/estimates HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
STALLED = {
    "in the body": LINE + b"Content-Length: 1000\r\n\r\n{",
    "in a chunk": LINE + b"Transfer-Encoding: chunked\r\n\r\n5\r\n{",
    "before the body": LINE + b"Content-Length: 1000\r\n\r\n",
    "in the headers": LINE,
    "in the first line": LINE[:3],
}
TOLD = ("in the body", "in a chunk", "before the body")  # the headers were read, so there is someone to answer


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A service with as many threads as there are ways to stall."""
    data: Path = tmp_path_factory.mktemp("data")
    with serving(data, CARBON_WORKERS="1", CARBON_THREADS=str(len(STALLED))) as address:
        yield address


@contextmanager
def clients(address: str, sent: Iterable[bytes]) -> Iterator[list[socket.socket]]:
    """Connections of which each has sent its bytes and nothing more."""
    host, port = address.removeprefix("http://").split(":")
    with ExitStack() as opened:
        found = []
        for part in sent:
            client = opened.enter_context(socket.create_connection((host, int(port)), timeout=PATIENCE))
            client.sendall(part)
            found.append(client)
        yield found


def everything(client: socket.socket) -> bytes:
    """What the server sends until it closes the connection."""
    return b"".join(iter(lambda: client.recv(65_536), b""))


def test_stalled_clients_are_let_go_and_others_are_served(address: str) -> None:
    with clients(address, STALLED.values()) as stalled:
        time.sleep(0.2)  # now they hold every thread
        assert requests.get(f"{address}/healthz", timeout=PATIENCE).ok
        answers = dict(zip(STALLED, map(everything, stalled), strict=True))
    assert {place for place, answer in answers.items() if answer} == set(TOLD)
    for head, _, body in (answers[place].partition(b"\r\n\r\n") for place in TOLD):
        assert head.startswith(b"HTTP/1.1 408 ")
        assert b"\r\nConnection: close" in head
        assert b"application/problem+json" in head
        assert json.loads(body)["type"] == "/problems/request-timeout"


def test_clients_that_say_nothing_hold_nobody_up(address: str) -> None:
    with clients(address, [b""] * 2 * len(STALLED)):
        started = time.monotonic()
        assert requests.get(f"{address}/healthz", timeout=PATIENCE).ok
        assert time.monotonic() - started < SILENCE / 2


def test_a_client_that_keeps_its_end_open_after_the_answer_holds_nobody_up(address: str) -> None:
    """Told to go, it stays: the thread waits a little for it, the loop that accepts does not."""
    with clients(address, [b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"] * 3) as staying:
        for client in staying:
            assert everything(client).startswith(b"HTTP/1.1 200 ")
        started = time.monotonic()
        assert requests.get(f"{address}/healthz", timeout=PATIENCE).ok
        assert time.monotonic() - started < LINGER / 2


def test_a_slow_client_that_gets_there_is_served(address: str) -> None:
    body = json.dumps(EXAMPLE).encode()
    host, port = address.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=PATIENCE) as client:
        client.sendall(LINE + b"Connection: close\r\nContent-Length: %d\r\n\r\n" % len(body))
        for start in range(0, len(body), 100):
            time.sleep(0.1)
            client.sendall(body[start : start + 100])
        assert everything(client).startswith(b"HTTP/1.1 201 ")
