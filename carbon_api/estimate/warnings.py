"""What a reader of the estimate must know, once each, with the lines concerned."""

from collections.abc import Iterator, Mapping
from typing import Any

from carbon_api.estimate.breakdown import Breakdown
from carbon_api.estimate.doubts import MOST_DOUBTS, doubts
from carbon_api.estimate.figures import quantiles
from carbon_api.estimate.grids import two_grids
from carbon_api.estimate.lines import ALL_STAGES, left_out
from carbon_api.estimate.slips import slips
from carbon_api.estimate.uncertainty import Sample
from carbon_api.inventory.activity import KINDS
from carbon_api.inventory.tables import GRID_OF_METHOD, LATER, Inventory, Note
from carbon_api.methods.method import Method
from carbon_api.plan.model import Delivered, Plan

NOT_DRAWN = (
    "doubt-not-drawn",
    f"only {MOST_DOUBTS} different doubts on audience shares are drawn: the parts of these lines take central shares",
)
QUARTILES = (0.25, 0.75)


def warnings(
    plan: Plan, inventory: Inventory, method: Method, breakdown: Breakdown, sample: Sample | None
) -> list[dict[str, Any]]:
    """Every warning: its code, the pointers it concerns, and what it means."""
    found: dict[Note, set[int]] = {note: set(lines) for note, lines in _gathered(inventory.noted.notes).items()}
    for index, (line, delivered) in enumerate(zip(plan.lines, breakdown.delivered, strict=True)):
        for entry in left_out(line, method, delivered, inventory.outside.get(index)):
            what = "line" if entry["stage"] == ALL_STAGES else entry["stage"]
            found.setdefault((f"{what}-out-of-boundary", entry["reason"]), set()).add(index)
    found |= two_grids(inventory, method) | slips(plan, inventory)
    if extended := set(_extended(plan, method)) - inventory.outside.keys():
        found["method-extended", method.card.extension] = extended
    if plan.uncertainty.range and (beyond := list(doubts(plan.lines).values())[MOST_DOUBTS:]):
        found[NOT_DRAWN] = {index for lines in beyond for index in lines}
    listed = [_warning(code, detail, sorted(lines)) for (code, detail), lines in sorted(found.items())]
    return listed + [_warning(code, detail, []) for code, detail in _off_centre(breakdown, sample)]


def _extended(plan: Plan, method: Method) -> Iterator[int]:
    """The lines of kinds that the publisher did not make the method for."""
    made_for = method.card.made_for
    for index, line in enumerate(plan.lines):
        if made_for and isinstance(line, Delivered) and KINDS[type(line)] not in made_for:
            yield index


def _gathered(notes: Mapping[Note, list[int]]) -> dict[Note, list[int]]:
    """Rows of the book that are later than the plan's period are named in one warning, and so are the countries whose
    electricity changes nothing."""
    gathered = {note: lines for note, lines in notes.items() if note[0] not in {LATER, GRID_OF_METHOD}}
    late = {detail: lines for (code, detail), lines in notes.items() if code == LATER}
    if late:
        gathered[LATER, "; ".join(sorted(late))] = [line for lines in late.values() for line in lines]
    alike: dict[str, dict[str, list[int]]] = {}
    for (code, detail), lines in notes.items():
        if code == GRID_OF_METHOD:
            country, _, rest = detail.partition(": ")
            alike.setdefault(rest, {})[country] = lines
    for rest, countries in alike.items():
        detail = f"{', '.join(sorted(countries))}: {rest}"
        gathered[GRID_OF_METHOD, detail] = [line for lines in countries.values() for line in lines]
    return gathered


def _warning(code: str, detail: str, lines: list[int]) -> dict[str, Any]:
    return {"code": code, "pointers": [f"/lines/{line}" for line in lines], "detail": detail}


def _off_centre(breakdown: Breakdown, sample: Sample | None) -> Iterator[tuple[str, str]]:
    """The central value is the formula at central factors, which skewed ranges can push aside."""
    if sample is None:
        return
    low, high = quantiles(sample.total, QUARTILES)
    if not low <= breakdown.total <= high:
        yield (
            "central-outside-quartiles",
            "the central value is the formula at central factors; half of the draws lie elsewhere, "
            f"between {low:.3g} and {high:.3g} kgCO2e",
        )
