"""Each line of the plan as it is printed, in the caller's order."""

from typing import Any

from carbon_api.estimate.breakdown import Breakdown
from carbon_api.estimate.figures import figures
from carbon_api.estimate.subtotals import platform
from carbon_api.estimate.uncertainty import Sample
from carbon_api.inventory.activity import KINDS, buying
from carbon_api.methods.method import Method
from carbon_api.plan.model import Ad, Line, Plan


def line_answers(plan: Plan, breakdown: Breakdown, method: Method, sample: Sample | None) -> list[dict[str, Any]]:
    """Every line: its total with range, its stages and phases, and what the method leaves out of it."""
    totals = figures(breakdown.lines, sample.lines if sample else None)
    return [
        {
            "id": line.id,
            "kind": KINDS[type(line)],
            "platform": platform(line),
            "total": total,
            "stages": [{"stage": stage, "phase": phase, "central": value} for (stage, phase), value in terms],
            "out_of_boundary": left_out(line, method),
        }
        for line, total, terms in zip(plan.lines, totals, breakdown.by_line(), strict=True)
    ]


def left_out(line: Line, method: Method) -> list[dict[str, str]]:
    """The stages that the method does not price for this line, with the reason."""
    if not isinstance(line, Ad) or buying(line) == "direct":
        return []
    return [{"stage": stage, "reason": reason} for stage, reason in method.card.out_of_boundary.items()]
