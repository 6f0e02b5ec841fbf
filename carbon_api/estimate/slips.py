"""What a plan says that is perhaps a slip of the pen: read as it is written, and told."""

from collections.abc import Iterator, Mapping

import numpy as np

from carbon_api.estimate.lines import trips_of
from carbon_api.inventory.activity import activities
from carbon_api.inventory.tables import VOLUMES, Inventory, Note
from carbon_api.plan.model import Influencer, Line, Plan, Travel

COUNTED = VOLUMES | {"line_distance", "kept_for"}
# Our own limits of what is plausible, as no class limit was read: from one end of the United Kingdom to the other, and
# from it to the far ends of Europe, each with a wide margin.
FURTHEST: Mapping[str, float] = {"domestic": 1500.0, "short": 6000.0}  # haul -> km of a flight
HEAVIEST = 100.0  # kg of a parcel: beyond, it is a pallet
TWO = 2  # flights at least, where a distance is there and back


def slips(plan: Plan, inventory: Inventory) -> dict[Note, set[int]]:
    """Every likely slip, with its lines."""
    found: dict[Note, set[int]] = {}
    for place in sorted(_with_zeros(inventory)):
        for note in _zeros(plan.lines[place]):
            found.setdefault(note, set()).add(place)
    for place, line in enumerate(plan.lines):
        for detail in (*_hauls(line), *_weights(line)) if isinstance(line, Travel | Influencer) else ():
            found.setdefault(("unlikely-quantity", detail), set()).add(place)
    return found


def _with_zeros(inventory: Inventory) -> set[int]:
    """The lines of which some count is zero."""
    lines: set[int] = set()
    for table in inventory.tables:
        for place, name in enumerate(table.columns):
            if name in COUNTED:
                is_zero = inventory.values[table.codes[:, place]] == 0
                lines.update(np.unique(table.line[is_zero]).tolist())
    return lines


def _zeros(line: Line) -> Iterator[Note]:
    for activity in activities(line):
        for give in activity.gives:
            if give.name in COUNTED and give.read and give.read(line).value == 0:
                detail = f"{activity.at}{give.field} is 0, and so is what rests on it: an empty cell often arrives as 0"
                yield "zero-quantity", f"{detail}; write the number, or leave the line out"


def _hauls(line: Line) -> Iterator[str]:
    for at, trip in trips_of(line).items():
        end = FURTHEST.get(trip.haul or "")
        if end and trip.distance and (trip.flight_length or trip.distance.value / TWO) > end:
            yield _too_far(f"{at}haul", trip.haul, end)
    for place, parcels in enumerate(line.shipping if isinstance(line, Influencer) else ()):
        end = FURTHEST.get(parcels.haul or "")
        if end and parcels.distance.value > end:
            yield _too_far(f"shipping/{place}/haul", parcels.haul, end)


def _too_far(field: str, haul: str | None, end: float) -> str:
    plausible = f"beyond {end:,.0f} km, which is our own limit of what is plausible, since none is published"
    return f"{field} is {haul} and a flight goes {plausible}: is it the distance or the haul?"


def _weights(line: Line) -> Iterator[str]:
    for place, parcels in enumerate(line.shipping if isinstance(line, Influencer) else ()):
        if parcels.weight.value > HEAVIEST:
            yield f"shipping/{place}/weight is over {HEAVIEST:g} kg: it is that of one parcel; a bare number is in kg"
