"""The schema of a whole plan."""

from typing import Any, ClassVar, cast

from carbon_api.plan import measures as m
from carbon_api.plan.defaults import defaults_schema
from carbon_api.plan.fields import Code, Day, Flag, Json, PlanField, Text, Whole
from carbon_api.plan.findings import quoted, refused
from carbon_api.plan.kinds import KINDS
from carbon_api.plan.parts import Part
from carbon_api.plan.quantities import QuantityField

MOST_LINES = 5000
_ID = "[a-z0-9][a-z0-9._-]{0,59}"


class PartField(PlanField[dict[str, Any]]):
    """A mapping inside another: the values that its schema reads."""

    def __init__(self, part: Part, about: str) -> None:
        super().__init__(about)
        self.part = part

    def read(self, value: object) -> dict[str, Any]:
        return self.part.read(value)

    def json_schema(self) -> Json:
        return self.part.json_schema()


class LinesField(PlanField[list[Any]]):
    """The lines as written: they are read once the defaults under them are."""

    def read(self, value: object) -> list[Any]:
        if isinstance(value, list) and value:
            return value
        code = "empty" if value == [] else "null" if value is None else "not-a-list"
        raise refused(
            code, f"{'the list is empty' if value == [] else quoted(value)}; write a list of at least one line"
        )

    def json_schema(self) -> Json:
        return {"type": "array", "minItems": 1, "maxItems": MOST_LINES, "items": line_schema()}


class PeriodSchema(Part):
    """The first and the last day of a campaign."""

    title = "period"

    start = Day("First day")
    end = Day("Last day")


class AudienceSchema(Part):
    """The people a campaign is for."""

    title = "audience"

    description = Text(500, "Who they are, in the caller's words", free=True)
    size = QuantityField(m.PEOPLE, "How many persons")


class PlanSchema(Part):
    """A campaign plan."""

    title: ClassVar[str] = "plan"

    name = Text(200, "What the plan is called", required=True)
    brand = Text(120, "Whose campaign it is")
    period = PartField(PeriodSchema(), "When it runs; factors are taken at its start")
    currency = Code("currency", "[A-Z]{3}", "EUR", "Currency of every amount, ISO 4217; EUR by default")
    method = Code("method id", _ID, "scope3-2026.07", "Published method; the service's own choice when left out")
    factor_release = Code("factor release", _ID, "2026.11", "Release of the factor book; the current one when left out")
    range = Flag("Compute the range; true by default")
    draws = Whole(100, 20_000, "Draws of the range; 2000 by default")
    seed = Whole(0, 2**32 - 1, "Seed of the draws; 1 by default")
    defaults = PartField(cast(Part, defaults_schema()), "Values put under every line that has the field")
    audience = PartField(AudienceSchema(), "The people it is for")
    lines = LinesField("What is planned, line by line", required=True)


def line_schema() -> Json:
    """Return the JSON Schema of a line: one schema for each kind."""
    return {"oneOf": [schema.json_schema() for schema in KINDS.values()], "discriminator": {"propertyName": "kind"}}
