"""What a client asks to have compared: one plan under several methods or two factor releases, or two plans."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from carbon_api.errors import Finding
from carbon_api.plan.asked import Several, WrittenPlan
from carbon_api.plan.document import Document
from carbon_api.plan.findings import plan_invalid
from carbon_api.plan.french import english, written_as
from carbon_api.plan.load import plan_of
from carbon_api.plan.model import Plan
from carbon_api.plan.parts import Part
from carbon_api.plan.reader import MediaType, read
from carbon_api.plan.schemas import MOST_LINES, PlanSchema

TWO = 2
MOST_METHODS = 20
_ONE_QUESTION = (
    "ask one thing: plan with methods (without, every method), plan with two factor_releases, or plans, two of them"
)
_PLAN_ALONE = f'this is a plan itself: write {{"plan": …}} around it; {_ONE_QUESTION}'


@dataclass(frozen=True, slots=True)
class Comparison:
    """What to compare. One of `methods` (empty: all of them) and `factor_releases` is for the one plan there is.

    `located` puts a finding, such as one at /methods/0, where the caller wrote it.
    """

    plans: tuple[Plan, ...]
    methods: tuple[str, ...]
    factor_releases: tuple[str, ...]
    located: Callable[[Finding], Finding]


class ComparisonSchema(Part):
    """What to compare."""

    title: ClassVar[str] = "comparison"

    plan = WrittenPlan("The one plan to compare under several methods or under two factor releases")
    plans = Several(WrittenPlan(), TWO, TWO, "Two plans to compare with one another")
    methods = Several(
        PlanSchema().readers["method"], TWO, MOST_METHODS, "The methods to compare the plan under; all when left out"
    )
    factor_releases = Several(
        PlanSchema().readers["factor_release"], TWO, TWO, "The two factor releases to compare the plan under"
    )


_SCHEMA = ComparisonSchema()


def load_comparison(
    data: bytes, media_type: MediaType, max_lines: int = MOST_LINES, methods: Sequence[str] = ()
) -> Comparison:
    """Return the comparison written in `data`. Raises PlanUnreadable, BodyTooLarge or PlanInvalid.

    `methods` are those that there are, for who writes one alone.
    """
    document = read(data, media_type)
    values, faults = _SCHEMA.walk(document.value)
    if not faults:
        faults.extend(_one_question(values))
    if faults and _is_plan(document.value):
        raise plan_invalid([Finding("", "not-one-question", _PLAN_ALONE, ("plan", "plans"))], document.located)
    if faults:
        raise plan_invalid([_with_ids(one, methods) for one in faults], document.located)
    return Comparison(
        plans=tuple(plan_of(part, max_lines) for part in _plans(document, values)),
        methods=tuple(values.get("methods", ())),
        factor_releases=tuple(values.get("factor_releases", ())),
        located=document.located,
    )


def _is_plan(document: object) -> bool:
    """Whether this is a plan itself, without the key that says that it is the one to compare."""
    return isinstance(document, Mapping) and "lines" in map(english, document)


def _with_ids(finding: Finding, methods: Sequence[str]) -> Finding:
    """The finding, with the ids that there are where it is about the list of methods."""
    about = english(finding.pointer.removeprefix("/"))
    return replace(finding, valid_values=tuple(methods)) if about == "methods" else finding


def _one_question(values: Mapping[str, Any]) -> list[Finding]:
    """Return the fault of a document that asks nothing, or several things."""
    asked = {"plan", "plans", "methods", "factor_releases"} & values.keys()
    if asked in ({"plan"}, {"plan", "methods"}, {"plan", "factor_releases"}, {"plans"}):
        return []
    return [Finding("", "not-one-question", _ONE_QUESTION, ("plan", "plans"))]


def _plans(document: Document, values: Mapping[str, Any]) -> list[Document]:
    if "plan" in values:
        return [document.part(written_as("plan", document.value) or "plan")]
    key = written_as("plans", document.value) or "plans"
    return [document.part(key, place) for place in range(TWO)]
