"""How much memory the workers hold, looked at while they work."""

import re
import time
from collections.abc import Callable
from threading import Event, Thread
from typing import NamedTuple

EVERY = 1.0  # seconds


class Sample(NamedTuple):
    """When, which process, and how many bytes are its alone or its share of what several have."""

    at: float
    pid: int
    held: int


class Watch:
    """Looks at the workers every second."""

    def __init__(self, workers: Callable[[], list[int]]) -> None:
        self.samples: list[Sample] = []
        self._workers = workers
        self._over = Event()
        self._thread = Thread(target=self._run)

    def __enter__(self) -> "Watch":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._over.wait(EVERY):
            now = time.monotonic()
            self.samples.extend(Sample(now, pid, held) for pid in self._workers() if (held := proportional(pid)))

    def mean(self, begin: float, end: float) -> float:
        """Bytes that one worker held in the time between, on average; 0 if nobody looked."""
        held = [sample.held for sample in self.samples if begin <= sample.at < end]
        return sum(held) / len(held) if held else 0.0


def proportional(pid: int) -> int:
    """Bytes of memory of a process, what it shares divided among those that do; 0 if it has ended."""
    try:
        with open(f"/proc/{pid}/smaps_rollup", encoding="ascii") as rollup:
            [kilobytes] = re.findall(r"^Pss:\s+(\d+) kB$", rollup.read(), re.MULTILINE)
    except OSError:
        return 0
    return 1_024 * int(kilobytes)
