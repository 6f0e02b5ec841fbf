"""The estimate as it is printed: totals with their ranges, breakdowns, coverage, drivers, warnings."""

from dataclasses import dataclass
from importlib.metadata import version
from math import fsum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from carbon_api.estimate.audience import PARTS, parts
from carbon_api.estimate.breakdown import Breakdown, flow
from carbon_api.estimate.coverage import coverage
from carbon_api.estimate.drivers import drivers
from carbon_api.estimate.figures import figure, figures
from carbon_api.estimate.intensity import Denominator, denominators
from carbon_api.estimate.lines import line_answers
from carbon_api.estimate.pricing import Priced
from carbon_api.estimate.subtotals import platform
from carbon_api.estimate.uncertainty import Sample
from carbon_api.estimate.warnings import warnings
from carbon_api.factor_book.book import Release
from carbon_api.inventory.tables import Inventory
from carbon_api.methods.catalog import STORAGE
from carbon_api.methods.method import MEDIA_DELIVERY, PHASES, STAGES, Method
from carbon_api.plan.model import Plan

ENGINE = version("carbon-api")
ACCOUNTING = "attributional, location-based average grid, GWP100, no certificates"
RANGE = "parameter uncertainty inside one method"
OTHER_STAGES = ("production", "storage")
GRAMS = 1000.0
GHG_CATEGORIES = (
    (
        "3.1",
        "purchased services: media, platforms, cloud",
        ("selection", "data_centre", "network", "storage"),
    ),
    ("audience devices", "use and manufacture of the audience's devices, shown separately", ("device",)),
)
Draws = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Outcome:
    """All that an estimate was made of. `sample` is None when no range was asked."""

    plan: Plan
    release: Release
    method: Method
    inventory: Inventory
    priced: tuple[Priced, ...]
    breakdown: Breakdown
    sample: Sample | None


def answer(outcome: Outcome, beside: dict[str, Any]) -> dict[str, Any]:
    """The printed estimate; `beside` is what stands next to it (cross-check, other readings)."""
    ids = [line.id for line in outcome.plan.lines]
    sample = outcome.sample
    return {
        "plan": outcome.plan.document,
        **_identity(outcome),
        "total": figure(outcome.breakdown.total, sample.total if sample else None),
        "media_delivery": _of_stages(outcome, MEDIA_DELIVERY),
        "production_and_data": _of_stages(outcome, OTHER_STAGES),
        **beside,
        "energy": {"unit": "kWh", "central": outcome.breakdown.energy},
        "intensity": [entry for one in denominators(outcome.plan) if (entry := _intensity(outcome, one))],
        "by_audience": _by_audience(outcome),
        "by_stage": _by_stage(outcome),
        "by_platform": _by_platform(outcome),
        "by_country": _by_country(outcome),
        "by_ghg_category": [
            {"category": category, "label": label, "total": _of_stages(outcome, stages)}
            for category, label, stages in GHG_CATEGORIES
        ],
        "lines": line_answers(outcome.plan, outcome.breakdown, outcome.method, sample),
        "coverage": coverage(outcome.inventory, outcome.priced, outcome.method, outcome.breakdown.total, ids),
        "drivers": drivers(sample.total, sample.groups, outcome.plan.uncertainty.seed) if sample else [],
        "warnings": warnings(outcome.plan, outcome.inventory, outcome.method, outcome.breakdown, sample),
    }


def _identity(outcome: Outcome) -> dict[str, Any]:
    plan, card, wanted = outcome.plan, outcome.method.card, outcome.plan.uncertainty
    stored = (STORAGE.card,) if any(table.table.shape.activity == "storage" for table in outcome.priced) else ()
    drawn = {"draws": wanted.draws, "seed": wanted.seed} if wanted.range else {}
    return {
        "method": {"id": card.id, "revision": card.revision, "status": _status(plan.method)},
        "factor_release": {
            "id": outcome.release.id,
            "sha256": outcome.release.sha256,
            "status": _status(plan.factor_release),
        },
        "engine": {"version": ENGINE},
        "boundary": {
            "included": [text for one in (card, *stored) for text in one.included],
            "excluded": [text for one in (card, *stored) for text in one.excluded],
            "accounting": ACCOUNTING,
        },
        "uncertainty": {"range": wanted.range, **drawn, "kind": RANGE},
    }


