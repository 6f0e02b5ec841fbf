"""A plan spelled out: English keys, and under each line what it leaves to the defaults. It reads as the same plan."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from carbon_api.plan.defaults import with_defaults
from carbon_api.plan.french import english
from carbon_api.plan.kinds import KIND, KINDS
from carbon_api.plan.schemas import PlanSchema

Words = dict[str, Any]
_LISTS = ("travel", "shipping")
_DEFAULTS = PlanSchema().readers["defaults"]


def spelled_out(document: Mapping[str, Any]) -> Words:
    """The document of a plan that was read, which holds no fault; every line says all that it is read with."""
    plan = _named(document)
    written = _named(plan.pop("defaults", {}))
    read = cast(Mapping[str, Any], _DEFAULTS.read(written)) if written else {}
    return {**plan, "lines": [_line(line, written, read) for line in plan["lines"]]}


def _line(line: Mapping[str, Any], written: Words, read: Mapping[str, Any]) -> Words:
    own = _named(line)
    schema = KINDS[KIND.read(own["kind"])]
    values, _ = schema.walk(line)
    return {name: _named_inside(name, own.get(name, written.get(name))) for name in with_defaults(schema, values, read)}


def _named(mapping: Mapping[str, Any]) -> Words:
    return {english(key) or key: value for key, value in mapping.items()}


def _named_inside(name: str, value: Any) -> Any:
    """Trips and parcels have keys of their own; the keys of a quantity or a mix are read as they are."""
    return [_named(item) for item in cast(Sequence[Words], value)] if name in _LISTS else value
