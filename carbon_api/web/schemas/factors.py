"""The factor book as answered: values, sources, releases."""

from marshmallow import Schema, fields, validate

from carbon_api.web.schemas.common import Links, count, list_of, many, number, one, page_of, text, texts


class SourceSchema(Schema):
    """A publication."""

    id = text()
    title = text()
    publisher = text()
    version = text()
    published = text()
    licence = text()
    address = text()
    credit = text("How the source asks to be credited.")


class Coherent(Schema):
    """The value in the units that formulas use, with its range."""

    unit = text()
    value = number()
    low = number("The 2.5 percentile, or the lower end of a triangle.")
    high = number("The 97.5 percentile, or the upper end of a triangle.")
    shape = text(validate=validate.OneOf(["lognormal", "triangular", "uniform", "exact"]))


class FactorSummary(Schema):
    """A published value, in short."""

    id = text()
    title = text()
    country = text("ISO 3166-1 alpha-2, EU or world.")
    valid_from = text()
    value = number("As published.")
    unit = text("As published.")
    source = text("The id of its source.")
    tags = texts()
    links = one(Links)


class FactorValue(Schema):
    """A published value: where it comes from, when it holds, how sure it is."""

    country = text("ISO 3166-1 alpha-2, EU or world.")
    valid_from = text()
    value = number("As published.")
    unit = text("As published.")
    coherent = one(Coherent)
    basis = text("Where the range comes from.")
    group = text("Values of one group are drawn together.")
    source = one(SourceSchema)
    locator = text("Page, table, cell or path within the source.")
    evidence = text(validate=validate.OneOf(["primary", "secondary"]))
    checked_on = text()
    review_by = text()
    since = text("The first release that has it.")
    until = fields.String(required=True, allow_none=True, metadata={"description": "The first release without it."})
    withdrawn = text("Why a later release took it back; empty where none did.")
    note = text()
    warning = text()
    details = fields.Dict(keys=fields.String(), values=fields.String(), required=True)


class Factor(Schema):
    """Every value of a factor within a release."""

    id = text()
    title = text()
    tags = texts()
    factor_release = text()
    values = many(FactorValue)
    links = one(Links)


class ReleaseSchema(Schema):
    """A release of the factor book; an estimate names the one it used."""

    id = text()
    published = text()
    sha256 = text("Of every frozen field of its rows.")
    factors = count("How many values it holds.")
    latest = fields.Boolean(required=True)


FactorPage = page_of(FactorSummary)
SourceList = list_of(SourceSchema)
ReleaseList = list_of(ReleaseSchema)
