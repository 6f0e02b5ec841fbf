"""A client socket waits only so long, however its client dawdles."""

import socket
import threading
import time
from collections.abc import Iterator

import pytest

from carbon_api.web import connection
from carbon_api.web.connection import ClientSocket

SILENCE, WHOLE = 0.3, 30.0  # far apart: whichever ends a wait, a busy machine does not make it the other


@pytest.fixture
def pair(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[ClientSocket, socket.socket]]:
    monkeypatch.setattr(connection, "SILENCE", SILENCE)
    monkeypatch.setattr(connection, "WHOLE", WHOLE)
    plain, client = socket.socketpair()
    ours = ClientSocket(fileno=plain.detach())
    with ours, client:
        ours.begin()
        yield ours, client


def test_silence_ends_it(pair: tuple[ClientSocket, socket.socket]) -> None:
    ours, client = pair
    client.sendall(b"{")
    assert ours.recv(100) == b"{"
    started = time.monotonic()
    with pytest.raises(ConnectionResetError):
        ours.recv(100)
    assert SILENCE <= time.monotonic() - started < WHOLE
    assert ours.late


def test_a_byte_now_and_then_does_not_keep_it(
    pair: tuple[ClientSocket, socket.socket], monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, silence = SILENCE, WHOLE
    monkeypatch.setattr(connection, "WHOLE", whole)
    monkeypatch.setattr(connection, "SILENCE", silence)
    ours, client = pair
    ours.begin()
    ended = threading.Event()

    def trickle() -> None:
        while not ended.wait(whole / 6):
            client.sendall(b"x")

    sending = threading.Thread(target=trickle)
    started = time.monotonic()
    sending.start()
    with pytest.raises(ConnectionResetError):
        list(iter(lambda: ours.recv(100), b""))
    ended.set()
    sending.join()
    assert whole <= time.monotonic() - started < silence


def test_a_client_that_does_not_read_its_answer_ends_it(pair: tuple[ClientSocket, socket.socket]) -> None:
    ours, _ = pair
    started = time.monotonic()
    with pytest.raises(ConnectionResetError):
        ours.sendall(b"x" * 100_000_000)
    assert time.monotonic() - started < WHOLE


def test_an_answer_is_sent_whole_to_a_client_that_reads(pair: tuple[ClientSocket, socket.socket]) -> None:
    ours, client = pair
    answer = bytes(range(256)) * 40_000
    sending = threading.Thread(target=ours.sendall, args=(answer,))
    sending.start()
    found = bytearray()
    while len(found) < len(answer):
        found += client.recv(1_000_000)
    sending.join()
    assert found == answer


def test_who_was_late_is_answered_and_may_begin_again(pair: tuple[ClientSocket, socket.socket]) -> None:
    ours, client = pair
    with pytest.raises(ConnectionResetError):
        ours.recv(100)
    client.sendall(b"too late")
    with pytest.raises(ConnectionResetError):
        ours.recv(100)
    ours.sendall(b"408")
    assert client.recv(100) == b"408"
    ours.begin()
    assert ours.recv(100) == b"too late"
    assert not ours.late


def test_who_is_told_to_go_may_finish_and_is_waited_for_no_more(pair: tuple[ClientSocket, socket.socket]) -> None:
    ours, client = pair
    client.sendall(b"x" * 1_000)
    client.shutdown(socket.SHUT_WR)
    started = time.monotonic()
    ours.part()
    with pytest.raises(ConnectionResetError):
        ours.recv(100)
    assert client.recv(100) == b""
    assert time.monotonic() - started < WHOLE
