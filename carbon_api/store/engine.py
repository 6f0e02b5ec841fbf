"""The connection to the database: opened late, checked, and honest when the database is away."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from sqlite3 import Connection as SQLiteConnection
from sqlite3 import Error as SQLiteError
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DataError, DBAPIError, IntegrityError, NoSuchModuleError, TimeoutError

from carbon_api.errors import Unavailable, UsageError
from carbon_api.settings import DATABASES
from carbon_api.store.file import file_of, refuse_replaced, watch
from carbon_api.store.turn import BUSY_TIMEOUT, BUSY_TIMEOUT_MS, take_turn

DRIVERS = ("pysqlite", "psycopg")
SQLITE_PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",  # an acknowledged estimate survives a power cut
    "PRAGMA foreign_keys = ON",
    BUSY_TIMEOUT,
)


class Database:
    """A database by its address. Nothing is opened before the first query, so it may be made before a fork."""

    def __init__(self, url: str | URL, *, in_a_hurry: bool = True) -> None:
        """`in_a_hurry` is whoever answers requests: a statement of theirs that a server takes long for is given up."""
        self.url = readable_url(url)
        self.file = file_of(self.url)
        self._in_a_hurry = in_a_hurry

    @property
    def place(self) -> str:
        """Where it is, without the password: a path, or a user, a host and a name."""
        return str(self.file) if self.file else self.url.set(query={}, password=None).render_as_string()

    @cached_property
    def engine(self) -> Engine:
        """The engine of this process."""
        engine = open_engine(self.url, self._in_a_hurry)
        if self.file:
            watch(engine, self.file)
        return engine

    def away(self, detail: str, fault: Exception) -> Unavailable:
        """The error for a fault of the driver, with a note of where the database is and what the driver said first,
        which is of its own state: neither plans nor passwords are in it."""
        said = str(getattr(fault, "orig", None) or fault).strip().partition("\n")[0]
        unavailable = Unavailable(detail)
        unavailable.add_note(f"{self.place}: {said}")
        return unavailable

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
            missing = "The database cannot be reached, or lacks its schema (`carbon-api db upgrade` makes it)."
            raise self.away(missing, fault) from fault

    @contextmanager
    def writing(self, patience: float = BUSY_TIMEOUT_MS / 1000) -> Iterator[Connection]:
        """A transaction that writes. On SQLite it waits for its turn before anything else, so many seconds at most."""
        with self.transaction() as connection:
            driver = connection.connection.driver_connection
            if isinstance(driver, SQLiteConnection):
                take_turn(driver, patience)
            yield connection

    @contextmanager
    def writing_alone(self) -> Iterator[Connection]:
        """A transaction that writes what it has read before, while no other of these reads."""
        with self.writing() as connection:
            if connection.dialect.name == "postgresql":
                from carbon_api.store.postgresql import hold_alone

                hold_alone(connection)
            yield connection


def readable_url(url: str | URL) -> URL:
    """The address of a database we have a driver for; UsageError, which says nothing of the password, otherwise."""
    like = f"the address of the database like {' or '.join(DATABASES)}"
    try:
        parsed = make_url(url)
        dialect = parsed.get_dialect()
        dialect.import_dbapi()
    except (ArgumentError, NoSuchModuleError, ValueError):
        raise UsageError(f"No such kind of database; write {like}.") from None
    except ImportError as fault:
        raise UsageError(f"No such driver is installed: {fault.name}; write {like}.") from fault
    if dialect.is_async or dialect.driver not in DRIVERS or "@" in (parsed.host or ""):
        raise UsageError(f"Write {like}; an @ in the password is written %40.")
    try:
        dialect().create_connect_args(parsed)
    except (ArgumentError, ValueError):
        slashes = "three slashes before a path, four where it begins with one"
        raise UsageError(f"Write {like}: {slashes}, and behind a ? only what the driver knows.") from None
    return parsed


def open_engine(url: URL, in_a_hurry: bool = True) -> Engine:
    """An engine, which opens a connection for each thread that asks for one, and keeps it at hand.

    A SQLite one sets its pragmas on every new connection; one of PostgreSQL looks whether its connection still stands
    before each use, so that a server that was started anew is met by nobody.
    """
    if url.get_backend_name() == "sqlite":
        engine = create_engine(url, hide_parameters=True)  # plans are not for the log
        event.listen(engine, "connect", _set_pragmas)
        return engine
    from carbon_api.store.postgresql import ISOLATION, let_take_long, limit, options_of, read_exactly

    how: dict[str, Any] = {"pool_size": 0, "pool_pre_ping": True, "isolation_level": ISOLATION}
    engine = create_engine(url, hide_parameters=True, connect_args=options_of(url), **how)
    read_exactly(engine)
    (limit if in_a_hurry else let_take_long)(engine)
    return engine


def _set_pragmas(connection: SQLiteConnection, _record: object) -> None:
    for pragma in SQLITE_PRAGMAS:
        connection.execute(pragma).close()
