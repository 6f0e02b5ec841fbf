"""How much a benchmark does, and the clock that it holds to its work."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]


class Effort(NamedTuple):
    """How many lines the plans have, how often each work is timed, and how long each load lasts in s."""

    sizes: tuple[int, ...] = (1, 50, 1000)
    rounds: int = 5
    seconds: float = 1.5


QUICK = Effort((1,), 1, 0.1)  # shows that everything still runs; its figures mean nothing


def best(work: Callable[[], object], rounds: int) -> float:
    """The shortest time of the work in ms."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return 1000 * min(times)
