"""No answer takes the client longer, or more room, than it was told that it may."""

import gzip
import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress

import pytest

from carbon_api.client import CarbonClient, NoAnswer, UnexpectedAnswer
from tests.client.strange_server import BETWEEN_DRIPS, DRIPS, Reply, hang, raw, reply, slowly, strange

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
LENGTH = b"Content-Length: %d\r\n\r\n" % (DRIPS + 2)
LARGE = b'{"x": "' + b"x" * 1_000_000 + b'"}'
CHUNKED = b"Transfer-Encoding: chunked\r\n\r\n" + b"%x\r\n" % len(LARGE) + LARGE + b"\r\n0\r\n\r\n"
SLOW = {
    "body": slowly(HEAD + LENGTH + b"{", b" " * DRIPS, b"}"),
    "body without a length": slowly(HEAD + b"\r\n{", b" " * DRIPS, b"}"),
    "head": slowly(HEAD + b"X-Slow: ", last=b"\r\nContent-Length: 2\r\n\r\n{}"),
    "status": slowly(b"HTTP/1.1 200 ", last=b"\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"),
    "nothing at all": hang,
}


def always_soon(client: socket.socket, _: bytes) -> None:
    """That an answer is to come, again and again, and then one."""
    for _ in range(DRIPS):
        client.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
        time.sleep(BETWEEN_DRIPS)
    client.sendall(HEAD + b"Content-Length: 2\r\n\r\n{}")


@pytest.mark.parametrize("slow", [*SLOW.values(), always_soon], ids=[*SLOW, "always soon"])
def test_an_answer_that_trickles_in_is_not_waited_for_for_ever(slow: Reply) -> None:
    with strange(slow) as server, pytest.raises(NoAnswer, match="before the answer was whole") as caught:
        CarbonClient(server.address, patience=1).health()
    assert caught.value.earlier == ()


def test_a_service_that_reads_slowly_is_not_waited_for_for_ever() -> None:
    """It takes a byte now and then of more than there is room for between the two."""
    over = threading.Event()

    def read_slowly(listening: socket.socket) -> None:
        client, _ = listening.accept()
        with client, suppress(OSError):
            while client.recv(4_096) and not over.wait(BETWEEN_DRIPS):
                pass

    with socket.create_server(("127.0.0.1", 0)) as listening:
        reader = threading.Thread(target=read_slowly, args=(listening,))
        reader.start()
        carbon = CarbonClient(f"http://127.0.0.1:{listening.getsockname()[1]}", patience=1)
        with pytest.raises(NoAnswer, match="before the answer was whole"):
            carbon.estimate({"name": "x" * 30_000_000})
        over.set()
        reader.join()


@pytest.mark.parametrize(
    "answer",
    [
        reply(200, LARGE),
        reply(200, gzip.compress(LARGE), Content_Encoding="gzip"),
        reply(503, LARGE, Retry_After="0"),
        raw(HEAD + CHUNKED),
        raw(HEAD + b"\r\n" + LARGE),
    ],
    ids=["length", "gzip", "away", "chunked", "no length"],
)
def test_an_answer_that_is_too_large_is_not_read_to_the_end(answer: Reply) -> None:
    with strange(answer, answer) as server, CarbonClient(server.address, largest=999_999) as carbon:
        with pytest.raises(UnexpectedAnswer, match=r"larger than 999,999 bytes; `largest` says"):
            carbon.health()
        assert len(server.asked) == 1
    with strange(reply(200, LARGE)) as server:
        assert CarbonClient(server.address, largest=len(LARGE)).health() == {"x": "x" * 1_000_000}


@pytest.mark.parametrize(
    ("made", "named"),
    [
        (lambda: CarbonClient("https://x.fr", timeout=(0, 1)), "timeout, to connect"),
        (lambda: CarbonClient("https://x.fr", timeout=(1, -1)), "timeout, to read"),
        (lambda: CarbonClient("https://x.fr", patience=0), "patience"),
        (lambda: CarbonClient("https://x.fr", patience=float("nan")), "patience"),
        (lambda: CarbonClient("https://x.fr", tries=0), "tries"),
        (lambda: CarbonClient("https://x.fr", largest=0), "largest"),
    ],
)
def test_a_limit_that_leaves_nothing_is_refused(made: Callable[[], CarbonClient], named: str) -> None:
    with pytest.raises(ValueError, match=f"{named} is to be more than 0"):
        made()
