"""Databases with something in them, and backups as older versions wrote them."""

from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from old_schema import CLAIM, ROWS, make
from sqlalchemy import insert, select
from test_store import EXAMPLE

from carbon_api.store import claims, tables
from carbon_api.store import estimates as kept
from carbon_api.store.backup import APPLICATION, as_bytes, contents
from carbon_api.store.engine import Database
from carbon_api.store.keys import create_key
from carbon_api.store.restore import restore


def address(database: Database) -> str:
    return database.url.render_as_string(hide_password=False)


def rows(database: Database) -> dict[str, list[tuple[object, ...]]]:
    """Everything in the database."""
    everything = tables.metadata.sorted_tables
    with database.transaction() as connection:
        return {one.name: sorted(map(tuple, connection.execute(select(one))), key=repr) for one in everything}


def fill(database: Database) -> None:
    for number in range(40):
        changed = replace(EXAMPLE, id=f"est_{number:032x}", name=f"Été 🌱 {number}", total_central=number / 3)
        kept.insert_estimate(database, "acme", replace(changed, answer=bytes(range(256)), brand=None, factors=None))
    create_key(database, "acme", "planner", ("read",))
    assert claims.claim(database, replace(CLAIM, claimed_at=kept.moment())) is None


def restored(url: str, file: Path) -> dict[str, list[tuple[object, ...]]]:
    """What is in a database after a restore."""
    restore(url, file)
    return found(url)


def found(url: str) -> dict[str, list[tuple[object, ...]]]:
    database = Database(url)
    try:
        return rows(database)
    finally:
        database.engine.dispose()


def older_backup(file: Path, version: str) -> dict[str, tuple[str, ...]]:
    """A backup as a carbon-api with that schema would have written it."""
    found = make(f"sqlite:///{file}", version)
    database = Database(f"sqlite:///{file}")
    with database.engine.begin() as connection:
        connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION}")
        contents.create(connection)
        for name, columns in found.items():
            digest = sha256(as_bytes([ROWS[name][column] for column in columns])).digest()
            noted = {"name": name, "columns": " ".join(columns), "rows": 1, "digest": digest}
            connection.execute(insert(contents), noted)
    database.engine.dispose()
    return found
