"""The parts of a line that has several: what it shows, keeps, travels and sends, each priced as an activity."""

from collections.abc import Sequence
from math import fsum
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from carbon_api.estimate.pricing import Priced
from carbon_api.inventory.tables import Table
from carbon_api.methods.catalog import ACTIVITIES

NO_PART = -1


class PartOf(NamedTuple):
    """One activity of a line that has several."""

    line: int
    activity: str


def parts_of(tables: Sequence[Table]) -> tuple[PartOf, ...]:
    """The parts of every line that has several, line by line, in the order of the activities."""
    owned = {(line, table.shape.activity) for table in tables for line in np.unique(table.line).tolist()}
    counted: dict[int, list[str]] = {}
    for line, activity in owned:
        counted.setdefault(line, []).append(activity)
    return tuple(
        PartOf(line, activity)
        for line, several in sorted(counted.items())
        if len(several) > 1
        for activity in ACTIVITIES
        if activity in several
    )


def part_centrals(priced: Sequence[Priced], parts: Sequence[PartOf]) -> list[float]:
    """kgCO2e of each part."""
    cells: dict[PartOf, list[float]] = {part: [] for part in parts}
    lines = np.array(sorted({part.line for part in parts}), dtype=np.intp)
    for one in priced if parts else ():
        held = np.isin(one.table.line, lines)
        for line, cell in zip(one.table.line[held].tolist(), one.terms[:, held].sum(axis=0).tolist(), strict=True):
            cells[PartOf(line, one.table.shape.activity)].append(cell)
    return [fsum(values) for values in cells.values()]


def part_places(parts: Sequence[PartOf], lines: int) -> dict[str, NDArray[np.intp]]:
    """The place among the parts of each line's part in an activity, NO_PART where it has none."""
    places = {activity: np.full(lines, NO_PART, dtype=np.intp) for _, activity in parts}
    for place, (line, activity) in enumerate(parts):
        places[activity][line] = place
    return places
