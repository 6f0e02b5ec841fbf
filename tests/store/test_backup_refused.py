"""What is no whole backup of ours is refused, whatever happened to it, before anything is made of it."""

import os
import sqlite3
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from carbon_api.errors import UsageError
from carbon_api.store.backup import sqlite_at
from carbon_api.store.engine import Database
from carbon_api.store.restore import restore
from carbon_api.store.schema import found_version, upgrade

Damage = Callable[[Path], None]


def cut_off(file: Path) -> None:
    os.truncate(file, file.stat().st_size // 2)


def cut_off_by_a_page(file: Path) -> None:
    os.truncate(file, file.stat().st_size - 4096)


def change_a_letter(file: Path) -> None:
    """One that SQLite does not see: it is inside an answer."""
    text = file.read_bytes()
    place = text.index(bytes(range(256)))
    file.write_bytes(text[:place] + b"\xff" + text[place + 1 :])


def run(statement: str, file: Path) -> None:
    connection = sqlite3.connect(file)
    connection.execute(statement)
    connection.commit()
    connection.close()


def be_text(file: Path) -> None:
    file.write_text("no backup")


def be_a_database(file: Path) -> None:
    file.unlink()
    upgrade(sqlite_at(file))


def be_a_folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


def be_a_pipe(file: Path) -> None:
    file.unlink()
    os.mkfifo(file)


def be_empty(file: Path) -> None:
    file.write_bytes(b"")


DAMAGES: dict[str, tuple[Damage, str]] = {
    "cut off": (cut_off, "damaged|cannot be read"),
    "a page less": (cut_off_by_a_page, "damaged|cannot be read"),
    "a letter": (change_a_letter, "damaged: estimates differ"),
    "a row less": (partial(run, "DELETE FROM keys"), "damaged: keys differ"),
    "a row more": (partial(run, "INSERT INTO claims VALUES ('a', 'b', x'00', 'c', NULL)"), "damaged: claims differ"),
    "no table": (partial(run, "DROP TABLE keys"), "damaged: keys differ"),
    "no contents": (partial(run, "DELETE FROM backup_contents"), "damaged"),
    "a table not noted": (partial(run, "DELETE FROM backup_contents WHERE name = 'keys'"), "damaged"),
    "text": (be_text, "no backup of carbon-api"),
    "nothing": (be_empty, "no backup of carbon-api"),
    "a database": (be_a_database, "no backup of carbon-api"),
    "a folder": (be_a_folder, "cannot be read"),
    "a pipe": (be_a_pipe, "no ordinary file"),
    "gone": (Path.unlink, "cannot be read"),
    "no version": (partial(run, "DELETE FROM alembic_version"), "damaged"),
    "another's version": (partial(run, "UPDATE alembic_version SET version_num = '1a2b3c4d5e6f'"), "damaged"),
    "newer": (partial(run, "UPDATE alembic_version SET version_num = '9999'"), "newer carbon-api"),
}


@pytest.mark.parametrize("name", DAMAGES)
def test_what_is_no_whole_backup_is_refused_and_nothing_is_made(url: str, backup: Path, name: str) -> None:
    damage, said = DAMAGES[name]
    damage(backup)
    with pytest.raises(UsageError, match=said):
        restore(url, backup)
    database = Database(url)
    if database.file:
        assert not database.file.exists()
    else:
        assert found_version(database) is None
    database.engine.dispose()
    assert not Path(f"{backup}-wal").exists()
