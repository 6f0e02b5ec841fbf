"""Answers as bytes: written once, and those bytes are what is stored and sent."""

import math
from collections.abc import Iterator, Mapping
from hashlib import sha256
from http import HTTPStatus
from typing import Any

import orjson
from flask import Response, request

from carbon_api.web.problems import ConditionFailed

JSON = "application/json"
SECURITY = {  # an answer is data: no browser is to guess its type, run it, frame it, or tell others whence it came
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
}


def encode(document: Mapping[str, Any]) -> bytes:
    """The document as JSON. A number that is not finite raises ValueError: it is never sent, and never as null."""
    body = orjson.dumps(document)
    # orjson writes NaN and infinities as null, so where there is no null there is none of them.
    if b"null" in body and not all(map(math.isfinite, _floats(document))):
        raise ValueError("an answer holds a number that is not finite")
    return body


def respond(
    body: bytes, status: int = HTTPStatus.OK, headers: Mapping[str, str] | None = None, content_type: str = JSON
) -> Response:
    """An answer, in JSON by default; to a GET that names what the client already has, 304 without the body."""
    response = Response(body, status, headers, content_type=content_type)
    if request.method in {"GET", "HEAD"} and status == HTTPStatus.OK:
        _tagged(response, tag_of(body))
    return response


def unchanged(tag: str, headers: Mapping[str, str]) -> Response | None:
    """304, if this is the ETag of what the client already has."""
    if not request.if_none_match.contains_weak(tag):
        return None
    return _tagged(Response(headers=headers, content_type=JSON), tag)


def _tagged(response: Response, tag: str) -> Response:
    response.set_etag(tag)
    response.cache_control.no_cache = True  # keep it, but ask each time whether it still holds
    response.make_conditional(request)
    return response


def need_match(body: bytes) -> None:
    """ConditionFailed where the request is for what has an ETag that a GET would not have now, with these bytes."""
    if not request.if_match.contains(tag_of(body)):
        raise ConditionFailed(
            "What is kept has another ETag than those in If-Match: read it again before you change it."
        )


def tag_of(body: bytes) -> str:
    """The ETag of an answer."""
    return sha256(body).hexdigest()


def _floats(node: object) -> Iterator[float]:
    if isinstance(node, float):
        yield node
    elif isinstance(node, Mapping):
        for value in node.values():
            yield from _floats(value)
    elif isinstance(node, list | tuple):
        for value in node:
            yield from _floats(value)
