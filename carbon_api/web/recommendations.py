"""/v1/recommendations and /v1/estimates/{id}/recommendations: what to change, what that saves; nothing is kept."""

from collections.abc import Mapping
from typing import Any

from flask import Response
from marshmallow import Schema

from carbon_api.advice.asked import load_request, request
from carbon_api.advice.lever import WHO
from carbon_api.advice.recommend import recommend
from carbon_api.errors import (
    BodyTooLarge,
    NotFound,
    Outdated,
    PackageMissing,
    PlanInvalid,
    PlanUnreadable,
    Unavailable,
    UnsupportedMedia,
)
from carbon_api.store import estimates as kept
from carbon_api.web.access import workspace
from carbon_api.web.answers import encode, respond
from carbon_api.web.body import read_body
from carbon_api.web.computing import ADVICE, advice_on, charge, charge_reading
from carbon_api.web.contract import Routes
from carbon_api.web.fields import OneOf
from carbon_api.web.path_arguments import ESTIMATE
from carbon_api.web.problems import TooSlow
from carbon_api.web.replay import answer_again
from carbon_api.web.schemas.recommendation import RecommendationsSchema
from carbon_api.web.service import service

routes = Routes("recommendations", __name__, description="What to change in a plan: the model run again.")

ASKED = {"schema": {"$ref": "#/components/schemas/RecommendationsAsked"}}
BODY = {"required": True, "content": {"application/json": {**ASKED}, "application/yaml": {**ASKED}}}
READING = (PlanUnreadable, TooSlow, BodyTooLarge, UnsupportedMedia, PlanInvalid)


class AdviceQuery(Schema):
    """The arguments of advice on a kept estimate."""

    act_as = OneOf("Only what this actor can do stands first; everyone by default.", lambda: WHO, example="agency")


@routes.route("/v1/recommendations", methods=["POST"])
@routes.doc(requestBody=BODY)
@routes.answers(200, RecommendationsSchema, "The advice; nothing is kept", *READING, PackageMissing)
def create_recommendations() -> Response:
    """Ask what would cut the footprint of a plan.

    Each lever is pulled on the plan and the model run again: what it saves is the difference, with its range. `levers`
    says how hard each is pulled, `together` combines several, `enough` looks for the few that bring the plan under a
    ceiling, `reallocate` moves impressions between the plan's own ads. Nothing is kept.
    """
    sent = read_body()
    charge_reading(*sent)
    wanted = load_request(sent.data, sent.media_type, service().settings.max_lines)
    charge([wanted.plan], advice_on(wanted))
    advice = recommend(wanted, service().book)
    return respond(encode(advice), headers={"Factor-Release": advice["factor_release"]["id"]})


@routes.route("/v1/estimates/<id>/recommendations", parameters=[ESTIMATE])
@routes.query(AdviceQuery)
@routes.finds(RecommendationsSchema, "The advice", NotFound, Outdated, BodyTooLarge, Unavailable)
def get_recommendations(query: Mapping[str, Any], id: str) -> Response:
    """Ask what would cut the footprint of an estimate that was kept.

    Under the method and the release that it was made with; where these no longer come to the same figures, the answer
    is 409. `POST /v1/recommendations` takes more wishes.
    """
    found = kept.get_estimate(service().database, workspace(), id)
    wanted = {"act_as": [query["act_as"]]} if query["act_as"] else {}
    return answer_again(
        found,
        f"advice {query['act_as']}",
        lambda plan, book: recommend(request(plan, wanted), book),
        lambda made: bool(made["total"]["central"] == found.total_central),
        ADVICE,
    )
