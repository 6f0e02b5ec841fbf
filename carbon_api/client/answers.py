"""An answer of the service, read: the document with what its headers say, or the error that it is."""

import json
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Any, NoReturn

from carbon_api.client.errors import (
    Conflict,
    KeyRefused,
    NotFound,
    PlanRefused,
    Refused,
    ServiceError,
    ServiceFailed,
    StillAnswering,
    Told,
    TooManyRequests,
    Unavailable,
    UnexpectedAnswer,
)
from carbon_api.errors import Finding

JSON, PROBLEM = "application/json", "application/problem+json"
MOST_SHOWN = 200  # characters of what a stranger sent

BY_CODE: Mapping[str, type[ServiceError]] = {
    "plan-unreadable": PlanRefused,
    "plan-invalid": PlanRefused,
    "body-too-large": PlanRefused,
    "unsupported-media-type": PlanRefused,
    "idempotency-key-held": StillAnswering,
    "idempotency-key-reused": Conflict,
}
AWAY: Mapping[int, type[ServiceError]] = {
    HTTPStatus.TOO_MANY_REQUESTS: TooManyRequests,
    HTTPStatus.BAD_GATEWAY: Unavailable,
    HTTPStatus.SERVICE_UNAVAILABLE: Unavailable,
    HTTPStatus.GATEWAY_TIMEOUT: Unavailable,
}
BY_STATUS: Mapping[int, type[ServiceError]] = {
    HTTPStatus.UNAUTHORIZED: KeyRefused,
    HTTPStatus.FORBIDDEN: KeyRefused,
    HTTPStatus.NOT_FOUND: NotFound,
    HTTPStatus.CONFLICT: Conflict,
    HTTPStatus.GONE: Conflict,
    **AWAY,
}


class Answer(dict[str, Any]):
    """The document that the service answered, a dict like any other, and the headers that came with it.

    Numbers are those that were sent, to the last digit.
    """

    def __init__(self, document: Mapping[str, Any], headers: Mapping[str, str]) -> None:
        super().__init__(document)
        self.headers = headers

    @property
    def request_id(self) -> str | None:
        """What the service calls this request in its log."""
        return self.headers.get("X-Request-Id")

    @property
    def factor_release(self) -> str | None:
        """The release of the factors behind the answer."""
        return self.headers.get("Factor-Release")

    @property
    def replayed(self) -> bool:
        """Whether an earlier request with the same Idempotency-Key was answered so, and nothing was kept again."""
        return self.headers.get("Idempotency-Replayed") == "true"


def understood(status: int, headers: Mapping[str, str], body: bytes, taken: Sequence[int]) -> Answer:
    """What the service answered, which is empty after a deletion. Raises ServiceError for a status that is not `taken`
    and for what no carbon-api answers."""
    if status == HTTPStatus.NO_CONTENT and status in taken:
        return Answer({}, headers)
    document = _document(body) if _media_type(headers) == JSON else None
    if status not in taken:
        raise _error(status, headers, body)
    if document is None:
        raise _stranger(status, headers)
    return Answer(document, headers)


def too_large(status: int, largest: int) -> ServiceError:
    """The error for an answer of which more came than is read."""
    detail = f"The answer is larger than {largest:,} bytes; `largest` says how much of one is read."
    return UnexpectedAnswer(Told(detail, "Too large an answer", status=status))


def seconds(retry_after: str | None) -> float | None:
    """The seconds from now that a Retry-After asks for, which may be a number or a date; None for neither."""
    if retry_after is None:
        return None
    if re.fullmatch(r"\d+", retry_after.strip(), re.ASCII):
        return float(retry_after)
    try:
        moment = parsedate_to_datetime(retry_after)
        return max(0.0, (moment.replace(tzinfo=moment.tzinfo or UTC) - datetime.now(UTC)).total_seconds())
    except (ValueError, OverflowError):
        return None


def _error(status: int, headers: Mapping[str, str], body: bytes) -> ServiceError:
    """The error that an answer is: a problem of the service, or whatever else stands in its place."""
    problem = _document(body) if _media_type(headers) == PROBLEM else None
    try:
        told = _told(problem or {}, status, headers)
    except (KeyError, TypeError, AttributeError):
        return _stranger(status, headers)
    kind = BY_CODE.get(told.type.rpartition("/")[2] if told.type else "") or BY_STATUS.get(status)
    return (kind or (ServiceFailed if status >= HTTPStatus.INTERNAL_SERVER_ERROR else Refused))(told)


def _told(problem: Mapping[str, Any], status: int, headers: Mapping[str, str]) -> Told:
    """What a problem says. KeyError, TypeError or AttributeError where it is none of the service's."""
    return Told(
        detail=str(problem["detail"]),
        title=str(problem["title"]),
        type=str(problem["type"]),
        status=status,
        request_id=str(problem["request_id"]),
        errors=tuple(map(_finding, problem["errors"])),
        retry_after=seconds(headers.get("Retry-After")),
    )


def _finding(error: Mapping[str, Any]) -> Finding:
    return Finding(
        pointer=str(error["pointer"]),
        code=str(error["code"]),
        detail=str(error["detail"]),
        valid_values=tuple(map(str, error["valid_values"])),
        line=error.get("line"),
    )


def _stranger(status: int, headers: Mapping[str, str]) -> ServiceError:
    """The error of an answer that no carbon-api gives; of its text nothing is shown, which may repeat what was sent."""
    kind = AWAY.get(status, UnexpectedAnswer)
    sent = headers.get("Content-Type", "no Content-Type")[:MOST_SHOWN]
    detail = (
        f"This answer ({sent}) is not one that a carbon-api gives; is the address right, and what stands before it?"
    )
    if HTTPStatus.MULTIPLE_CHOICES <= status < HTTPStatus.BAD_REQUEST:
        to = headers.get("Location", "nowhere")[:MOST_SHOWN]
        detail = f"The address leads on to {to!r}, which is not followed: a key is for one address. Name the right one."
    return kind(
        Told(detail, "No answer of a carbon-api", status=status, retry_after=seconds(headers.get("Retry-After")))
    )


def _media_type(headers: Mapping[str, str]) -> str:
    return headers.get("Content-Type", "").partition(";")[0].strip().lower()


def _document(body: bytes) -> dict[str, Any] | None:
    """The JSON object of a body; None for anything else."""
    try:
        found = json.loads(body, parse_constant=_no_number)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _no_number(text: str) -> NoReturn:
    raise ValueError(f"{text} is no JSON")
