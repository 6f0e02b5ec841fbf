"""What is SQLite's alone: its pragmas, its files, its one writer at a time."""

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import event

from carbon_api.errors import Unavailable, UsageError
from carbon_api.store import estimates as kept
from carbon_api.store import keys
from carbon_api.store.backup import PARTS, back_up
from carbon_api.store.engine import Database
from carbon_api.store.schema import found_version, upgrade
from carbon_api.store.tables import metadata
from carbon_api.store.turn import BUSY_TIMEOUT_MS


@pytest.fixture
def kind() -> str:
    """The other has tests of its own."""
    return "sqlite"


def test_indexes_are_the_same_to_the_direction_of_their_columns(database: Database) -> None:
    with database.engine.connect() as connection:
        migrated = _indexes(connection.connection.driver_connection)
    fresh = Database("sqlite://")
    metadata.create_all(fresh.engine)
    with fresh.engine.connect() as connection:
        assert _indexes(connection.connection.driver_connection) == migrated
    fresh.engine.dispose()


def _indexes(connection: sqlite3.Connection) -> list[str]:
    rows = connection.execute("SELECT sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL ORDER BY name")
    return [sql.replace('"', "").replace(" ", "") for (sql,) in rows]


def test_every_connection_is_durable_and_strict(database: Database) -> None:
    expected = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": BUSY_TIMEOUT_MS}
    with database.engine.connect() as one, database.engine.connect() as other:
        for connection in (one, other):
            found = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in expected}
            assert found == expected


def test_a_file_that_is_no_database_is_unavailable(tmp_path: Path) -> None:
    file = tmp_path / "notes.db"
    file.write_text("not a database, however long this text has to be to look like one\n" * 100)
    with pytest.raises(Unavailable):
        upgrade(f"sqlite:///{file}")
    database = Database(f"sqlite:///{file}")
    with pytest.raises(Unavailable):
        found_version(database)
    database.engine.dispose()


def test_a_folder_that_is_away_is_unavailable(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'gone' / 'carbon.db'}")
    with pytest.raises(Unavailable):
        kept.get_estimate(database, "default", "est_" + "0" * 32)


def test_the_list_is_read_from_its_index(database: Database) -> None:
    with database.engine.connect() as connection:
        plan = connection.exec_driver_sql(
            "EXPLAIN QUERY PLAN SELECT id FROM estimates WHERE workspace_id = 'default' AND created_at < '2026' "
            "ORDER BY created_at DESC, id DESC LIMIT 51"
        ).all()
    assert "estimates_newest_first" in str(plan)
    assert "TEMP B-TREE" not in str(plan)


def test_noting_a_use_asks_for_a_turn_once_and_does_not_wait_for_it(database: Database) -> None:
    """Whoever reads would wait with it."""
    made, asked = keys.create_key(database, "acme", "planner", ("read",)), []
    database.engine.dispose()
    event.listen(database.engine, "connect", lambda connection, _: connection.set_trace_callback(asked.append))
    holder = sqlite3.connect(str(database.url.database), isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with pytest.raises(Unavailable):
        keys.note_use(database, made.key)
    holder.execute("ROLLBACK")
    holder.close()
    assert asked.count("BEGIN IMMEDIATE") <= 2  # the first try, and the last


def test_no_backup_takes_the_place_of_the_database_or_of_what_is_beside_it(filled: Database, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(str(filled.file))
    for file in (*(Path(f"{filled.file}{end}") for end in PARTS), tmp_path / "link"):
        with pytest.raises(UsageError, match="the database itself"):
            back_up(filled.url, file, replace=True)
