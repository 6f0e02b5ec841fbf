"""/healthz, /readyz, /version, /openapi.json, /metrics: is it up, can it work, which is it, what does it say, how busy.

Ready is what can price a plan and keep it. A package that only some lines need, or the figures, are no part of that: a
service that lacks them still answers everybody else.
"""

from collections.abc import Iterator
from typing import Any

from flask import Response

from carbon_api.errors import Unavailable
from carbon_api.store.schema import NEWEST, found_version, is_newer
from carbon_api.web.answers import encode, respond
from carbon_api.web.contract import Routes, sent_headers
from carbon_api.web.metrics import CONTENT_TYPE
from carbon_api.web.schemas.health import Alive, Ready, Version
from carbon_api.web.service import VERSION, service

routes = Routes("service", __name__, description="Whether the service stands, and what it speaks.")

MEND = "run `carbon-api db upgrade`"


@routes.route("/healthz", scope=None)
@routes.finds(Alive, "The process answers")
def get_health() -> Response:
    """See whether the process answers.

    It says nothing of what the process needs; `/readyz` does.
    """
    return respond(encode({"status": "ok"}))


@routes.route("/readyz", scope=None)
@routes.finds(Ready, "Everything is there")
@routes.alt_response(503, schema=Ready, description="Something is missing; the checks say what")
def get_readiness() -> Response:
    """See whether estimates can be made and kept.

    If not, the answer is 503 with the same body, which says what is missing and how to mend it.
    """
    checks = list(_checks())
    ready = all(check["ready"] for check in checks)
    return respond(encode({"ready": ready, "checks": checks}), 200 if ready else 503)


@routes.route("/version", scope=None)
@routes.finds(Version, "The version")
def get_version() -> Response:
    """See which version runs.

    And with which release of the factor book.
    """
    return respond(encode({"version": VERSION, "factor_release": service().book.release().id}))


@routes.route("/openapi.json", scope=None)
@routes.finds({"type": "object"}, "This description")
def get_description() -> Response:
    """Read this description.

    As OpenAPI 3.1, for programs that make clients, tests or pages of it.
    """
    return respond(service().description)


@routes.route("/metrics", scope="admin")
@routes.response(200, {"type": "string"}, content_type=CONTENT_TYPE, description="The figures", headers=sent_headers())
def get_metrics() -> Response:
    """Read figures of the service.

    Of all of its workers together, as Prometheus reads them: requests, their times, estimates kept, faults of the
    database. They say nothing of a plan or a workspace.
    """
    return Response(service().metrics.text(), content_type=CONTENT_TYPE)


def _checks() -> Iterator[dict[str, Any]]:
    yield {"name": "factor book", "ready": True, "detail": f"release {service().book.release().id}"}
    try:
        found = found_version(service().database)
    except Unavailable as fault:
        yield {"name": "database", "ready": False, "detail": fault.detail}
        return
    yield {"name": "database", "ready": True, "detail": "it answers"}
    yield {"name": "schema", "ready": found == NEWEST, "detail": _schema_detail(found)}


def _schema_detail(found: str | None) -> str:
    if found == NEWEST:
        return f"version {found}"
    mend = "a newer carbon-api made this database; run that one" if is_newer(found) else MEND
    return f"version {found or 'none'}, {NEWEST} is needed; {mend}"
