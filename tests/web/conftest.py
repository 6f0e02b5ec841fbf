"""The application on a real database of its own, and a client that checks every answer."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from checked import CheckedClient, running
from flask import Flask

from carbon_api.settings import Rate, Settings
from carbon_api.store.schema import upgrade

OFTEN = Rate(1_000_000, 60)  # more than any test asks for


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("empty") / "carbon.db"
    upgrade(f"sqlite:///{file}")
    return file


@pytest.fixture
def kind() -> str:
    """Most routes keep nothing; a module that is about what is kept runs on both kinds of database."""
    return "sqlite"


@pytest.fixture
def settings(kind: str, tmp_path: Path, request: pytest.FixtureRequest) -> Settings:
    if kind != "sqlite":
        return Settings(database_url=request.getfixturevalue("ready_url"), rate_limit=OFTEN)
    file = tmp_path / "data" / "carbon.db"
    file.parent.mkdir()
    shutil.copy(request.getfixturevalue("empty_database"), file)
    return Settings(database_url=f"sqlite:///{file}", rate_limit=OFTEN)


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    yield from running(settings)


@pytest.fixture
def client(app: Flask) -> CheckedClient:
    client = app.test_client()
    assert isinstance(client, CheckedClient)
    return client
