"""Whose electricity a total stands on: one publisher's, or two beside each other."""

from collections.abc import Iterator, Mapping

import numpy as np

from carbon_api.factor_book.entry import Row
from carbon_api.inventory.tables import Inventory, Note, Table
from carbon_api.methods.method import Method

FEW = 3


def two_grids(inventory: Inventory, method: Method) -> dict[Note, set[int]]:
    """That data kept or AI stand on another grid than the rest of the total does, with their lines."""
    card = method.card
    used: dict[str, dict[Row, set[int]]] = {card.grid: {}, card.storage_grid: {}}
    for table in inventory.tables:
        for row, lines in _grids(table, inventory):
            if row.id in used:
                used[row.id].setdefault(row, set()).update(lines)
    own, other = used[card.grid], used[card.storage_grid]
    if not own or not other or own is other:
        return {}
    detail = f"these lines take their electricity from {_named(other)}, and the rest of the total from {_named(own)}"
    return {("two-grids", detail): set().union(*other.values())}


def _grids(table: Table, inventory: Inventory) -> Iterator[tuple[Row, set[int]]]:
    """The rows that some cells of a table take for a grid, with the lines of these."""
    for place, name in enumerate(table.columns):
        if name.startswith("grid_"):
            codes = table.codes[:, place]
            for code in np.unique(codes).tolist():
                row = inventory.input(code).row
                if row is not None:
                    yield row, set(table.line[codes == code].tolist())


def _named(rows: Mapping[Row, set[int]]) -> str:
    """A grid and its first rows: grid.ember (DE 342 gCO2e/kWh, FR 44.18 gCO2e/kWh)."""
    found = sorted(rows, key=lambda row: row.key)
    told = [f"{row.country} {row.printed:g} {row.unit}" for row in found[:FEW]]
    more = [f"{len(found) - FEW} more"] if len(found) > FEW else []
    return f"{found[0].id} ({', '.join([*told, *more])})"
