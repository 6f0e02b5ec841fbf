"""The schema of the database: brought up to date, or found wanting."""

from pathlib import Path

from sqlalchemy import text
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


def is_newest(database: Database) -> bool:
    """Whether the database has the schema that this code was written for; Unavailable when it has none."""
    with database.transaction() as connection:
        return connection.execute(text("SELECT version_num FROM alembic_version")).scalar() == NEWEST


def _make_folder(database: Database) -> None:
    file = database.url.database
    if database.url.get_backend_name() == "sqlite" and file and file != ":memory:":
        Path(file).parent.mkdir(parents=True, exist_ok=True)
