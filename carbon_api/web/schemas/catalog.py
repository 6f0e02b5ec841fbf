"""What can be named in a plan, and how the methods reckon."""

from marshmallow import Schema, fields, validate

from carbon_api.methods.catalog import ACTIVITIES
from carbon_api.web.schemas.common import Links, count, list_of, many, number, one, text, texts


class Platform(Schema):
    id = text("As written in a plan.")
    title = text()


ONE_OF_ACTIVITIES = validate.OneOf(ACTIVITIES)


def texts_by_name(description: str) -> fields.Dict:
    """Texts by name, always there."""
    metadata = {"description": description}
    return fields.Dict(keys=fields.String(), values=fields.String(), required=True, metadata=metadata)


def text_or_null(description: str) -> fields.String:
    """A text, or null; always there."""
    return fields.String(required=True, allow_none=True, metadata={"description": description})


class Formula(Schema):
    """One quantity of a method; the names in its text are other formulas or values of the same activity."""

    name = text()
    activity = text(
        "What it prices: content sent to screens, data kept, content generated, trips or parcels.",
        validate=ONE_OF_ACTIVITIES,
    )
    formula = text()
    stage = text_or_null("The stage that it is a term of, in kgCO2e.")
    phase = text_or_null("The phase of that term.")
    is_energy = fields.Boolean(required=True, metadata={"description": "Whether it is a term of the energy, in kWh."})
    rows = text_or_null("Of a term, the lines that it covers, by a name of `rows`; it is no term of any other line.")


class FactorUsed(Schema):
    """A published value that a name in the formulas may stand for."""

    id = text("/v1/factors/{id} has all its values.")
    country = text()
    valid_from = text()
    value = number("As published.")
    unit = text()
    coherent_value = number("In the units of the formulas.")
    coherent_unit = text()
    source = text()
    locator = text()


class Bound(Schema):
    """A name, and the factors it may stand for."""

    name = text()
    patterns = texts("Ids of factors, in the order they are tried: see `look_up`; {device} and the like: see `places`.")
    factors = many(FactorUsed)


class ValueAsked(Bound):
    """A name that formulas of an activity ask for and none yields. A grid's countries are left to /v1/factors/{id}."""

    activity = text(validate=ONE_OF_ACTIVITIES)
    given = text_or_null(
        "What a line, or a package for it, gives, which wins over the factors; null where none gives it."
    )


class ScreenCoverage(Schema):
    """How the share of the screen that a creative takes is found."""

    rule = text()
    formula = text("For a creative of known shape.")
    values = many(Bound)


class Region(Schema):
    """A region whose rows stand in for those of its member countries."""

    region = text()
    factor = text("The factor whose rows are the members.")
    members = texts()


class Outside(Schema):
    """Lines whose whole delivery the method leaves out: reported, never zero."""

    field = text("The field of the line.")
    value = text("What it says there.")
    reason = text()


class ReadingOffered(Schema):
    """Another way to read the same plan, which estimates show beside."""

    code = text()
    detail = text()
    places = texts_by_name("What it puts in places of patterns.")
    devices = texts_by_name("Its names for devices, in place of the method's.")


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


class UnitWorth(Schema):
    """What a unit that a plan may be written in is worth."""

    unit = text()
    coherent_value = number("In the units of the formulas.")
    coherent_unit = text()


class MethodSchema(MethodSummary):
    """A published method: what it covers, its formulas as text, the factors they use."""

    opening = text("What it is, what was read of it and what was not.")
    boundary = one(Limits)
    grid = text_or_null("The factor that every electricity grid is taken from; null where no formula asks for one.")
    activities = texts_by_name("What a line may be, of those that formulas and values name: one line may be several.")
    cells = text("What a line is priced by.")
    units = many(UnitWorth)
    look_up = text("How a value is found by its patterns.")
    places = texts_by_name("What stands in the places of patterns, such as {device}.")
    rows = texts_by_name("The lines that a term may cover.")
    variants = fields.Dict(
        keys=fields.String(),
        values=fields.Dict(keys=fields.String(), values=fields.String()),
        required=True,
        metadata={"description": "By name, the formulas that it may stand for, and when it stands for which."},
    )
    formulas = many(Formula)
    values = many(ValueAsked)
    device_mix = text("The devices of a line that gives none.")
    screen_coverage = fields.Nested(
        ScreenCoverage,
        required=True,
        allow_none=True,
        metadata={"description": "Null where the method has no use for it."},
    )
    regions = many(Region)
    devices = texts_by_name("What the method calls a device of the plan, where it has another name for it.")
    outside = many(Outside)
    readings = many(ReadingOffered)
    factor_release = text()


MethodList = list_of(MethodSummary)
PlatformList = list_of(Platform)
