"""What the service reads from its environment. Nothing here may change a result."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from carbon_api.errors import UsageError

DATABASES = ("sqlite:///path/to/file.db", "postgresql+psycopg://user:password@host/name")
IN_MEMORY = "memory://"
REDIS = ("redis://:password@host:6379/0", "rediss://… with TLS", "redis+unix:///path/to/socket")
SPEAK_REDIS = ("limits", "redis")
UNLIMITED = "none"
PERIODS = {"second": 1, "minute": 60, "hour": 3_600, "day": 86_400}
_RATE = re.compile(rf"([0-9]{{1,12}})/(?:([0-9]{{1,3}}) ?)?({'|'.join(PERIODS)})s?", re.ASCII)
_NO_FILE = re.compile(r"sqlite(\+\w+)?:(//?|///:memory:|///)?", re.ASCII)
_DATABASE = re.compile(r"(?:/[0-9]{0,4})?", re.ASCII)


class Rate(NamedTuple):
    """So much in each window of so many seconds."""

    amount: int
    seconds: int

    def share(self, workers: int) -> int:
        """What each of several workers may grant by itself: in all no more than the amount, but one each at least."""
        return max(1, self.amount // workers)


REQUESTS, LINES_X_DRAWS = Rate(600, 60), Rate(300_000_000, 60)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Where the estimates are kept, how much one request may hold and one caller ask, and how the server listens."""

    database_url: str = "sqlite:///var/carbon.db"
    max_body_bytes: int = 2_000_000
    max_lines: int = 5_000
    rate_limit: Rate | None = REQUESTS
    compute_limit: Rate | None = LINES_X_DRAWS
    limits_url: str = IN_MEMORY
    host: str = "127.0.0.1"
    port: int = 8000
    workers: int = 2
    threads: int = 2
    metrics_folder: str | None = None  # made by gunicorn's master: nobody sets it

    @classmethod
    def from_environment(cls, environ: Mapping[str, str]) -> "Settings":
        """The settings that `environ` asks for; a bad value is a UsageError that names its variable."""
        whole, standard = _whole_numbers(environ), cls()
        return cls(
            database_url=_database_url(environ),
            max_body_bytes=whole("CARBON_MAX_BODY_BYTES", standard.max_body_bytes, 1_000, 100_000_000),
            max_lines=whole("CARBON_MAX_LINES", standard.max_lines, 1, 100_000),
            rate_limit=_rate(environ, "CARBON_RATE_LIMIT", standard.rate_limit),
            compute_limit=_rate(environ, "CARBON_COMPUTE_LIMIT", standard.compute_limit),
            limits_url=_limits_url(environ),
            host=environ.get("CARBON_HOST") or standard.host,
            port=whole("CARBON_PORT", standard.port, 1, 65_535),
            workers=whole("CARBON_WORKERS", standard.workers, 1, 64),
            threads=whole("CARBON_THREADS", standard.threads, 1, 64),
            metrics_folder=environ.get("PROMETHEUS_MULTIPROC_DIR"),
        )


def _whole_numbers(environ: Mapping[str, str]) -> Callable[[str, int, int, int], int]:
    def read(name: str, default: int, low: int, high: int) -> int:
        text = environ.get(name, "").strip()
        if not text:
            return default
        if not re.fullmatch(r"[0-9]{1,9}", text) or not low <= int(text) <= high:
            raise UsageError(f"{name}={text!r} is not a whole number from {low} to {high}; leave it out for {default}.")
        return int(text)

    return read


def _database_url(environ: Mapping[str, str]) -> str:
    url = environ.get("CARBON_DATABASE_URL", "").strip()
    if not url:
        file = str(Path(environ.get("CARBON_DATA_DIR") or "var") / "carbon.db")
        return f"sqlite:///{file.replace('%', '%25').replace('?', '%3F')}"  # in an address these are no letters
    if _NO_FILE.fullmatch(url):
        raise UsageError(f"CARBON_DATABASE_URL={url!r} names no file, so nothing would be kept: {DATABASES[0]}.")
    if "://" not in url:
        raise UsageError(f"CARBON_DATABASE_URL is not a database address; write one like {' or '.join(DATABASES)}.")
    return url


def _rate(environ: Mapping[str, str], name: str, default: Rate | None) -> Rate | None:
    """A rate such as 600/minute or 10/5 seconds; None where there is to be no limit."""
    text = environ.get(name, "").strip()
    if not text or text == UNLIMITED:
        return None if text else default
    found = _RATE.fullmatch(text)
    amount, periods = (int(found[1]), int(found[2] or 1)) if found else (0, 0)
    if not found or not amount or not periods:
        raise UsageError(f"{name}={text!r} is no rate such as 600/minute or 10/5 seconds; `{UNLIMITED}` sets no limit.")
    return Rate(amount, periods * PERIODS[found[3]])


def _limits_url(environ: Mapping[str, str]) -> str:
    """Where the counts of the limits are kept. What is wrong is not shown: it may hold a password."""
    url = environ.get("CARBON_LIMITS_URL", "").strip() or IN_MEMORY
    if url != IN_MEMORY and not _is_redis(url):
        raise UsageError(f"CARBON_LIMITS_URL is none of {', '.join((IN_MEMORY, *REDIS))}, without more behind it.")
    if url != IN_MEMORY and not all(map(find_spec, SPEAK_REDIS)):
        raise UsageError("CARBON_LIMITS_URL needs what is not installed here: pip install 'carbon-api[redis]'")
    return url


def _is_redis(url: str) -> bool:
    """Whether this is an address of Redis. Options behind it could take away how long is waited for an answer."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return False
    if parts.query or parts.fragment or port == 0:
        return False
    scheme = url.partition(":")[0]  # as it is written: the library knows it in small letters alone
    if scheme == "redis+unix":
        return not parts.hostname and len(parts.path) > 1
    return scheme in {"redis", "rediss"} and bool(parts.hostname) and _DATABASE.fullmatch(parts.path) is not None
