"""What a method leaves out of each line: a change that moves a line over a boundary saves nothing that can be told."""

from collections.abc import Mapping

from carbon_api.estimate.breakdown import Breakdown
from carbon_api.estimate.lines import left_out
from carbon_api.inventory.tables import Inventory
from carbon_api.methods.method import Method
from carbon_api.plan.model import Plan

LeftOut = Mapping[str, frozenset[str]]


def left_out_of(plan: Plan, breakdown: Breakdown, inventory: Inventory, method: Method) -> LeftOut:
    """The stages that the method leaves out of each line, by the line's id."""
    found = enumerate(zip(plan.lines, breakdown.delivered, strict=True))
    return {
        line.id: frozenset(one["stage"] for one in left_out(line, method, priced, inventory.outside.get(index)))
        for index, (line, priced) in found
    }


def crossed(before: LeftOut, after: LeftOut) -> frozenset[str]:
    """The stages that the method prices of a line in one plan and leaves out of it in the other."""
    return frozenset(stage for id in before.keys() & after.keys() for stage in before[id] ^ after[id])
