"""/docs: the description as a page to read and to try, of files inside the package; the page asks no other host."""

import gzip
from functools import cache
from importlib.resources import files

from flask import Response, request

from carbon_api.errors import NotFound
from carbon_api.web.answers import respond
from carbon_api.web.contract import Routes, sent_headers
from carbon_api.web.path_arguments import path_argument

routes = Routes("reference", __name__, description="This description as a page.")

PAGE = "index.html"
OURS = files("carbon_api.web") / "page"
THEIRS = files("flask_swagger_ui") / "dist"  # Swagger UI as it is published; nothing else of that package is used
PARTS = {
    "page.js": OURS,
    "page.css": OURS,
    "icon.svg": OURS,
    "swagger-ui-bundle.js": THEIRS,
    "swagger-ui.css": THEIRS,
}
TYPES = {"html": "text/html", "js": "text/javascript", "css": "text/css", "svg": "image/svg+xml"}
POLICY = (  # its own scripts and styles, nothing written into the page, and no other host; the icons are in the styles
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
FILE = path_argument("file", "The name of the file.", "page.css", enum=list(PARTS))


def _sent_as(*kinds: str) -> dict[str, object]:
    content = {TYPES[kind]: {"schema": {"type": "string"}} for kind in kinds}
    return {"200": {"description": "The file", "headers": sent_headers("ETag"), "content": content}}


@routes.route("/docs", scope=None)
@routes.doc(responses=_sent_as("html"))
@routes.alt_response(304, "NotModified")
def get_reference() -> Response:
    """See this description as a page.

    It has every operation with its examples, and sends requests to this service for you. Nothing of it comes from
    elsewhere, and a key that you enter stays in the page until you leave it.
    """
    return _send(PAGE)


@routes.route("/docs/<file>", scope=None, parameters=[FILE])
@routes.doc(responses=_sent_as("js", "css", "svg"))
@routes.alt_response(304, "NotModified")
@routes.fails(NotFound)
def get_reference_file(file: str) -> Response:
    """Read a file of the page.

    It is what `/docs` is made of.
    """
    if file not in PARTS:
        raise NotFound(f"The page has no file {file!r}; it has {', '.join(PARTS)}.")
    return _send(file)


def _send(name: str) -> Response:
    """The file, compressed for whoever reads that: a slow line has only so long for an answer."""
    zipped = request.accept_encodings.quality("gzip") > 0
    headers = {"Content-Security-Policy": POLICY, "Vary": "Accept-Encoding"}
    if zipped:
        headers["Content-Encoding"] = "gzip"
    return respond(_content(name, zipped), headers=headers, content_type=TYPES[name.rpartition(".")[2]])


@cache
def _content(name: str, zipped: bool) -> bytes:
    content = (PARTS.get(name, OURS) / name).read_bytes()
    return gzip.compress(content, mtime=0) if zipped else content