def _status(given: str | None) -> str:
    return "given" if given else "default"


def _of_stages(outcome: Outcome, names: tuple[str, ...]) -> dict[str, Any]:
    return figure(outcome.breakdown.of_stages(names), _stage_draws(outcome.sample, names))


def _stage_draws(sample: Sample | None, names: tuple[str, ...]) -> Draws | None:
    if sample is None:
        return None
    zero = np.zeros(sample.lines.shape[1])
    return np.asarray(sum((sample.stages.get(name, zero) for name in names), zero))


def _subtotal(outcome: Outcome, name: str) -> Draws | None:
    if outcome.sample is None:
        return None
    return outcome.sample.subtotal(name)


def _by_stage(outcome: Outcome) -> list[dict[str, Any]]:
    sums = outcome.breakdown.stages
    return [
        {
            "stage": stage,
            "phases": {phase: sums[stage, phase] for phase in PHASES if (stage, phase) in sums},
            "total": _of_stages(outcome, (stage,)),
        }
        for stage in STAGES
        if any((stage, phase) in sums for phase in PHASES)
    ]


def _by_audience(outcome: Outcome) -> dict[str, Any]:
    centrals: dict[str, list[float]] = {name: [] for name in PARTS}
    for index, line in enumerate(outcome.plan.lines):
        rest, device = outcome.breakdown.delivery[index]
        for name, of_rest, of_device in zip(PARTS, *parts(line), strict=True):
            centrals[name] += [rest * of_rest, device * of_device]
    reached = {name: figure(fsum(centrals[name]), _subtotal(outcome, f"audience {name}")) for name in PARTS}
    return reached | {"not_delivery": _of_stages(outcome, OTHER_STAGES)}


def _by_platform(outcome: Outcome) -> list[dict[str, Any]]:
    centrals: dict[str, list[float]] = {}
    for index, line in enumerate(outcome.plan.lines):
        if name := platform(line):
            centrals.setdefault(name, []).extend(outcome.breakdown.delivery[index])
    return [
        {"platform": name, "total": figure(fsum(centrals[name]), _subtotal(outcome, f"platform {name}"))}
        for name in sorted(centrals)
    ]


def _by_country(outcome: Outcome) -> list[dict[str, Any]]:
    names, sample = sorted(outcome.breakdown.countries), outcome.sample
    draws = np.array([sample.countries[name] for name in names]) if sample else None
    totals = figures([outcome.breakdown.countries[name] for name in names], draws)
    return [{"country": name, "total": total} for name, total in zip(names, totals, strict=True)]


def _intensity(outcome: Outcome, one: Denominator) -> dict[str, Any] | None:
    """gCO2e per unit of the denominator, or None when no line has it."""
    lines = outcome.plan.lines
    having = [index for index, line in enumerate(lines) if one.has(line) is not None]
    amount = _amount(outcome, one) / one.per
    if not having or not amount:
        return None
    grams = GRAMS * fsum(part for index in having for part in outcome.breakdown.delivery[index])
    numerator = _subtotal(outcome, f"per {one.name}")
    draws = None if numerator is None else GRAMS * numerator / _amount_draws(outcome, one, amount * one.per) * one.per
    return {"per": one.name, **figure(grams / amount, draws, "gCO2e")}


def _amount(outcome: Outcome, one: Denominator) -> float:
    lines = outcome.plan.lines
    if one.flow:
        return flow(outcome.priced, one.flow, np.array([one.has(line) or 0.0 for line in lines]))
    return fsum(one.has(line) or 0.0 for line in lines)


def _amount_draws(outcome: Outcome, one: Denominator, central: float) -> Draws | float:
    sample = outcome.sample
    return sample.flows[f"per {one.name}"] if sample and one.flow else central
