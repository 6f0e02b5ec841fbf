"""The file of a SQLite database: whether the one that a connection has open is still the one at its path.

A file that was deleted or replaced lives on for whoever has it open. What is written to it then is lost, and SQLite
says nothing; nor does it when it makes an empty file where there is none.
"""

import os
from collections.abc import MutableMapping
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import URL, Engine, event
from sqlalchemy.exc import DisconnectionError

from carbon_api.errors import Unavailable

_OPENED = "carbon_api.opened"


class Identity(NamedTuple):
    """Which file it is, whatever its name; no other file has the same while someone has it open."""

    device: int
    inode: int


def file_of(url: URL) -> Path | None:
    """The file that keeps the database; None for one in memory, in a SQLite URI, or on a server."""
    name = url.database or ":memory:"
    is_file = url.get_backend_name() == "sqlite" and name != ":memory:" and not name.startswith("file:")
    return Path(name).absolute() if is_file else None


def watch(engine: Engine, file: Path) -> None:
    """Let this engine open no file that is not there, and leave a connection whose file was replaced."""

    def before_opening(_dialect: object, record: Any, _arguments: object, _options: object) -> None:
        record.info[_OPENED] = _identity(file)  # asked later, it could be that of a file that came in between

    def before_using(_connection: object, record: Any, _fairy: object) -> None:
        if record.info[_OPENED] != _identity(file):
            raise DisconnectionError("the file of the database was replaced")

    event.listen(engine, "do_connect", before_opening)
    event.listen(engine, "checkout", before_using)


def refuse_replaced(file: Path, connection_info: MutableMapping[Any, Any]) -> None:
    """Unavailable if the file that this connection has open is no longer the one at its path."""
    if connection_info[_OPENED] != _identity(file):
        raise Unavailable("The file of the database was replaced meanwhile; send the request again.")


def _identity(file: Path) -> Identity:
    try:
        found = os.stat(file)
    except OSError as fault:
        unavailable = Unavailable("The file of the database is not there (`carbon-api db upgrade` makes it).")
        unavailable.add_note(f"{file}: {fault.strerror}")
        raise unavailable from fault
    return Identity(found.st_dev, found.st_ino)
