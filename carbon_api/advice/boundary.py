"""What a method leaves out of each line: a change that moves a line over a boundary saves nothing that can be told."""

from collections.abc import Iterable, Mapping

from carbon_api.estimate.breakdown import Breakdown
from carbon_api.estimate.lines import left_out
from carbon_api.methods.method import Method
from carbon_api.plan.model import Plan

LeftOut = Mapping[str, frozenset[str]]


def left_out_of(
    plan: Plan, breakdown: Breakdown, outside: Mapping[int, str], method: Method, places: Iterable[int]
) -> LeftOut:
    """The stages that the method leaves out of the lines at some places, by the line's id."""
    lines, delivered = plan.lines, breakdown.delivered
    return {
        lines[place].id: frozenset(
            one["stage"] for one in left_out(lines[place], method, delivered[place], outside.get(place))
        )
        for place in places
    }


def crossed(before: LeftOut, after: LeftOut) -> frozenset[str]:
    """The stages that the method prices of a line in one plan and leaves out of it in the other."""
    return frozenset(stage for id in before.keys() & after.keys() for stage in before[id] ^ after[id])
