"""The part of flask-smorest that the service uses; the library ships no types."""

from collections.abc import Callable, Mapping
from typing import Any, ParamSpec, TypeVar

import flask
from apispec import APISpec
from apispec.ext.marshmallow import MarshmallowPlugin
from apispec.ext.marshmallow.openapi import OpenAPIConverter
from marshmallow import Schema
from webargs.flaskparser import FlaskParser

P = ParamSpec("P")
R = TypeVar("R")
F = TypeVar("F", bound=Callable[..., Any])
SchemaLike = Schema | type[Schema] | Mapping[str, Any] | str

class _Converter(OpenAPIConverter):
    def add_attribute_function(self, func: Callable[..., dict[str, Any]]) -> None: ...

class _Plugin(MarshmallowPlugin):
    converter: _Converter

class Api:
    DEFAULT_ERROR_RESPONSE_NAME: str | None
    spec: APISpec
    ma_plugin: _Plugin
    def __init__(self, app: flask.Flask | None = None, *, spec_kwargs: Mapping[str, Any] | None = None) -> None: ...
    def register_blueprint(self, blp: Blueprint, **options: Any) -> None: ...
    def _register_responses(self) -> None: ...
    def _register_error_handlers(self) -> None: ...

class Blueprint(flask.Blueprint):
    ARGUMENTS_PARSER: FlaskParser
    def __init__(self, name: str, import_name: str, *, description: str = "", **options: Any) -> None: ...
    def route(self, rule: str, **options: Any) -> Callable[[F], F]: ...
    def arguments(
        self, schema: SchemaLike, *, location: str = "json", unknown: str | None = None
    ) -> Callable[[Callable[..., R]], Callable[..., R]]: ...
    def response(
        self,
        status_code: int,
        schema: SchemaLike | None = None,
        *,
        content_type: str | None = None,
        description: str | None = None,
        headers: Mapping[str, Any] | None = None,
    ) -> Callable[[Callable[P, R]], Callable[P, R]]: ...
    def alt_response(
        self,
        status_code: int,
        response: str | None = None,
        *,
        schema: SchemaLike | None = None,
        description: str | None = None,
        headers: Mapping[str, Any] | None = None,
        success: bool = False,
    ) -> Callable[[Callable[P, R]], Callable[P, R]]: ...
    @staticmethod
    def doc(**kwargs: Any) -> Callable[[Callable[P, R]], Callable[P, R]]: ...
    def _prepare_arguments_doc(
        self, doc: dict[str, Any], doc_info: dict[str, Any], *, api: Api, spec: APISpec, **kwargs: Any
    ) -> dict[str, Any]: ...
