"""The description takes a plan that the service takes, in a form that generators of code can use."""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from carbon_api.plan.kinds import KINDS
from carbon_api.web.spec import openapi_document
from tests.plan.refusing import line, plan, read, refused

EXAMPLES = sorted(
    path for path in (Path(__file__).parents[2] / "examples").iterdir() if path.suffix in {".yaml", ".json"}
)
AMOUNTS = {"spend": "Money", "cpm": "Money", "impressions": "Count", "weight": "Weight"}


@cache
def components() -> dict[str, Any]:
    found: dict[str, Any] = openapi_document()["components"]
    return found


def takes(document: object) -> bool:
    return Draft202012Validator({"$ref": "#/components/schemas/Plan", "components": components()}).is_valid(document)


def left_to_defaults() -> list[tuple[str, str]]:
    """Each kind of line with a name that it needs and that the defaults of a plan may give."""
    may = components()["schemas"]["Plan"]["properties"]["defaults"]["properties"]
    return [(kind, name) for kind, schema in KINDS.items() for name in schema.required if name in may]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_the_plans_of_the_examples_are_described(path: Path) -> None:
    document = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert takes(json.loads(json.dumps(document, default=str)))


@pytest.mark.parametrize(("kind", "name"), left_to_defaults())
def test_what_a_line_leaves_to_the_defaults_is_described_as_it_is_read(kind: str, name: str) -> None:
    whole, without = line(kind), line(kind, name)
    given = {"defaults": {name: whole[name]}}
    read(without, **given)
    assert takes(plan(without, **given))
    assert [code for _, code in refused(without)] == ["missing-field"]


@pytest.mark.parametrize("kind", KINDS)
def test_what_no_default_gives_is_needed(kind: str) -> None:
    assert not takes(plan(line(kind, "id")))
    assert not takes(plan(line(kind, "kind")))
    assert takes(plan(line(kind)))


@pytest.mark.parametrize("name", AMOUNTS)
def test_a_field_refers_to_the_schema_of_its_own_name(name: str) -> None:
    """Money and a number of outputs are written alike, and are not the same."""
    for place in (components()["schemas"]["AdLine"], components()["schemas"]["Plan"]["properties"]["defaults"]):
        assert place["properties"][name]["$ref"] == f"#/components/schemas/{AMOUNTS[name]}"


def test_every_property_is_described_by_a_mapping() -> None:
    """`false` is a schema too, and many a generator stops at it."""
    found = [properties for properties in named("properties", openapi_document()["components"]["schemas"])]
    assert len(found) > 200
    assert [name for properties in found for name, schema in properties.items() if not isinstance(schema, dict)] == []


def named(key: str, node: Any) -> Iterator[dict[str, Any]]:
    """Every mapping under this key."""
    inside = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for name, value in inside:
        if name == key and isinstance(value, dict):
            yield value
        yield from named(key, value)
