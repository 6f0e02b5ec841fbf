"""A load of our own, where wrk is not installed: one thread that waits for all its connections at once, so that what
it costs (some 15 µs a request) is not what is measured."""

import selectors
import socket
import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import NoReturn

from scripts.bench.asking import Ask, Load

PIECE = 1 << 20
PATIENCE = 60.0


@dataclass
class Connection:
    """A client that asks, reads its answer to the end, and asks again; `times` are in s."""

    sock: socket.socket
    request: bytes
    began: float = 0.0
    read: bytes = b""
    wanted: int = 0
    times: list[float] = field(default_factory=list)

    def ask(self) -> None:
        """Send the request."""
        self.began, self.read, self.wanted = time.perf_counter(), b"", 0
        self.sock.sendall(self.request)

    def hear(self) -> bool:
        """Take what came; whether that was the end of the answer. Ends the benchmark on any answer but 2xx."""
        self.read += self.sock.recv(PIECE)
        if not self.wanted:
            self.wanted = _length(self.read)
        if not self.wanted or len(self.read) < self.wanted:
            return False
        self.times.append(time.perf_counter() - self.began)
        return True


def load(ask: Ask, seconds: float) -> Load:
    """The clients ask for so long, and each at least once; every answer must be 2xx."""
    with ExitStack() as stack, selectors.DefaultSelector() as waiting:
        clients = [_opened(stack, ask) for _ in range(ask.clients)]
        for client in clients:
            waiting.register(client.sock, selectors.EVENT_READ, client)
            client.ask()
        start = time.perf_counter()
        while time.perf_counter() - start < seconds or not all(client.times for client in clients):
            for ready, _ in waiting.select(PATIENCE) or _silence():
                if ready.data.hear():
                    ready.data.ask()
        elapsed = time.perf_counter() - start
    times = sorted(one for client in clients for one in client.times)
    return Load(len(times) / elapsed, 1000 * _percentile(times, 0.5), 1000 * _percentile(times, 0.99))


def _silence() -> NoReturn:
    raise SystemExit(f"the server answered nobody for {PATIENCE:g} s")


def _opened(stack: ExitStack, ask: Ask) -> Connection:
    sock = stack.enter_context(socket.create_connection(("127.0.0.1", ask.port)))
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    sent = {**ask.headers, "Content-Length": str(len(ask.body))} if ask.body else ask.headers
    head = "".join(f"{name}: {value}\r\n" for name, value in sent.items())
    return Connection(sock, f"{ask.method} {ask.path} HTTP/1.1\r\n{head}\r\n".encode() + ask.body)


def _length(read: bytes) -> int:
    """The length of the whole answer, or 0 as long as its headers have not come."""
    head, end, _ = read.partition(b"\r\n\r\n")
    if not read.startswith(b"HTTP/1.1 2"[: len(read)]):
        raise SystemExit(f"the server answered {head[:200]!r}")
    if not end:
        return 0
    lengths = [line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")]
    return len(head) + len(end) + int(lengths[0].partition(b":")[2])


def _percentile(ordered: list[float], part: float) -> float:
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))]
