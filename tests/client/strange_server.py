"""A server of a few lines of sockets that answers as it is told, byte for byte: what a service should never do."""

import json
import socket
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


def drip(client: socket.socket, request: bytes) -> None:
    """A good answer, so slowly that none of its bytes is late and the whole is."""
    client.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % (DRIPS + 2))
    for byte in b"{" + b" " * DRIPS + b"}":
        client.sendall(bytes([byte]))
        time.sleep(BETWEEN_DRIPS)


@contextmanager
def strange(*replies: Reply) -> Iterator[Strange]:
    """A server that runs as long as the block. After its last reply it hangs up on whoever asks again."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = Strange(f"http://127.0.0.1:{listening.getsockname()[1]}")
        thread = threading.Thread(target=_serve, args=(listening, server, replies))
        thread.start()
        try:
            yield server
        finally:
            listening.shutdown(socket.SHUT_RDWR)
            thread.join()


def _serve(listening: socket.socket, server: Strange, replies: tuple[Reply, ...]) -> None:
    with suppress(OSError):  # the end of listening
        while True:
            client, _ = listening.accept()
            with client, suppress(OSError):  # the client goes when it likes
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
