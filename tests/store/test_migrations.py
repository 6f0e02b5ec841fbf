"""The schema: migrations and models agree, and what is missing is said."""

import sqlite3
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from carbon_api.errors import Unavailable, UsageError
from carbon_api.store import estimates as kept
from carbon_api.store import migrations
from carbon_api.store.engine import Database
from carbon_api.store.schema import NEWEST, found_version, upgrade
from carbon_api.store.tables import metadata
from carbon_api.store.turn import BUSY_TIMEOUT_MS


def test_migrations_and_models_agree(database: Database) -> None:
    with database.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


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


def test_the_code_knows_the_newest_migration() -> None:
    assert ScriptDirectory(Path(migrations.__file__).parent).get_heads() == [NEWEST]


def test_upgrading_twice_changes_nothing(database: Database) -> None:
    upgrade(database.url.render_as_string(hide_password=False))
    assert found_version(database) == NEWEST


def test_an_older_schema_is_seen(database: Database) -> None:
    with database.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0000'")
    assert found_version(database) == "0000"


def test_every_connection_is_durable_and_strict(database: Database) -> None:
    expected = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": BUSY_TIMEOUT_MS}
    with database.engine.connect() as one, database.engine.connect() as other:
        for connection in (one, other):
            found = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in expected}
            assert found == expected


def test_a_database_without_schema_says_so_and_is_unavailable(tmp_path: Path) -> None:
    (tmp_path / "empty.db").touch()
    database = Database(f"sqlite:///{tmp_path / 'empty.db'}")
    assert found_version(database) is None
    with pytest.raises(Unavailable, match="db upgrade"):
        kept.list_estimates(database, "default", kept.Filter())
    database.engine.dispose()


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


@pytest.mark.parametrize("url", ["nosuch://host/name", "sqlite+nosuch:///x", ":::"])
def test_a_kind_of_database_that_we_cannot_drive_is_a_usage_error(url: str) -> None:
    with pytest.raises(UsageError, match="sqlite:///"):
        Database(url)


def test_a_driver_that_is_not_installed_is_named() -> None:
    with pytest.raises(UsageError, match="not installed: pymssql"):
        Database("mssql+pymssql://host/name")
