"""The connection to the database: opened late, checked, and honest when the database is away."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from sqlite3 import Connection as SQLiteConnection
from sqlite3 import Error as SQLiteError

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DataError, DBAPIError, IntegrityError, NoSuchModuleError, TimeoutError

from carbon_api.errors import Unavailable, UsageError
from carbon_api.settings import DATABASES
from carbon_api.store.file import file_of, refuse_replaced, watch
from carbon_api.store.turn import BUSY_TIMEOUT, BUSY_TIMEOUT_MS, take_turn

SQLITE_PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",  # an acknowledged estimate survives a power cut
    "PRAGMA foreign_keys = ON",
    BUSY_TIMEOUT,
)


class Database:
    """A database by its address. Nothing is opened before the first query, so it may be made before a fork."""

    def __init__(self, url: str) -> None:
        self.url = readable_url(url)
        self.file = file_of(self.url)

    @cached_property
    def engine(self) -> Engine:
        """The engine of this process."""
        engine = open_engine(self.url)
        if self.file:
            watch(engine, self.file)
        return engine

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """A connection whose work is committed at the end; Unavailable if the database or its schema is away."""
        try:
            with self.engine.connect() as connection:
                with connection.begin():
                    yield connection
                if self.file:
                    refuse_replaced(self.file, connection.info)
        except (IntegrityError, DataError):
            raise
        except (DBAPIError, SQLiteError, TimeoutError) as fault:
            raise Unavailable(
                "The database cannot be reached, or lacks its schema (`carbon-api db upgrade` makes it)."
            ) from fault

    @contextmanager
    def writing(self, patience: float = BUSY_TIMEOUT_MS / 1000) -> Iterator[Connection]:
        """A transaction that writes. On SQLite it waits for its turn before anything else, so many seconds at most."""
        with self.transaction() as connection:
            driver = connection.connection.driver_connection
            if isinstance(driver, SQLiteConnection):
                take_turn(driver, patience)
            yield connection


def readable_url(url: str) -> URL:
    """The address of a database we have a driver for; UsageError otherwise."""
    try:
        parsed = make_url(url)
        parsed.get_dialect().import_dbapi()
    except (ArgumentError, NoSuchModuleError) as fault:
        raise UsageError(f"No such kind of database; write an address like {' or '.join(DATABASES)}.") from fault
    except ImportError as fault:
        raise UsageError(f"The driver of this kind of database is not installed: {fault.name}.") from fault
    return parsed


def open_engine(url: URL) -> Engine:
    """An engine; a SQLite one sets its pragmas on every new connection."""
    engine = create_engine(url, hide_parameters=True)  # plans are not for the log
    if url.get_backend_name() == "sqlite":
        event.listen(engine, "connect", _set_pragmas)
    return engine


def _set_pragmas(connection: SQLiteConnection, _record: object) -> None:
    for pragma in SQLITE_PRAGMAS:
        connection.execute(pragma).close()
