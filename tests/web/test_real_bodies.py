"""Bodies as they come over a real connection: in chunks, too long, cut short."""

import json
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

from carbon_api.web.body import UNREAD
from tests.first_plan import EXAMPLE
from tests.real_server import serving

PLAN = json.dumps(EXAMPLE).encode()
JSON = {"Content-Type": "application/json"}
LIMIT = 50_000


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    data: Path = tmp_path_factory.mktemp("data")
    with serving(data, CARBON_MAX_BODY_BYTES=str(LIMIT)) as address:
        yield address


def in_chunks(body: bytes) -> Iterator[bytes]:
    """The body in pieces: a client that sends it so names no length."""
    yield from (body[start : start + 1_000] for start in range(0, len(body), 1_000))


def test_a_body_in_chunks_is_read_like_any_other(address: str) -> None:
    answer = requests.post(f"{address}/v1/estimates?persist=false", data=in_chunks(PLAN), headers=JSON, timeout=10)
    whole = requests.post(f"{address}/v1/estimates?persist=false", data=PLAN, headers=JSON, timeout=10)
    assert answer.status_code == whole.status_code == 200
    assert answer.json()["total"] == whole.json()["total"]


@pytest.mark.parametrize("body", [PLAN + b" " * LIMIT, in_chunks(PLAN + b" " * LIMIT)], ids=["named length", "chunks"])
def test_a_body_over_the_limit_is_413(address: str, body: object) -> None:
    answer = requests.post(f"{address}/v1/estimates", data=body, headers=JSON, timeout=10)
    assert (answer.status_code, answer.headers["Content-Type"]) == (413, "application/problem+json")
    assert answer.json()["type"] == "/problems/body-too-large"


REFUSED = {
    "too large": (413, "POST", "/v1/estimates", PLAN + b" " * LIMIT, JSON),
    "too large, in chunks": (413, "POST", "/v1/estimates", in_chunks(PLAN + b" " * LIMIT), JSON),
    "neither JSON nor YAML": (415, "POST", "/v1/estimates", PLAN + b" " * 300_000, {"Content-Type": "text/plain"}),
    "a wrong query": (422, "POST", "/v1/estimates?persit=false", PLAN + b" " * 300_000, JSON),
    "a wrong method": (405, "PUT", "/v1/estimates", in_chunks(PLAN + b" " * 300_000), JSON),
    "a wrong route": (404, "POST", "/v1/estimate", PLAN + b" " * 300_000, JSON),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_refused_client_can_mend_its_request_on_the_same_connection(address: str, name: str) -> None:
    status, method, path, body, headers = REFUSED[name]
    again = body if isinstance(body, bytes) else b"".join(body)
    with requests.Session() as session:
        for _ in range(5):
            sent = again if isinstance(body, bytes) else in_chunks(again)
            refused = session.request(method, address + path, data=sent, headers=headers, timeout=10)
            assert (refused.status_code, refused.headers["Connection"]) == (status, "keep-alive")
            mended = session.post(f"{address}/v1/estimates?persist=false", data=PLAN, headers=JSON, timeout=10)
            assert mended.status_code == 200
        [pool] = pools(session)
        assert pool.num_connections == 1


def pools(session: requests.Session) -> list[Any]:
    """What holds the connections of a session, one for each address."""
    kept = session.get_adapter("http://").poolmanager.pools
    return [kept[key] for key in kept.keys()]  # noqa: SIM118  it is no dict, and cannot be gone through itself


@pytest.mark.parametrize("sent", [bytes, in_chunks], ids=["named length", "chunks"])
def test_a_body_far_over_the_limit_is_refused_and_its_connection_closed(address: str, sent: Any) -> None:
    far = PLAN + b" " * (UNREAD + 1) * LIMIT
    with requests.Session() as session:
        for _ in range(5):
            refused = session.post(f"{address}/v1/estimates", data=sent(far), headers=JSON, timeout=10)
            assert (refused.status_code, refused.headers["Connection"]) == (413, "close")
            mended = session.post(f"{address}/v1/estimates?persist=false", data=PLAN, headers=JSON, timeout=10)
            assert mended.status_code == 200


def test_chunks_that_cannot_be_read_are_400(address: str) -> None:
    host, port = address.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=10) as connection:
        connection.sendall(b"POST /v1/estimates HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n")
        connection.sendall(b"Transfer-Encoding: chunked\r\n\r\nfive\r\n")
        answer = b"".join(iter(lambda: connection.recv(65_536), b""))
    assert answer.startswith(b"HTTP/1.1 400 ")
    assert b"/problems/malformed-request" in answer
    assert b"\r\nConnection: close" in answer


def test_a_body_cut_short_leaves_the_service_standing(address: str) -> None:
    host, port = address.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=10) as connection:
        connection.sendall(b"POST /v1/estimates HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n")
        connection.sendall(b"Content-Length: 1000\r\n\r\n{")
    assert requests.get(f"{address}/readyz", timeout=10).status_code == 200
    assert requests.get(f"{address}/v1/estimates", timeout=10).json()["items"] == []
