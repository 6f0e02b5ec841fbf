"""The log: JSON on stderr, one line for each event, whether ours, gunicorn's or a library's.

Nothing that was sent is in it but the path and the request id: no query, no header, no body. What an exception says of
itself is left out too, as it may quote a plan; where it was raised says enough. The faults of a database or of the
system say what is the matter with those, and are quoted.
"""

import json
import logging
from collections.abc import Iterator
from datetime import UTC, datetime
from traceback import walk_tb
from typing import Any

from flask import g, has_request_context
from gunicorn.config import Config
from gunicorn.glogging import Logger

QUOTED = frozenset({"sqlalchemy", "sqlite3", "psycopg", "redis"})  # libraries whose first line is of their own state


encode = json.JSONEncoder(default=str).encode  # in ASCII: whatever a text holds, it stays one line


class JsonLines(logging.Formatter):
    """A record as one line of JSON: time (UTC), level, logger, process, message, request id, and its own fields."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "process": record.process,
            "message": record.getMessage(),
        }
        if has_request_context() and "request_id" in g:
            line["request_id"] = g.request_id
        line |= getattr(record, "fields", {})
        if record.exc_info and record.exc_info[1]:
            line["exception"] = list(described(record.exc_info[1]))
        return encode(line)


def described(fault: BaseException | None) -> Iterator[dict[str, Any]]:
    """An exception and then what led to it: of which kind, raised where, and what it says if that may be quoted."""
    while fault:
        kind = type(fault)
        frames = [(frame.f_code, line) for frame, line in walk_tb(fault.__traceback__)]
        places = [f"{code.co_filename}:{line} {code.co_name}" for code, line in frames]
        yield {"type": f"{kind.__module__}.{kind.__qualname__}", **_quoted(fault), "raised": places}
        fault = fault.__cause__ or (None if fault.__suppress_context__ else fault.__context__)


def _quoted(fault: BaseException) -> dict[str, str]:
    if isinstance(fault, OSError) and fault.strerror:
        return {"says": fault.strerror}
    if any(kind.__module__.partition(".")[0] in QUOTED for kind in type(fault).__mro__):
        return {"says": str(fault).partition("\n")[0]}
    return {}


class ServerLog(Logger):
    """gunicorn's own log, and with it that of everything else in its processes."""

    def setup(self, cfg: Config) -> None:
        """Write to stderr, in one form; a log that somebody else has set up for the libraries is left alone."""
        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.setFormatter(JsonLines())
        logging.getLogger("carbon_api").setLevel(logging.INFO)
        logging.captureWarnings(True)
        if not logging.root.handlers:
            handler = logging.StreamHandler()
            handler.setFormatter(JsonLines())
            logging.root.addHandler(handler)
