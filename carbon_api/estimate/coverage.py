"""How much of an estimate rests on what the caller gave, and every default it used, with its source."""

from collections.abc import Iterator, Sequence
from math import fsum
from typing import Any, NamedTuple

import numpy as np

from carbon_api.estimate.pricing import Priced, assumable
from carbon_api.inventory.defaults import ACTIVITY_FIELDS
from carbon_api.inventory.inputs import Input
from carbon_api.inventory.tables import Inventory
from carbon_api.methods.method import Method


class Used(NamedTuple):
    """A default that some lines used for a field: the place of its row in the release."""

    field: str
    row: int


def coverage(inventory: Inventory, priced: tuple[Priced, ...], method: Method, ids: Sequence[str]) -> dict[str, Any]:
    """`given` is the share of the central total in cells x stages whose activity is all given or derived."""
    is_default = np.array([entry.status == "default" for entry in inventory.inputs], dtype=bool)
    total = fsum(value for table in priced for term in table.terms for value in term.tolist())
    assumed = fsum(_assumed(priced, method, is_default))
    share = assumed / total if total else 0.0
    return {"given": 1 - share, "default": share, "defaults": _defaults(inventory, ids)}


def _assumed(priced: tuple[Priced, ...], method: Method, is_default: Any) -> Iterator[float]:
    """The priced cells that rest on a default."""
    for table in priced:
        for columns, term in zip(assumable(method, table.table.shape), table.terms, strict=True):
            if columns:
                rests_on_default = is_default[table.table.codes[:, columns]].any(axis=1)
                yield from term[rests_on_default].tolist()


def _defaults(inventory: Inventory, ids: Sequence[str]) -> list[dict[str, Any]]:
    used: dict[Used, set[int]] = {}
    for field, entry, lines in _uses(inventory):
        if entry.row:
            used.setdefault(Used(field, entry.row.index), set()).update(lines)
    rows = {entry.row.index: entry.row for entry in inventory.inputs if entry.row}
    return [
        {
            "field": use.field,
            "value": rows[use.row].printed,
            "unit": rows[use.row].unit,
            "factor": rows[use.row].id,
            "country": rows[use.row].country,
            "valid_from": rows[use.row].valid_from,
            "source": rows[use.row].source,
            "locator": rows[use.row].locator,
            "evidence": rows[use.row].evidence,
            "lines": sorted(ids[line] for line in lines),
        }
        for use, lines in sorted(used.items())
    ]


def _uses(inventory: Inventory) -> Iterator[tuple[str, Input, list[int]]]:
    """Every default in use: the field it fills, the input, the lines."""
    for table in inventory.tables:
        for place, name in enumerate(table.columns):
            if name not in ACTIVITY_FIELDS:
                continue
            column = table.codes[:, place]
            for code in np.unique(column).tolist():
                if inventory.inputs[code].status == "default":
                    yield ACTIVITY_FIELDS[name], inventory.inputs[code], table.line[column == code].tolist()
