"""Writers take turns: each waits for the others, no longer than it must, and gives up after the time-out."""

import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing

import pytest
from test_store import EXAMPLE, ID

from carbon_api.errors import Unavailable
from carbon_api.store import estimates as kept
from carbon_api.store.engine import Database
from carbon_api.store.turn import ASK_EVERY, BUSY_TIMEOUT_MS

HELD = 0.5


@pytest.fixture
def kind() -> str:
    """PostgreSQL lets many write at once."""
    return "sqlite"


@pytest.fixture
def holder(database: Database) -> Iterator[sqlite3.Connection]:
    """Another program that may write to the database."""
    with closing(sqlite3.connect(str(database.url.database), isolation_level=None, check_same_thread=False)) as other:
        yield other


def insert(database: Database) -> None:
    kept.insert_estimate(database, "default", EXAMPLE)


def delete(database: Database) -> None:
    kept.delete_estimate(database, "default", ID)


@pytest.mark.parametrize(("write", "before"), [(insert, 0), (delete, 1)])
def test_a_database_that_stays_locked_is_unavailable_after_the_time_out_and_unchanged(
    database: Database, holder: sqlite3.Connection, write: Callable[[Database], None], before: int
) -> None:
    if before:
        insert(database)
    holder.execute("BEGIN IMMEDIATE")
    started = time.monotonic()
    with pytest.raises(Unavailable, match="cannot be reached"):
        write(database)
    assert time.monotonic() - started >= BUSY_TIMEOUT_MS / 1000
    holder.execute("ROLLBACK")
    assert len(kept.list_estimates(database, "default", kept.Filter()).items) == before
    write(database)
    assert len(kept.list_estimates(database, "default", kept.Filter()).items) == 1 - before


def test_a_write_asks_for_its_turn_again_and_again(database: Database, holder: sqlite3.Connection) -> None:
    """Not timed, as this machine may be busy: of its own accord SQLite would sleep 0.1 s before it asks again."""
    asked: list[str] = []
    with database.engine.connect() as connection:
        connection.connection.driver_connection.set_trace_callback(asked.append)
    holder.execute("BEGIN IMMEDIATE")
    release = threading.Timer(HELD, holder.execute, ["COMMIT"])
    release.start()
    insert(database)
    release.join()
    assert asked.count("BEGIN IMMEDIATE") > HELD / ASK_EVERY / 20


def test_readers_are_not_held_up_by_a_writer(database: Database, holder: sqlite3.Connection) -> None:
    insert(database)
    holder.execute("BEGIN IMMEDIATE")
    started = time.monotonic()
    assert kept.get_estimate(database, "default", ID) == EXAMPLE
    assert time.monotonic() - started < BUSY_TIMEOUT_MS / 1000


def test_a_connection_that_has_written_waits_as_before(database: Database) -> None:
    """What is no write of ours, a checkpoint for one, is left to wait as SQLite does."""
    insert(database)
    with database.engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA busy_timeout").scalar() == BUSY_TIMEOUT_MS


def test_a_database_that_cannot_be_written_is_unavailable_at_once(database: Database) -> None:
    insert(database)
    readable = Database(f"sqlite:///file:{database.file}?mode=ro&uri=true")
    started = time.monotonic()
    with pytest.raises(Unavailable):
        delete(readable)
    assert time.monotonic() - started < BUSY_TIMEOUT_MS / 1000
    assert kept.get_estimate(readable, "default", ID) == EXAMPLE
    readable.engine.dispose()
