"""Collects the description of the service (OpenAPI 3.1) while its routes are registered."""

import re
from typing import Any

from flask import Flask
from flask_smorest import Api

from carbon_api.errors import CarbonError, Unavailable
from carbon_api.web.contract import SCHEME, problem_response, sent_headers
from carbon_api.web.exactness import exact_property
from carbon_api.web.examples import add_examples
from carbon_api.web.problem_types import EXPLANATIONS
from carbon_api.web.problems import PROBLEM_JSON, KeyNeeded, ScopeMissing, TooManyRequests, WrongMethod
from carbon_api.web.schemas.plan import plan_components
from carbon_api.web.schemas.problem import Problem
from carbon_api.web.service import VERSION
from carbon_api.web.turns import HEADERS as TURN

TITLE = "carbon-api"
ABOUT = """\
Estimates the greenhouse-gas footprint of a brand's social-media activity from published emission factors, each with its
source, and with a range. An estimate, never a measurement.

* Post a plan to `/v1/estimates`, in JSON or YAML. The answer says what it comes to, where, how surely, what was assumed
  for want of a value, and which release of the factors stands behind it.
* `/v1/comparisons` puts methods, releases or plans side by side; `/v1/recommendations` says what would cut the figure.
* `/v1/methods`, `/v1/factors` and `/v1/sources` are what it rests on; `/v1/estimates/{id}/trace` shows every step.
* A fault is answered as a problem (RFC 9457): what is wrong, where in the body or the query, and what would do.
* Where the service has keys, send yours: `Authorization: Bearer carbon_…`.
* Every answer has an `X-Request-Id`, to quote to whoever runs the service, and the `Factor-Release` behind it. Where
  you may ask only so much, `RateLimit-Limit`, `RateLimit-Remaining` and `RateLimit-Reset` say what is left.
"""
LICENCE = {"name": "Apache-2.0", "identifier": "Apache-2.0"}
HERE = [{"url": ".", "description": "Wherever this description is read."}]  # under whatever path a proxy has put it
HEADERS = {
    "X-Request-Id": "The id of this request, in the log too; send your own to have it used.",
    "Factor-Release": "The release of the factor book behind this answer.",
    "Location": "Where the estimate is.",
    "Idempotency-Replayed": "Whether this is what an earlier request with the same Idempotency-Key was answered.",
    "ETag": "Of the bytes of this answer; send it back as If-None-Match.",
    "Retry-After": "Seconds to wait before trying again.",
    "Allow": "The methods that this route has.",
    "WWW-Authenticate": 'How to send a key (RFC 6750); of one that opens nothing with `error="invalid_token"`, of one '
    'that is not for this with `error="insufficient_scope"`, and with the `scope` that is needed.',
    "RateLimit-Limit": "How many requests a caller has in a window of time; in a 429, how much of what was too much.",
    "RateLimit-Remaining": "How much of it is left.",
    "RateLimit-Reset": "In how many seconds all of it is there again.",
}
WHOLE: dict[str, Any] = {"type": "integer", "minimum": 0}
HEADER_SCHEMAS: dict[str, dict[str, Any]] = {  # of those that are more than a text
    **dict.fromkeys(TURN, WHOLE),
    "Retry-After": WHOLE,
    "Idempotency-Replayed": {"type": "boolean"},
}
OWN_HEADERS: dict[type[CarbonError], tuple[str, ...]] = {
    Unavailable: ("Retry-After",),
    WrongMethod: ("Allow",),
    KeyNeeded: ("WWW-Authenticate",),
    ScopeMissing: ("WWW-Authenticate",),
    TooManyRequests: ("Retry-After",),
}
KEY = {
    "type": "http",
    "scheme": "bearer",
    "description": "A key of a workspace (`carbon-api keys create`). None is needed as long as none was ever made; the "
    "service then listens on its own machine alone.",
}
DOCUMENT = ("openapi", "info", "servers", "tags", "paths", "components")
INFO = ("title", "version")
LINE_END = re.compile(r"(?<!\n)\n(?![\n*])\s*")  # inside a paragraph or a point
OPERATION = ("operationId", "summary", "description", "tags", "security", "parameters", "requestBody", "responses")


class Description(Api):
    """The library's Api without its own errors: ours are problems, and are described as they are answered."""

    DEFAULT_ERROR_RESPONSE_NAME = "Problem"

    def __init__(self, app: Flask) -> None:
        about = {"title": TITLE, "version": VERSION, "openapi_version": "3.1.0"}
        info = {"description": _paragraphs(ABOUT), "license": LICENCE}
        super().__init__(app, spec_kwargs={**about, "info": info, "servers": HERE})

    def document(self) -> dict[str, Any]:
        """What was collected, in an order to be read in."""
        collected = self.spec.to_dict()
        for path in collected["paths"].values():
            shared = path.pop("parameters", [])
            for method, operation in path.items():
                path[method] = _ordered({"security": [], **operation}, OPERATION)
                path[method]["parameters"] = [*shared, *operation["parameters"]]
                path[method]["responses"] = dict(sorted(_limited(operation).items()))
                path[method]["description"] = _paragraphs(operation.get("description", ""))
        del collected["components"]["schemas"]["PaginationMetadata"]  # the library's, which no answer of ours has
        collected["components"]["schemas"] |= plan_components()
        add_examples(collected)
        collected["info"] = _ordered(collected["info"], INFO)
        return _ordered(collected, DOCUMENT)

    def _register_error_handlers(self) -> None:
        """Errors are answered by `web.problems`."""

    def _register_responses(self) -> None:
        self.spec.components.security_scheme(SCHEME, KEY)
        self.ma_plugin.converter.add_attribute_function(exact_property)
        components = self.spec.components
        for name, meaning in HEADERS.items():
            # Where no limit is set, and on the routes that need no key, nothing is said of turns.
            schema = HEADER_SCHEMAS.get(name, {"type": "string"})
            header = {"description": meaning, "required": name not in TURN, "schema": schema}
            components.header(name, header, lazy=True)
        for status, errors in _by_status().items():
            titles = ", or: ".join(error.title for error in errors)
            headers = [name for error in errors for name in OWN_HEADERS.get(error, ())]
            components.response(problem_response(status), _problem(titles, *headers), lazy=True)
        components.response("Problem", _problem("Any other error"), lazy=True)
        not_modified = {"description": "What you have still holds.", "headers": sent_headers("ETag", *TURN)}
        components.response("NotModified", not_modified, lazy=True)


def _paragraphs(text: str) -> str:
    return LINE_END.sub(" ", text.strip())


def _ordered(mapping: dict[str, Any], keys: tuple[str, ...]) -> dict[str, Any]:
    return {key: mapping[key] for key in (*keys, *mapping) if key in mapping}


def _limited(operation: dict[str, Any]) -> dict[str, Any]:
    """The responses of an operation: where it needs a key, those of its own say what is left to its caller."""
    responses: dict[str, Any] = operation["responses"]
    for response in responses.values() if operation.get("security") else ():
        if "headers" in response:
            response["headers"] |= {name: {"$ref": f"#/components/headers/{name}"} for name in TURN}
    return responses


def _by_status() -> dict[int, list[type[CarbonError]]]:
    found: dict[int, list[type[CarbonError]]] = {}
    for error in EXPLANATIONS:
        found.setdefault(error.status, []).append(error)
    return found


def _problem(description: str, *headers: str) -> dict[str, Any]:
    content = {PROBLEM_JSON: {"schema": Problem}}
    return {"description": description, "headers": sent_headers(*headers, *TURN), "content": content}
