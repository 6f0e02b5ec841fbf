"""Advice as it is answered."""

from marshmallow import Schema, fields, validate

from carbon_api.advice.catalog import LEVERS
from carbon_api.advice.lever import WHO
from carbon_api.web.schemas.common import Figure, count, many, number, one, text, texts
from carbon_api.web.schemas.comparison import Ratio, ReleaseCompared
from carbon_api.web.schemas.estimate import AUDIENCE, ByAudience, LineAudience
from carbon_api.web.schemas.trace import TracedMethod

LEVER = validate.OneOf(list(LEVERS))
AudienceCentrals = Schema.from_dict({part: number("kgCO2e") for part in AUDIENCE}, name="AudienceCentrals")


def maybe(description: str) -> fields.Float:
    """A number that is there where it is known."""
    return fields.Float(required=True, allow_none=True, metadata={"description": description})


def anything(description: str) -> fields.Raw:
    """A value as a plan documents it."""
    return fields.Raw(required=True, allow_none=True, metadata={"description": description})


def there(schema: type[Schema]) -> fields.Nested:
    """An object that is null where nothing was found."""
    return fields.Nested(schema, required=True, allow_none=True)


class BothLanguages(Schema):
    en = text()
    fr = text()


class Reason(BothLanguages):
    """Why something stays as it is."""

    lines = texts("The ids of the lines that it is of; empty: the whole plan.")


class CriterionMet(Schema):
    """The published criterion that the lever answers."""

    source = text()
    locator = text()


class ParameterUsed(Schema):
    """How hard the lever was pulled; a value of null is each line's own, or none."""

    name = text()
    about = one(BothLanguages)
    value = anything("As the caller wrote it, or the lever's default.")
    status = text(validate=validate.OneOf(["given", "default"]))
    basis = one(BothLanguages)


class ValueChanged(Schema):
    """A value of the plan, by its English names; null is left out. What a default gave is written on the line."""

    pointer = text()
    before = anything("What the plan says.")
    after = anything("What it would say instead.")


class SavingSplit(Schema):
    """kgCO2e: what is not emitted, and what moves to the account of what is seen instead."""

    physical = number("kgCO2e")
    reattributed = number("kgCO2e")
    marginal_network = maybe("kgCO2e of the networks' own part: what the bytes add to a base load that runs anyway.")


class Amounts(Schema):
    """What a plan gets for its money; null where no line tells."""

    impressions = maybe("Paid impressions.")
    contacts = maybe("On-target impressions, of the ads that say their share: not persons.")
    views = maybe("Organic views.")
    minutes = maybe("On screen.")
    spend = maybe("In the plan's currency.")
    by_audience = one(AudienceCentrals)


class LineReached(Schema):
    """Whom the delivery of a line reaches."""

    id = text()
    by_audience = fields.Nested(
        LineAudience,
        required=True,
        allow_none=True,
        metadata={"description": "The line's delivery by whom it reaches; null where none is priced."},
    )


class Sensitivity(Schema):
    """What the lever saves at another strength that is as likely as its default."""

    parameter = text()
    value = anything("As a caller would write it.")
    saving = one(Figure)


class UnderMethod(Schema):
    """The same change under another comparable method."""

    method = text()
    share = maybe("Of that method's first total; null where it counts nothing of what changes, or not alike.")


class LeverNamed(Schema):
    lever = text(validate=LEVER)
    title = one(BothLanguages)


class Saved(LeverNamed):
    """What is saved; less than nothing where more is emitted."""

    saving = one(Figure)
    share_of_total = fields.Nested(Ratio, required=True, allow_none=True)
    probability_saves = maybe("The share of draws in which it saves anything; null without a range.")
    split = one(SavingSplit)


