"""/v1/estimates/{id}/trace: all that a kept estimate was made of, to be worked out anew by anyone."""

import sys
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import orjson
from flask import Response

from carbon_api.errors import NotFound, Outdated, PlanInvalid, Unavailable
from carbon_api.estimate.run import trace_plan
from carbon_api.methods.catalog import METHODS
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
    document = _traced(found)
    if _figures(document["results"]) != _answered(found):
        raise Outdated(f"The arithmetic of {found.method} has changed since {id} was made; what was answered stands.")
    return respond(encode(document), headers={"Factor-Release": found.factor_release})


def _traced(found: kept.Estimate) -> dict[str, Any]:
    """The trace of what was kept. Raises Outdated where that can no longer be made: the caller asked nothing wrong."""
    releases = [release.id for release in service().book.releases]
    for what, name, known in (
        ("method", found.method, [*METHODS]),
        ("factor release", found.factor_release, releases),
    ):
        if name not in known:
            raise Outdated(f"{found.id} was made with {what} {name}, which is not here; what was answered stands.")
    try:
        plan = load_plan(found.plan, found.plan_media_type, sys.maxsize)  # what was taken once is no longer too long
        return trace_plan(replace(plan, method=found.method, factor_release=found.factor_release), service().book)
    except PlanInvalid as fault:
        raise Outdated(
            f"The plan of {found.id} is no longer priced as it was; what was answered stands. {fault}"
        ) from fault


def _answered(found: kept.Estimate) -> Mapping[str, Any]:
    """The figures that were answered: the total, and every stage of every line."""
    lines = [line for line in orjson.loads(found.answer)["lines"] if line["total"]]
    return _figures({"total": found.total_central, "lines": lines})


def _figures(results: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"total": results["total"], "lines": [(line["id"], line["stages"]) for line in results["lines"]]}
