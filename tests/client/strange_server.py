"""A server of a few lines of sockets that answers as it is told, byte for byte: what a service should never do."""

import json
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

Reply = Callable[[socket.socket, bytes], None]  # what to do with a client that has sent this request

DRIPS, BETWEEN_DRIPS = 100, 0.05


@dataclass
class Strange:
    """A server that gives the replies it has, one a connection, and remembers what it was asked."""

    address: str
    asked: list[bytes] = field(default_factory=list)
    met: int = 0  # connections, those too over which nothing was asked

    def header(self, name: str) -> list[str | None]:
        """What each request had under a name."""
        return [headers(request).get(name.lower()) for request in self.asked]


def headers(request: bytes) -> dict[str, str]:
    """The headers of a request, by their names in lower case."""
    lines = request.partition(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")[1:]
    return {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}


def raw(answer: bytes) -> Reply:
    """These bytes, and the end of the connection."""
    return lambda client, _: client.sendall(answer)


def reply(status: int, body: bytes = b"", media_type: str = "application/json", **more: str) -> Reply:
    """An answer as HTTP has it; `more` are headers, with `_` for `-`."""
    named = {"Content-Type": media_type, "Content-Length": str(len(body)), "Connection": "close"}
    named |= {name.replace("_", "-"): value for name, value in more.items()}
    head = "".join(f"{name}: {value}\r\n" for name, value in named.items())
    return raw(f"HTTP/1.1 {status} X\r\n{head}\r\n".encode() + body)


def problem(status: int, code: str, **more: str) -> Reply:
    """A problem of the service."""
    told: dict[str, Any] = {"type": f"/problems/{code}", "title": "A title", "status": status, "detail": "A detail."}
    body = json.dumps(told | {"request_id": "r-1", "errors": []}).encode()
    return reply(status, body, "application/problem+json", **more)


def gone(client: socket.socket, request: bytes) -> None:
    """Not a word, and the end of the connection."""


def hang(client: socket.socket, request: bytes) -> None:
    """Not a word, for as long as the client stays."""
    client.recv(1)


def slowly(first: bytes, drips: bytes = b"x" * DRIPS, last: bytes = b"") -> Reply:
    """An answer so slow that none of its bytes is late and the whole is."""

    def reply(client: socket.socket, _: bytes) -> None:
        client.sendall(first)
        for byte in drips:
            client.sendall(bytes([byte]))
            time.sleep(BETWEEN_DRIPS)
        client.sendall(last)

    return reply


@contextmanager
def strange(*replies: Reply, tls: ssl.SSLContext | None = None) -> Iterator[Strange]:
    """A server that runs as long as the block, over TLS if it has the means. After its last reply it hangs up on
    whoever asks again."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        server = Strange(f"https://localhost:{port}" if tls else f"http://127.0.0.1:{port}")
        thread = threading.Thread(target=_serve, args=(listening, server, replies, tls))
        thread.start()
        try:
            yield server
        finally:
            listening.shutdown(socket.SHUT_RDWR)
            thread.join()


def _serve(listening: socket.socket, server: Strange, replies: tuple[Reply, ...], tls: ssl.SSLContext | None) -> None:
    with suppress(OSError):  # the end of listening
        while True:
            bare, _ = listening.accept()
            server.met += 1
            with bare, suppress(OSError), tls.wrap_socket(bare, server_side=True) if tls else bare as client:
                server.asked.append(_whole(client))
                number = len(server.asked)
                (replies[number - 1] if number <= len(replies) else gone)(client, server.asked[-1])


def _whole(client: socket.socket) -> bytes:
    """A request with its body."""
    request = b""
    while b"\r\n\r\n" not in request and (piece := client.recv(65_536)):
        request += piece
    missing = int(headers(request).get("content-length", 0)) - len(request.partition(b"\r\n\r\n")[2])
    while missing > 0 and (piece := client.recv(65_536)):
        request, missing = request + piece, missing - len(piece)
    return request