class Recommendation(Saved):
    """A lever: the model run again on the plan that it changes."""

    explanation = one(BothLanguages)
    kinds = texts("The kinds of line that it may change.")
    placements = texts("Where they are shown; empty: anywhere.")
    objectives = texts("What they may be for, of the objectives that are known; empty: anything.")
    who = texts("Who can act: agency, client, platform.")
    effort = text(validate=validate.OneOf(["low", "medium", "high"]))
    holds = text("What the change leaves as it was.")
    criteria = many(CriterionMet)
    lines = fields.List(
        fields.String(),
        required=True,
        allow_none=True,
        metadata={"description": "The ids of the lines that it was asked to change; null: every line."},
    )
    parameters = many(ParameterUsed)
    changes = many(ValueChanged, "The first 200.")
    changes_in_all = count()
    before = one(Amounts)
    after = one(Amounts)
    sensitivity = many(Sensitivity)
    other_methods = many(UnderMethod)
    robust = fields.Boolean(
        required=True,
        allow_none=True,
        metadata={"description": "Whether every other method that can tell agrees; null where none can."},
    )
    disagree = texts("The other methods under which it is the other plan that emits less.")
    unchanged = many(Reason, "Why other lines of these kinds stay as they are.")
    caveats = many(BothLanguages)


class NotApplicable(LeverNamed):
    reasons = many(Reason)


class Step(Saved):
    """What a lever adds to the saving, given those before it."""

    reasons = many(Reason, "Why it changes nothing, or not every line.")


class Together(Schema):
    """Levers combined: their joint saving, which is not the sum of what each saves alone."""

    order = one(BothLanguages)
    plan = fields.Dict(required=True, metadata={"description": "The plan after them all, as it can be posted."})
    saving = one(Figure)
    share_of_total = fields.Nested(Ratio, required=True, allow_none=True)
    probability_saves = maybe("The share of draws in which they save anything; null without a range.")
    split = one(SavingSplit)
    total = one(Figure)
    before = one(Amounts)
    after = one(Amounts)
    abatement = many(Step)


class GoalAsked(Schema):
    at_most = number()
    unit = text("Of the ceiling: kgCO2e of the total, gCO2e of an intensity.")
    of = text("total, or what the intensity is per.")
    confidence = number("The share of the draws that must stay under it.")


class Enough(Schema):
    """The few levers that bring the plan under a ceiling, or the lowest that was reached."""

    goal = one(GoalAsked)
    met = fields.Boolean(required=True)
    search = one(BothLanguages)
    considered = texts("The levers that sets were tried of, as many as the length of the plan allows.")
    sets_tried = count("At central values.")
    sets_looked_at = count("In the draws: of those under the ceiling at central values.")
    levers = texts("In the order in which they act.")
    reached = fields.Nested(Figure, required=True, allow_none=True)
    probability = maybe("The share of the draws under the ceiling; null without a range.")
    plan = fields.Dict(required=True, metadata={"description": "The plan after them, as it can be posted."})


class ReallocationAsked(Schema):
    within = number()
    contacts = maybe("The least contacts asked for; null: as many as there are.")
    spend = maybe("The most spend asked for; null: as much as there is.")
    across = fields.Boolean(required=True)


class Reallocation(Schema):
    """Impressions moved between the plan's own ads, re-estimated; or why there is none."""

    asked = one(ReallocationAsked)
    found = fields.Boolean(required=True)
    detail = one(BothLanguages)
    changes = fields.List(fields.Nested(ValueChanged), required=True, allow_none=True)
    saving = there(Figure)
    share_of_total = there(Ratio)
    probability_saves = maybe("The share of the draws in which it saves anything; null without a range.")
    split = there(SavingSplit)
    before = there(Amounts)
    after = there(Amounts)


class RangeAsked(Schema):
    range = fields.Boolean(required=True)
    draws = count()
    seed = count()


class RecommendationsSchema(Schema):
    """Advice on a plan, ranked by what it saves. Estimates, never measurements."""

    name = text()
    currency = text("Of spend and of every price.")
    method = one(TracedMethod)
    factor_release = one(ReleaseCompared)
    uncertainty = one(RangeAsked)
    total = one(Figure)
    by_audience = one(ByAudience)
    by_audience_basis = text("What the shares stand on.")
    lines = many(LineReached)
    act_as = fields.List(fields.String(validate=validate.OneOf(WHO)), required=True)
    recommendations = many(Recommendation, "What saves 1 % of the total or more, most first.")
    good_hygiene = many(Recommendation, "What saves less than 1 %.")
    worse = many(Recommendation, "What emits more, centrally or in most of the draws.")
    others_can_act = many(Recommendation, "What only others than `act_as` can do.")
    not_applicable = many(NotApplicable)
    together = there(Together)
    enough = there(Enough)
    reallocate = there(Reallocation)
    notes = many(BothLanguages, "What must be known of the plan as a whole.")
    accounting = one(BothLanguages)
