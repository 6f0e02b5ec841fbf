"""Limits counted in Redis, which every worker and every machine of the service shares.

While Redis is away each worker grants its share of a limit, as if there were none: that callers cannot be counted is no
reason to refuse them, and no caller gets more than the limit from one machine. Redis is waited for so briefly, and so
seldom while it does not answer, that one which hangs holds up nobody.
"""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass

from limits.storage import RedisStorage
from redis import ConnectionPool
from redis.backoff import NoBackoff
from redis.retry import Retry

from carbon_api.web.limits import Memory, Turn, window_at

PATIENCE = 0.25  # seconds that Redis is waited for
PREFIX = "carbon-api"
PAUSE = 5.0  # seconds for which it is then not asked again
WARNED_EVERY = 60.0  # seconds
# One step, so that what is refused is never counted: not for a moment, in which others would be refused because of it,
# nor for the whole window, where Redis goes away before it is taken back.
TAKE = b"""
local taken = tonumber(redis.call("get", KEYS[1]) or 0)
local cost, most = tonumber(ARGV[1]), tonumber(ARGV[2])
if taken + cost > most then return {0, taken} end
if redis.call("incrby", KEYS[1], cost) == cost then redis.call("expire", KEYS[1], ARGV[3]) end
return {1, taken + cost}
"""
log = logging.getLogger(__name__)


@dataclass
class Connected:
    """A Redis, and whether it is worth asking."""

    script: Callable[..., tuple[int, int]]
    _ask_at: float = 0.0
    _warn_at: float = 0.0

    def take(self, key: str, cost: int, most: int, period: int) -> tuple[int, int] | None:
        """Whether the key took the cost, for a period at least, and what it now holds; None while Redis does not
        answer."""
        now = time.monotonic()
        if now < self._ask_at:
            return None
        try:
            return self.script(keys=[f"{PREFIX}:{key}"], args=[cost, most, period])
        except Exception as fault:  # whatever it is, it is no reason to answer nobody
            self._ask_at = time.monotonic() + PAUSE
            self._warn(fault)
        return None

    def _warn(self, fault: Exception) -> None:
        """Say so, once in a while. What the fault says is left out: it could hold the address with its password."""
        now = time.monotonic()
        if now >= self._warn_at:
            self._warn_at = now + WARNED_EVERY
            log.warning("Redis does not count (%s): each worker grants its share of the limits", type(fault).__name__)


@dataclass
class Shared:
    """A limit counted in Redis, and in this process while Redis is away."""

    name: str
    most: int
    period: int
    redis: Connected
    share: Memory

    def take(self, caller: str, cost: int = 1) -> Turn:
        """Count `cost` for the caller, if that much is left."""
        window, seconds = window_at(time.time(), self.period)
        key = f"{self.name}:{self.period}:{window}:{caller}"
        found = self.redis.take(key, cost, self.most, self.period)
        if found is None:
            return self.share.take(caller, cost)
        granted, taken = found
        return Turn(bool(granted), self.most, max(0, self.most - taken), seconds)


def connected(url: str) -> Connected:
    """The Redis at an address, to which nothing is said yet."""
    pool = ConnectionPool.from_url(
        url.replace("redis+unix://", "unix://"),
        socket_timeout=PATIENCE,
        socket_connect_timeout=PATIENCE,
        retry=Retry(NoBackoff(), 0),
    )
    return Connected(RedisStorage(url, pool).get_connection().register_script(TAKE))
