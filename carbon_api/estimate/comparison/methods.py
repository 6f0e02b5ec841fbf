"""One plan under several methods: stages beside stages, what each leaves out, and how far they lie apart.

Twice: with every method's own defaults, as its publisher would price the plan; and on the same inventory, the default
method's time on screen, bytes, devices and networks for all, so that only the methods differ. Methods are never
averaged. Byte and app models stand apart from the life-cycle methods, which alone make the spread.
"""

from collections.abc import Callable, Mapping, Sequence
from math import fsum
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from carbon_api.estimate.answer import Outcome
from carbon_api.estimate.breakdown import Breakdown
from carbon_api.estimate.comparison.aside import set_aside
from carbon_api.estimate.figures import figure
from carbon_api.estimate.lines import left_out
from carbon_api.estimate.pricing import needs_as, needs_of
from carbon_api.estimate.run import Basis, basis_of, finding_of, work_out
from carbon_api.factor_book.book import Book
from carbon_api.inventory.build import build
from carbon_api.inventory.described import Description, describe
from carbon_api.inventory.tables import Needs
from carbon_api.methods.catalog import DEFAULT, METHODS
from carbon_api.methods.method import MEDIA_DELIVERY, STAGES, Method
from carbon_api.plan.model import Plan
from carbon_api.wording import say

SAME = (
    f"The time on screen, bytes, devices and networks that {DEFAULT} takes by default, for every method: only factors "
    "and formulas differ."
)
OWN = "Each method takes its own defaults for what the plan leaves open."
SPREAD = "life-cycle methods, over the stages of media delivery of the lines that all of them price"
LEAST = 2  # methods, for a spread


class Priced(NamedTuple):
    """A plan under one method: its column, and what the spread takes of it. Its draws are not kept: they are large."""

    method: Method
    breakdown: Breakdown
    column: dict[str, Any]


def compare_methods(plan: Plan, book: Book, ids: Sequence[str]) -> dict[str, Any]:
    """The plan under each method. Lines that a method cannot price are left out of its column, with the reason."""
    release = basis_of(plan, book).release
    description, methods = describe(plan), [METHODS[id] for id in ids]

    def side(detail: str, needs: Callable[[Method], Mapping[str, Needs]]) -> dict[str, Any]:
        columns = [_priced(plan, description, Basis(release, method), needs(method)) for method in methods]
        return {"detail": detail, "methods": [one.column for one in columns], "spread": _spread(columns, description)}

    return {
        "factor_release": {"id": release.id, "sha256": release.sha256},
        "set_aside": set_aside("method", plan.method, ids),
        "own_defaults": side(OWN, needs_of),
        "same_inventory": side(SAME, lambda method: needs_as(method, METHODS[DEFAULT])),
    }


def _priced(plan: Plan, description: Description, basis: Basis, needs: Mapping[str, Needs]) -> Priced:
    inventory = build(description, basis.release, needs)
    missing = {fault.line: finding_of(fault, plan).detail for fault in inventory.faults}
    outcome = work_out(plan, inventory, basis)
    is_priced = outcome.breakdown.priced_lines
    missing |= {line: reason for line, reason in inventory.outside.items() if not is_priced[line]}
    return Priced(basis.method, outcome.breakdown, _column(outcome, missing))


def _column(outcome: Outcome, missing: Mapping[int, str]) -> dict[str, Any]:
    """The figures of a method; a total of no line is none, not zero. `missing` says why a line is not priced."""
    card = outcome.method.card
    return {
        "method": {"id": card.id, "revision": card.revision},
        "title": card.title,
        "life_cycle": card.life_cycle,
        "total": _figure(outcome, STAGES) if outcome.priced else None,
        "media_delivery": _figure(outcome, MEDIA_DELIVERY) if outcome.priced else None,
        "by_stage": [{"stage": stage, "total": _figure(outcome, (stage,))} for stage in _stages(outcome)],
        "lines": {"priced": len(outcome.plan.lines) - len(missing), "of": len(outcome.plan.lines)},
        "excluded": list(card.excluded),
        "out_of_boundary": _gaps(outcome),
        "not_priced": [
            {"line": outcome.plan.lines[line].id, "reason": reason} for line, reason in sorted(missing.items())
        ],
    }


def _figure(outcome: Outcome, stages: Sequence[str]) -> dict[str, Any]:
    draws = outcome.sample.of_stages(stages) if outcome.sample else None
    return figure(outcome.breakdown.of_stages(stages), draws)


def _stages(outcome: Outcome) -> list[str]:
    known = {stage for stage, _ in outcome.breakdown.stages}
    return [stage for stage in STAGES if stage in known]


def _gaps(outcome: Outcome) -> list[dict[str, Any]]:
    """What the method leaves out of lines that it prices, with the reason and the lines."""
    found: dict[tuple[str, str], list[str]] = {}
    for line, delivered in zip(outcome.plan.lines, outcome.breakdown.delivered, strict=True):
        for entry in left_out(line, outcome.method, delivered, None) if delivered else ():
            found.setdefault((entry["stage"], entry["reason"]), []).append(line.id)
    return [{"stage": stage, "reason": reason, "lines": lines} for (stage, reason), lines in found.items()]


def _spread(columns: Sequence[Priced], description: Description) -> dict[str, Any]:
    """The least and the most of the life-cycle methods, over what all of them price."""
    able = [one for one in columns if one.method.card.life_cycle and one.breakdown.priced_stages.any()]
    both = _by_all([one.breakdown for one in able])
    if len(able) == 1 or not both.any():
        detail = say(_why_none(columns, description), "en")
        return {"detail": detail, "methods": [], "stages": [], "lines": 0, "least": None, "most": None, "ratio": None}
    sums = {one.method.id: fsum(one.breakdown.delivery[both].tolist()) for one in able}
    least, most = min(sums, key=sums.__getitem__), max(sums, key=sums.__getitem__)
    return {
        "detail": SPREAD if sums[least] else say("no_spread_nothing", "en"),
        "methods": list(sums),
        "stages": _common(both),
        "lines": int(both.any(axis=1).sum()),
        "least": {"method": least, "total": figure(sums[least])},
        "most": {"method": most, "total": figure(sums[most])},
        "ratio": sums[most] / sums[least] if sums[least] else None,
    }


def _why_none(columns: Sequence[Priced], description: Description) -> str:
    """Why there is no spread: the name of the sentence that says so."""
    if sum(one.method.card.life_cycle for one in columns) < LEAST:
        return "no_spread_methods"
    if all(said.described.activity.shape.activity != "delivery" for said in description.said):
        return "no_spread_delivery"
    able = [one for one in columns if one.method.card.life_cycle and one.breakdown.priced_stages.any()]
    return "no_spread" if len(able) < LEAST else "no_spread_common"


def _by_all(breakdowns: Sequence[Breakdown]) -> NDArray[np.bool_]:
    """Which stages of which lines all of them price: lines x MEDIA_DELIVERY."""
    priced = [breakdown.priced_stages for breakdown in breakdowns]
    return np.logical_and.reduce(priced) if priced else np.zeros((0, len(MEDIA_DELIVERY)), dtype=bool)


def _common(both: NDArray[np.bool_]) -> list[str]:
    return [stage for stage, priced in zip(MEDIA_DELIVERY, np.asarray(both.any(axis=0)), strict=True) if priced]
