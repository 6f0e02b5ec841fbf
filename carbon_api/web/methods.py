"""/v1/methods: how each published method reckons, in enough detail to redo it by hand."""

from collections.abc import Mapping
from typing import Any

from flask import Response, url_for

from carbon_api.errors import NotFound
from carbon_api.methods.catalog import METHODS, method
from carbon_api.methods.describe import describe, summary_of
from carbon_api.methods.method import Method
from carbon_api.web.answers import encode, respond
from carbon_api.web.contract import Routes
from carbon_api.web.factors import InRelease
from carbon_api.web.path_arguments import path_argument
from carbon_api.web.schemas.catalog import MethodList, MethodSchema
from carbon_api.web.service import service

METHOD = path_argument("id", "The id of a method, as `GET /v1/methods` lists it.", "one-byte")
routes = Routes("methods", __name__, description="The published methods that a plan can be estimated with.")


@routes.route("/v1/methods")
@routes.finds(MethodList, "Every method")
def list_methods() -> Response:
    """List the methods.

    Each is published by others, and made of its publisher's formulas. A plan names one with `method`.
    """
    return respond(encode({"items": [_summary(known) for known in METHODS.values()]}))


@routes.route("/v1/methods/<id>", parameters=[METHOD])
@routes.query(InRelease)
@routes.finds(MethodSchema, "The method, its formulas and its factors", NotFound)
def get_method(query: Mapping[str, Any], id: str) -> Response:
    """Read how a method reckons.

    Its boundary, its formulas as text, and the factors that they use: enough to redo an estimate by hand.
    """
    release = service().book.release(query["release"])
    document = describe(method(id), release) | {"factor_release": release.id, "links": _links(id)}
    return respond(encode(document), headers={"Factor-Release": release.id})


def _summary(known: Method) -> dict[str, Any]:
    return summary_of(known) | {"links": _links(known.id)}


def _links(id: str) -> dict[str, str]:
    return {"self": url_for("methods.get_method", id=id)}
