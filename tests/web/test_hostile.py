"""Whatever is sent, to whatever route, the answer is the client's fault and never ours: 4xx, a problem, in good time.

The service has keys, and who sends has one: what a stranger sends is refused before it is read.
"""

import os
import re
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import requests
from checked import document
from hostile import BOMB, FIRST_LINES, HEADERS, HEADS, PLAN, TARGETS, bodies
from hypothesis import given, settings
from hypothesis import strategies as st

from carbon_api.store.engine import Database
from carbon_api.store.keys import create_key
from carbon_api.store.schema import upgrade
from tests.real_server import serving

PATIENCE = 20.0
OFTEN = "1000000/minute"  # what is refused is refused for what it is, never for how much came before
ROUTES = [path for path, operations in document()["paths"].items() if "post" in operations]
SENT = {name: (media_type, body) for name, media_type, body in bodies()}
RAW = {
    **{f"the first line, {name}": sent for name, sent in FIRST_LINES.items()},
    **{f"the headers, {name}": sent for name, sent in HEADS.items()},
}
REFUSED = re.compile(rb"HTTP/1\.1 4(?!29)[0-9][0-9] ")


class Target(NamedTuple):
    """A service that has a key, and the key."""

    address: str
    key: str


@pytest.fixture(scope="module")
def target(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Target]:
    data: Path = tmp_path_factory.mktemp("data")
    url = f"sqlite:///{data / 'carbon.db'}"
    upgrade(url)
    database = Database(url)
    key = create_key(database, "acme", "hostile", ("read", "write")).text
    database.engine.dispose()
    with serving(data, CARBON_RATE_LIMIT=OFTEN, CARBON_COMPUTE_LIMIT="none") as address:
        yield Target(address, key)
        stands = requests.get(f"{address}/v1/estimates", headers=bearer(key), timeout=PATIENCE)
        assert (stands.status_code, stands.json()["items"]) == (200, []), "nothing hostile was kept"


def bearer(key: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {key}"}


def post(target: Target, route: str, body: bytes, **headers: str | bytes) -> requests.Response:
    named: dict[str, Any] = {name.replace("_", "-"): value for name, value in headers.items()}
    return requests.post(target.address + route, data=body, headers=bearer(target.key) | named, timeout=PATIENCE)


def assert_refused(answer: requests.Response) -> None:
    assert 400 <= answer.status_code < 500, (answer.status_code, answer.text[:500])
    assert answer.status_code != requests.codes.too_many_requests
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["status"] == answer.status_code
    assert len(answer.content) < 5 * len(answer.request.body or b"") + 200_000, "little cannot make much"


@pytest.mark.parametrize("name", SENT)
@pytest.mark.parametrize("route", ROUTES)
def test_a_hostile_body_is_refused_by_every_route_that_takes_one(target: Target, route: str, name: str) -> None:
    media_type, body = SENT[name]
    assert_refused(post(target, route, body, Content_Type=media_type))


@pytest.mark.parametrize("name", HEADERS)
def test_a_body_that_is_said_to_be_something_else_is_refused(target: Target, name: str) -> None:
    header, _, value = HEADERS[name].partition(b":")
    sent = {"Content_Type": "application/json", header.decode().replace("-", "_"): value.strip()}
    assert_refused(post(target, "/v1/estimates", BOMB if b"gzip" in value else PLAN.encode(), **sent))


def answer_to(target: Target, sent: bytes) -> bytes:
    """All that the service says to these bytes; who sends them then sends no more."""
    host, port = target.address.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=PATIENCE) as connection:
        try:
            connection.sendall(sent)
            connection.shutdown(socket.SHUT_WR)
        except OSError:
            pass  # it was answered, and hung up, before all was sent
        try:
            return b"".join(iter(lambda: connection.recv(65_536), b""))
        except ConnectionResetError:
            return b""


def with_key(target: Target, sent: bytes) -> bytes:
    """The request, with the key, unless it brings an odd one of its own."""
    if b"Authorization" in sent or b"\r\n" not in sent:
        return sent
    first, _, rest = sent.partition(b"\r\n")
    return first + b"\r\nAuthorization: Bearer " + target.key.encode() + b"\r\n" + rest


