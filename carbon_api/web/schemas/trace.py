"""A trace as it is answered."""

from marshmallow import Schema, fields, validate

from carbon_api.methods.catalog import ACTIVITIES
from carbon_api.methods.method import PHASES, STAGES
from carbon_api.web.schemas.common import SharedMethod, count, many, number, one, text, texts


class TracedMethod(Schema):
    id = text()
    revision = count()
    shared = many(SharedMethod, "The methods beside it that some line needs: of storage, AI, travel, shipping.")


class TracedRelease(Schema):
    id = text()
    sha256 = text()


class ValueUsed(Schema):
    """A number that some cell uses, in coherent units; a published one says where it was published."""

    value = number()
    unit = text()
    status = text(validate=validate.OneOf(["given", "derived", "default", "factor"]))
    factor = fields.String()
    country = fields.String()
    valid_from = fields.String()
    source = fields.String()
    locator = fields.String()
    as_published = fields.String(metadata={"description": "The number and the unit that its source prints."})


class FormulaUsed(Schema):
    """Plain arithmetic over the columns and over the formulas before it."""

    name = text()
    formula = text()


class StageOf(Schema):
    """A stage, and the formula that yields it in kgCO2e."""

    stage = text(validate=validate.OneOf(STAGES))
    phase = text(validate=validate.OneOf(PHASES))
    formula = text()


class Cell(Schema):
    """A line in one country on one device; `values` are places in the trace's values, in the order of the columns."""

    line = text()
    country = text()
    device = text("Empty where devices are not told apart.")
    values = fields.List(fields.Integer(strict=True, validate=validate.Range(min=0)), required=True)


class CellTable(Schema):
    """Cells that are described alike, and the formulas that price each."""

    activity = text(validate=validate.OneOf(ACTIVITIES))
    columns = texts("The names of the values of a cell.")
    formulas = many(FormulaUsed)
    stages = many(StageOf)
    rows = many(Cell)


class StageResult(Schema):
    stage = text(validate=validate.OneOf(STAGES))
    phase = text(validate=validate.OneOf(PHASES))
    central = number("kgCO2e")


class LineResult(Schema):
    id = text()
    total = number("kgCO2e")
    stages = many(StageResult)


class LineNotPriced(Schema):
    """A line that the method leaves out of its boundary."""

    id = text()
    reason = text()


class Results(Schema):
    """What the cells come to."""

    unit = text(validate=validate.OneOf(["kgCO2e"]))
    total = number("kgCO2e")
    by_stage = many(StageResult)
    lines = many(LineResult)
    not_priced = many(LineNotPriced)


class TraceSchema(Schema):
    """All that an estimate's central values were made of."""

    trace = count("The version of this format.")
    method = one(TracedMethod)
    factor_release = one(TracedRelease)
    values = many(ValueUsed)
    tables = many(CellTable)
    results = one(Results)
