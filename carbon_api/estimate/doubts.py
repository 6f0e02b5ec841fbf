"""What the caller doubts of a weight (audience shares, spend) is drawn with the rest: a shift from the central weights.

Lines that state the same doubt share its draws, so their delivery is simulated as one subtotal.
"""

from collections.abc import Mapping
from itertools import compress
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from carbon_api.estimate.audience import PARTS, split
from carbon_api.estimate.sampling import draw
from carbon_api.estimate.uncertainty import Sample
from carbon_api.inventory.inputs import Ledger
from carbon_api.plan.model import Delivered, Line, Plan, Quantity, Uncertainty

MOST_DOUBTS = 200  # their weights are doubts x lines; shares beyond stay central, and a warning says so
CONTACTS = "per on-target contact"
Draws = NDArray[np.float64]


class Doubt(NamedTuple):
    """An on-target share and a viewable share, one of them with a plus or minus, as some lines state them."""

    on_target: Quantity | None
    viewable: Quantity | None


def doubts(lines: tuple[Line, ...]) -> dict[Doubt, list[int]]:
    """The doubts on audience shares, with their lines."""
    found: dict[Doubt, list[int]] = {}
    for index, line in enumerate(lines):
        if isinstance(line, Delivered):
            on_target, viewable = line.on_target.share if line.on_target else None, line.viewable_share
            if (on_target and on_target.plus_minus) or (viewable and viewable.plus_minus):
                found.setdefault(Doubt(on_target, viewable), []).append(index)
    return found


def drawn(lines: tuple[Line, ...]) -> list[tuple[Doubt, list[int]]]:
    """The doubts that the range draws: as many as there is room for."""
    return list(doubts(lines).items())[:MOST_DOUBTS]


def name_of(place: int, what: str) -> str:
    """The subtotal of a doubt's lines: the `rest` of their delivery, its `watched`, its `views`."""
    return f"doubt {place} {what}"


def shift(plan: Plan, sample: Sample, priced: NDArray[np.bool_]) -> None:
    """Adds to a sample what the doubts on weights add to its audience parts, contacts and spend; `priced` tells the
    lines whose delivery is."""
    for place, (doubt, _) in enumerate(drawn(plan.lines)):
        rest, watched = (sample.subtotal(name_of(place, what)) for what in ("rest", "watched"))
        for part, of_rest, of_watched in zip(PARTS, *_shifts(doubt, plan.uncertainty), strict=True):
            sample.subtotals[sample.names.index(f"audience {part}")] += of_rest * rest + of_watched * watched
        views = sample.flows.get(name_of(place, "views"))
        if views is not None and doubt.on_target:
            hit = quantity_draws(doubt.on_target, "on_target_share", plan.uncertainty)
            sample.flows[CONTACTS] = sample.flows[CONTACTS] + (hit - doubt.on_target.value) * views
    sample.flows |= _spent(plan, priced)


def _shifts(doubt: Doubt, wanted: Uncertainty) -> tuple[Draws, Draws]:
    """What each draw adds to the central share of each part, parts x draws: of the rest, and of what is watched."""
    on_target, viewable = doubt.on_target or Quantity(np.nan), doubt.viewable or Quantity(1.0)
    hit, seen = quantity_draws(on_target, "on_target_share", wanted), quantity_draws(viewable, "viewable_share", wanted)
    central, whole = np.array([on_target.value]), np.ones(1)
    of_rest = split(hit, seen) - split(central, np.array([viewable.value]))
    return of_rest, split(hit, np.ones(wanted.draws)) - split(central, whole)


def _spent(plan: Plan, priced: NDArray[np.bool_]) -> Mapping[str, Draws]:
    """The draws of the money spent, where some of it is in doubt."""
    paid = (line for line in compress(plan.lines, priced.tolist()) if isinstance(line, Delivered))
    spent = [line.spend for line in paid if line.spend and line.spend.value]
    if not any(spend.plus_minus for spend in spent):
        return {}
    return {
        f"per {plan.currency}": np.sum([quantity_draws(spend, "spend", plan.uncertainty) for spend in spent], axis=0)
    }


def quantity_draws(quantity: Quantity, field: str, wanted: Uncertainty) -> Draws:
    """The draws of a number the caller gave, in the group that every use of it shares."""
    ledger = Ledger()
    entry = ledger.inputs[ledger.quantity(quantity, field, "given")]
    return np.full(wanted.draws, quantity.value) if entry.is_exact else draw(entry, wanted.seed, wanted.draws)
