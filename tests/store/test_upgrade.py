"""An upgrade is whole or nothing: killed anywhere, run several times at once, or met by a database it cannot mend."""

import multiprocessing
import signal
import sqlite3
import subprocess
import sys
from multiprocessing.synchronize import Barrier
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext

from carbon_api.errors import Unavailable, UsageError
from carbon_api.store import estimates as kept
from carbon_api.store.engine import Database
from carbon_api.store.schema import NEWEST, found_version, upgrade
from carbon_api.store.tables import metadata

KILLED = Path(__file__).with_name("upgrading.py")
MOST_STATEMENTS = 60
AT_ONCE = 4
ROUNDS = 25


def killed_after(url: str, statements: int) -> bool:
    """Whether an upgrade was killed after that many statements; False if it was done before."""
    done = subprocess.run([sys.executable, str(KILLED), url, str(statements)], check=False, timeout=60)
    assert done.returncode in {0, -signal.SIGKILL}
    return done.returncode != 0


def is_whole(url: str) -> bool:
    """Whether the database has every table and index, and says so."""
    database = Database(url)
    try:
        with database.engine.connect() as connection:
            missing = compare_metadata(MigrationContext.configure(connection), metadata)
        return missing == [] and found_version(database) == NEWEST
    finally:
        database.engine.dispose()


def test_an_upgrade_that_was_killed_anywhere_can_be_made_again(tmp_path: Path) -> None:
    for statements in range(1, MOST_STATEMENTS):
        url = f"sqlite:///{tmp_path / f'{statements}.db'}"
        if not killed_after(url, statements):
            break
        upgrade(url)
        assert is_whole(url)
    assert 5 < statements < MOST_STATEMENTS - 1


def upgrade_together(urls: list[str], start: Barrier, faults: "multiprocessing.SimpleQueue[list[str]]") -> None:
    found = []
    for url in urls:
        start.wait()
        try:
            upgrade(url)
        except Unavailable as fault:
            found.append(fault.detail)
    faults.put(found)


def test_of_several_upgrades_at_once_all_succeed(tmp_path: Path) -> None:
    processes = multiprocessing.get_context("spawn")
    start, faults = processes.Barrier(AT_ONCE), processes.SimpleQueue()
    urls = [f"sqlite:///{tmp_path / str(number)}/carbon.db" for number in range(ROUNDS)]
    started = [processes.Process(target=upgrade_together, args=(urls, start, faults)) for _ in range(AT_ONCE)]
    for process in started:
        process.start()
    assert [faults.get() for _ in started] == [[]] * AT_ONCE
    for process in started:
        process.join()
    assert all(is_whole(url) for url in urls)


def test_a_database_that_is_newer_is_left_as_it_is(database: Database) -> None:
    with database.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(UsageError, match="newer carbon-api"):
        upgrade(database.url.render_as_string(hide_password=False))
    assert found_version(database) == "9999"


def test_a_folder_that_cannot_be_made_is_unavailable(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(Unavailable, match=r"folder.*file"):
        upgrade(f"sqlite:///{tmp_path / 'file' / 'carbon.db'}")


def test_an_upgrade_waits_its_turn(database: Database) -> None:
    """Someone else's write ends; it is not a reason to fail."""
    holder = sqlite3.connect(str(database.url.database), isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    url = database.url.render_as_string(hide_password=False)
    waiting = subprocess.Popen([sys.executable, "-c", f"from carbon_api.store.schema import upgrade; upgrade({url!r})"])
    with pytest.raises(subprocess.TimeoutExpired):
        waiting.wait(2)
    holder.execute("COMMIT")
    holder.close()
    assert waiting.wait(20) == 0


FIRST_ROW = {
    "id": "est_" + "1" * 32,
    "workspace_id": "default",
    "created_at": "2026-11-23T10:00:00.000000Z",
    "name": "Lancement",
    "brand": None,
    "method": "scope3-2026.07",
    "factor_release": "2026.11",
    "total_central": 18.4,
    "plan": b"name: Lancement\n",
    "plan_media_type": "yaml",
    "answer": b'{"id":"est_1"}',
}


def test_an_estimate_of_the_first_schema_is_still_there_and_its_factors_are_not_known(tmp_path: Path) -> None:
    (tmp_path / "carbon.db").touch()
    database = Database(f"sqlite:///{tmp_path / 'carbon.db'}")
    config = Config()
    config.set_main_option("script_location", "carbon_api.store:migrations")
    config.set_main_option("path_separator", "os")
    with database.engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        names = ", ".join(FIRST_ROW)
        places = ", ".join(f":{name}" for name in FIRST_ROW)
        connection.exec_driver_sql(f"INSERT INTO estimates ({names}) VALUES ({places})", FIRST_ROW)
    upgrade(database.url.render_as_string(hide_password=False))
    expected = {name: value for name, value in FIRST_ROW.items() if name != "workspace_id"}
    assert kept.get_estimate(database, "default", FIRST_ROW["id"]) == kept.Estimate(**expected, factors=None)
    assert found_version(database) == NEWEST
    database.engine.dispose()
