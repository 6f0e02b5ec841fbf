"""Every corner that the schema of a plan has: thousands, so they are kept in one kind of database, in memory."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import schemathesis
from other_database import kept_in
from seen_by_schemathesis import QUICK, is_no_estimate, seen

from carbon_api.settings import Settings
from carbon_api.web.app import create_app

MEMORY = Path("/dev/shm")
FOLDER = TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None)
URL = f"sqlite:///{FOLDER.name}/carbon.db"
APP = create_app(Settings(database_url=URL, rate_limit=None, compute_limit=None))  # more is sent than a key may
WHOLE = seen(APP)


@pytest.fixture(scope="module", autouse=True, params=["sqlite"])
def _database(request: pytest.FixtureRequest) -> Iterator[None]:
    with kept_in(APP, request, URL):
        yield


@pytest.mark.slow
@WHOLE.exclude(is_no_estimate).parametrize()
@QUICK
def test_every_corner_of_a_plan_is_read_as_described(case: schemathesis.Case) -> None:
    case.call_and_validate()
