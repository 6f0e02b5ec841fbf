"""Bodies as they come over a real connection: in chunks, too long, cut short."""

import json
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from carbon_api.web.schemas.example import EXAMPLE
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


def test_a_body_cut_short_leaves_the_service_standing(address: str) -> None:
    host, port = address.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=10) as connection:
        connection.sendall(b"POST /v1/estimates HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n")
        connection.sendall(b"Content-Length: 1000\r\n\r\n{")
    assert requests.get(f"{address}/readyz", timeout=10).status_code == 200
    assert requests.get(f"{address}/v1/estimates", timeout=10).json()["items"] == []
