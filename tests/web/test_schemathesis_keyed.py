"""The same with keys: a service that has one does as described to whoever sends it, and refuses everyone else."""

from collections.abc import Iterator
from tempfile import TemporaryDirectory

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from other_database import kept_in
from schemathesis.config import SchemathesisConfig

from carbon_api.settings import Settings
from carbon_api.store.engine import Database
from carbon_api.store.keys import create_key
from carbon_api.store.schema import upgrade
from carbon_api.web.app import create_app

QUICK = settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
FOLDER = TemporaryDirectory()
URL = f"sqlite:///{FOLDER.name}/carbon.db"
upgrade(URL)
KEY = create_key(Database(URL), "acme", "schemathesis", ("read", "write"))
APP = create_app(Settings(database_url=URL, rate_limit=None, compute_limit=None))  # more is sent than a key may
CONFIG = {"headers": {"Authorization": f"Bearer {KEY.text}"}, "phases": {"coverage": {"enabled": False}}}
KEYED = schemathesis.openapi.from_wsgi("/openapi.json", APP, config=SchemathesisConfig.from_dict(CONFIG))


@pytest.fixture(scope="module", autouse=True, params=["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def _database(request: pytest.FixtureRequest) -> Iterator[None]:
    with kept_in(APP, request, URL):
        yield


@KEYED.exclude(method="POST").parametrize()
@QUICK
def test_with_a_key_every_route_does_as_described(case: schemathesis.Case) -> None:
    assert case.call_and_validate().status_code not in {401, 403}


@KEYED.parametrize()
@QUICK
def test_without_it_every_route_is_public_or_refuses(case: schemathesis.Case) -> None:
    is_closed = case.operation.definition.raw.get("security") is not None
    answer = case.call(headers={"Authorization": "Bearer carbon_0000000000000000_" + "0" * 43})
    assert (answer.status_code == 401) is is_closed
