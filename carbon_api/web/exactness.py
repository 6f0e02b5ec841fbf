"""What apispec leaves out when it describes a marshmallow field, put back so that the description is exact."""

from typing import Any

from apispec.ext.marshmallow.openapi import OpenAPIConverter
from marshmallow import fields, validate

KEPT = ("description", "default", "examples")


def exact_property(_: OpenAPIConverter, field: fields.Field[Any], ret: dict[str, Any]) -> dict[str, Any]:
    """The exact JSON Schema of a field: its own, if it offers one; exclusive bounds and constants otherwise."""
    if hasattr(field, "json_schema"):
        kept = {key: ret[key] for key in KEPT if ret.get(key) is not None}
        ret.clear()
        return {**kept, **field.json_schema()}
    if isinstance(field, fields.Constant):
        ret.clear()
        return {"const": field.constant}
    for check in field.validators:
        if isinstance(check, validate.Range):
            _exclude_bounds(check, ret)
    return {}


def _exclude_bounds(check: validate.Range, ret: dict[str, Any]) -> None:
    if check.min is not None and not check.min_inclusive:
        ret.pop("minimum", None)
        ret["exclusiveMinimum"] = check.min
    if check.max is not None and not check.max_inclusive:
        ret.pop("maximum", None)
        ret["exclusiveMaximum"] = check.max
