"""Backups: whole or not there, and put back whole or not at all."""

import os
import stat
import subprocess
import sys
import threading
import tracemalloc
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from backed_up import address, found, older_backup, restored, rows
from old_schema import CLAIM, make, seen, versions
from postgresql_server import Server
from sqlalchemy import URL, Engine, event, update
from test_store import EXAMPLE
from upgrading import killed_after

from carbon_api.errors import Unavailable, UsageError
from carbon_api.store import claims, tables
from carbon_api.store import estimates as kept
from carbon_api.store.backup import BATCH, back_up
from carbon_api.store.engine import Database
from carbon_api.store.restore import restore
from carbon_api.store.schema import NEWEST, found_version, upgrade

MOST_STATEMENTS = 80


def test_every_row_comes_back_as_it_was(filled: Database, backup: Path, url: str) -> None:
    assert restored(url, backup) == rows(filled)
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    assert [path.name for path in backup.parent.iterdir()] == [backup.name]


def test_a_file_that_is_there_is_replaced_only_if_told(filled: Database, backup: Path, url: str) -> None:
    before = backup.read_bytes()
    kept.delete_estimate(filled, "acme", f"est_{0:032x}")
    with pytest.raises(UsageError, match=r"there already.*--replace"):
        back_up(address(filled), backup)
    assert backup.read_bytes() == before
    back_up(address(filled), backup, replace=True)
    assert len(restored(url, backup)["estimates"]) == 39


def test_a_backup_is_put_into_an_empty_database_only(filled: Database, backup: Path) -> None:
    before = rows(filled)
    with pytest.raises(UsageError, match=r"rows already \(claims: 1, estimates: 40, keys: 1\).*CARBON_DATABASE_URL"):
        restore(address(filled), backup)
    assert rows(filled) == before


@pytest.mark.parametrize("version", ["0001", "9999"])
def test_a_database_with_another_schema_is_not_backed_up(database: Database, tmp_path: Path, version: str) -> None:
    with database.engine.begin() as connection:
        connection.exec_driver_sql(f"UPDATE alembic_version SET version_num = '{version}'")
    with pytest.raises(UsageError, match="newer carbon-api" if version > NEWEST else "db upgrade"):
        back_up(address(database), tmp_path / "backup.db")
    assert not (tmp_path / "backup.db").exists()


