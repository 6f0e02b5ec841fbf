"""/v1/estimates: a plan in, its estimate out, kept unless asked not to."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from flask import Response, request, url_for
from marshmallow import Schema

from carbon_api.errors import BodyTooLarge, NotFound, PlanInvalid, PlanUnreadable, Unavailable, UnsupportedMedia
from carbon_api.estimate.run import Estimated, estimated
from carbon_api.methods.catalog import METHODS
from carbon_api.plan.load import load_plan
from carbon_api.plan.model import Plan
from carbon_api.store import estimates as kept
from carbon_api.store.claims import Claim, settle
from carbon_api.web.access import need, workspace
from carbon_api.web.answers import encode, need_match, respond
from carbon_api.web.body import Sent, read_body
from carbon_api.web.computing import charge, charge_reading
from carbon_api.web.contract import Routes
from carbon_api.web.fields import Cursor, Day, OneOf, Paged, Text, TrueFalse
from carbon_api.web.idempotency import PARAMETER, REPLAYED, once
from carbon_api.web.path_arguments import ESTIMATE
from carbon_api.web.problems import ConditionFailed, NameHeld, NameReused, NameSpent, TooSlow
from carbon_api.web.schemas.estimate import EstimatePage, EstimateSchema
from carbon_api.web.schemas.plan import PLAN
from carbon_api.web.service import service
from carbon_api.web.withdrawn import as_read

routes = Routes("estimates", __name__, description="Estimates of plans: never measurements.")

PLAN_BODY = {
    "required": True,
    "content": {"application/json": {"schema": PLAN}, "application/yaml": {"schema": PLAN}},
}
IF_MATCH: dict[str, Any] = {
    "in": "header",
    "name": "If-Match",
    "description": "The ETag with which it was read, for it to go only if it would be read the same now; `*` is any.",
    "schema": {"type": "string", "examples": [f'"{"0" * 64}"']},
}
AS_MADE = (
    "The bytes that were answered when it was made. Where a factor that it rests on was withdrawn since, `warnings` "
    "has an entry more, and no number differs"
)
HELD = (Unavailable, NameHeld, NameReused, NameSpent)
READING = (PlanUnreadable, TooSlow, BodyTooLarge, UnsupportedMedia, PlanInvalid)


class CreateQuery(Schema):
    """The arguments of a new estimate."""

    persist = TrueFalse("`false` computes without keeping anything.", default=True, example=False)


class ListQuery(Paged):
    """The arguments of the list; hand the same ones back with a cursor."""

    cursor = Cursor(kept.CURSOR, example="20261126090000000000" + 32 * "0")
    brand = Text("Only plans of this brand, written the same.", example="Maison Verte")
    method = OneOf("Only estimates made with this method.", lambda: METHODS, example="scope3-2026.07")
    first_day = Day("The first day, in UTC, included.", name="from", example="2026-11-01")
    last_day = Day("The last day, in UTC, included.", name="to", example="2026-11-30")


@routes.route("/v1/estimates", methods=["POST"])
@routes.doc(requestBody=PLAN_BODY, header=PARAMETER)
@routes.query(CreateQuery)
@routes.answers(200, EstimateSchema, "The estimate, computed and not kept (`persist=false`)")
@routes.answers(201, EstimateSchema, "The estimate, computed and kept", *READING, *HELD, headers=["Location", REPLAYED])
def create_estimate(query: Mapping[str, Any]) -> Response:
    """Estimate a plan.

    The answer has the total in kgCO2e with its range, the same by line, stage, platform, country and audience, what was
    assumed and where it was published, and what drives the doubt. It is kept, and `links.self` leads to it, unless the
    query says `persist=false`: to keep it, a key needs the scope `write`. The body is JSON or YAML.
    """
    if query["persist"]:
        need("write")
    sent = read_body()
    if query["persist"]:
        return once(sent, partial(_keep, sent), _again)
    _, made = _priced(sent)
    body = encode({"created_at": kept.moment(), **made.answer, "links": {}})
    return respond(body, headers={"Factor-Release": made.answer["factor_release"]["id"]})


@routes.route("/v1/estimates")
@routes.query(ListQuery)
@routes.finds(EstimatePage, "Estimates, newest first", Unavailable)
def list_estimates(query: Mapping[str, Any]) -> Response:
    """List the estimates that were kept.

    Newest first, in short, a page at a time: hand `next_cursor` back as `cursor`, with the same other arguments, for
    the page after. A key sees those of its own workspace.
    """
    wanted = {name: query[name] for name in ("brand", "method", "first_day", "last_day")}
    page = kept.list_estimates(service().database, workspace(), kept.Filter(**wanted), query["cursor"], query["limit"])
    return respond(encode({"items": [_summary(item) for item in page.items], "next_cursor": page.next_cursor}))


@routes.route("/v1/estimates/<id>", parameters=[ESTIMATE])
@routes.finds(EstimateSchema, AS_MADE, NotFound, Unavailable)
def get_estimate(id: str) -> Response:
    """Read an estimate that was kept.

    It is never computed again: these are the bytes that were answered when it was made.
    """
    found = kept.get_estimate(service().database, workspace(), id)
    return respond(as_read(found, service().book), headers={"Factor-Release": found.factor_release})


@routes.route("/v1/estimates/<id>", scope="write", methods=["DELETE"], parameters=[ESTIMATE])
@routes.doc(header=IF_MATCH)
@routes.answers(204, None, "It is gone", NotFound, ConditionFailed, Unavailable)
def delete_estimate(id: str) -> Response:
    """Forget an estimate.

    Its plan goes with it, and nothing brings it back.
    """
    if IF_MATCH["name"] in request.headers:
        need_match(as_read(kept.get_estimate(service().database, workspace(), id), service().book))
    kept.delete_estimate(service().database, workspace(), id)
    return Response(status=204)


def _plan(sent: Sent) -> Plan:
    charge_reading(*sent)
    plan = load_plan(sent.data, sent.media_type, service().settings.max_lines)
    charge([plan])
    return plan


def _priced(sent: Sent) -> tuple[Plan, Estimated]:
    plan = _plan(sent)
    made = estimated(plan, service().book)
    service().metrics.lines.inc(len(plan.lines))
    return plan, made


def _keep(sent: Sent, held: Claim | None) -> Response:
    estimate = _made(sent, *_priced(sent))
    beside = partial(settle, held=held, estimate_id=estimate.id) if held else None
    kept.insert_estimate(service().database, workspace(), estimate, beside)
    service().metrics.kept.inc()
    return _again(estimate)


def _again(estimate: kept.Estimate) -> Response:
    """What was answered when an estimate was kept."""
    headers = {"Location": _location(estimate.id), "Factor-Release": estimate.factor_release}
    return respond(estimate.answer, 201, headers)


def _location(id: str) -> str:
    return url_for("estimates.get_estimate", id=id)


def _made(sent: Sent, plan: Plan, made: Estimated) -> kept.Estimate:
    answer, id, created_at = made.answer, kept.new_id(), kept.moment()
    location = _location(id)
    links = {"self": location, "trace": f"{location}/trace", "recommendations": f"{location}/recommendations"}
    body = encode({"id": id, "created_at": created_at, **answer, "links": links})
    return kept.Estimate(
        id=id,
        created_at=created_at,
        name=plan.name,
        brand=plan.brand,
        method=answer["method"]["id"],
        factor_release=answer["factor_release"]["id"],
        total_central=answer["total"]["central"],
        plan=sent.data,
        plan_media_type=sent.media_type,
        answer=body,
        factors="\n".join(row.key for row in made.rows),
    )


def _summary(item: kept.Summary) -> dict[str, Any]:
    return {
        "id": item.id,
        "created_at": item.created_at,
        "name": item.name,
        "brand": item.brand,
        "method": item.method,
        "factor_release": item.factor_release,
        "total": {"unit": "kgCO2e", "central": item.total_central},
        "links": {"self": url_for("estimates.get_estimate", id=item.id)},
    }
