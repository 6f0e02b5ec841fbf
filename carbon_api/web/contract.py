"""What a route promises: its query, its answer, its errors; said once, and described as it is kept."""

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any, NoReturn, ParamSpec, TypeVar, cast
from urllib.parse import unquote_to_bytes

from apispec import APISpec
from flask import Request
from flask_smorest import Api, Blueprint
from marshmallow import RAISE, Schema, ValidationError
from webargs.flaskparser import FlaskParser

from carbon_api.errors import CarbonError, Finding, QueryInvalid, Unavailable, step
from carbon_api.store.keys import Scope
from carbon_api.web.fields import NoQuery
from carbon_api.web.problems import KeyNeeded, ScopeMissing, TooManyRequests

P = ParamSpec("P")
R = TypeVar("R")
F = TypeVar("F", bound=Callable[..., Any])

SCHEME = "key"  # its name in the description
EVERYWHERE = ("X-Request-Id", "Factor-Release")


def sent_headers(*names: str) -> dict[str, str]:
    """The headers that every answer has, and those named, as references into the description."""
    return {name: name for name in (*EVERYWHERE, *names)}


def problem_response(status: int) -> str:
    """The name, in the description, of the problems that come with a status."""
    return f"Problem{status}"


class QueryParser(FlaskParser):
    """Reads a query and refuses what it does not know: unknown names, repeated names, malformed values."""

    def load_querystring(self, req: Request, schema: Schema) -> dict[str, str]:
        """The query as texts by name."""
        _refuse_no_text(req.query_string)
        for name, values in req.args.lists():
            if len(values) > 1:
                raise ValidationError({name: ["Give it once."]})
        return req.args.to_dict()

    def handle_error(self, error: ValidationError, req: Request, schema: Schema, **_: Any) -> NoReturn:
        """Raise what is wrong with the query, and what would do."""
        messages = error.messages_dict
        messages = messages.get("query", messages)
        findings = [_finding(name, texts[0], schema) for name, texts in messages.items()]
        raise QueryInvalid(f"{len(findings)} query argument(s) cannot be used.", findings)


def _refuse_no_text(query: bytes) -> None:
    """QueryInvalid for bytes that are no text, which the library would leave quoted as they are."""
    try:
        unquote_to_bytes(query).decode()
    except UnicodeDecodeError as fault:
        detail = "The query is not UTF-8; quote the bytes of UTF-8 with %."
        raise QueryInvalid(detail, [Finding("", "not-utf-8", detail)]) from fault


def _finding(name: str, text: str, schema: Schema) -> Finding:
    if name not in _arguments(schema):
        known = tuple(_arguments(schema))
        return Finding(step(name), "unknown-argument", "There is no such argument here.", known)
    words = getattr(_arguments(schema)[name], "words", tuple)
    return Finding(step(name), "invalid-argument", text, tuple(words()))


def _arguments(schema: Schema) -> dict[str, Any]:
    return {field.data_key or name: field for name, field in schema.fields.items()}


class Routes(Blueprint):
    """The routes of one resource."""

    ARGUMENTS_PARSER = QueryParser()

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.scopes: dict[str, Scope | None] = {}  # that a key must have, by endpoint; None where it is public

    def route(self, rule: str, *, scope: Scope | None = "read", **options: Any) -> Callable[[F], F]:
        """Decorator: register the view, for keys that have the scope, or open to all; if it reads no query, it is
        refused one."""
        register = super().route(rule, **options)

        def decorate(view: F) -> F:
            view = cast(F, self.doc(operationId=view.__name__)(view))
            self.scopes[f"{self.name}.{view.__name__}"] = scope
            if scope:
                view = self._closed(view, scope)
            if "arguments" in getattr(view, "_apidoc", {}):
                return register(view)

            @wraps(view)
            def unasked(_query: Any, **path: str) -> Any:
                return view(**path)

            register(self.query(NoQuery)(unasked))
            return view

        return decorate

    def _closed(self, view: F, scope: Scope) -> F:
        """The view, described as being behind a key with the scope; `access` holds the door."""
        described: Callable[..., Any] = self.doc(security=[{SCHEME: [scope]}, {}])(view)
        for error in (KeyNeeded, ScopeMissing, TooManyRequests, Unavailable):
            described = self.alt_response(error.status, problem_response(error.status))(described)
        return cast(F, described)

    def query(self, schema: type[Schema]) -> Callable[[Callable[..., R]], Callable[..., R]]:
        """Decorator: the view is first given the query, read by `schema`."""
        return self.arguments(schema(), location="query", unknown=RAISE)  # a class would be made anew for each request

    def answers(
        self, status: int, schema: Any, description: str, *errors: type[CarbonError], headers: Sequence[str] = ()
    ) -> Callable[[Callable[P, R]], Callable[P, R]]:
        """Decorator: what the view answers when all is well, with which headers, and the errors of its own."""

        def decorate(view: Callable[P, R]) -> Callable[P, R]:
            view = self.fails(*errors)(view)
            return self.response(status, schema, description=description, headers=sent_headers(*headers))(view)

        return decorate

    def fails(self, *errors: type[CarbonError]) -> Callable[[Callable[P, R]], Callable[P, R]]:
        """Decorator: the errors of the view's own."""

        def decorate(view: Callable[P, R]) -> Callable[P, R]:
            for error in errors:
                view = self.alt_response(error.status, problem_response(error.status))(view)
            return view

        return decorate

    def finds(
        self, schema: Any, description: str, *errors: type[CarbonError]
    ) -> Callable[[Callable[P, R]], Callable[P, R]]:
        """Decorator: what a GET answers: 200 with an ETag, or 304 to a caller who has it already."""

        def decorate(view: Callable[P, R]) -> Callable[P, R]:
            found = self.answers(200, schema, description, *errors, headers=["ETag"])(view)
            return self.alt_response(304, "NotModified")(found)

        return decorate

    def _prepare_arguments_doc(
        self, doc: dict[str, Any], doc_info: dict[str, Any], *, api: Api, spec: APISpec, **kwargs: Any
    ) -> dict[str, Any]:
        if "arguments" in doc_info:  # the library would name the response as this Python's http module does
            doc_info["arguments"]["responses"] = {QueryInvalid.status: problem_response(QueryInvalid.status)}
        header = doc_info.get("manual_doc", {}).pop("header", None)
        doc = super()._prepare_arguments_doc(doc, doc_info, api=api, spec=spec, **kwargs)
        if header:  # as `parameters` it would take the place of those of the query
            doc["parameters"] = [*doc["parameters"], header]
        return doc
