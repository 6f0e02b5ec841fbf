"""/v1/comparisons: a plan under several methods or two factor releases, or two plans; nothing is kept."""

from flask import Response

from carbon_api.errors import BodyTooLarge, PackageMissing, PlanInvalid, PlanUnreadable, UnsupportedMedia
from carbon_api.estimate.comparison.run import compare
from carbon_api.plan.compared import load_comparison
from carbon_api.web.answers import encode, respond
from carbon_api.web.body import read_body
from carbon_api.web.contract import Routes
from carbon_api.web.problems import TooSlow
from carbon_api.web.schemas.comparison import ComparisonSchema
from carbon_api.web.schemas.example import EXAMPLE
from carbon_api.web.service import service

routes = Routes("comparisons", __name__, description="Estimates side by side, and the reason for every difference.")

ASKED = {
    "schema": {"$ref": "#/components/schemas/ComparisonAsked"},
    "example": {"plan": EXAMPLE, "methods": ["scope3-2026.07", "sri-2.1"]},
}
BODY = {"required": True, "content": {"application/json": ASKED, "application/yaml": ASKED}}
READING = (PlanUnreadable, TooSlow, BodyTooLarge, UnsupportedMedia, PlanInvalid)


@routes.route("/v1/comparisons", methods=["POST"])
@routes.doc(requestBody=BODY)
@routes.answers(200, ComparisonSchema, "The comparison; nothing is kept", *READING, PackageMissing)
def create_comparison() -> Response:
    """Compare a plan under several methods or two factor releases, or two plans."""
    sent = read_body()
    asked = load_comparison(sent.data, sent.media_type, service().settings.max_lines)
    return respond(encode(compare(asked, service().book)))
