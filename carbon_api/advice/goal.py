"""A ceiling that a plan should stay under: its total or an intensity, and how sure that must be."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from carbon_api.estimate.answer import Outcome, intensity
from carbon_api.estimate.figures import figure
from carbon_api.estimate.intensity import denominators

Draws = NDArray[np.float64]
TOTAL = "total"
PER = ("1000 impressions", "on-target contact", "minute watched")
Shown = dict[str, object]


@dataclass(frozen=True, slots=True)
class Goal:
    """At most so much: kgCO2e of the `total`, or gCO2e per something; met in at least `confidence` of the draws."""

    at_most: float
    of: str = TOTAL
    confidence: float = 0.9

    @property
    def unit(self) -> str:
        """What the ceiling is counted in."""
        return "kgCO2e" if self.of == TOTAL else "gCO2e"

    def worth(self, outcome: Outcome) -> tuple[float, Draws | None] | None:
        """What the ceiling is on, centrally and in every draw; None where the plan has no such intensity."""
        if self.of == TOTAL:
            return outcome.breakdown.total, outcome.sample.total if outcome.sample else None
        one = next(one for one in denominators(outcome.plan) if one.name == self.of)
        return intensity(outcome, one)

    def central(self, outcome: Outcome) -> float | None:
        """What the ceiling is on, at central values."""
        found = self.worth(outcome)
        return found[0] if found else None

    def probability(self, outcome: Outcome) -> float | None:
        """The share of the draws that stay under the ceiling; None without a range."""
        found = self.worth(outcome)
        return None if found is None or found[1] is None else float(np.mean(found[1] <= self.at_most))

    def is_met(self, outcome: Outcome) -> bool:
        """Whether the ceiling holds at central values, and in the draws as surely as is asked for."""
        central, probability = self.central(outcome), self.probability(outcome)
        is_under = central is not None and central <= self.at_most
        return is_under and probability is not None and probability >= self.confidence

    def shown(self, outcome: Outcome) -> Shown | None:
        """The figure that the ceiling is on."""
        found = self.worth(outcome)
        return figure(*found, self.unit) if found else None
