"""What the tests of backups share."""

from pathlib import Path

import pytest
from backed_up import address, fill

from carbon_api.store.backup import back_up
from carbon_api.store.engine import Database


@pytest.fixture
def filled(database: Database) -> Database:
    fill(database)
    return database


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "backups" / "weekly backup?#%20.db"


@pytest.fixture
def backup(filled: Database, file: Path) -> Path:
    file.parent.mkdir()
    back_up(address(filled), file)
    return file