@pytest.mark.parametrize("method", [b"GET", b"DELETE", b"PUT", b"POST"])
@pytest.mark.parametrize("name", TARGETS)
def test_a_hostile_address_is_refused(target: Target, name: str, method: bytes) -> None:
    lines = (method + b" " + TARGETS[name] + b" HTTP/1.1", b"Host: localhost", b"Connection: close", b"", b"")
    answer = answer_to(target, with_key(target, b"\r\n".join(lines)))
    assert REFUSED.match(answer), answer[:500]


@pytest.mark.parametrize("name", RAW)
def test_a_hostile_head_is_refused(target: Target, name: str) -> None:
    answer = answer_to(target, with_key(target, RAW[name]))
    assert REFUSED.match(answer), answer[:500]


def test_a_second_request_that_hides_in_the_first_is_none(target: Target) -> None:
    """Who stands before the service may believe the length, or the chunks: the service believes neither."""
    hidden = b"DELETE /v1/estimates/est_0 HTTP/1.1\r\nHost: localhost\r\n\r\n"
    sent = (
        b"POST /v1/estimates?persist=false HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        b"Content-Length: %d\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" % (5 + len(hidden)) + hidden
    )
    answer = answer_to(target, with_key(target, sent))
    assert REFUSED.match(answer)
    assert answer.count(b"HTTP/1.1 ") == 1


@settings(max_examples=150)
@given(
    st.lists(
        st.sampled_from([*PLAN.split('"'), '"', "[", "]", "{", "}", "\\u", "\x00", "\ud800", "é", "1e400", "-", "NaN"]),
        max_size=60,
    ),
    st.sampled_from(["application/json", "application/yaml"]),
    st.sampled_from(ROUTES),
)
def test_pieces_of_a_plan_in_any_order_are_refused(
    target: Target, pieces: list[str], media_type: str, route: str
) -> None:
    body = "".join(pieces).encode("utf-8", "surrogatepass")
    assert_refused(post(target, route, body, Content_Type=media_type))


@settings(max_examples=150)
@given(st.binary(max_size=200), st.sampled_from([b"", b"GET ", b"POST /v1/estimates HTTP/1.1\r\n"]))
def test_bytes_that_are_nothing_are_no_fault_of_ours(target: Target, sent: bytes, start: bytes) -> None:
    answer = answer_to(target, start + sent + b"\r\n\r\n")
    assert answer == b"" or REFUSED.match(answer), answer[:500]


def test_a_flood_of_hostile_bodies_takes_no_memory_for_good(tmp_path: Path) -> None:
    """What the largest bodies of each kind took is given back: a second round takes no more than the first."""
    url = f"sqlite:///{tmp_path / 'carbon.db'}"
    upgrade(url)
    database = Database(url)
    key = create_key(database, "acme", "hostile", ("read", "write")).text
    database.engine.dispose()
    with serving(tmp_path, CARBON_RATE_LIMIT=OFTEN, CARBON_WORKERS="1", CARBON_THREADS="1") as address:
        target = Target(address, key)
        first, second, third = (after_a_round(target) for _ in range(3))
    assert max(second, third) < first + 64_000_000


def after_a_round(target: Target) -> int:
    """Bytes of memory that the largest process of the service holds after every body was sent to it."""
    for media_type, body in SENT.values():
        post(target, "/v1/estimates", body, Content_Type=media_type)
    port = int(target.address.rpartition(":")[2])
    return max(resident(pid) for pid in processes_of(port))


def processes_of(port: int) -> list[int]:
    """The processes that serve on this port: those whose command line names it."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and int(entry.name) != os.getpid():
            try:
                command = (entry / "cmdline").read_bytes()
            except OSError:
                continue  # it has ended
            if f":{port}".encode() in command:
                found.append(int(entry.name))
    assert found
    return found


def resident(pid: int) -> int:
    status = Path(f"/proc/{pid}/status").read_text()
    [kilobytes] = re.findall(r"^VmRSS:\s+(\d+) kB$", status, re.MULTILINE)
    return 1_000 * int(kilobytes)


def test_every_hostile_body_is_another() -> None:
    assert len({(media_type, body) for media_type, body in SENT.values()}) > 0.95 * len(SENT)
