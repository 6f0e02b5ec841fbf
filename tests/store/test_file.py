"""A database whose file is deleted, made anew or put back under open connections: what is acknowledged is in it."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from test_store import EXAMPLE

from carbon_api.errors import Unavailable
from carbon_api.store import estimates as kept
from carbon_api.store.engine import Database
from carbon_api.store.schema import found_version, upgrade

NEXT = replace(EXAMPLE, id="est_" + "2" * 32)
PARTS = ("", "-wal", "-shm")


@pytest.fixture
def kind() -> str:
    """A server looks after its own files."""
    return "sqlite"


def file_of(database: Database) -> Path:
    assert database.file
    return database.file


def found(file: Path) -> list[str]:
    """The ids in a file, for someone who opens it now."""
    database = Database(f"sqlite:///{file}")
    try:
        return [item.id for item in kept.list_estimates(database, "default", kept.Filter()).items]
    finally:
        database.engine.dispose()


def delete_file(file: Path) -> None:
    file.unlink()


def delete_folder(file: Path) -> None:
    shutil.rmtree(file.parent)


def make_anew(file: Path) -> None:
    delete_folder(file)
    upgrade(f"sqlite:///{file}")


def put_back(file: Path) -> None:
    """A backup takes the place of the file, and of what SQLite keeps beside it."""
    other = file.with_name("backup.db")
    upgrade(f"sqlite:///{other}")
    for part in PARTS:
        Path(f"{file}{part}").unlink(missing_ok=True)
    other.replace(file)


@pytest.mark.parametrize("replaced", [make_anew, put_back])
def test_what_is_kept_after_the_file_was_replaced_is_in_the_new_one(
    database: Database, replaced: Callable[[Path], None]
) -> None:
    kept.insert_estimate(database, "default", EXAMPLE)
    with database.transaction(), database.transaction():  # several connections are open, and then at hand
        pass
    replaced(file_of(database))
    for number in range(3):
        kept.insert_estimate(database, "default", replace(NEXT, id=f"est_{number:032x}"))
    assert len(found(file_of(database))) == 3
    database.engine.dispose()
    assert len(found(file_of(database))) == 3


@pytest.mark.parametrize("deleted", [delete_file, delete_folder])
@pytest.mark.parametrize("is_open", [True, False])
def test_a_file_that_is_gone_is_unavailable_and_never_made_by_a_query(
    url: str, deleted: Callable[[Path], None], is_open: bool
) -> None:
    upgrade(url)
    database = Database(url)
    if is_open:
        kept.insert_estimate(database, "default", EXAMPLE)
    deleted(file_of(database))
    for _ in range(2):
        with pytest.raises(Unavailable, match="db upgrade"):
            kept.insert_estimate(database, "default", NEXT)
        with pytest.raises(Unavailable, match="db upgrade"):
            found_version(database)
    assert not file_of(database).exists()
    upgrade(url)
    kept.insert_estimate(database, "default", NEXT)
    assert found(file_of(database)) == [NEXT.id]
    database.engine.dispose()


@pytest.mark.parametrize("moved", [delete_file, delete_folder, make_anew])
def test_what_is_written_while_the_file_goes_is_not_acknowledged(
    database: Database, moved: Callable[[Path], None]
) -> None:
    def write() -> None:
        with database.transaction() as connection:
            connection.exec_driver_sql("DELETE FROM estimates")
            moved(file_of(database))

    with pytest.raises(Unavailable):
        write()


def test_a_connection_that_closes_late_takes_nothing_from_the_new_file(database: Database) -> None:
    """The last to close an old file must leave the log of the new one, which has the same name."""
    late = Database(database.url.render_as_string(hide_password=False))
    for one in (database, late):
        found_version(one)
    kept.insert_estimate(late, "default", EXAMPLE)
    make_anew(file_of(database))
    kept.insert_estimate(database, "default", NEXT)
    assert found_version(late)
    assert found(file_of(database)) == [NEXT.id]
    kept.delete_estimate(late, "default", NEXT.id)
    assert found(file_of(database)) == []
    for one in (database, late):
        one.engine.dispose()


def test_a_database_without_a_file_is_not_looked_for(tmp_path: Path) -> None:
    for url in ("sqlite://", "sqlite:///:memory:", f"sqlite:///file:{tmp_path / 'named.db'}?uri=true"):
        database = Database(url)
        assert (database.file, found_version(database)) == (None, None)
        database.engine.dispose()


def test_why_a_file_is_not_to_be_had_is_said_beside_it(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(Unavailable) as fault:
        found_version(Database(f"sqlite:///{tmp_path / 'file' / 'carbon.db'}"))
    assert fault.value.__notes__ == [f"{tmp_path / 'file' / 'carbon.db'}: Not a directory"]
