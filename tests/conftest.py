"""What every test shares: noisy machines, and the two kinds of database.

How long an example takes is no reason to fail. A test that takes `url` or `database` runs on both kinds; a module that
is about one alone says so in its `kind`.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import postgresql_server
import pytest
from hypothesis import HealthCheck, settings
from postgresql_server import KINDS, NoServer, Server

from carbon_api.store.engine import Database
from carbon_api.store.schema import NEWEST, upgrade

settings.register_profile("noisy", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("noisy")


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Server]:
    """A server of PostgreSQL for as long as the tests last; a test that needs it is skipped where there is none, but
    for CI."""
    try:
        with postgresql_server.running() as server:
            yield server
    except NoServer as none:
        if os.environ.get("CI"):
            raise
        pytest.skip(str(none))


@pytest.fixture(scope="session")
def migrated(postgresql: Server) -> str:
    """The name of a database of that server with the newest schema and nothing in it, to be copied."""
    name = postgresql.new_database()
    upgrade(postgresql.by_socket(name))
    return name


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    """The kind of database."""
    return str(request.param)


@pytest.fixture
def url(kind: str, tmp_path: Path, request: pytest.FixtureRequest) -> str:
    """The address of a database that has no schema."""
    if kind == "sqlite":
        return f"sqlite:///{tmp_path / 'new' / 'carbon.db'}"
    server: Server = request.getfixturevalue("postgresql")
    return server.by_socket(server.new_database())


@pytest.fixture
def ready_url(kind: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a database with the newest schema and nothing in it."""
    if kind == "sqlite":
        url = f"sqlite:///{tmp_path / 'deep' / 'carbon.db'}"
        upgrade(url)
        yield url
        return
    server: Server = request.getfixturevalue("postgresql")
    name = server.lend(request.getfixturevalue("migrated"))
    yield server.by_socket(name)
    server.take_back(name, NEWEST)


@pytest.fixture
def database(ready_url: str) -> Iterator[Database]:
    database = Database(ready_url)
    yield database
    database.engine.dispose()


@pytest.fixture
def stored(kind: str, request: pytest.FixtureRequest) -> dict[str, str]:
    """The settings of a service that keeps its estimates in this kind of database; SQLite is what it takes unasked."""
    if kind == "sqlite":
        return {}
    server: Server = request.getfixturevalue("postgresql")
    return {"CARBON_DATABASE_URL": server.by_network(server.new_database(request.getfixturevalue("migrated")))}
