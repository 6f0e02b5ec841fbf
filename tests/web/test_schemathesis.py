"""Whatever is sent, the service answers as it is described: every check of schemathesis is on."""

from collections.abc import Iterator
from tempfile import TemporaryDirectory

import pytest
import schemathesis
from other_database import kept_in
from seen_by_schemathesis import QUICK, READS_A_PLAN, WITHOUT_CORNERS, go_in_steps, reads_no_plan, seen

from carbon_api.settings import Settings
from carbon_api.web.app import create_app

FOLDER = TemporaryDirectory()
URL = f"sqlite:///{FOLDER.name}/carbon.db"
APP = create_app(Settings(database_url=URL, rate_limit=None, compute_limit=None))  # more is sent than a key may
WHOLE, QUICKLY = seen(APP), seen(APP, phases=WITHOUT_CORNERS)


@pytest.fixture(scope="module", autouse=True, params=["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def _database(request: pytest.FixtureRequest) -> Iterator[None]:
    with kept_in(APP, request, URL):
        yield


@WHOLE.exclude(method="POST", path=list(READS_A_PLAN)).parametrize()
@QUICK
def test_every_route_but_the_plan_s_does_as_described(case: schemathesis.Case) -> None:
    case.call_and_validate()


@QUICKLY.exclude(reads_no_plan).parametrize()
@QUICK
def test_a_plan_is_read_as_described(case: schemathesis.Case) -> None:
    case.call_and_validate()


@pytest.mark.slow
def test_what_is_made_can_be_found_and_forgotten() -> None:
    go_in_steps(WHOLE, APP)
