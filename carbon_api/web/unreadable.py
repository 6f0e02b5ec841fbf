"""What is answered where the application is not reached: to what cannot be read as HTTP. A problem, as everywhere."""

import logging
from collections.abc import Mapping
from http import HTTPStatus
from secrets import token_hex

from gunicorn.http import errors

from carbon_api.errors import CarbonError
from carbon_api.factor_book.book import book
from carbon_api.web.answers import SECURITY
from carbon_api.web.problems import (
    PROBLEM_JSON,
    AddressTooLong,
    ExpectationFailed,
    HeadersTooLarge,
    MalformedRequest,
    UnknownCoding,
    our_fault,
    problem_body,
)

log = logging.getLogger(__name__)

OURS = (errors.InvalidResponseHeader, errors.InvalidResponseHeaderName)
MEANINGS: Mapping[type[Exception], CarbonError] = {
    errors.LimitRequestLine: AddressTooLong("The first line of the request is longer than is read."),
    errors.LimitRequestHeaders: HeadersTooLarge("The headers are more, or longer, than are read."),
    errors.ExpectationFailed: ExpectationFailed("Of the Expect header, only 100-continue is known here."),
    errors.UnsupportedTransferCoding: UnknownCoding("Of Transfer-Encoding, only chunked is known here."),
}
MALFORMED = MalformedRequest("The request cannot be read as HTTP; check its first line, its headers and its length.")


def answer_to(fault: Exception) -> bytes:
    """The whole answer, headers and all, after which the connection is closed. Nothing of what was sent is in it."""
    request_id, error = token_hex(16), _meaning(fault)
    if error.status == HTTPStatus.INTERNAL_SERVER_ERROR:
        log.error("request %s failed", request_id, exc_info=fault, extra={"fields": {"request_id": request_id}})
    else:
        fields = {"request_id": request_id, "status": error.status, "why": type(fault).__name__}
        log.info("request %s could not be read", request_id, extra={"fields": fields})
    body = problem_body(error, request_id)
    head = (
        f"HTTP/1.1 {error.status} {HTTPStatus(error.status).phrase}",
        "Connection: close",
        f"Content-Type: {PROBLEM_JSON}",
        f"Content-Length: {len(body)}",
        f"X-Request-Id: {request_id}",
        *(f"{name}: {value}" for name, value in SECURITY.items()),
        f"Factor-Release: {book().release().id}",
    )
    return "\r\n".join((*head, "", "")).encode("ascii") + body


def _meaning(fault: Exception) -> CarbonError:
    if isinstance(fault, OURS) or not isinstance(fault, errors.ParseException):
        return our_fault()
    return MEANINGS.get(type(fault), MALFORMED)
