"""The connection that a request came by: how long its client is waited for, and how it is told to go."""

import math
import socket
import time
from collections.abc import Mapping
from contextlib import suppress
from errno import ECONNRESET
from typing import Any, Protocol

SILENCE = 5.0  # seconds without a byte
WHOLE = 30.0  # seconds for all of a request, and as many for all of its answer
LINGER = 2.0  # seconds in which a client that is told to go may still be sending
PIECE = 65_536


class Request(Protocol):
    """What gunicorn makes of a request: its answer says `Connection: close` if this is so when it is sent."""

    must_close: bool


class ClientSocket(socket.socket):
    """A socket that waits for its client only so long: SILENCE between two bytes, WHOLE for a request or an answer.

    Beyond that it is as if the client had gone (OSError, ECONNRESET), and `late` says so.
    """

    late = False
    request: Request | None = None
    _until = math.inf

    def begin(self) -> None:
        """A request is about to be read."""
        self.late, self._until = False, time.monotonic() + WHOLE

    def recv(self, size: int, flags: int = 0) -> bytes:
        self._wait_until(self._until)
        try:
            return super().recv(size, flags)
        except TimeoutError:
            raise self._given_up() from None

    def sendall(self, data: Any, flags: int = 0) -> None:
        rest, until = memoryview(data), time.monotonic() + WHOLE
        while rest:
            self._wait_until(until)
            try:
                rest = rest[self.send(rest, flags) :]
            except TimeoutError:
                raise self._given_up() from None

    def part(self) -> None:
        """Say that no more will be sent, and let the client finish: cut off while sending, it would miss its answer."""
        with suppress(OSError):
            self.shutdown(socket.SHUT_WR)
            self._until = min(self._until, time.monotonic() + LINGER)
            while self.recv(PIECE):
                pass
        self._until = -math.inf  # whoever closes it has nothing left to wait for

    def _wait_until(self, until: float) -> None:
        left = until - time.monotonic()
        if left <= 0:
            raise self._given_up()
        self.settimeout(min(left, SILENCE))

    def _given_up(self) -> OSError:
        self.late, self._until = True, -math.inf
        return OSError(ECONNRESET, "the client was waited for long enough")


def is_late(wsgi: Mapping[str, Any]) -> bool:
    """Whether the client of this request was given up because it was too slow."""
    client = wsgi.get("gunicorn.socket")
    return isinstance(client, ClientSocket) and client.late


def hang_up(wsgi: Mapping[str, Any]) -> None:
    """Close the connection of this request after its answer, and say so in it. Another server may do otherwise."""
    client = wsgi.get("gunicorn.socket")
    if isinstance(client, ClientSocket) and client.request is not None:
        client.request.must_close = True
