"""Whether the service stands."""

from marshmallow import Schema, fields, validate

from carbon_api.web.schemas.common import many, text


class Alive(Schema):
    status = text(validate=validate.Equal("ok"))


class Check(Schema):
    name = text(validate=validate.OneOf(["database", "schema", "factor book"]))
    ready = fields.Boolean(required=True)
    detail = text("What is there, or what is missing and how to mend it.")


class Ready(Schema):
    ready = fields.Boolean(required=True)
    checks = many(Check)


class Version(Schema):
    version = text()
    factor_release = text()
