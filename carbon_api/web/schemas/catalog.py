"""What can be named in a plan, and how the methods reckon."""

from marshmallow import Schema, fields

from carbon_api.web.schemas.common import Links, count, list_of, many, number, one, text, texts


class Platform(Schema):
    id = text("As written in a plan.")
    title = text()


class Formula(Schema):
    """One quantity of a method; the names in its text are other formulas, values or fields of a plan."""

    name = text()
    formula = text()
    stage = fields.String(required=True, allow_none=True, metadata={"description": "The stage it prices, in kgCO2e."})
    phase = fields.String(required=True, allow_none=True)


class FactorUsed(Schema):
    """A published value that a name in the formulas may stand for."""

    id = text("/v1/factors/{id} has all its values.")
    country = text()
    value = number("As published.")
    unit = text()
    coherent_value = number("In the units of the formulas.")
    coherent_unit = text()
    source = text()
    locator = text()


class ValueAsked(Schema):
    """A name that formulas ask for and none yields: the factors it may stand for, and what it is otherwise."""

    name = text()
    patterns = texts("Ids of factors, in the order they are tried; {device} and the like are filled in by line.")
    otherwise = text()
    factors = many(FactorUsed)


class Limits(Schema):
    included = texts()
    excluded = texts()


class MethodSummary(Schema):
    id = text()
    revision = count()
    title = text()
    publisher = text()
    version = text()
    links = one(Links)


class MethodSchema(MethodSummary):
    """A published method: what it covers, its formulas as text, the factors they use."""

    opening = text("What it is, what was read of it and what was not.")
    boundary = one(Limits)
    grid = text("The factor that every electricity grid is taken from.")
    variants = fields.Dict(
        keys=fields.String(),
        values=fields.List(fields.String()),
        required=True,
        metadata={"description": "By name, the formulas of which a line takes the one that fits it."},
    )
    formulas = many(Formula)
    values = many(ValueAsked)
    factor_release = text()


MethodList = list_of(MethodSummary)
PlatformList = list_of(Platform)
