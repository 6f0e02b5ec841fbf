"""The estimate as it is printed: totals with their ranges, breakdowns, coverage, drivers, warnings."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import version
from itertools import compress
from math import fsum
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from carbon_api.estimate.audience import PARTS
from carbon_api.estimate.breakdown import Breakdown, energy, flow, of_countries
from carbon_api.estimate.categories import Category, production_of, shown
from carbon_api.estimate.coverage import coverage
from carbon_api.estimate.drivers import drivers
from carbon_api.estimate.figures import GRAMS, figure, figures
from carbon_api.estimate.intensity import Denominator, denominators
from carbon_api.estimate.kept import per_kept_asset
from carbon_api.estimate.lines import line_answers
from carbon_api.estimate.parts import part_centrals, parts_of
from carbon_api.estimate.pricing import Priced
from carbon_api.estimate.subtotals import centrals, on_platform, platform, weights
from carbon_api.estimate.uncertainty import Sample, Weights
from carbon_api.estimate.warnings import warnings
from carbon_api.factor_book.book import Release
from carbon_api.inventory.tables import Inventory
from carbon_api.methods.catalog import SHARED
from carbon_api.methods.method import MEDIA_DELIVERY, PHASES, STAGES, Card, Method
from carbon_api.plan.model import Plan
from carbon_api.wording import say

ENGINE = version("carbon-api")
AUDIENCE = say("audience_basis", "en")
RANGE = say("parameter_uncertainty", "en")
OTHER_STAGES = ("production", "storage")
Draws = NDArray[np.float64]


class Made(NamedTuple):
    """The flows of a plan's lines, and each of their cells at central values."""

    inventory: Inventory
    priced: tuple[Priced, ...]


@dataclass(frozen=True)
class Outcome:
    """All that an estimate was made of: `outside` the lines whose delivery the method leaves out, with its reason;
    `make` gives the flows, which an estimate made again of a changed plan works out only when they are asked for;
    `sample` is None when no range was asked."""

    plan: Plan
    release: Release
    method: Method
    breakdown: Breakdown
    outside: Mapping[int, str]
    make: Callable[[], Made]
    sample: Sample | None

    @cached_property
    def made(self) -> Made:
        """The flows and their cells."""
        return self.make()

    @property
    def inventory(self) -> Inventory:
        """The flows of the plan's lines."""
        return self.made.inventory

    @property
    def priced(self) -> tuple[Priced, ...]:
        """Each cell of the plan's lines."""
        return self.made.priced

    @cached_property
    def weights(self) -> Weights:
        """How much of each line's delivery counts in each subtotal."""
        return weights(self.plan, self.breakdown.priced_deliveries)

    @cached_property
    def subtotals(self) -> Mapping[str, float]:
        """Each subtotal at central values, kgCO2e."""
        return centrals(self.weights, self.breakdown)


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
        "energy": _energy(outcome),
        "intensity": _intensities(outcome),
        "by_audience": by_audience(outcome),
        "by_audience_basis": AUDIENCE,
        "by_stage": _by_stage(outcome),
        "by_platform": _by_platform(outcome),
        "by_country": _by_country(outcome),
        "by_ghg_category": _by_ghg_category(outcome),
        "lines": line_answers(
            outcome.plan,
            outcome.breakdown,
            outcome.method,
            outcome.outside,
            sample,
            _parts(outcome),
            line_audiences(outcome),
        ),
        "coverage": coverage(outcome.inventory, outcome.priced, outcome.method, outcome.breakdown, ids),
        "drivers": drivers(sample.total, sample.groups, outcome.plan.uncertainty.seed) if sample else [],
        "warnings": warnings(outcome.plan, outcome.inventory, outcome.method, outcome.breakdown, sample),
    }


def _identity(outcome: Outcome) -> dict[str, Any]:
    plan, card, wanted = outcome.plan, outcome.method.card, outcome.plan.uncertainty
    cards = (card, *shared_cards(outcome))
    drawn = {"draws": wanted.draws, "seed": wanted.seed} if wanted.range else {}
    return {
        "method": {**identity(outcome), "status": _status(plan.method)},
        "factor_release": {
            "id": outcome.release.id,
            "sha256": outcome.release.sha256,
            "status": _status(plan.factor_release),
        },
        "engine": {"version": ENGINE},
        "boundary": {
            "included": [text for one in cards for text in one.included],
            "excluded": [text for one in cards for text in one.excluded],
            "accounting": say(card.accounting, "en"),
        },
        "uncertainty": {"range": wanted.range, **drawn, "kind": RANGE},
    }


def shared_cards(outcome: Outcome) -> list[Card]:
    """What the estimate rests on beside the media method: the methods of storage, travel and so on, where used."""
    activities = {one.table.shape.activity for one in outcome.priced}
    return [one.card for activity, one in SHARED.items() if activity in activities]


def identity(outcome: Outcome) -> dict[str, Any]:
    """The media method and those shared beside it, each with the revision of its formulas."""
    card = outcome.method.card
    return {"id": card.id, "revision": card.revision, "shared": [_named(one) for one in shared_cards(outcome)]}


def _named(card: Card) -> dict[str, Any]:
    return {"id": card.id, "revision": card.revision}


def _status(given: str | None) -> str:
    return "given" if given else "default"


def _of_stages(outcome: Outcome, names: tuple[str, ...]) -> dict[str, Any]:
    return figure(outcome.breakdown.of_stages(names), outcome.sample.of_stages(names) if outcome.sample else None)


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


