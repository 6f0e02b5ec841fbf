"""A comparison as it is answered."""

from marshmallow import Schema, fields, validate

from carbon_api.estimate.comparison.plans import VERDICTS
from carbon_api.methods.method import STAGES
from carbon_api.web.schemas.common import Figure, count, many, number, one, text, texts
from carbon_api.web.schemas.estimate import Coverage, Intensity, RangeMade, StageTotal, Warned

ONE_OF_STAGES = validate.OneOf(STAGES)


class MethodCompared(Schema):
    id = text()
    revision = count()


class ReleaseCompared(Schema):
    id = text()
    sha256 = text("Of every frozen field of the release's rows.")


class Ratio(Schema):
    """A ratio; `low`, `high` and `level` where a range was asked for."""

    unit = text(validate=validate.OneOf(["1"]))
    central = number()
    low = fields.Float()
    high = fields.Float()
    level = fields.Float()


class StageUnder(Schema):
    stage = text(validate=ONE_OF_STAGES)
    total = one(Figure)


class GapUnder(Schema):
    """A stage that the method leaves out of lines that it prices: never zero."""

    stage = text()
    reason = text()
    lines = texts("The ids of the lines.")


class NotPriced(Schema):
    """A line that the method cannot price: it is in none of its figures."""

    line = text()
    reason = text()


class LinesPriced(Schema):
    priced = count()
    of = count()


class MethodColumn(Schema):
    """The plan under one method; no total where it prices no line."""

    method = one(MethodCompared)
    title = text()
    life_cycle = fields.Boolean(required=True, metadata={"description": "Whether it has a part in the spread."})
    total = fields.Nested(Figure, required=True, allow_none=True)
    media_delivery = fields.Nested(Figure, required=True, allow_none=True)
    by_stage = many(StageUnder)
    lines = one(LinesPriced)
    excluded = texts("What the method leaves out of its boundary.")
    out_of_boundary = many(GapUnder)
    not_priced = many(NotPriced)


class End(Schema):
    """One end of a spread."""

    method = text()
    total = one(Figure)


class Spread(Schema):
    """How far methods of like boundary lie apart: a spread between models, not a range of one."""

    detail = text()
    methods = texts()
    stages = texts()
    lines = count()
    least = fields.Nested(End, required=True, allow_none=True)
    most = fields.Nested(End, required=True, allow_none=True)
    ratio = fields.Float(required=True, allow_none=True)


class MethodsSide(Schema):
    detail = text("What the methods take for what the plan leaves open.")
    methods = many(MethodColumn)
    spread = one(Spread)


class SetAside(Schema):
    """What the plan itself names and the comparison does not take, as it is not among what is compared."""

    field = text(validate=validate.OneOf(["method", "factor_release"]))
    value = text()
    detail = text()


class MethodsCompared(Schema):
    """One plan under several methods, twice."""

    factor_release = one(ReleaseCompared)
    set_aside = fields.Nested(SetAside, required=True, allow_none=True)
    own_defaults = one(MethodsSide)
    same_inventory = one(MethodsSide)


class PlanBeside(Schema):
    """What the comparison repeats of a plan's own estimate."""

    name = text()
    total = one(Figure)
    media_delivery = one(Figure)
    production_and_data = one(Figure)
    by_stage = many(StageTotal)
    intensity = many(Intensity)
    coverage = one(Coverage)
    warnings = many(Warned)


class StageDifference(Schema):
    stage = text(validate=ONE_OF_STAGES)
    difference = one(Figure)


class Verdict(Schema):
    """Which plan emits less, in words, only where the whole range of the ratio says so."""

    code = text(validate=validate.OneOf(list(VERDICTS)))
    detail = text()
    left_out = texts("The stages that lines have and the method prices of none: nothing is said of them.")


class PlansCompared(Schema):
    """Two plans, in the same draws: the second less the first, and over it."""

    method = one(MethodCompared)
    factor_release = one(ReleaseCompared)
    uncertainty = one(RangeMade)
    plans = many(PlanBeside)
    difference = one(Figure)
    by_stage = many(StageDifference)
    ratio = fields.Nested(Ratio, required=True, allow_none=True)
    probability_emits_less = fields.Float(
        required=True, allow_none=True, metadata={"description": "The share of draws in which the second emits less."}
    )
    verdict = one(Verdict)


class Published(Schema):
    value = number()
    unit = text()
    source = text()
    locator = text()


class RowChange(Schema):
    """A row that differs between the releases, and what that moves the central total by."""

    factor = text()
    title = text()
    country = text()
    valid_from = text()
    change = text(validate=validate.OneOf(["added", "changed", "withdrawn"]))
    before = fields.Nested(Published, required=True, allow_none=True)
    after = fields.Nested(Published, required=True, allow_none=True)
    contribution = one(Figure)


class ReleasesCompared(Schema):
    """One plan under two factor releases: the second less the first, row by row."""

    method = one(MethodCompared)
    factor_releases = many(ReleaseCompared)
    set_aside = fields.Nested(SetAside, required=True, allow_none=True)
    totals = many(Figure)
    difference = one(Figure)
    attribution = text("How the difference is shared out.")
    changes = many(RowChange, "The rows that move the total, the largest contribution first.")
    moved_nothing = count("How many other rows differ between the releases.")


class ComparisonSchema(Schema):
    """What was compared, under the key that `compared` names."""

    compared = text(validate=validate.OneOf(["methods", "plans", "factor_releases"]))
    methods = fields.Nested(MethodsCompared)
    plans = fields.Nested(PlansCompared)
    factor_releases = fields.Nested(ReleasesCompared)
