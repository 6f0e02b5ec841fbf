"""The body of a request, as bytes of a kind that is read; what is in them is for `plan` to say."""

from collections.abc import Mapping
from typing import NamedTuple, Protocol

from flask import Response, request
from gunicorn.http.errors import ParseException
from werkzeug.exceptions import ClientDisconnected, RequestEntityTooLarge

from carbon_api.errors import Finding, UnsupportedMedia
from carbon_api.plan.reader import MediaType
from carbon_api.web.connection import PIECE, hang_up, is_late
from carbon_api.web.problems import MalformedRequest, TooSlow
from carbon_api.web.service import service

MEDIA_TYPES: Mapping[str, MediaType] = {
    "application/json": "json",
    "application/yaml": "yaml",
    "application/x-yaml": "yaml",
    "text/yaml": "yaml",
}

# How many times the longest body that is read may still come after a refusal; its client can then send another
# request on the same connection.
UNREAD = 8


class Readable(Protocol):
    """A stream of bytes."""

    def read(self, size: int, /) -> bytes:
        """The next bytes, at most `size`; none at the end."""


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


def finish_body(response: Response) -> Response:
    """Take what is left of a body that was refused, or close the connection after the answer if that is too much.

    Left lying there, it would be taken for the next request.
    """
    wsgi = request.environ
    if "wsgi.input_terminated" not in wsgi:  # this server does not say where a body ends
        return response
    most = UNREAD * service().settings.max_body_bytes
    if is_late(wsgi) or (request.content_length or 0) > most or not _taken(wsgi["wsgi.input"], most):
        hang_up(wsgi)
    return response


def _taken(stream: Readable, most: int) -> bool:
    """Whether the stream ended within `most` bytes."""
    try:
        while most > 0 and (piece := stream.read(PIECE)):
            most -= len(piece)
    except (OSError, ParseException):
        return False
    return most > 0


def _whole() -> bytes:
    limit = service().settings.max_body_bytes
    request.max_content_length = limit + 1  # a body in chunks is cut there without a word, so one more is asked for
    try:
        data = request.get_data(cache=False)
    except ClientDisconnected as gone:
        if not is_late(request.environ):
            raise
        raise TooSlow("The body did not come in time: it stopped, or was too slow as a whole.") from gone
    except ParseException as fault:
        hang_up(request.environ)  # nobody knows where it ends
        raise MalformedRequest("The chunks of the body cannot be read.") from fault
    if len(data) > limit:
        raise RequestEntityTooLarge
    return data


def _unsupported(pointer: str, detail: str, valid_values: tuple[str, ...]) -> UnsupportedMedia:
    return UnsupportedMedia(detail, [Finding(pointer, "unsupported", detail, valid_values)])
