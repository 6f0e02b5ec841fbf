"""/v1/estimates/{id}/trace: all that a kept estimate was made of, to be worked out anew by anyone."""

from collections.abc import Mapping
from typing import Any

import orjson
from flask import Response

from carbon_api.errors import BodyTooLarge, NotFound, Outdated, Unavailable
from carbon_api.estimate.run import trace_plan
from carbon_api.store import estimates as kept
from carbon_api.web.access import workspace
from carbon_api.web.contract import Routes
from carbon_api.web.path_arguments import ESTIMATE
from carbon_api.web.replay import answer_again
from carbon_api.web.schemas.trace import TraceSchema
from carbon_api.web.service import service

routes = Routes("traces", __name__, description="What an estimate was made of, value by value and formula by formula.")


@routes.route("/v1/estimates/<id>/trace", parameters=[ESTIMATE])
@routes.finds(
    TraceSchema, "The trace, which `carbon-api verify` works out anew", NotFound, Outdated, BodyTooLarge, Unavailable
)
def get_trace(id: str) -> Response:
    """See what an estimate was made of.

    Every value with its unit, status and source, every formula as text, every cell: enough to work out each figure anew
    with arithmetic alone, as `carbon-api verify` does. The plan is run under the method and the release that the
    estimate was made with; where that no longer comes to the same figures, the answer is 409.
    """
    found = kept.get_estimate(service().database, workspace(), id)
    return answer_again(found, "trace", trace_plan, lambda made: _figures(made["results"]) == _answered(found))


def _answered(found: kept.Estimate) -> Mapping[str, Any]:
    """The figures that were answered: the total, and every stage of every line."""
    lines = [line for line in orjson.loads(found.answer)["lines"] if line["total"]]
    return _figures({"total": found.total_central, "lines": lines})


def _figures(results: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"total": results["total"], "lines": [(line["id"], line["stages"]) for line in results["lines"]]}
