"""A real database in a real file, brought up to date by the real migrations."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from carbon_api.store.engine import Database
from carbon_api.store.schema import upgrade


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'deep' / 'carbon.db'}"


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    upgrade(url)
    database = Database(url)
    yield database
    database.engine.dispose()