def test_a_place_that_cannot_be_written_is_said(filled: Database, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is a folder"):
        back_up(address(filled), tmp_path)
    with pytest.raises(UsageError, match=f"no folder {tmp_path / 'nowhere'}; make it first"):
        back_up(address(filled), tmp_path / "nowhere" / "backup.db")
    with pytest.raises(Unavailable, match="cannot be written"):
        back_up(address(filled), tmp_path / ("a" * 250))
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(UsageError, match="no ordinary file"):
        back_up(address(filled), tmp_path / "pipe", replace=True)
    assert (tmp_path / "pipe").is_fifo()
    (tmp_path / "link").symlink_to("nowhere")
    with pytest.raises(UsageError, match="there already"):
        back_up(address(filled), tmp_path / "link")


def under_a_limit(kilobytes: int, url: URL, file: Path) -> str:
    """What is said of a backup for which the disk has no room, by a process of its own."""
    program = f"""if True:
        import resource, signal
        from pathlib import Path
        from carbon_api.errors import Unavailable
        from carbon_api.store.backup import back_up
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, ({kilobytes * 1024}, {kilobytes * 1024}))
        try:
            back_up({url.render_as_string(hide_password=False)!r}, Path({str(file)!r}))
        except Unavailable as fault:
            print(fault.detail)"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60)
    return done.stdout


@pytest.mark.parametrize("kilobytes", [40, 3_000])
def test_where_the_disk_has_no_room_nothing_is_left_of_a_backup(database: Database, file: Path, kilobytes: int) -> None:
    for number in range(40):
        kept.insert_estimate(database, "acme", replace(EXAMPLE, id=f"est_{number:032x}", answer=bytes(200_000)))
    file.parent.mkdir()
    assert under_a_limit(kilobytes, database.url, file).startswith("The backup cannot be made")
    assert list(file.parent.iterdir()) == []


def test_what_is_copied_is_of_the_schema_that_was_looked_at(filled: Database, file: Path) -> None:
    """An upgrade between the look and the copy would leave out what it brought, under the old version."""
    before, changing = rows(filled), Database(filled.url)
    file.parent.mkdir()

    changes = iter(["DELETE FROM claims", "UPDATE alembic_version SET version_num = '9999'"])

    def upgrade_once(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if statement.startswith("SELECT version_num"):
            for change in changes:
                with changing.writing() as connection:
                    connection.exec_driver_sql(change)

    event.listen(Engine, "after_cursor_execute", upgrade_once)
    try:
        assert back_up(filled.url, file) == {name: len(found) for name, found in before.items()}
    finally:
        event.remove(Engine, "after_cursor_execute", upgrade_once)
    changing.engine.dispose()


def test_a_database_with_rows_is_not_even_upgraded(url: str, backup: Path) -> None:
    """A service of the older version may be at work on it."""
    make(url, "0003")
    with pytest.raises(UsageError, match=r"rows already \(estimates: 1, keys: 1\)"):
        restore(url, backup)
    database = Database(url)
    assert found_version(database) == "0003"
    database.engine.dispose()


@pytest.mark.parametrize("version", versions())
def test_a_backup_of_an_older_version_is_brought_up_to_date_and_left_as_it_is(
    url: str, tmp_path: Path, version: str
) -> None:
    file = tmp_path / "old.db"
    older = older_backup(file, version)
    before = file.read_bytes()
    restore(url, file)
    database = Database(url)
    seen(database, older)
    database.engine.dispose()
    assert file.read_bytes() == before


def keep_another(database: Database, number: int) -> str:
    """Claim a name, and keep an estimate under it; its id."""
    wanted = claims.Claim("acme", f"name-{number}", bytes(32), kept.moment())
    assert claims.claim(database, wanted) is None
    estimate = replace(EXAMPLE, id=kept.new_id())
    kept.insert_estimate(database, "acme", estimate, partial(claims.settle, held=wanted, estimate_id=estimate.id))
    return estimate.id


def test_a_backup_is_of_one_moment_while_others_write(database: Database, tmp_path: Path) -> None:
    """What is written together is in it together, and all that was acknowledged before it began."""
    stopped, acknowledged = threading.Event(), [keep_another(database, -1)]

    def write() -> None:
        while not stopped.is_set():
            acknowledged.append(keep_another(database, len(acknowledged)))

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(5):
            before, file = set(acknowledged), tmp_path / f"{number}.db"
            back_up(address(database), file)
            there = restored(f"sqlite:///{tmp_path / f'restored-{number}.db'}", file)
            ids = {row[0] for row in there["estimates"]}
            assert {row[-1] for row in there["claims"]} - {None} == ids >= before
    finally:
        stopped.set()
        writer.join()
    assert len(acknowledged) > 5


def test_a_backup_takes_no_more_memory_than_a_few_rows(database: Database, tmp_path: Path, url: str) -> None:
    row = 500_000  # bytes
    for number in range(100):
        kept.insert_estimate(database, "acme", replace(EXAMPLE, id=f"est_{number:032x}", answer=bytes(row)))
    tracemalloc.start()
    try:
        back_up(address(database), tmp_path / "backup.db")
        restore(url, tmp_path / "backup.db")
        assert tracemalloc.get_traced_memory()[1] < 3 * BATCH * row
    finally:
        tracemalloc.stop()


@pytest.mark.slow
def test_a_backup_that_was_killed_anywhere_is_not_there(filled: Database, file: Path) -> None:
    file.parent.mkdir()
    for statements in range(1, MOST_STATEMENTS):
        if not killed_after(back_up, (address(filled), file), statements):
            break
        assert not file.exists()
    assert 10 < statements < MOST_STATEMENTS - 1
    assert file.exists()


@pytest.mark.slow
def test_a_restore_that_was_killed_anywhere_leaves_no_row_and_can_be_made_again(
    kind: str, filled: Database, backup: Path, url: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    for statements in range(1, MOST_STATEMENTS):
        if kind == "sqlite":
            url = f"sqlite:///{tmp_path / str(statements) / 'carbon.db'}"
        else:
            server: Server = request.getfixturevalue("postgresql")
            server.run("DROP SCHEMA public CASCADE; CREATE SCHEMA public", server.name_in(url))
        if not killed_after(restore, (url, backup), statements):
            break
        upgrade(url)
        assert not any(found(url).values())
        assert restored(url, backup) == rows(filled)
    assert 10 < statements < MOST_STATEMENTS - 1
    assert found(url) == rows(filled)


def test_an_open_claim_is_held_and_let_go_by_time_as_before(filled: Database, backup: Path, url: str) -> None:
    restore(url, backup)
    database = Database(url)
    assert claims.claim(database, CLAIM) == claims.Held(CLAIM.request, None)
    with database.writing() as connection:
        connection.execute(update(tables.claims).values(claimed_at=claims._ago(2 * claims.IN_FLIGHT)))
    assert claims.claim(database, replace(CLAIM, claimed_at=kept.moment())) is None
    database.engine.dispose()
