"""The way out of this machine: a session that follows no redirect, and tries that can be cut off at any byte.

The time-outs of a socket are for its next bytes. A head that trickles in, or `100 Continue` without end, is never late
by these; so a try notes the socket that it uses, and a timer shuts it.
"""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from requests.auth import AuthBase
from urllib3 import HTTPConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import ConnectionPool


class Bearer(AuthBase):
    """The key of every request. That there is one of these, even without a key, keeps requests from `~/.netrc`."""

    def __init__(self, key: str | None) -> None:
        self._key = key

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        if self._key is not None:
            request.headers["Authorization"] = f"Bearer {self._key}"
        return request


class Try:
    """One try, and the socket that it uses."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._socket: socket.socket | None = None
        self.is_cut = False

    def use(self, used: socket.socket) -> None:
        """Go over this socket, which is shut at once if the time is over."""
        with self._lock:
            self._socket = used
            if self.is_cut:
                _shut(used)

    def cut(self) -> None:
        """End it: whoever reads from its socket finds the end, whoever writes to it an error."""
        with self._lock:
            self.is_cut = True
            if self._socket is not None:
                _shut(self._socket)


class _Here(threading.local):
    """The try that this thread is at."""

    now: Try | None = None


_here = _Here()


@contextmanager
def within(seconds: float) -> Iterator[Try]:
    """A try of this thread that is cut after so many seconds."""
    _here.now = this = Try()
    timer = threading.Timer(seconds, this.cut)
    timer.daemon = True
    timer.start()
    try:
        yield this
    finally:
        timer.cancel()
        _here.now = None


class _Noted(HTTPConnection):
    """A connection that tells the try at hand which socket it has."""

    def request(self, *arguments: Any, **options: Any) -> None:
        if self.is_closed:
            self.connect()
        if _here.now is not None and self.sock is not None:
            _here.now.use(self.sock)
        super().request(*arguments, **options)


class _NotedTls(_Noted, HTTPSConnection):
    """The same over TLS."""


class _Adapter(HTTPAdapter):
    def get_connection_with_tls_context(self, *arguments: Any, **options: Any) -> ConnectionPool:
        pool = super().get_connection_with_tls_context(*arguments, **options)
        if isinstance(pool, HTTPConnectionPool):
            pool.ConnectionCls = _NotedTls if pool.scheme == "https" else _Noted
        return pool


class Session(requests.Session):
    """A session that follows no redirect: to it, a redirect is an answer like another."""

    def __init__(self, key: str | None) -> None:
        super().__init__()
        self.auth = Bearer(key)
        self.mount("http://", _Adapter())
        self.mount("https://", _Adapter())

    def get_redirect_target(self, resp: requests.Response) -> None:
        """Nowhere."""


def _shut(used: socket.socket) -> None:
    """Shut it for both ways; beneath TLS, whose own state belongs to the thread that reads."""
    with suppress(OSError):  # it is shut already
        socket.socket.shutdown(getattr(used, "socket", used), socket.SHUT_RDWR)  # of TLS within TLS, what is within