def _by_ghg_category(outcome: Outcome) -> list[dict[str, Any]]:
    """The categories of the plan's stages, production shared out among those that its activities count in."""
    priced, production = {stage for stage, _ in outcome.breakdown.stages}, production_of(outcome.priced)
    return [
        {"category": one.name, "label": one.label, "total": _of_category(outcome, one, production)}
        for one in shown(priced, production)
    ]


def _of_category(outcome: Outcome, category: Category, production: Mapping[str, float]) -> dict[str, Any]:
    if production.keys() <= {category.name}:
        return _of_stages(outcome, category.stages)
    stages, sample = tuple(stage for stage in category.stages if stage != "production"), outcome.sample
    central = fsum([outcome.breakdown.of_stages(stages), production.get(category.name, 0.0)])
    draws = sample.of_stages(stages) + sample.production.get(category.name, 0.0) if sample else None
    return figure(central, draws)


def _parts(outcome: Outcome) -> dict[int, list[dict[str, Any]]]:
    """The parts of each line that has several."""
    parts = parts_of(outcome.inventory.tables)
    totals = figures(part_centrals(outcome.priced, parts), outcome.sample.parts if outcome.sample else None)
    found: dict[int, list[dict[str, Any]]] = {}
    for (line, activity), total in zip(parts, totals, strict=True):
        found.setdefault(line, []).append({"part": activity, "total": total})
    return found


def by_audience(outcome: Outcome) -> dict[str, Any]:
    """What the delivery comes to on target, off target, not viewable, unknown; and what is not delivery."""
    reached = {name: _subtotal(outcome, f"audience {name}") for name in PARTS}
    return reached | {"not_delivery": _of_stages(outcome, OTHER_STAGES)}


def audience_centrals(outcome: Outcome) -> dict[str, float]:
    """kgCO2e of what `by_audience` tells apart, central."""
    reached = {name: outcome.subtotals[f"audience {name}"] for name in PARTS}
    return reached | {"not_delivery": outcome.breakdown.of_stages(OTHER_STAGES)}


def line_audiences(outcome: Outcome) -> dict[int, dict[str, float]]:
    """kgCO2e of each priced delivery by whom it reaches, central; by the line's place."""
    weights, breakdown, count = outcome.weights, outcome.breakdown, len(PARTS)
    reached = weights.rest[:count] * breakdown.rest + weights.watched[:count] * breakdown.watched
    places = np.flatnonzero(breakdown.priced_deliveries).tolist()
    return {place: dict(zip(PARTS, reached[:, place].tolist(), strict=True)) for place in places}


def _energy(outcome: Outcome) -> dict[str, Any] | None:
    kilowatt_hours = energy(outcome.priced)
    return None if kilowatt_hours is None else {"unit": "kWh", "central": kilowatt_hours}


def _by_platform(outcome: Outcome) -> list[dict[str, Any]]:
    """The delivery on each platform, then (platform null) all that is on none: together they are the total."""
    own = set(map(platform, compress(outcome.plan.lines, outcome.breakdown.priced_lines.tolist())))
    found: list[dict[str, Any]] = [
        {"platform": name, "total": _subtotal(outcome, on_platform(name))} for name in sorted(filter(None, own))
    ]
    if None in own or any(stage in OTHER_STAGES for stage, _ in outcome.breakdown.stages):
        found.append({"platform": None, "total": _on_none(outcome)})
    return found


def _on_none(outcome: Outcome) -> dict[str, Any]:
    name, sample = on_platform(None), outcome.sample
    central = fsum([outcome.subtotals[name], outcome.breakdown.of_stages(OTHER_STAGES)])
    return figure(central, sample.subtotal(name) + sample.of_stages(OTHER_STAGES) if sample else None)


def _subtotal(outcome: Outcome, name: str) -> dict[str, Any]:
    return figure(outcome.subtotals[name], outcome.sample.subtotal(name) if outcome.sample else None)


def _by_country(outcome: Outcome) -> list[dict[str, Any]]:
    centrals, sample = of_countries(outcome.priced), outcome.sample
    draws = np.array([sample.countries[name] for name in centrals]) if sample else None
    totals = figures(list(centrals.values()), draws)
    return [{"country": name, "total": total} for name, total in zip(centrals, totals, strict=True)]


def _intensities(outcome: Outcome) -> list[dict[str, Any]]:
    known = ((one.name, intensity(outcome, one)) for one in denominators(outcome.plan))
    delivered = [{"per": name, **figure(*found, "gCO2e")} for name, found in known if found]
    return delivered + per_kept_asset(outcome.plan, outcome.breakdown, outcome.sample)


def intensity(outcome: Outcome, one: Denominator) -> tuple[float, Draws | None] | None:
    """gCO2e per unit of the denominator and its draws, or None when no line has it."""
    name = f"per {one.name}"
    amount = _amount(outcome, name)
    if not amount:
        return None
    grams_per = GRAMS * one.per
    draws = grams_per * outcome.sample.subtotal(name) / _amount_draws(outcome, name) if outcome.sample else None
    return grams_per * outcome.subtotals[name] / amount, draws


def _amount(outcome: Outcome, name: str) -> float:
    tracked, amounts = outcome.weights.amounts[name]
    return flow(outcome.priced, tracked, amounts) if tracked else fsum(amounts.tolist())


def _amount_draws(outcome: Outcome, name: str) -> Draws | float:
    sample = outcome.sample
    return sample.flows[name] if sample and name in sample.flows else _amount(outcome, name)
