"""An application as schemathesis sees it, every check on; what it makes of the description, and how much of it.

Where a plan is read, one that fits its schema may still be refused (422: rules between values are no schema's), and
one with too many lines is refused as too large (413). A list of factors is refused a cursor of another release (422),
and what is kept is not forgotten under another tag than its own (412).
"""

from collections.abc import Mapping
from typing import Any

import schemathesis
from flask import Flask
from hypothesis import HealthCheck, settings
from schemathesis.config import SchemathesisConfig
from sqlalchemy import delete

from carbon_api.store.tables import claims, estimates
from carbon_api.web.service import EXTENSION

READS_A_PLAN = ("/v1/estimates", "/v1/comparisons", "/v1/recommendations")
CHECKS = {
    "positive_data_acceptance": {"expected-statuses": ["2xx", "422"]},
    "negative_data_rejection": {"expected-statuses": ["400", "413", "415", "422"]},
}
PAGED = {"positive_data_acceptance": {"expected-statuses": ["2xx", "304", "404", "422"]}}
TAGGED = {"positive_data_acceptance": {"expected-statuses": ["2xx", "404", "412"]}}
WITHOUT_CORNERS = {"coverage": {"enabled": False}}
QUICK = settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
IN_STEPS = settings(max_examples=20, stateful_step_count=5, deadline=None, suppress_health_check=list(HealthCheck))


def seen(app: Flask, headers: Mapping[str, str] = {}, phases: Mapping[str, Any] = {}) -> Any:
    """The description of the application, for requests with these headers."""
    operations = [{"include-name": f"POST {path}", "checks": CHECKS} for path in READS_A_PLAN]
    operations += [{"include-name": "GET /v1/factors", "checks": PAGED}]
    operations += [{"include-name": "DELETE /v1/estimates/{id}", "checks": TAGGED}]
    document = {"generation": {"mode": "all"}, "operations": operations, "phases": phases, "headers": headers}
    return schemathesis.openapi.from_wsgi("/openapi.json", app, config=SchemathesisConfig.from_dict(document))


def go_in_steps(described: Any, app: Flask) -> None:
    """Ask for what was made before, and so on. Each walk begins where nothing is kept: the same steps then lead to the
    same answers, which hypothesis takes for granted."""

    class Walk(described.as_state_machine()):  # type: ignore[misc]  # a class that is made when it runs
        def setup(self) -> None:
            super().setup()
            with app.extensions[EXTENSION].database.writing() as connection:
                for table in (claims, estimates):
                    connection.execute(delete(table))

    Walk.run(settings=IN_STEPS)


def reads_no_plan(context: Any) -> bool:
    """Whether an operation reads no plan."""
    return context.operation.label not in {f"POST {path}" for path in READS_A_PLAN}


def is_no_estimate(context: Any) -> bool:
    """Whether an operation does not estimate one plan: comparisons and advice read the same."""
    return context.operation.label != "POST /v1/estimates"
