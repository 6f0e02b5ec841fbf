"""The body of a request, as bytes of a kind that is read; what is in them is for `plan` to say."""

from collections.abc import Mapping
from typing import Literal, NamedTuple

from flask import request
from werkzeug.exceptions import RequestEntityTooLarge

from carbon_api.errors import Finding, UnsupportedMedia
from carbon_api.web.service import service

MediaType = Literal["json", "yaml"]

MEDIA_TYPES: Mapping[str, MediaType] = {
    "application/json": "json",
    "application/yaml": "yaml",
    "application/x-yaml": "yaml",
    "text/yaml": "yaml",
}


class Sent(NamedTuple):
    """What the caller sent, untouched."""

    data: bytes
    media_type: MediaType


def read_body() -> Sent:
    """The body of the request at hand; UnsupportedMedia if it is neither JSON nor YAML in plain UTF-8.

    A body over the limit is refused as RequestEntityTooLarge, whether its length was named or not.
    """
    media_type = MEDIA_TYPES.get(request.mimetype)
    if media_type is None:
        sent = f"Content-Type {request.mimetype!r} is not read." if request.mimetype else "Content-Type is missing."
        raise _unsupported("/Content-Type", sent, tuple(MEDIA_TYPES))
    if request.mimetype_params.get("charset", "utf-8").lower() not in {"utf-8", "utf8"}:
        raise _unsupported("/Content-Type", "Only UTF-8 is read.", ("utf-8",))
    if request.headers.get("Content-Encoding", "identity").lower() != "identity":
        raise _unsupported("/Content-Encoding", "Compressed bodies are not read.", ("identity",))
    return Sent(_whole(), media_type)


def _whole() -> bytes:
    limit = service().settings.max_body_bytes
    request.max_content_length = limit + 1  # a body in chunks is cut there without a word, so one more is asked for
    data = request.get_data(cache=False)
    if len(data) > limit:
        raise RequestEntityTooLarge
    return data


def _unsupported(pointer: str, detail: str, valid_values: tuple[str, ...]) -> UnsupportedMedia:
    return UnsupportedMedia(detail, [Finding(pointer, "unsupported", detail, valid_values)])
