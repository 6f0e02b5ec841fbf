"""The description and the service agree: the file is current, valid, exact, and holds against whatever is sent."""

import json
from pathlib import Path

import yaml
from flask import Flask
from marshmallow import Schema, fields, validate
from openapi_spec_validator import OpenAPIV31SpecValidator

from carbon_api.settings import Settings
from carbon_api.web.app import create_app
from carbon_api.web.description import Description
from carbon_api.web.spec import openapi_document, openapi_yaml
from carbon_api.web.turns import HEADERS as TURN

ROOT = Path(__file__).parents[1]
CHECKED_IN = ROOT / "openapi.yaml"
AUTOMATIC = {"HEAD", "OPTIONS"}


def test_the_file_is_what_the_code_describes() -> None:
    assert CHECKED_IN.read_text(encoding="utf-8") == openapi_yaml(), "run `make openapi`"


def test_the_file_is_valid_openapi() -> None:
    assert list(OpenAPIV31SpecValidator(yaml.safe_load(CHECKED_IN.read_text(encoding="utf-8"))).iter_errors()) == []


def test_every_route_is_described_and_every_description_has_its_route() -> None:
    routes = {
        (rule.rule.replace("<", "{").replace(">", "}"), method.lower())
        for rule in create_app(Settings()).url_map.iter_rules()
        for method in (rule.methods or set()) - AUTOMATIC
    }
    described = {
        (path, method)
        for path, operations in openapi_document()["paths"].items()
        for method in operations
        if method != "parameters"
    }
    assert routes == described


def test_every_operation_has_a_name_of_its_own_and_says_what_it_does() -> None:
    operations = [
        operation
        for path in openapi_document()["paths"].values()
        for method, operation in path.items()
        if method != "parameters"
    ]
    assert len({operation["operationId"] for operation in operations}) == len(operations)
    assert all(operation["summary"] for operation in operations)


def test_a_route_that_reads_a_header_says_so_beside_its_query() -> None:
    described = openapi_document()["paths"]["/v1/estimates"]["post"]["parameters"]
    assert {one["name"]: one["in"] for one in described} == {"persist": "query", "Idempotency-Key": "header"}


def test_no_schema_is_described_that_nothing_refers_to() -> None:
    document = openapi_document()
    text = json.dumps(document)
    mapped = document["components"]["schemas"]["Plan"]["properties"]["lines"]["items"]["discriminator"]["mapping"]
    unused = {name for name in document["components"]["schemas"] if f'"#/components/schemas/{name}"' not in text}
    assert unused - {*mapped} == set()


def test_every_operation_says_whether_it_needs_a_key() -> None:
    operations = [operation for path in openapi_document()["paths"].values() for operation in path.values()]
    public = {operation["operationId"] for operation in operations if operation["security"] == []}
    assert public == {
        *("explain", "get_health", "get_readiness", "get_version"),
        *("get_description", "get_reference", "get_reference_file"),
    }


def test_a_header_of_numbers_is_described_as_one() -> None:
    headers = openapi_document()["components"]["headers"]
    kinds = {name: header["schema"]["type"] for name, header in headers.items()}
    assert {name for name, kind in kinds.items() if kind != "string"} == {*TURN, "Retry-After", "Idempotency-Replayed"}
    assert (kinds["Retry-After"], kinds["Idempotency-Replayed"]) == ("integer", "boolean")


def test_every_error_body_is_a_problem() -> None:
    document = openapi_document()
    for name, response in document["components"]["responses"].items():
        if name.startswith("Problem"):
            [(media, content)] = response["content"].items()
            assert media == "application/problem+json"
            assert content["schema"] == {"$ref": "#/components/schemas/Problem"}


def test_the_served_description_is_the_file() -> None:
    served = create_app(Settings()).test_client().get("/openapi.json").json
    assert served == yaml.safe_load(CHECKED_IN.read_text(encoding="utf-8"))


class Whole(Schema):
    """What apispec alone would describe wrongly."""

    above = fields.Float(validate=validate.Range(min=0, min_inclusive=False))
    below = fields.Float(validate=validate.Range(max=1, max_inclusive=False))
    within = fields.Float(validate=validate.Range(min=0, max=1))
    always = fields.Constant("kgCO2e")


def test_bounds_and_constants_are_described_exactly() -> None:
    description = Description(Flask("described"))
    description.spec.components.schema("Whole", schema=Whole)
    assert description.document()["components"]["schemas"]["Whole"] == {
        "type": "object",
        "properties": {
            "above": {"type": "number", "exclusiveMinimum": 0},
            "below": {"type": "number", "exclusiveMaximum": 1},
            "within": {"type": "number", "minimum": 0, "maximum": 1},
            "always": {"const": "kgCO2e"},
        },
        "additionalProperties": False,
    }
