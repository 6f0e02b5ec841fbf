"""The same with keys: a service that has one does as described to whoever sends it, and refuses everyone else."""

from collections.abc import Iterator
from tempfile import TemporaryDirectory

import pytest
import schemathesis
from other_database import kept_in
from seen_by_schemathesis import QUICK, READS_A_PLAN, WITHOUT_CORNERS, go_in_steps, reads_no_plan, seen

from carbon_api.settings import Settings
from carbon_api.store.engine import Database
from carbon_api.store.keys import SCOPES, create_key
from carbon_api.store.schema import upgrade
from carbon_api.web.app import create_app

FOLDER = TemporaryDirectory()
URL = f"sqlite:///{FOLDER.name}/carbon.db"
upgrade(URL)
KEY = create_key(Database(URL), "acme", "schemathesis", SCOPES)
APP = create_app(Settings(database_url=URL, rate_limit=None, compute_limit=None))  # more is sent than a key may
SENT = {"Authorization": f"Bearer {KEY.text}"}
WHOLE, QUICKLY = seen(APP, SENT), seen(APP, SENT, WITHOUT_CORNERS)


@pytest.fixture(scope="module", autouse=True, params=["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def _database(request: pytest.FixtureRequest) -> Iterator[None]:
    with kept_in(APP, request, URL):
        yield


@QUICKLY.exclude(method="POST").parametrize()
@QUICK
def test_with_a_key_every_route_does_as_described(case: schemathesis.Case) -> None:
    assert case.call_and_validate().status_code not in {401, 403}


@QUICKLY.parametrize()
@QUICK
def test_without_it_every_route_is_public_or_refuses(case: schemathesis.Case) -> None:
    is_closed = bool(case.operation.definition.raw["security"])
    answer = case.call(headers={"Authorization": "Bearer carbon_0000000000000000_" + "0" * 43})
    assert (answer.status_code == 401) is is_closed


@pytest.mark.slow
@WHOLE.exclude(method="POST", path=list(READS_A_PLAN)).parametrize()
@QUICK
def test_every_corner_of_a_route_does_as_described(case: schemathesis.Case) -> None:
    case.call_and_validate()


@pytest.mark.slow
@QUICKLY.exclude(reads_no_plan).parametrize()
@QUICK
def test_a_plan_is_read_as_described_with_a_key(case: schemathesis.Case) -> None:
    case.call_and_validate()


@pytest.mark.slow
def test_what_is_made_with_a_key_can_be_found_and_forgotten() -> None:
    go_in_steps(WHOLE, APP)
