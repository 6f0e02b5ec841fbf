"""What the service reads from its environment. Nothing here may change a result."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from carbon_api.errors import UsageError

DATABASES = ("sqlite:///path/to/file.db", "postgresql+psycopg://user:password@host/name")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Where the estimates are kept, how much one request may hold, and how the server listens."""

    database_url: str = "sqlite:///var/carbon.db"
    max_body_bytes: int = 2_000_000
    max_lines: int = 5_000
    host: str = "127.0.0.1"
    port: int = 8000
    workers: int = 2
    threads: int = 2

    @classmethod
    def from_environment(cls, environ: Mapping[str, str]) -> "Settings":
        """The settings that `environ` asks for; a bad value is a UsageError that names its variable."""
        whole, standard = _whole_numbers(environ), cls()
        return cls(
            database_url=_database_url(environ),
            max_body_bytes=whole("CARBON_MAX_BODY_BYTES", standard.max_body_bytes, 1_000, 100_000_000),
            max_lines=whole("CARBON_MAX_LINES", standard.max_lines, 1, 100_000),
            host=environ.get("CARBON_HOST") or standard.host,
            port=whole("CARBON_PORT", standard.port, 1, 65_535),
            workers=whole("CARBON_WORKERS", standard.workers, 1, 64),
            threads=whole("CARBON_THREADS", standard.threads, 1, 64),
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
        return f"sqlite:///{Path(environ.get('CARBON_DATA_DIR') or 'var') / 'carbon.db'}"
    if "://" not in url:
        raise UsageError(f"CARBON_DATABASE_URL is not a database address; write one like {' or '.join(DATABASES)}.")
    return url
