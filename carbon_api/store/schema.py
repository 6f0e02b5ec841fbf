"""The schema of the database: brought up to date, or found wanting."""

import re
import time

from sqlalchemy import URL, Connection, inspect, text
from sqlalchemy.exc import DBAPIError

from carbon_api.errors import Unavailable, UsageError
from carbon_api.store.engine import Database
from carbon_api.store.turn import BUSY_TIMEOUT_MS, is_busy

NEWEST = "0005"  # a test holds it equal to the newest migration; versions sort as text


def upgrade(url: str | URL) -> None:
    """Bring the database at `url` to the newest schema, creating it if need be.

    Unavailable if it cannot be opened or written, UsageError if a newer carbon-api made it. An upgrade that is
    interrupted leaves the database as it was, and of several at once one works while the others wait.
    """
    from alembic import command
    from alembic.config import Config

    database = Database(url, in_a_hurry=False)
    config = Config()
    config.set_main_option("script_location", "carbon_api.store:migrations")
    config.set_main_option("path_separator", "os")
    try:
        _make_file(database)
        with _connected(database) as connection, connection.begin():
            _take_turn(connection)
            _refuse_others(connection)
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    except DBAPIError as fault:
        raise database.away("The database cannot be brought up to date.", fault) from fault
    finally:
        database.engine.dispose()


def found_version(database: Database) -> str | None:
    """The version of the schema that the database has, None if it has none; Unavailable if it cannot be asked."""
    with database.transaction() as connection:
        return version_of(connection)


def is_newer(version: str | None) -> bool:
    """Whether a newer carbon-api made this version of the schema; no upgrade of ours can help then."""
    return version is not None and version > NEWEST and is_ours(version)


def is_ours(version: str) -> bool:
    """Whether some carbon-api may have made this version of a schema. Other programs note theirs in the same place."""
    return re.fullmatch("[0-9]{4}", version, re.ASCII) is not None and version != "0000"


def version_of(connection: Connection) -> str | None:
    """The version of the schema that the database has, None if it has none."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _make_file(database: Database) -> None:
    """Make an empty file, which is a database without tables; an engine opens none that is not there."""
    try:
        if database.file and not database.file.exists():
            database.file.parent.mkdir(parents=True, exist_ok=True)
            database.file.touch(mode=0o600)  # plans are their owner's; SQLite makes the others like it
    except OSError as fault:
        raise Unavailable(f"The folder of the database, or its file, cannot be made: {fault}.") from fault


def _connected(database: Database) -> Connection:
    """A connection. Making a new SQLite file WAL is the one step that does not wait its turn, so we do."""
    patience = time.monotonic() + BUSY_TIMEOUT_MS / 1000
    while True:
        try:
            return database.engine.connect()
        except DBAPIError as fault:
            if not is_busy(fault.orig) or time.monotonic() > patience:
                raise
            time.sleep(0.02)


def _take_turn(connection: Connection) -> None:
    """Hold the database from the first statement to the last; left alone, the driver of SQLite would commit each."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    if connection.dialect.name == "postgresql":
        from carbon_api.store.postgresql import begin_upgrade

        begin_upgrade(connection)


def _refuse_others(connection: Connection) -> None:
    found = version_of(connection)
    if found is not None and not is_ours(found):
        raise UsageError(f"Another program made this database: its schema has version {found!r}. Use another database.")
    if is_newer(found):
        raise UsageError(
            f"A newer carbon-api made this database: its schema has version {found}, this one goes up to {NEWEST}. "
            "Use the newer carbon-api, or another database."
        )
