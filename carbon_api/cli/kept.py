"""The database that the settings name, for the commands that use it."""

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from carbon_api.store.engine import Database


def database() -> "Database":
    """The database of the environment, not opened yet; UsageError for an address that would not do."""
    from carbon_api.settings import Settings
    from carbon_api.store.engine import Database

    return Database(Settings.from_environment(os.environ).database_url)
