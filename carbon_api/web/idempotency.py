"""Idempotency-Key: a request that was sent again is answered as it was the first time, and nothing is kept twice."""

import logging
import re
from collections.abc import Callable
from hashlib import sha256
from typing import Any

from flask import Response, request

from carbon_api.errors import Finding, NotFound, QueryInvalid, Unavailable
from carbon_api.store import estimates as kept
from carbon_api.store.claims import Claim, Held, Overtaken, claim, release
from carbon_api.web.access import workspace
from carbon_api.web.body import Sent
from carbon_api.web.problems import NameHeld, NameReused, NameSpent
from carbon_api.web.service import service

HEADER = "Idempotency-Key"
FORM = "[!-+\\-.-~]{1,255}"  # no comma: two headers are joined by one
REPLAYED = "Idempotency-Replayed"
PARAMETER: dict[str, Any] = {
    "in": "header",
    "name": HEADER,
    "description": "A name of yours for this request, such as a UUID. Sent again with it within 24 hours, the same "
    "request has the same answer, and nothing is kept twice. Where nothing is kept it is not looked at.",
    "schema": {"type": "string", "pattern": f"^{FORM}$", "examples": ["7d0c4c0e-launch"]},
}
log = logging.getLogger(__name__)
Keep = Callable[[Claim | None], Response]


def once(sent: Sent, keep: Keep, again: Callable[[kept.Estimate], Response]) -> Response:
    """The answer of `keep`, or that of the estimate which an earlier request with the same name has kept."""
    wanted = _claim(sent)
    held = claim(service().database, wanted) if wanted else None
    if wanted and held:
        return _marked(again(_estimate(wanted, held)), replayed=True)
    try:
        return _marked(keep(wanted), replayed=False)
    except Overtaken as fault:
        raise NameHeld("It took too long, and another request with it is being answered.") from fault
    except Exception:
        if wanted:
            _let_go(wanted)
        raise


def _let_go(held: Claim) -> None:
    try:
        release(service().database, held)
    except Unavailable as fault:
        log.warning("an Idempotency-Key is let go by time alone: %s", fault.detail)


def _claim(sent: Sent) -> Claim | None:
    """The name of the request at hand, and what it asks for."""
    name = request.headers.get(HEADER)
    if name is None:
        return None
    if not re.fullmatch(FORM, name, re.ASCII):
        detail = f"{HEADER} has 1 to 255 visible characters of ASCII without comma, such as a UUID."
        raise QueryInvalid(detail, [Finding(f"/{HEADER}", "invalid-header", detail)])
    asked = f"{request.method} {request.full_path} {sent.media_type}\n".encode()
    return Claim(workspace(), name, sha256(asked + sent.data).digest(), kept.moment())


def _estimate(wanted: Claim, held: Held) -> kept.Estimate:
    """The estimate that was kept under a name."""
    if held.request != wanted.request:
        raise NameReused("It was first sent with another body, query or media type; send that again, or another key.")
    if held.estimate_id is None:
        raise NameHeld("Its first request is still being answered; send it again in a moment.")
    try:
        return kept.get_estimate(service().database, wanted.workspace_id, held.estimate_id)
    except NotFound as gone:
        raise NameSpent(f"{held.estimate_id}, which was kept with it, was deleted since; send another key.") from gone


def _marked(response: Response, *, replayed: bool) -> Response:
    response.headers[REPLAYED] = "true" if replayed else "false"
    return response
