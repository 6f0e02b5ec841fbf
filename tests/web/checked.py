"""A client that holds every answer against `openapi.yaml`: its status, its headers, its media type, its body."""

import gzip
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from flask import Flask
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator
from jsonschema.protocols import Validator
from referencing import Registry
from referencing.jsonschema import DRAFT202012
from werkzeug.test import TestResponse

from carbon_api.factor_book.book import Book
from carbon_api.settings import Settings
from carbon_api.web.app import create_app
from carbon_api.web.service import EXTENSION

OPENAPI = Path(__file__).parents[2] / "openapi.yaml"
NO_BODY = {204, 304}
UNDESCRIBED = {"HEAD", "OPTIONS"}


def running(settings: Settings, the_book: Book | None = None) -> Iterator[Flask]:
    """An application whose clients check its answers; its connections are closed at the end."""
    app = create_app(settings, the_book)
    app.test_client_class = CheckedClient
    yield app
    app.extensions[EXTENSION].database.engine.dispose()


class CheckedClient(FlaskClient):
    """A test client whose every answer is one that the description promises."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        response = super().open(*args, **kwargs)
        if response.request.method not in UNDESCRIBED:
            check(response)
        return response


def check(response: TestResponse) -> None:
    """AssertionError if the description does not promise this answer."""
    place, described = promised(response.request.method, response.request.path, response.status_code)
    for name, header in described.get("headers", {}).items():
        if resolved(header["$ref"].removeprefix("#"))[1]["required"]:
            assert name in response.headers, f"{place} lacks the header {name}"
    content = described.get("content", {})
    if response.status_code in NO_BODY:
        assert not content
        assert response.data == b""
        return
    assert response.content_type in content, f"{place} answered {response.content_type}"
    media = response.content_type.replace("/", "~1")
    sent = gzip.decompress(response.data) if response.content_encoding == "gzip" else response.data
    body = response.json if response.is_json else sent.decode()
    errors = [
        f"{error.json_path}: {error.message}"
        for error in validator(f"{place}/content/{media}/schema").iter_errors(body)
    ]
    assert errors == []


def promised(method: str, path: str, status: int) -> tuple[str, dict[str, Any]]:
    """The pointer to the response that the description has for this, and the response."""
    template = next((known for known in document()["paths"] if re.fullmatch(as_pattern(known), path)), None)
    operation = document()["paths"].get(template, {}).get(method.lower(), {})
    responses = operation.get("responses", {})
    if str(status) not in responses and status >= 400:
        return resolved("/components/responses/Problem")
    assert str(status) in responses, f"{method} {path} answered {status}, which is not described"
    step = str(template).replace("~", "~0").replace("/", "~1")
    return resolved(f"/paths/{step}/{method.lower()}/responses/{status}")


def as_pattern(template: str) -> str:
    """A path template as a regular expression; path arguments hold no slash."""
    return re.sub(r"\\{[^}]*\\}", "[^/]+", re.escape(template))


def resolved(pointer: str) -> tuple[str, dict[str, Any]]:
    """The pointer and what it points at, a reference followed."""
    found = document()
    for step in pointer.split("/")[1:]:
        found = found[step.replace("~1", "/").replace("~0", "~")]
    return resolved(found["$ref"].removeprefix("#")) if "$ref" in found else (pointer, found)


@cache
def document() -> dict[str, Any]:
    """The description that is checked in."""
    return dict(yaml.safe_load(OPENAPI.read_text(encoding="utf-8")))


@cache
def validator(pointer: str) -> Validator:
    """The validator of the schema that the pointer leads to."""
    registry = Registry().with_resource("urn:openapi", DRAFT202012.create_resource(document()))
    schema = {"$ref": f"urn:openapi#{pointer}"}
    return Draft202012Validator(schema, registry=registry, format_checker=Draft202012Validator.FORMAT_CHECKER)
