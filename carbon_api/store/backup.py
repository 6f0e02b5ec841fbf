"""A backup: a SQLite file with every row of the database, all as they were at one moment.

It is written row by row from one snapshot while the service goes on, under another name until it is whole and on disk.
Beside the tables it says how many rows each has, and their digest: SQLite alone would not see a letter that changed.
"""

import logging
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import (
    URL,
    Column,
    Connection,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    create_engine,
    insert,
    select,
)
from sqlalchemy.exc import DBAPIError

from carbon_api.errors import Unavailable, UsageError, notes
from carbon_api.store.engine import Database
from carbon_api.store.schema import NEWEST, is_newer, upgrade, version_of
from carbon_api.store.tables import metadata

BATCH = 16  # rows at a time: an estimate of 5,000 lines has megabytes
PARTS = ("", "-wal", "-shm", "-journal")  # the files of a SQLite database
log = logging.getLogger(__name__)
APPLICATION = int.from_bytes(b"CO2e")  # says in the head of the file that it is a backup of ours

# What a backup holds, one row for each table. Its columns are named as they may be others in a later version.
contents = Table(
    "backup_contents",
    MetaData(),
    Column("name", String, primary_key=True),
    Column("columns", String, nullable=False),  # with a space between
    Column("rows", Integer, nullable=False),
    Column("digest", LargeBinary(32), nullable=False),
)


class Copied(NamedTuple):
    """How many rows of a table were copied, and the digest of them all in their order."""

    rows: int
    digest: bytes


def back_up(url: str | URL, file: Path, *, replace: bool = False) -> dict[str, int]:
    """Write a backup of the database at `url`; the number of rows of each table.

    UsageError if the file is there and is not to be replaced, or the database has no schema or another than ours;
    Unavailable if the database cannot be read or the file cannot be written. There is never half a file.
    """
    database = Database(url, in_a_hurry=False)
    try:
        _refuse(file, replace, database.file)
        with _becoming(file, replace) as part, _snapshot(database) as source:
            _refuse_other_schema(source)
            return _write(source, part)
    except OSError as fault:
        raise Unavailable(f"The backup cannot be written: {fault}.") from fault
    finally:
        database.engine.dispose()


def sqlite_at(file: Path) -> URL:
    """The address of a file, whatever its name: written as text, a `?` in it would end it."""
    return URL.create("sqlite", database=str(file))


def copied(source: Connection, target: Connection, table: Table) -> Copied:
    """Copy the rows of a table in their order."""
    digest, rows = sha256(), 0
    found = source.execution_options(yield_per=BATCH).execute(select(*table.columns)).mappings()
    for batch in found.partitions():
        target.execute(insert(table), [dict(row) for row in batch])
        for row in batch:
            digest.update(as_bytes(row.values()))
        rows += len(batch)
    return Copied(rows, digest.digest())


def as_bytes(values: Any) -> bytes:
    """A row as bytes that are the same on each machine and version: only ASCII, numbers to their last digit."""
    return ascii(tuple(bytes(value) if isinstance(value, memoryview) else value for value in values)).encode("ascii")


def _refuse(file: Path, replace: bool, kept_in: Path | None) -> None:
    if file.is_dir():
        raise UsageError(f"{file} is a folder; name a file in it.")
    if not file.parent.is_dir():
        raise UsageError(f"There is no folder {file.parent}; make it first, or name a file elsewhere.")
    if kept_in and os.path.realpath(file) in {f"{os.path.realpath(kept_in)}{end}" for end in PARTS}:
        raise UsageError(f"{file} is the database itself, or what SQLite keeps beside it; name another file.")
    if os.path.lexists(file) and not replace:
        raise UsageError(f"{file} is there already; name another file, or add --replace.")
    if file.exists() and not file.is_file():
        raise UsageError(f"{file} is no ordinary file, which a backup could take the place of; name another.")


def _refuse_other_schema(source: Connection) -> None:
    found = version_of(source)
    if found != NEWEST:
        mend = "use the newer carbon-api that made it" if is_newer(found) else "run `carbon-api db upgrade` first"
        raise UsageError(f"The schema of the database has version {found or 'none'}, not {NEWEST}; {mend}.")


@contextmanager
def _snapshot(database: Database) -> Iterator[Connection]:
    """The database as it is at one moment, for as long as it takes."""
    with database.transaction() as connection:
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("BEGIN")  # its driver would begin none to read
        else:
            connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield connection


@contextmanager
def _becoming(file: Path, replace: bool) -> Iterator[Path]:
    """A file beside this one that only its owner can read, and that takes its name once it is whole and on disk."""
    descriptor, name = tempfile.mkstemp(prefix=f".{file.name}.", suffix=".part", dir=file.parent)
    part = Path(name)
    try:
        yield part
        os.fsync(descriptor)
        _name(part, file, replace)
        _sync(file.parent)
    finally:
        os.close(descriptor)
        for end in PARTS:
            Path(f"{part}{end}").unlink(missing_ok=True)


def _name(part: Path, file: Path, replace: bool) -> None:
    """Give the part its name: if no other has it, whoever made that meanwhile, or in its place."""
    if not replace:
        try:
            os.link(part, file)
        except FileExistsError as fault:
            raise UsageError(f"{file} was made meanwhile; name another file, or add --replace.") from fault
        except OSError as fault:
            log.info("%s is renamed, as its file system has no links: %s", part, fault)
        else:
            return
    part.replace(file)


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _write(source: Connection, part: Path) -> dict[str, int]:
    address = sqlite_at(part)
    try:
        upgrade(address)
    except Unavailable as away:
        raise Unavailable(f"The backup cannot be made.{notes(away)}") from away
    engine = create_engine(address, hide_parameters=True)
    try:
        with engine.begin() as target:
            target.exec_driver_sql("PRAGMA journal_mode = DELETE")  # all in one file
            target.exec_driver_sql(f"PRAGMA application_id = {APPLICATION}")
            contents.create(target)
            return {table.name: _write_table(source, target, table) for table in metadata.sorted_tables}
    except DBAPIError as fault:
        raise Unavailable(f"The backup cannot be made: {fault.orig}.") from fault
    finally:
        engine.dispose()


def _write_table(source: Connection, target: Connection, table: Table) -> int:
    done = copied(source, target, table)
    columns = " ".join(column.name for column in table.columns)
    target.execute(insert(contents), {"name": table.name, "columns": columns, **done._asdict()})
    return done.rows
