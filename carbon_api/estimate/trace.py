"""All that an estimate was made of, as data: whoever has it can redo every stage and total with arithmetic alone.

Values are in coherent units (h, GB, kWh, kgCO2e, view). The formulas of a table stand in evaluable order: each needs
only the row's values and the formulas before it.
"""

from typing import Any

from carbon_api.estimate.answer import Outcome, identity
from carbon_api.estimate.pricing import Priced
from carbon_api.inventory.gives import UNITS
from carbon_api.inventory.inputs import Input

VERSION = 1


def trace(outcome: Outcome) -> dict[str, Any]:
    """The trace of an estimate: its values, its tables of cells with their formulas, and what they come to."""
    used = _used(outcome.priced)
    places = {key: place for place, key in enumerate(used)}
    breakdown = outcome.breakdown
    return {
        "trace": VERSION,
        "method": identity(outcome),
        "factor_release": {"id": outcome.release.id, "sha256": outcome.release.sha256},
        "values": [_value(outcome.inventory.inputs[code], unit) for code, unit in used],
        "tables": [_table(priced, places, outcome) for priced in outcome.priced],
        "results": {
            "unit": "kgCO2e",
            "total": breakdown.total,
            "by_stage": [_stage(key, value) for key, value in breakdown.stages.items()],
            "lines": [
                {"id": line.id, "total": total, "stages": [_stage(key, value) for key, value in terms]}
                for line, total, terms in zip(outcome.plan.lines, breakdown.lines, breakdown.by_line(), strict=True)
                if terms
            ],
            "not_priced": [
                {"id": outcome.plan.lines[index].id, "reason": reason}
                for index, reason in sorted(outcome.outside.items())
            ],
        },
    }


def _used(priced: tuple[Priced, ...]) -> dict[tuple[int, str], None]:
    """The inputs that some cell uses, by code, each with the unit that a plan's own number has where it is used."""
    found: dict[tuple[int, str], None] = {}
    for one in priced:
        for name, codes in zip(one.table.columns, one.table.codes.T.tolist(), strict=True):
            found |= dict.fromkeys((code, UNITS.get(name, "")) for code in codes)
    return found


def _value(entry: Input, unit: str) -> dict[str, Any]:
    """A value with its status; a published one with where it was published."""
    if entry.row is None:
        return {"value": entry.value, "unit": unit, "status": entry.status}
    row = entry.row
    published = {"factor": row.id, "country": row.country, "valid_from": row.valid_from}
    of_source = {"source": row.source, "locator": row.locator, "as_published": f"{row.printed} {row.unit}"}
    return {"value": entry.value, "unit": row.coherent_unit, "status": entry.status, **published, **of_source}


def _table(priced: Priced, places: dict[tuple[int, str], int], outcome: Outcome) -> dict[str, Any]:
    table, graph = priced.table, priced.bound.graph
    units = [UNITS.get(name, "") for name in table.columns]
    return {
        "activity": table.shape.activity,
        "columns": list(table.columns),
        "formulas": [
            {"name": name, "formula": graph.formula(name)} for name in priced.run if name not in table.columns
        ],
        "stages": [{"stage": one.stage, "phase": one.phase, "formula": one.target} for one in priced.bound.stages],
        "rows": [
            {
                "line": outcome.plan.lines[line].id,
                "country": country,
                "device": device,
                "values": [places[code, unit] for code, unit in zip(codes, units, strict=True)],
            }
            for line, country, device, codes in zip(
                table.line.tolist(), table.country, table.device, table.codes.tolist(), strict=True
            )
        ],
    }


def _stage(key: tuple[str, str], value: float) -> dict[str, Any]:
    stage, phase = key
    return {"stage": stage, "phase": phase, "central": value}
