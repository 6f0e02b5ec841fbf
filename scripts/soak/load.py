"""The load: as many requests as the service can take, for a moment, then a share of that for as long as it is asked."""

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Event, Thread

from scripts.soak.client import Client


def capacity(clients: Sequence[Client], seconds: float) -> float:
    """Requests a second that these clients get through, each sending the next as soon as it has an answer."""
    with ThreadPoolExecutor(len(clients)) as pool:
        done = sum(pool.map(lambda client: _as_fast_as_can_be(client, seconds), clients))
    return done / seconds


def _as_fast_as_can_be(client: Client, seconds: float) -> int:
    done, end = 0, time.monotonic() + seconds
    while time.monotonic() < end:
        client.act()
        done += 1
    return done


class Load:
    """So many requests a second, sent by the clock: what waits for an answer does not slow down the others."""

    def __init__(self, clients: Sequence[Client], rate: float) -> None:
        self.times: list[tuple[float, float]] = []  # when each was sent, and how long it took, in s
        self._pause = len(clients) / rate
        self._over = Event()
        self._threads = [Thread(target=self._run, args=(client,)) for client in clients]

    def __enter__(self) -> "Load":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        for thread in self._threads:
            thread.join()

    def _run(self, client: Client) -> None:
        due = time.monotonic() + client.chance.random() * self._pause
        while not self._over.wait(max(0.0, due - time.monotonic())):
            sent = time.monotonic()
            client.act()
            now = time.monotonic()
            self.times.append((sent, now - sent))
            due = max(due + self._pause, now)  # a late one is not made up for by a rush
