"""How much one caller may ask for: requests, and what they compute, in windows of time that the clock of the day cuts.

A window ends at the same moment in every worker, so waiting for its end is enough wherever the next request lands.
Without Redis each worker counts for itself, and so takes an equal share of a limit. The counts are our own: those that
the `limits` package keeps in memory start a thread with nearly every request, and grow with whoever asks.
"""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from math import inf
from threading import Lock
from typing import NamedTuple, Protocol

from flask import Flask

from carbon_api.settings import IN_MEMORY, UNLIMITED, Rate, Settings
from carbon_api.web.service import EXTENSION, Service

MOST_ADDRESSES = 10_000  # that are counted apart in one window; whoever comes then is counted as one
EVERYONE_ELSE = ""
log = logging.getLogger(__name__)


class Turn(NamedTuple):
    """What a caller was granted or not, of how much, and what is left until the window ends in some seconds."""

    granted: bool
    limit: int
    left: int
    seconds: float


class Limit(Protocol):
    """A limit that each caller has for itself."""

    most: int  # that one caller, and so one request, can have in a window
    period: int  # of a window, in seconds

    def take(self, caller: str, cost: int = 1) -> Turn:
        """Count `cost` for the caller, if that much is left. What costs nothing is granted, and tells what is left."""


@dataclass
class Memory:
    """A limit counted in this process. It remembers the window at hand alone, and so many callers of it."""

    most: int
    period: int
    callers: float = inf
    _window: int = -1
    _taken: dict[str, int] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def take(self, caller: str, cost: int = 1) -> Turn:
        with self._lock:  # the clock is read inside it, so no thread comes back to a window that is over
            window, seconds = window_at(time.time(), self.period)
            if window != self._window:
                self._window, self._taken = window, {}
            if caller not in self._taken and len(self._taken) >= self.callers:
                caller = EVERYONE_ELSE
            taken = self._taken.get(caller, 0)
            granted = taken + cost <= self.most
            if granted and cost:
                self._taken[caller] = taken = taken + cost
        return Turn(granted, self.most, self.most - taken, seconds)


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of a service, None where there is none: of requests, of those without a good key, of computing."""

    requests: Limit | None
    strangers: Limit | None
    computing: Limit | None


def window_at(now: float, period: int) -> tuple[int, float]:
    """The number of the window at a moment, and the seconds until it ends."""
    return int(now // period), period - now % period


def limits_of(settings: Settings, workers: int = 1) -> Limits:
    """The limits in one of so many workers."""
    limit = _limiter(settings, workers)
    return Limits(
        requests=limit("requests", settings.rate_limit),
        # Never in Redis: who has no key could fill it, and would make each refusal cost a question to it.
        strangers=_share(settings.rate_limit, workers, MOST_ADDRESSES),
        computing=limit("computing", settings.compute_limit),
    )


def _limiter(settings: Settings, workers: int) -> Callable[[str, Rate | None], Limit | None]:
    """What makes the limit of a name."""
    if settings.limits_url == IN_MEMORY:
        return lambda _, rate: _share(rate, workers)
    from carbon_api.web.shared_limits import Shared, connected  # packages that not every service has

    redis = connected(settings.limits_url)
    return lambda name, rate: rate and Shared(name, *rate, redis, Memory(rate.share(workers), rate.seconds))


def _share(rate: Rate | None, workers: int, callers: float = inf) -> Memory | None:
    return rate and Memory(rate.share(workers), rate.seconds, callers)


def share_limits(app: Flask, workers: int) -> None:
    """Let the application grant only the share that one of so many workers has."""
    serving: Service = app.extensions[EXTENSION]
    app.extensions[EXTENSION] = replace(serving, limits=limits_of(serving.settings, workers))


def say_limits(app: Flask, workers: int) -> None:
    """Write into the log what each key is granted, and where that is counted."""
    settings: Settings = app.extensions[EXTENSION].settings
    shared = settings.limits_url != IN_MEMORY
    how = "counted in Redis" if shared else f"counted in each of {workers} worker(s) by itself"
    rates = {"requests": settings.rate_limit, "lines x draws": settings.compute_limit}
    granted = [f"{what} {_said(rate, 1 if shared else workers)}" for what, rate in rates.items()]
    log.info("limits of a key, %s: %s", how, ", ".join(granted))


def _said(rate: Rate | None, workers: int) -> str:
    return f"{rate.share(workers):,} in {rate.seconds} s" if rate else UNLIMITED
