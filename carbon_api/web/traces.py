"""/v1/estimates/{id}/trace: all that a kept estimate was made of, to be worked out anew by anyone."""

from dataclasses import replace

from flask import Response

from carbon_api.errors import NotFound, Outdated, Unavailable
from carbon_api.estimate.run import trace_plan
from carbon_api.plan.load import load_plan
from carbon_api.store import estimates as kept
from carbon_api.web.answers import encode, respond
from carbon_api.web.contract import Routes
from carbon_api.web.schemas.trace import TraceSchema
from carbon_api.web.service import service

routes = Routes("traces", __name__, description="What an estimate was made of, value by value and formula by formula.")


@routes.route("/v1/estimates/<id>/trace")
@routes.finds(TraceSchema, "The trace, which `carbon-api verify` works out anew", NotFound, Outdated, Unavailable)
def get_trace(id: str) -> Response:
    """Trace an estimate that was kept, under the method and the release that it was made with."""
    found = kept.get_estimate(service().database, kept.WORKSPACE, id)
    plan = load_plan(found.plan, found.plan_media_type, service().settings.max_lines)
    document = trace_plan(replace(plan, method=found.method, factor_release=found.factor_release), service().book)
    if document["results"]["total"] != found.total_central:
        raise Outdated(f"The arithmetic of {found.method} has changed since {id} was made; what was answered stands.")
    return respond(encode(document), headers={"Factor-Release": found.factor_release})
