"""How much of an estimate rests on what the caller gave, and every default it used, with its source."""

from collections.abc import Sequence
from math import fsum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from carbon_api.estimate.breakdown import Breakdown
from carbon_api.estimate.pricing import Priced, assumable
from carbon_api.inventory.defaults import ACTIVITY_FIELDS
from carbon_api.inventory.inputs import row_of
from carbon_api.inventory.tables import Inventory, Table, Use
from carbon_api.methods.method import Method

DIGITS = 12  # a share; the cells that rest on defaults are added in another order than the total


def coverage(
    inventory: Inventory, priced: tuple[Priced, ...], method: Method, breakdown: Breakdown, ids: Sequence[str]
) -> dict[str, Any]:
    """`given` is the share of the central total in cells x stages whose activity is all given or derived; `lines` says
    how many of the plan's lines the totals are of."""
    total, is_priced = breakdown.total, breakdown.priced_lines
    assumed = [cell for table in priced for cell in _assumed(table, method, _defaults(table.table, inventory))]
    share = round(fsum(assumed) / total, DIGITS) if total else 0.0
    used = sorted(inventory.noted.uses.items())
    entries = [_entry(use, inventory, sorted({ids[line] for line in lines})) for use, lines in used]
    left_out = sorted(ids[line] for line in np.flatnonzero(~is_priced).tolist())
    lines = {"priced": int(is_priced.sum()), "of": len(ids), "not_priced": left_out}
    return {"given": round(1 - share, DIGITS), "default": share, "lines": lines, "defaults": entries}


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


def _entry(use: Use, inventory: Inventory, lines: list[str]) -> dict[str, Any]:
    row = row_of(inventory.ledgers[0].inputs, use.row)
    return {
        "field": use.field,
        "value": row.printed,
        "unit": row.unit,
        "factor": row.id,
        "title": row.title,
        "country": row.country,
        "valid_from": row.valid_from,
        "source": row.source,
        "locator": row.locator,
        "evidence": row.evidence,
        "lines": lines,
    }
