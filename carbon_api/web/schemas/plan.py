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
PLAN = {"$ref": "#/components/schemas/Plan"}


def plan_components() -> dict[str, Json]:
    """The schemas of a plan by name: the plan, each kind of line, each field that several kinds share."""
    parts = dict(_parts())
    names = {_key(schema): name for name, schema in parts.items()}
    named = {name: _refer_inside(schema, names) for name, schema in parts.items()}
    kinds = {kind: f"#/components/schemas/{_line(kind)}" for kind in KINDS}
    named["Plan"]["properties"]["lines"]["items"]["discriminator"]["mapping"] = kinds
    return named


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
    return {"$ref": f"#/components/schemas/{name}", **said}


def _refer_inside(schema: Json, names: Mapping[bytes, str]) -> Json:
    return {key: _refer(value, names) for key, value in schema.items()}
