"""What a client asks advice on: a plan, who can act, how hard each lever is pulled, which ones together."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, ClassVar, Generic, TypeVar

from carbon_api.advice.attempt import Written
from carbon_api.advice.catalog import LEVERS
from carbon_api.advice.goal import PER, Goal
from carbon_api.advice.lever import WHO, Lever
from carbon_api.advice.reallocate import Wanted
from carbon_api.advice.recommend import Asked
from carbon_api.advice.scope import LINES
from carbon_api.errors import Finding, step
from carbon_api.plan import measures as m
from carbon_api.plan.asked import Several, WrittenPlan
from carbon_api.plan.fields import Choice, Flag, Json, PlanField, Text
from carbon_api.plan.findings import Faults, as_it_is, nearest, plan_invalid, quoted, refused
from carbon_api.plan.french import written_as
from carbon_api.plan.given import Given
from carbon_api.plan.load import plan_of
from carbon_api.plan.model import Plan
from carbon_api.plan.parts import Part, missing
from carbon_api.plan.quantities import PlainField
from carbon_api.plan.reader import MediaType, read
from carbon_api.plan.schemas import MOST_LINES

T = TypeVar("T")
PLAN = "plan"
BARE = Finding("", "missing-field", "this is a plan by itself: put it under plan, as {plan: …}", (PLAN,))
ONLY = Several(Text(120), 1, MOST_LINES, "Ids of lines")
SHOWN = 20  # ids of lines that a fault lists


class Strengths(PlanField[Mapping[str, Written]]):
    """How hard levers are pulled: the parameters of each by its id, kept as they are written."""

    def read(self, value: object) -> Mapping[str, Written]:
        if not isinstance(value, Mapping):
            raise refused("not-a-mapping", f"{quoted(value)} is not a mapping of levers to their parameters")
        faults = Faults()
        for id, written in value.items():
            if id in LEVERS:
                faults.reading(id, partial(_parameters, LEVERS[id]), written)
            else:
                faults.unknown_key(id, LEVERS)
        faults.stop()
        return value

    def json_schema(self) -> Json:
        levers = {id: _schema(lever) for id, lever in LEVERS.items()}
        return {"type": "object", "properties": levers, "additionalProperties": False}


class EnoughSchema(Part):
    """A ceiling, on the total or on an intensity."""

    title: ClassVar[str] = "ceiling"

    total = PlainField(m.EMISSIONS, "The most that the plan may emit [kgCO2e]; or give intensity and per")
    intensity = PlainField(m.INTENSITY, "The most that it may emit per something [gCO2e]")
    per = Choice(PER, "denominator", "What the intensity is per")
    confidence = PlainField(m.SHARE, f"The share of the draws that must stay under it; {Goal(0).confidence} by default")

    def goal(self, value: object) -> Goal:
        """Return the goal written. Raises Refused."""
        given = Given(self.read(value))
        if given.has("total") == given.has("intensity", "per") or ("per" in given) != ("intensity" in given):
            detail = "write total, or intensity and per: one ceiling"
            given.refuse("", "not-one-ceiling", detail, ("total", "intensity", "per"))
        given.faults.stop()
        sure = given.take("confidence") if "confidence" in given else {}
        if "total" in given:
            return Goal(given["total"], **sure)
        return Goal(given["intensity"], given["per"], **sure)


class ReallocateSchema(Part):
    """What a reallocation of impressions must hold."""

    title: ClassVar[str] = "reallocation"

    within = PlainField(m.SHARE, f"How far each line's impressions may move; {Wanted().within:.0%} by default")
    contacts = PlainField(m.COUNT, "The least contacts in all; as many as there are by default")
    spend = PlainField(m.MONEY, "The most spend in all; as much as there is by default")
    across = Flag("May contacts be traded across formats and objectives? false by default")

    def wanted(self, value: object) -> Wanted:
        """Return what is wanted. Raises Refused."""
        return Wanted(**self.read(value))


class MadeField(PlanField[T], Generic[T]):
    """A mapping inside another, and what is made of it."""

    def __init__(self, part: Part, make: Callable[[object], T], about: str) -> None:
        super().__init__(about)
        self.part, self.make = part, make

    def read(self, value: object) -> T:
        return self.make(value)

    def json_schema(self) -> Json:
        return self.part.json_schema()


_ENOUGH, _REALLOCATE = EnoughSchema(), ReallocateSchema()


class RecommendationSchema(Part):
    """What advice is asked for."""

    title: ClassVar[str] = "request for advice"

    plan = WrittenPlan("The plan to advise on", required=True)
    act_as = Several(Choice(WHO, "actor"), 1, len(WHO), "Who can act; everyone by default")
    levers = Strengths("Parameters of levers by the lever's id; the others are pulled as hard as they are by default")
    together = Several(Choice(LEVERS, "lever"), 1, len(LEVERS), "Levers to combine, in order: the plan after them all")
    enough = MadeField(_ENOUGH, _ENOUGH.goal, "A ceiling: which few levers bring the plan under it?")
    reallocate = MadeField(_REALLOCATE, _REALLOCATE.wanted, "Move impressions between the plan's own ads")


_SCHEMA = RecommendationSchema()


def load_request(data: bytes, media_type: MediaType, max_lines: int = MOST_LINES) -> Asked:
    """Return the request written in `data`. Raises PlanUnreadable, BodyTooLarge or PlanInvalid."""
    document = read(data, media_type)
    values, faults = _SCHEMA.walk(document.value)
    if isinstance(document.value, Mapping):
        absent = missing(_SCHEMA.title, _SCHEMA.required, values)
        bare = absent and written_as("lines", document.value)
        faults = Faults([BARE] if bare else [*absent, *faults])
    if faults:
        raise plan_invalid(faults, document.located)
    plan = plan_of(document.part(written_as(PLAN, document.value) or PLAN), max_lines)
    return _asked(plan, values, document.located)


def request(plan: Plan, written: Mapping[str, Any]) -> Asked:
    """The request for advice on a plan that was read; the rest as it is written. Raises PlanInvalid."""
    values, faults = _SCHEMA.walk(written)
    if faults:
        raise plan_invalid(faults)
    return _asked(plan, values)


def _asked(plan: Plan, values: Mapping[str, Any], located: Callable[[Finding], Finding] = as_it_is) -> Asked:
    faults = _unknown_lines(plan, values.get("levers", {}))
    if faults:
        raise plan_invalid(faults, located)
    who = tuple(values.get("act_as", WHO))
    levers, together = values.get("levers", {}), tuple(values.get("together", ()))
    return Asked(plan, who, levers, together, values.get("enough"), values.get("reallocate"))


def _unknown_lines(plan: Plan, levers: Mapping[str, Written]) -> Faults:
    """Ids of lines that the plan does not have."""
    faults, ids = Faults(), dict.fromkeys(line.id for line in plan.lines)
    for lever, written in levers.items():
        for place, id in enumerate(written.get(LINES, ())):
            if id not in ids:
                at = step("levers") + step(lever) + step(LINES) + step(place)
                faults.note("unknown-line", f"the plan has no line {quoted(id)}", nearest(id, ids)[:SHOWN], at)
    return faults


def _parameters(lever: Lever, written: object) -> Written:
    """The parameters of a lever, after refusing those that it has not and values that they do not take."""
    if not isinstance(written, Mapping):
        raise refused("not-a-mapping", f"{quoted(written)} is not a mapping of parameters to values")
    faults, fields = Faults(), _fields(lever)
    for name, value in written.items():
        if name in fields:
            faults.reading(name, fields[name].read, value)
        else:
            faults.unknown_key(name, fields)
    faults.stop()
    return written


def _fields(lever: Lever) -> dict[str, PlanField[Any]]:
    return {LINES: ONLY, **{one.name: one.field for one in lever.parameters}}


def _schema(lever: Lever) -> Json:
    about = {LINES: "The ids of the lines that it may change; every line by default"}
    about |= {one.name: one.about.en for one in lever.parameters}
    fields = _fields(lever)
    properties = {name: {**fields[name].json_schema(), "description": text} for name, text in about.items()}
    return {"type": "object", "properties": properties, "additionalProperties": False}
