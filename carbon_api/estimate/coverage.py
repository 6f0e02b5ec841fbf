"""How much of an estimate rests on what the caller gave, and every default it used, with its source."""

from collections.abc import Iterator, Sequence
from math import fsum
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from carbon_api.estimate.pricing import Priced, assumable
from carbon_api.factor_book.entry import Row
from carbon_api.inventory.defaults import ACTIVITY_FIELDS
from carbon_api.inventory.tables import Inventory, Table
from carbon_api.methods.method import Method

DIGITS = 12  # a share; the cells that rest on defaults are added in another order than the total


class Used(NamedTuple):
    """A default that some lines used for a field: the place of its row in the release."""

    field: str
    row: int


def coverage(
    inventory: Inventory, priced: tuple[Priced, ...], method: Method, total: float, ids: Sequence[str]
) -> dict[str, Any]:
    """`given` is the share of the central total in cells x stages whose activity is all given or derived."""
    assumed: list[float] = []
    used: dict[Used, set[int]] = {}
    rows: dict[int, Row] = {}
    for table in priced:
        is_default = _defaults(table.table, inventory)
        assumed += _assumed(table, method, is_default)
        for field, row, lines in _uses(table.table, inventory, is_default):
            rows[row.index] = row
            used.setdefault(Used(field, row.index), set()).update(lines)
    # The total was added up in another order, which its last digit can show: the share stays one.
    share = round(fsum(assumed) / total, DIGITS) if total else 0.0
    entries = [_entry(use.field, rows[use.row], sorted(ids[line] for line in used[use])) for use in sorted(used)]
    return {"given": round(1 - share, DIGITS), "default": share, "defaults": entries}


def _defaults(table: Table, inventory: Inventory) -> NDArray[np.bool_]:
    """Where a default describes the activity: rows x columns."""
    is_default: NDArray[np.bool_] = inventory.defaults[table.codes]
    is_default[:, [name not in ACTIVITY_FIELDS for name in table.columns]] = False
    return is_default


def _assumed(table: Priced, method: Method, is_default: NDArray[np.bool_]) -> list[float]:
    """The priced cells that rest on a default. Many stages rest on the same columns."""
    cells: list[float] = []
    resting: dict[tuple[int, ...], NDArray[np.bool_]] = {}
    for columns, term in zip(assumable(method, table.table.shape), table.terms, strict=True):
        if columns not in resting:
            resting[columns] = np.asarray(is_default[:, columns].any(axis=1), dtype=bool)
        cells += term[resting[columns]].tolist()
    return cells


def _uses(table: Table, inventory: Inventory, is_default: NDArray[np.bool_]) -> Iterator[tuple[str, Row, set[int]]]:
    """Every default in use: the field it fills, its row, the lines."""
    for place in np.flatnonzero(is_default.any(axis=0)).tolist():
        used = is_default[:, place]
        lines: dict[int, set[int]] = {}
        for code, line in zip(table.codes[used, place].tolist(), table.line[used].tolist(), strict=True):
            lines.setdefault(code, set()).add(line)
        for code, using in lines.items():
            row = inventory.inputs[code].row
            if row:
                yield ACTIVITY_FIELDS[table.columns[place]], row, using


def _entry(field: str, row: Row, lines: list[str]) -> dict[str, Any]:
    return {
        "field": field,
        "value": row.printed,
        "unit": row.unit,
        "factor": row.id,
        "country": row.country,
        "valid_from": row.valid_from,
        "source": row.source,
        "locator": row.locator,
        "evidence": row.evidence,
        "lines": lines,
    }
