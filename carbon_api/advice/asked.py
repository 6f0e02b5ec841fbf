"""What a client asks advice on: a plan, who can act, how hard each lever is pulled, which ones together."""

from collections.abc import Mapping
from functools import partial
from typing import Any, ClassVar

from carbon_api.advice.attempt import Written
from carbon_api.advice.catalog import LEVERS
from carbon_api.advice.lever import WHO, Lever
from carbon_api.advice.recommend import Asked
from carbon_api.plan.asked import Several, WrittenPlan
from carbon_api.plan.fields import Choice, Json, PlanField
from carbon_api.plan.findings import Faults, plan_invalid, quoted, refused
from carbon_api.plan.french import written_as
from carbon_api.plan.load import plan_of
from carbon_api.plan.model import Plan
from carbon_api.plan.parts import Part, missing
from carbon_api.plan.reader import MediaType, read
from carbon_api.plan.schemas import MOST_LINES

PLAN = "plan"


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


class RecommendationSchema(Part):
    """What advice is asked for."""

    title: ClassVar[str] = "request for advice"

    plan = WrittenPlan("The plan to advise on", required=True)
    act_as = Several(Choice(WHO, "actor"), 1, len(WHO), "Who can act; everyone by default")
    levers = Strengths("Parameters of levers by the lever's id; the others are pulled as hard as they are by default")
    together = Several(Choice(LEVERS, "lever"), 1, 20, "Levers to combine, in this order: the plan after them all")


_SCHEMA = RecommendationSchema()


def load_request(data: bytes, media_type: MediaType, max_lines: int = MOST_LINES) -> Asked:
    """Return the request written in `data`. Raises PlanUnreadable, BodyTooLarge or PlanInvalid."""
    document = read(data, media_type)
    values, faults = _SCHEMA.walk(document.value)
    if isinstance(document.value, Mapping):
        faults.extend(missing(_SCHEMA.title, _SCHEMA.required, values))
    if faults:
        raise plan_invalid(faults, document.located)
    plan = plan_of(document.part(written_as(PLAN, document.value) or PLAN), max_lines)
    return _asked(plan, values)


def request(plan: Plan, written: Mapping[str, Any]) -> Asked:
    """The request for advice on a plan that was read; the rest as it is written. Raises PlanInvalid."""
    values, faults = _SCHEMA.walk(written)
    if faults:
        raise plan_invalid(faults)
    return _asked(plan, values)


def _asked(plan: Plan, values: Mapping[str, Any]) -> Asked:
    who = tuple(values.get("act_as", WHO))
    return Asked(plan, who, values.get("levers", {}), tuple(values.get("together", ())))


def _parameters(lever: Lever, written: object) -> Written:
    """The parameters of a lever, after refusing those that it has not and values that they do not take."""
    if not isinstance(written, Mapping):
        raise refused("not-a-mapping", f"{quoted(written)} is not a mapping of parameters to values")
    faults, fields = Faults(), {one.name: one.field for one in lever.parameters}
    for name, value in written.items():
        if name in fields:
            faults.reading(name, fields[name].read, value)
        else:
            faults.unknown_key(name, fields)
    faults.stop()
    return written


def _schema(lever: Lever) -> Json:
    properties = {one.name: {**one.field.json_schema(), "description": one.about.en} for one in lever.parameters}
    return {"type": "object", "properties": properties, "additionalProperties": False}
