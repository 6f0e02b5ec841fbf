"""An application that was made once, with its database exchanged for one of the other kind that holds the same."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from postgresql_server import Server

from carbon_api.store.backup import back_up
from carbon_api.store.engine import Database
from carbon_api.store.restore import restore
from carbon_api.store.schema import upgrade
from carbon_api.web.access import Gate
from carbon_api.web.service import EXTENSION


@contextmanager
def kept_in(app: Flask, request: pytest.FixtureRequest, sqlite: str) -> Iterator[None]:
    """Let the application keep its estimates in the kind of database that `request` asks for, while this lasts."""
    upgrade(sqlite)
    before = app.extensions[EXTENSION]
    database = Database(sqlite if request.param == "sqlite" else _copy(sqlite, request))
    app.extensions[EXTENSION] = replace(before, database=database, gate=Gate(database))
    try:
        yield
    finally:
        app.extensions[EXTENSION] = before
        database.engine.dispose()


def _copy(sqlite: str, request: pytest.FixtureRequest) -> str:
    """The address of a database of PostgreSQL with the same rows."""
    server: Server = request.getfixturevalue("postgresql")
    url = server.by_socket(server.new_database())
    file = Path(sqlite.removeprefix("sqlite:///")).with_name("copy")
    back_up(sqlite, file, replace=True)
    restore(url, file)
    return url
