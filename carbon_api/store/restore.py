"""A backup put back: into an empty database of either kind, all of it or nothing."""

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import quote

from sqlalchemy import URL, ColumnClause, Connection, Row, column, create_engine, func, inspect, select, table, text
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError

from carbon_api.errors import Unavailable, UsageError
from carbon_api.store.backup import APPLICATION, BATCH, Copied, as_bytes, contents, copied, sqlite_at
from carbon_api.store.engine import Database
from carbon_api.store.schema import NEWEST, is_newer, is_ours, upgrade
from carbon_api.store.tables import metadata

NONE_OF_OURS = "is no backup of carbon-api; make one with `carbon-api db backup FILE`."


def restore(url: str | URL, file: Path) -> dict[str, int]:
    """Put a backup into the database at `url`, whose schema is made if need be; the number of rows of each table.

    UsageError if the file is no whole backup of ours, or one of a newer carbon-api, or the database has rows;
    Unavailable if the file or the database cannot be read or written. The database then has the rows that it had.
    """
    with _newest(file) as whole, _reading(whole) as source:
        database = Database(url, in_a_hurry=False)
        try:
            return _put(source, database)
        except (IntegrityError, DataError) as fault:
            why = str(fault.orig).splitlines()[0]  # what follows may say whose row it is
            raise UsageError(f"The database does not take a row of the backup: {why}.") from fault
        finally:
            database.engine.dispose()


def _put(source: Connection, database: Database) -> dict[str, int]:
    """Copy everything. Its schema is left alone if it has rows: another service may be at work on them."""
    if not database.file or database.file.exists():
        with database.transaction() as target:
            _refuse_rows(target)
    upgrade(database.url)
    with database.writing_alone() as target:
        return _copy(source, target)


@contextmanager
def _newest(file: Path) -> Iterator[Path]:
    """The backup, which is found whole, in the newest schema: itself, or a copy that was brought up to date."""
    try:
        with _reading(file) as source:
            version = _checked(file, source)
    except DBAPIError as fault:
        raise UsageError(f"{file} cannot be read as a backup: {fault.orig}.") from fault
    if version == NEWEST:
        yield file
        return
    try:
        with TemporaryDirectory() as folder:
            copy = Path(shutil.copy(file, folder))
            upgrade(sqlite_at(copy))
            yield copy
    except OSError as fault:
        raise Unavailable(f"The backup cannot be brought up to date: {fault}.") from fault


@contextmanager
def _reading(file: Path) -> Iterator[Connection]:
    """A file that nobody writes to, and that is not made if it is not there."""
    _look(file)
    how = {"mode": "ro", "immutable": "1", "uri": "true"}
    engine = create_engine(URL.create("sqlite", database=f"file:{quote(str(file.absolute()))}", query=how))
    try:
        with engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()


def _look(file: Path) -> None:
    try:
        if file.exists() and not file.is_file():
            raise UsageError(f"The backup cannot be read: {file} is no ordinary file, which is read more than once.")
        with file.open("rb") as opened:
            head = opened.read(16)
    except OSError as fault:
        raise UsageError(f"The backup cannot be read: {fault}.") from fault
    if head != b"SQLite format 3\0":
        raise UsageError(f"{file} {NONE_OF_OURS}")


def _checked(file: Path, source: Connection) -> str:
    """The version of a backup's schema, once every row is found to be as it was written."""
    if source.exec_driver_sql("PRAGMA application_id").scalar() != APPLICATION:
        raise UsageError(f"{file} {NONE_OF_OURS}")
    if source.exec_driver_sql("PRAGMA integrity_check").scalar() != "ok":
        raise UsageError(f"{file} is damaged; take another backup.")
    version = str(source.execute(text("SELECT version_num FROM alembic_version")).scalar())
    if not is_ours(version):
        raise UsageError(f"{file} is damaged: its schema has no version of ours; take another backup.")
    if is_newer(version):
        raise UsageError(
            f"A newer carbon-api made {file}: its schema has version {version}, not {NEWEST}. Use that one."
        )
    noted = source.execute(select(contents)).all()
    unknown = {*inspect(source).get_table_names()} ^ {contents.name, "alembic_version", *(row.name for row in noted)}
    damaged = unknown or [row.name for row in noted if _read(source, row) != Copied(row.rows, row.digest)]
    if damaged:
        raise UsageError(
            f"{file} is damaged: {', '.join(sorted(damaged))} differ from what was written; take another backup."
        )
    return version


def _read(source: Connection, noted: Row[tuple[str, str, int, bytes]]) -> Copied:
    """What a table of the backup holds, in the columns that it had."""
    digest, rows = sha256(), 0
    columns: list[ColumnClause[Any]] = [column(name) for name in noted.columns.split()]
    query = select(*columns).select_from(table(noted.name)).order_by(text("rowid"))
    for row in source.execution_options(yield_per=BATCH).execute(query):
        digest.update(as_bytes(row))
        rows += 1
    return Copied(rows, digest.digest())


def _copy(source: Connection, target: Connection) -> dict[str, int]:
    """Copy every table, and find as many rows as were read, before anything is committed."""
    if target.dialect.name == "postgresql":
        from carbon_api.store.postgresql import keep_writers_out

        keep_writers_out(target, metadata.sorted_tables)
    _refuse_rows(target)
    done = {one.name: copied(source, target, one).rows for one in metadata.sorted_tables}
    if _counted(target) != done:
        raise Unavailable(f"The database took other rows than it was given ({_shown(done)}); nothing is kept.")
    return done


def _refuse_rows(target: Connection) -> None:
    there = {name: rows for name, rows in _counted(target).items() if rows}
    if there:
        raise UsageError(
            f"The database has rows already ({_shown(there)}), and a backup is put into an empty one: name another "
            "with CARBON_DATABASE_URL or CARBON_DATA_DIR."
        )


def _counted(connection: Connection) -> dict[str, int]:
    """How many rows there are in each table that is there."""
    names = inspect(connection).get_table_names()
    queries = {one.name: select(func.count()).select_from(one) for one in metadata.sorted_tables if one.name in names}
    return {name: connection.execute(query).scalar_one() for name, query in queries.items()}


def _shown(rows: Mapping[str, int]) -> str:
    return ", ".join(f"{name}: {number}" for name, number in rows.items())
