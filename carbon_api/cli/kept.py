"""The database that the settings name, for the commands that use it: what fails then says which it was."""

import os
from typing import TYPE_CHECKING

import click

from carbon_api.cli.failure import name_database

if TYPE_CHECKING:
    from carbon_api.store.engine import Database


def database() -> "Database":
    """The database of the environment, not opened yet; UsageError for an address that would not do."""
    from carbon_api.settings import Settings
    from carbon_api.store.engine import Database

    found = Database(Settings.from_environment(os.environ).database_url)
    name_database(click.get_current_context().meta, found.place)
    return found
