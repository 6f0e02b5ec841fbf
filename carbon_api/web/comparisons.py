"""/v1/comparisons: a plan under several methods or two factor releases, or two plans; nothing is kept."""

from collections.abc import Mapping
from typing import Any

from flask import Response

from carbon_api.errors import BodyTooLarge, PackageMissing, PlanInvalid, PlanUnreadable, UnsupportedMedia
from carbon_api.estimate.comparison.run import compare
from carbon_api.methods.catalog import METHODS
from carbon_api.plan.compared import load_comparison
from carbon_api.web.answers import encode, respond
from carbon_api.web.body import read_body
from carbon_api.web.computing import charge, charge_reading, compared_in
from carbon_api.web.contract import Routes
from carbon_api.web.problems import TooSlow
from carbon_api.web.schemas.comparison import ComparisonSchema
from carbon_api.web.service import service

routes = Routes("comparisons", __name__, description="Estimates side by side, and the reason for every difference.")

ASKED = {"schema": {"$ref": "#/components/schemas/ComparisonAsked"}}
BODY = {"required": True, "content": {"application/json": {**ASKED}, "application/yaml": {**ASKED}}}
MADE = "The comparison; nothing is kept. `Factor-Release` names its release: of two, the second"
READING = (PlanUnreadable, TooSlow, BodyTooLarge, UnsupportedMedia, PlanInvalid)


@routes.route("/v1/comparisons", methods=["POST"])
@routes.doc(requestBody=BODY)
@routes.answers(200, ComparisonSchema, MADE, *READING, PackageMissing)
def create_comparison() -> Response:
    """Compare methods, factor releases or plans.

    One `plan` under several `methods`, with the defaults of each and then on one inventory; one `plan` under two
    `factor_releases`, the difference shared out to each changed factor; or two `plans`, in the same draws, with the
    probability that the second emits less. Nothing is kept.
    """
    sent = read_body()
    charge_reading(*sent)
    asked = load_comparison(sent.data, sent.media_type, service().settings.max_lines, tuple(METHODS))
    charge(asked.plans, compared_in(asked, len(METHODS)))
    answer = compare(asked, service().book)
    return respond(encode(answer), headers={"Factor-Release": _release(answer)})


def _release(answer: Mapping[str, Any]) -> str:
    """The release behind the answer; where it compares two, the second, which the difference leads to."""
    made = answer[answer["compared"]]
    release = made["factor_releases"][-1] if answer["compared"] == "factor_releases" else made["factor_release"]
    return str(release["id"])
