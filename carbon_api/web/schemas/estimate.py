"""The answer to a plan."""

from marshmallow import Schema, fields, validate

from carbon_api.methods.catalog import ACTIVITIES
from carbon_api.methods.method import PHASES, STAGES
from carbon_api.web.schemas.common import Figure, Links, SharedMethod, count, many, number, one, page_of, text, texts

ONE_OF_STAGES = validate.OneOf(STAGES)
STATUS = validate.OneOf(["given", "default"])


class MethodUsed(Schema):
    id = text()
    revision = count()
    shared = many(SharedMethod, "The methods beside it that some line needs: of storage, AI, travel, shipping.")
    status = text(validate=STATUS)


class ReleaseUsed(Schema):
    id = text()
    sha256 = text("Of every frozen field of the release's rows.")
    status = text(validate=STATUS)


class Engine(Schema):
    version = text()


class Boundary(Schema):
    included = texts()
    excluded = texts()
    accounting = text()


class RangeMade(Schema):
    """How the range was made; `draws` and `seed` only where there is one."""

    range = fields.Boolean(required=True)
    draws = fields.Integer()
    seed = fields.Integer()
    kind = text()


class CrossCheck(Schema):
    """The same lines under another method, never mixed with this one."""

    method = text()
    ratio = fields.Float(required=True, allow_none=True)
    lines = count("How many lines both methods price.")
    not_compared = texts("Stages of delivery that only one of the two methods prices for some line.")
    detail = text()


class OtherReading(Schema):
    """What the same plan comes to when something it left open is read another way."""

    code = text()
    detail = text()
    total = one(Figure)


class Intensity(Figure):
    per = text("1000 impressions, on-target contact, minute watched, kept asset, or the plan's currency.")


AUDIENCE = ("on_target", "off_target", "non_viewable", "unknown", "not_delivery")
ByAudience = Schema.from_dict({part: one(Figure) for part in AUDIENCE}, name="ByAudience")
LineAudience = Schema.from_dict({part: number("kgCO2e") for part in AUDIENCE[:-1]}, name="LineAudience")


class Phases(Schema):
    """kgCO2e by phase of the equipment's life."""

    use = fields.Float()
    embodied = fields.Float()
    unsplit = fields.Float()


class StageTotal(Schema):
    stage = text(validate=ONE_OF_STAGES)
    phases = one(Phases)
    total = one(Figure)


class PlatformTotal(Schema):
    """The delivery on a platform; with null, all that is on none. Together they are the total."""

    platform = text("null for what is on no platform: storage, landing pages that name none.", allow_none=True)
    total = one(Figure)


class CountryTotal(Schema):
    country = text()
    total = one(Figure)


class CategoryTotal(Schema):
    """A category of the GHG Protocol's scope 3, or what is shown beside it."""

    category = text()
    label = text()
    total = one(Figure)


class LineStage(Schema):
    stage = text(validate=ONE_OF_STAGES)
    phase = text(validate=validate.OneOf(PHASES))
    central = number("kgCO2e")


class LeftOut(Schema):
    """What the method does not price of a line: left out, never zero."""

    stage = text("A stage, or `all stages`.")
    reason = text()


class Derived(Schema):
    """A volume that was worked out from other fields of the line."""

    field = text()
    value = number()
    unit = text()


class LinePart(Schema):
    """A part of a line: its delivery, what it keeps, travels or sends."""

    part = text(validate=validate.OneOf(ACTIVITIES))
    total = one(Figure)


class LineTotal(Schema):
    id = text()
    kind = text()
    platform = fields.String(required=True, allow_none=True)
    derived = many(Derived)
    total = fields.Nested(
        Figure,
        required=True,
        allow_none=True,
        metadata={"description": "Null where the line is outside the method's boundary: unpriced, never zero."},
    )
    parts = many(LinePart, "What the total is made of, where a line has several parts; else empty.")
    by_audience = fields.Nested(
        LineAudience,
        required=True,
        allow_none=True,
        metadata={"description": "The line's delivery by whom it reaches; null where none is priced."},
    )
    stages = many(LineStage)
    out_of_boundary = many(LeftOut)


class DefaultUsed(Schema):
    """A published value that stood in for one that the plan did not give."""

    field = text("The field of the line that would have said it.")
    value = number()
    unit = text()
    factor = text()
    title = text("What the factor is.")
    country = text()
    valid_from = text()
    source = text()
    locator = text()
    evidence = text(validate=validate.OneOf(["primary", "secondary"]))
    lines = texts("The ids of the lines it was used for.")


class LinesCovered(Schema):
    """How many of the plan's lines the totals are of; the others are outside the method's boundary."""

    priced = count()
    of = count()
    not_priced = texts("The ids of the others.")


class Coverage(Schema):
    """The shares of the total whose inputs, emission factors aside, were all given or derived, and the rest."""

    given = number()
    default = number()
    lines = one(LinesCovered)
    defaults = many(DefaultUsed)


class Driver(Schema):
    group = text("What moves together: one grid source, one device study …")
    share_of_variance = number()


class Warned(Schema):
    code = text()
    pointers = texts()
    detail = text()


class EstimateLinks(Links):
    trace = fields.String(metadata={"format": "uri-reference"})
    recommendations = fields.String(metadata={"format": "uri-reference"})


class EstimateSchema(Schema):
    """An estimate: never a measurement."""

    id = fields.String(metadata={"description": "Only where the estimate was kept."})
    created_at = fields.AwareDateTime(required=True)
    plan = fields.Dict(required=True, metadata={"description": "The plan as it was read."})
    method = one(MethodUsed)
    factor_release = one(ReleaseUsed)
    engine = one(Engine)
    boundary = one(Boundary)
    uncertainty = one(RangeMade)
    total = one(Figure)
    media_delivery = one(Figure)
    production_and_data = one(Figure)
    cross_check = many(CrossCheck)
    readings = many(OtherReading)
    energy = fields.Nested(
        Figure,
        required=True,
        allow_none=True,
        metadata={"description": "Electricity of the stages whose method publishes it; null where none does."},
    )
    intensity = many(Intensity)
    by_audience = one(ByAudience)
    by_audience_basis = text("What the shares stand on.")
    by_stage = many(StageTotal)
    by_platform = many(PlatformTotal)
    by_country = many(CountryTotal)
    by_ghg_category = many(CategoryTotal)
    lines = many(LineTotal)
    coverage = one(Coverage)
    drivers = many(Driver)
    warnings = many(Warned)
    links = one(EstimateLinks)


class EstimateSummary(Schema):
    id = text()
    created_at = fields.AwareDateTime(required=True)
    name = text()
    brand = fields.String(required=True, allow_none=True)
    method = text()
    factor_release = text()
    total = one(Figure)
    links = one(Links)


EstimatePage = page_of(EstimateSummary)
