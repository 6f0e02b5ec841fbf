"""The schema of the database: brought up to date, or found wanting."""

from pathlib import Path

from sqlalchemy import inspect, text
from sqlalchemy.exc import DBAPIError

from carbon_api.errors import Unavailable
from carbon_api.store.engine import Database

NEWEST = "0001"  # a test holds it equal to the newest migration


def upgrade(url: str) -> None:
    """Bring the database at `url` to the newest schema, creating it if need be."""
    from alembic import command
    from alembic.config import Config

    database = Database(url)
    _make_folder(database)
    config = Config()
    config.set_main_option("script_location", "carbon_api.store:migrations")
    config.set_main_option("path_separator", "os")
    try:
        with database.engine.begin() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    except DBAPIError as fault:
        raise Unavailable(f"The database cannot be brought up to date: {fault.orig}") from fault
    finally:
        database.engine.dispose()


def found_version(database: Database) -> str | None:
    """The version of the schema that the database has, None if it has none; Unavailable if it cannot be asked."""
    with database.transaction() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _make_folder(database: Database) -> None:
    file = database.url.database
    if database.url.get_backend_name() == "sqlite" and file and file != ":memory:":
        Path(file).parent.mkdir(parents=True, exist_ok=True)
