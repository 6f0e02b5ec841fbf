"""The schema: migrations and models agree, and what is missing is said."""

import traceback
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

SECRET = "s3cr3t"
BAD = [
    f"postgresql://u:{SECRET}@host:port/name",
    f"postgresql://u:pass@{SECRET}@host/name",
    f"postgresql+psycopg_async://u:{SECRET}@host/name",
    f"postgres://u:{SECRET}@host/name",
    f"postgresql://u:{SECRET}@host/name?port=none",
]
UNFINISHED = ["sqlite://var/carbon.db", "sqlite:///carbon.db?timeout=none"]


def test_migrations_and_models_agree(database: Database) -> None:
    with database.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_the_code_knows_the_newest_migration() -> None:
    assert ScriptDirectory(Path(migrations.__file__).parent).get_heads() == [NEWEST]


def test_upgrading_twice_changes_nothing(database: Database) -> None:
    upgrade(database.url.render_as_string(hide_password=False))
    assert found_version(database) == NEWEST


def test_an_older_schema_is_seen(database: Database) -> None:
    with database.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0000'")
    assert found_version(database) == "0000"


def test_a_database_without_schema_says_so_and_is_unavailable(url: str) -> None:
    if url.startswith("sqlite"):
        file = Path(url.removeprefix("sqlite:///"))
        file.parent.mkdir()
        file.touch()
    database = Database(url)
    assert found_version(database) is None
    with pytest.raises(Unavailable, match="db upgrade"):
        kept.list_estimates(database, "default", kept.Filter())
    database.engine.dispose()


@pytest.mark.parametrize("url", ["nosuch://host/name", "sqlite+nosuch:///x", ":::", *BAD, *UNFINISHED])
def test_a_kind_of_database_that_we_cannot_drive_is_a_usage_error(url: str) -> None:
    with pytest.raises(UsageError, match="sqlite:///") as refusal:
        Database(url)
    assert SECRET not in "".join(traceback.format_exception(refusal.value))


def test_a_driver_that_is_not_installed_is_named() -> None:
    with pytest.raises(UsageError, match="driver is installed: pymssql"):
        Database("mssql+pymssql://host/name")
