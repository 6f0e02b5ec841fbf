"""Whatever is sent, the service answers as it is described: every check of schemathesis is on.

Where a plan is read, one that fits its schema may still be refused (422: rules between values are no schema's), and
one with too many lines is refused as too large (413).
"""

from collections.abc import Iterator
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from other_database import kept_in
from schemathesis.config import SchemathesisConfig

from carbon_api.settings import Settings
from carbon_api.web.app import create_app

READS_A_PLAN = ("/v1/estimates", "/v1/comparisons", "/v1/recommendations")
CHECKS = {
    "positive_data_acceptance": {"expected-statuses": ["2xx", "422"]},
    "negative_data_rejection": {"expected-statuses": ["400", "413", "415", "422"]},
}
QUICK = settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))


FOLDER = TemporaryDirectory()
URL = f"sqlite:///{FOLDER.name}/carbon.db"
APP = create_app(Settings(database_url=URL, rate_limit=None, compute_limit=None))  # more is sent than a key may


def reads_no_plan(context: Any) -> bool:
    """Whether an operation reads no plan."""
    return context.operation.label not in {f"POST {path}" for path in READS_A_PLAN}


def described(**phases: Any) -> Any:
    """The service as schemathesis sees it."""
    operations = [{"include-name": f"POST {path}", "checks": CHECKS} for path in READS_A_PLAN]
    document = {"generation": {"mode": "all"}, "operations": operations, "phases": phases}
    return schemathesis.openapi.from_wsgi("/openapi.json", APP, config=SchemathesisConfig.from_dict(document))


def is_no_estimate(context: Any) -> bool:
    """Whether an operation does not estimate one plan: comparisons and advice read the same."""
    return context.operation.label != "POST /v1/estimates"


@pytest.fixture(scope="module", autouse=True, params=["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def _database(request: pytest.FixtureRequest) -> Iterator[None]:
    with kept_in(APP, request, URL):
        yield


WHOLE, WITHOUT_CORNERS = described(), described(coverage={"enabled": False})


@WHOLE.exclude(method="POST", path=list(READS_A_PLAN)).parametrize()
@QUICK
def test_every_route_but_the_plan_s_does_as_described(case: schemathesis.Case) -> None:
    case.call_and_validate()


@WITHOUT_CORNERS.exclude(reads_no_plan).parametrize()
@QUICK
def test_a_plan_is_read_as_described(case: schemathesis.Case) -> None:
    case.call_and_validate()


@pytest.mark.slow
@WHOLE.exclude(is_no_estimate).parametrize()
@QUICK
def test_every_corner_of_a_plan_is_read_as_described(case: schemathesis.Case) -> None:
    case.call_and_validate()


@pytest.mark.slow
def test_what_is_made_can_be_found_and_forgotten() -> None:
    machine = WHOLE.as_state_machine()
    machine.run(
        settings=settings(
            max_examples=20, stateful_step_count=5, deadline=None, suppress_health_check=list(HealthCheck)
        )
    )
