"""What several answers share."""

from typing import Any

from marshmallow import Schema, fields, validate

UNITS = validate.OneOf(["kgCO2e", "gCO2e", "kWh"])


def text(description: str = "", **options: Any) -> fields.String:
    """A text that is always there."""
    return fields.String(required=True, metadata={"description": description} if description else {}, **options)


def number(description: str = "", **options: Any) -> fields.Float:
    """A number that is always there."""
    return fields.Float(required=True, metadata={"description": description} if description else {}, **options)


def count(description: str = "") -> fields.Integer:
    """A whole number from 0 up that is always there."""
    metadata = {"description": description} if description else {}
    return fields.Integer(required=True, strict=True, validate=validate.Range(min=0), metadata=metadata)


def texts(description: str = "") -> fields.List[Any]:
    """A list of texts that is always there."""
    metadata = {"description": description} if description else {}
    return fields.List(fields.String(), required=True, metadata=metadata)


def one(schema: type[Schema]) -> fields.Nested:
    """An object that is always there."""
    return fields.Nested(schema, required=True)


def many(schema: type[Schema], description: str = "") -> fields.List[Any]:
    """A list of objects that is always there."""
    metadata = {"description": description} if description else {}
    return fields.List(fields.Nested(schema), required=True, metadata=metadata)


class SharedMethod(Schema):
    """A method that every media method shares: of storage, AI, travel or shipping."""

    id = text()
    revision = count()


class Links(Schema):
    """Where this thing is; empty where it was not kept."""

    self = fields.String(metadata={"format": "uri-reference"})


class Figure(Schema):
    """A central value; `low`, `high` and `level` where a range was asked for and means something."""

    unit = text(validate=UNITS)
    central = number()
    low = fields.Float(metadata={"description": "The 2.5 percentile, to 6 significant digits."})
    high = fields.Float(metadata={"description": "The 97.5 percentile, to 6 significant digits."})
    level = fields.Float(metadata={"description": "The probability that the range covers."})


def page_of(item: type[Schema]) -> type[Schema]:
    """A page of a list."""
    next_cursor = fields.String(
        required=True,
        allow_none=True,
        metadata={"description": "Ask again with this for the next page; null at the end."},
    )
    return Schema.from_dict({"items": many(item), "next_cursor": next_cursor}, name=f"{_name(item)}Page")


def list_of(item: type[Schema]) -> type[Schema]:
    """A list that comes whole."""
    return Schema.from_dict({"items": many(item)}, name=f"{_name(item)}List")


def _name(item: type[Schema]) -> str:
    return item.__name__.removesuffix("Schema")
