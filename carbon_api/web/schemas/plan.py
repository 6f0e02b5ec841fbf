"""The plan as the description has it: the exact schema that `plan` reads by, in parts with names."""

from collections.abc import Iterator, Mapping
from typing import Any

import orjson

from carbon_api.advice.asked import RecommendationSchema
from carbon_api.plan.compared import ComparisonSchema
from carbon_api.plan.kinds import KINDS
from carbon_api.plan.parts import Part
from carbon_api.plan.schemas import PartField, PlanSchema

Json = dict[str, Any]
PLACE = "#/components/schemas/"
PLAN = {"$ref": f"{PLACE}Plan"}
NOTHING: Json = {"not": {}}  # the schema `false`, for the many generators that take a schema for a mapping


def plan_components() -> dict[str, Json]:
    """The schemas of a plan by name: the plan, each kind of line, each field that several kinds share."""
    parts = dict(_parts())
    names = {_key(schema): name for name, schema in parts.items()}
    named = {name: _refer_inside(schema, names) for name, schema in parts.items()}
    _name_fields(named["Plan"], PlanSchema())
    for kind, schema in KINDS.items():
        _name_fields(named[_line(kind)], schema)
    kinds = {kind: f"{PLACE}{_line(kind)}" for kind in KINDS}
    named["Plan"]["properties"]["lines"]["items"]["discriminator"]["mapping"] = kinds
    _leave_to_defaults(named)
    return named


def _name_fields(described: Json, part: Part) -> None:
    """Refer each field to the schema of its own name: an amount of money and a count may be written alike."""
    for name, field in part.readers.items():
        if field.component:
            described["properties"][name]["$ref"] = f"{PLACE}{field.component}"
        if isinstance(field, PartField):
            _name_fields(described["properties"][name], field.part)


def _leave_to_defaults(named: Mapping[str, Json]) -> None:
    """Let a line leave out what the plan's defaults may say for it.

    That one of the two says it is a rule between values. A schema can have such rules, but those who make requests or
    code out of a schema give up at them.
    """
    defaults = named["Plan"]["properties"]["defaults"]
    defaults["description"] += "; what a line must say may stand here instead"
    for kind in KINDS:
        line = named[_line(kind)]
        line["required"] = [name for name in line["required"] if name not in defaults["properties"]]


def _parts() -> Iterator[tuple[str, Json]]:
    yield "Plan", PlanSchema().json_schema()
    yield "ComparisonAsked", ComparisonSchema().json_schema()
    yield "RecommendationsAsked", RecommendationSchema().json_schema()
    yield from _shared(PlanSchema())
    for kind, schema in KINDS.items():
        yield _line(kind), schema.json_schema()
        yield from _shared(schema)


def _shared(part: Part) -> Iterator[tuple[str, Json]]:
    for field in part.readers.values():
        if field.component:
            yield field.component, field.json_schema()
        if isinstance(field, PartField):
            yield from _shared(field.part)


def _line(kind: str) -> str:
    return "".join(word.capitalize() for word in kind.split("_")) + "Line"


def _key(schema: Json) -> bytes:
    """What makes two schemas the same: all but what is said of them."""
    return orjson.dumps({key: value for key, value in schema.items() if key != "description"})


def _refer(node: Any, names: Mapping[bytes, str]) -> Any:
    if isinstance(node, list):
        return [_refer(item, names) for item in node]
    if not isinstance(node, dict):
        return node
    name = names.get(_key(node))
    if name is None:
        return _refer_inside(node, names)
    said = {"description": node["description"]} if "description" in node else {}
    return {"$ref": f"{PLACE}{name}", **said}


def _refer_inside(schema: Json, names: Mapping[bytes, str]) -> Json:
    return {
        key: _refer(value, names) if key != "properties" else _properties(value, names) for key, value in schema.items()
    }


def _properties(schemas: Json, names: Mapping[bytes, str]) -> Json:
    return {name: NOTHING if schema is False else _refer(schema, names) for name, schema in schemas.items()}
