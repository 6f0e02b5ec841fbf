"""Every error as application/problem+json (RFC 9457), whatever raised it."""

import logging
from collections.abc import Mapping
from typing import Any

import orjson
from flask import Flask, Response, g
from werkzeug.exceptions import HTTPException, MethodNotAllowed, RequestEntityTooLarge

from carbon_api.errors import BodyTooLarge, CarbonError, Finding, NotFound, PackageMissing, Unavailable
from carbon_api.web.service import service

PROBLEM_JSON = "application/problem+json"
RETRY_AFTER_SECONDS = 2
UNTIL_INSTALLED = 3_600  # seconds: somebody must install what is missing, and start the service anew

log = logging.getLogger(__name__)


def challenge(**said: str) -> str:
    """What WWW-Authenticate says (RFC 6750): that a key is wanted and, of one that was sent, what is wrong with it."""
    return "Bearer " + ", ".join(f'{name}="{value}"' for name, value in {"realm": "carbon-api", **said}.items())


class MalformedRequest(CarbonError):
    """HTTP itself was spoken wrongly."""

    code, status, title = "malformed-request", 400, "The request is malformed"


class AddressTooLong(CarbonError):
    """The first line of the request is longer than is read."""

    code, status, title = "address-too-long", 414, "The address is too long"


class HeadersTooLarge(CarbonError):
    """The headers are more, or longer, than are read."""

    code, status, title = "headers-too-large", 431, "The headers are too large"


class ExpectationFailed(CarbonError):
    """The request expects something else than 100-continue."""

    code, status, title = "expectation-failed", 417, "What the request expects is not known here"


class UnknownCoding(CarbonError):
    """The body is sent in a coding that HTTP has and this service has not."""

    code, status, title = "unknown-transfer-coding", 400, "The body comes in a coding that is not known here"


class TooSlow(CarbonError):
    """The client stopped sending before its request was whole."""

    code, status, title = "request-timeout", 408, "The request did not come in time"


class KeyNeeded(CarbonError):
    """No key was sent, or one that opens nothing."""

    code, status, title = "key-needed", 401, "A key is needed"

    def __init__(self, detail: str, *, was_sent: bool = False) -> None:
        super().__init__(detail)
        self.challenge = challenge(error="invalid_token") if was_sent else challenge()


class ScopeMissing(CarbonError):
    """The key is good, but not for this."""

    code, status, title = "scope-missing", 403, "The key is not for this"

    def __init__(self, detail: str, scope: str) -> None:
        """`scope` is the one that is needed."""
        super().__init__(detail)
        self.challenge = challenge(error="insufficient_scope", scope=scope)


class TooManyRequests(CarbonError):
    """Who asks has had all that there is for one caller in a window of time."""

    code, status, title = "too-many-requests", 429, "Too many requests"


class ConditionFailed(CarbonError):
    """What the request says of what it changes no longer holds."""

    code, status, title = "precondition-failed", 412, "It is not as the request says"


class NameReused(CarbonError):
    """The Idempotency-Key stands for another request."""

    code, status, title = "idempotency-key-reused", 422, "This Idempotency-Key stands for another request"


class NameHeld(CarbonError):
    """The request of this Idempotency-Key is being answered."""

    code, status, title = "idempotency-key-held", 409, "The first request with this Idempotency-Key is being answered"


class NameSpent(CarbonError):
    """What was answered under this Idempotency-Key was deleted since."""

    code, status, title = "idempotency-key-spent", 410, "What this Idempotency-Key made is gone"


class WrongMethod(CarbonError):
    """The route exists, the method does not."""

    code, status, title = "method-not-allowed", 405, "This method is not allowed here"


class Internal(CarbonError):
    """A fault of ours; what it was is in the log only."""

    code, status, title = "internal-error", 500, "The service failed"


OWN_HEADERS: Mapping[type[CarbonError], Mapping[str, str]] = {
    PackageMissing: {"Retry-After": str(UNTIL_INSTALLED)},
    Unavailable: {"Retry-After": str(RETRY_AFTER_SECONDS)},
    NameHeld: {"Retry-After": str(RETRY_AFTER_SECONDS)},
}


def register_problems(app: Flask) -> None:
    """Answer every error of this application with a problem."""
    app.register_error_handler(CarbonError, answer_carbon_error)
    app.register_error_handler(HTTPException, answer_http_error)
    app.register_error_handler(Exception, answer_unexpected)


def answer_carbon_error(error: CarbonError) -> Response:
    """The problem of an error of ours; one that is not the caller's to mend says nothing of our insides."""
    if error.status == Internal.status:
        return answer_unexpected(error)
    headers = next((headers for kind, headers in OWN_HEADERS.items() if isinstance(error, kind)), {})
    if isinstance(error, KeyNeeded | ScopeMissing):
        headers = {"WWW-Authenticate": error.challenge}
    if isinstance(error, Unavailable):
        log.warning("request %s: %s", g.request_id, error.detail, exc_info=error)
    if type(error) is Unavailable:
        service().metrics.database_faults.inc()
    return problem(error, headers)


def answer_http_error(error: HTTPException) -> Response:
    """The problem of an error that Flask raised, with its headers kept (405 says what is allowed)."""
    headers = {name: value for name, value in error.get_headers() if name != "Content-Type"}
    return problem(as_carbon_error(error), headers)


def answer_unexpected(error: Exception) -> Response:
    """The problem of a fault of ours, logged whole under the request's id."""
    log.error("request %s failed", g.request_id, exc_info=error)
    return problem(our_fault())


def our_fault() -> Internal:
    """The error that says nothing of our insides."""
    return Internal("This is our fault, not yours. Tell us the request id and we can find out why.")


def as_carbon_error(error: HTTPException) -> CarbonError:
    """What the error of Flask means in our own tree."""
    if isinstance(error, RequestEntityTooLarge):
        return BodyTooLarge(f"The body is larger than the {service().settings.max_body_bytes:,} bytes that are read.")
    if isinstance(error, MethodNotAllowed):
        return WrongMethod(f"Allowed here: {', '.join(sorted(error.valid_methods or ()))}.")
    if error.code == NotFound.status:
        return NotFound("There is no such route; /openapi.json describes those that exist.")
    return MalformedRequest("The request cannot be read as HTTP; check its headers and its length.")


def problem(error: CarbonError, headers: Mapping[str, str] = {}) -> Response:
    """The response to the request at hand."""
    return Response(problem_body(error, g.request_id), error.status, headers, content_type=PROBLEM_JSON)


def problem_body(error: CarbonError, request_id: str) -> bytes:
    """The problem as it is sent: type, title, status, detail, the findings, and the request's id."""
    return orjson.dumps(
        {
            "type": f"/problems/{error.code}",
            "title": error.title,
            "status": error.status,
            "detail": error.detail,
            "request_id": request_id,
            "errors": [described(finding) for finding in error.findings],
        }
    )


def described(finding: Finding) -> dict[str, Any]:
    """One finding, with its line where the text had lines."""
    place = {} if finding.line is None else {"line": finding.line}
    return {
        "pointer": finding.pointer,
        "code": finding.code,
        "detail": finding.detail,
        "valid_values": finding.valid_values,
        **place,
    }
