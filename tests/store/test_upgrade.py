"""An upgrade is whole or nothing, from every version: killed anywhere, run several times at once, met by a newer."""

import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from old_schema import make, seen, versions
from postgresql_server import Server
from upgrading import faults_together, killed_after

from carbon_api.errors import Unavailable, UsageError
from carbon_api.store.engine import Database
from carbon_api.store.schema import NEWEST, found_version, upgrade
from carbon_api.store.tables import metadata

MOST_STATEMENTS = 80
AT_ONCE = 4
ROUNDS = 5


@pytest.fixture
def new_url(kind: str, url: str, tmp_path: Path, request: pytest.FixtureRequest) -> Callable[[], str]:
    """Addresses of databases with nothing in them; on a server it is always the same, emptied."""
    made = iter(range(1000))

    def on_a_server() -> str:
        server: Server = request.getfixturevalue("postgresql")
        server.run("DROP SCHEMA public CASCADE; CREATE SCHEMA public", server.name_in(url))
        return url

    return on_a_server if kind == "postgresql" else lambda: f"sqlite:///{tmp_path / str(next(made))}/carbon.db"


def is_whole(url: str) -> bool:
    """Whether the database has every table and index, and says so."""
    database = Database(url)
    try:
        with database.engine.connect() as connection:
            missing = compare_metadata(MigrationContext.configure(connection), metadata)
        return missing == [] and found_version(database) == NEWEST
    finally:
        database.engine.dispose()


def sees(url: str, tables: dict[str, tuple[str, ...]]) -> None:
    database = Database(url)
    seen(database, tables)
    database.engine.dispose()


@pytest.mark.parametrize("version", versions())
def test_what_an_older_version_kept_is_answered_as_before(new_url: Callable[[], str], version: str) -> None:
    url = new_url()
    tables = make(url, version)
    upgrade(url)
    assert is_whole(url)
    sees(url, tables)


@pytest.mark.parametrize(
    "version", [None, *(pytest.param(version, marks=pytest.mark.slow) for version in versions()[:-1])]
)
def test_an_upgrade_that_was_killed_anywhere_can_be_made_again(new_url: Callable[[], str], version: str | None) -> None:
    for statements in range(1, MOST_STATEMENTS):
        url = new_url()
        tables = make(url, version) if version else None
        if not killed_after(upgrade, (url,), statements):
            break
        upgrade(url)
        assert is_whole(url)
        if tables:
            sees(url, tables)
    assert 3 < statements < MOST_STATEMENTS - 1


def test_of_several_upgrades_at_once_all_succeed(new_url: Callable[[], str], kind: str) -> None:
    for number in range(ROUNDS):
        urls = [new_url() for _ in range(1 if kind == "postgresql" else 5)]
        with_rows = {url: make(url, "0001") for url in urls[number % 2 :: 2]}
        assert faults_together(urls, AT_ONCE) == []
        assert all(is_whole(url) for url in urls)
        for url, tables in with_rows.items():
            sees(url, tables)


def test_a_database_that_is_newer_is_left_as_it_is(database: Database) -> None:
    with database.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(UsageError, match="newer carbon-api"):
        upgrade(database.url.render_as_string(hide_password=False))
    assert found_version(database) == "9999"


@pytest.mark.parametrize("version", ["0000", "0000abcdef12", "1a2b3c4d5e6f", ""])
def test_the_database_of_another_program_is_left_as_it_is(database: Database, version: str) -> None:
    with database.engine.begin() as connection:
        connection.exec_driver_sql(f"UPDATE alembic_version SET version_num = '{version}'")
    with pytest.raises(UsageError, match=f"Another program made this database.*'{version}'"):
        upgrade(database.url)
    assert found_version(database) == version


def test_a_file_that_is_made_is_its_owners(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'carbon.db'}"
    upgrade(url)
    database = Database(url)
    with database.writing() as connection:
        connection.exec_driver_sql("DELETE FROM estimates")
        modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()}
    database.engine.dispose()
    assert modes == {f"carbon.db{end}": 0o600 for end in ("", "-wal", "-shm")}


def test_a_folder_that_cannot_be_made_is_unavailable(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(Unavailable, match=r"folder.*file"):
        upgrade(f"sqlite:///{tmp_path / 'file' / 'carbon.db'}")


def test_an_upgrade_waits_its_turn(database: Database) -> None:
    """Someone else's write ends; it is not a reason to fail."""
    url = database.url.render_as_string(hide_password=False)
    program = f"from carbon_api.store.schema import upgrade; upgrade({url!r})"
    with database.writing_alone():
        waiting = subprocess.Popen([sys.executable, "-c", program])
        with pytest.raises(subprocess.TimeoutExpired):
            waiting.wait(2)
    assert waiting.wait(20) == 0
