"""Read a plan: the one door for the API and the command line."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from carbon_api.errors import BodyTooLarge, Finding, PlanInvalid
from carbon_api.plan.findings import MOST_FINDINGS, step
from carbon_api.plan.lines import Defaults, Read, read_lines
from carbon_api.plan.model import Audience, Plan, Uncertainty
from carbon_api.plan.parts import missing, names
from carbon_api.plan.plan_rules import between_lines, beyond_audience, end_before_start, outside_period
from carbon_api.plan.reader import Document, MediaType, read, read_file
from carbon_api.plan.schemas import MOST_LINES, PlanSchema

_SCHEMA = PlanSchema()
_AS_THEY_ARE = ("brand", "method", "factor_release")
_RANGE = ("range", "draws", "seed")


def load_plan(data: bytes, media_type: MediaType, max_lines: int = MOST_LINES) -> Plan:
    """Return the plan written in `data`. Raises PlanUnreadable, BodyTooLarge or PlanInvalid."""
    return _parse(read(data, media_type), max_lines)


def load_plan_file(path: Path, max_lines: int = MOST_LINES) -> Plan:
    """Return the plan of a .json, .yaml or .yml file. Raises InputError, also when it cannot be opened."""
    return _parse(read_file(path), max_lines)


def parse_plan(document: object, places: Mapping[str, int] | None = None, max_lines: int = MOST_LINES) -> Plan:
    """Return the plan of a document already read; `places` gives the line of its text for each pointer.

    Raises PlanInvalid with every finding (the first hundred), or BodyTooLarge beyond `max_lines` lines.
    """
    return _parse(Document(document, lambda: places or {}), max_lines)


def _parse(read_document: Document, max_lines: int) -> Plan:
    document = read_document.value
    values, faults = _SCHEMA.walk(document)
    if not isinstance(document, Mapping):
        raise _invalid(faults, read_document)
    written = names(document)
    lines = values.get("lines") or []
    if len(lines) > max_lines:
        raise BodyTooLarge(f"The plan has {len(lines)} lines; {max_lines} at most. Split it into several plans.")
    faults.extend(missing(_SCHEMA.title, _SCHEMA.required, written))
    read_ones, line_faults = read_lines(lines, step(written.get("lines", "")), _defaults(document, written, values))
    faults.extend(line_faults)
    faults.extend(_between(values, read_ones, step(written.get("period", "")), all_read=not line_faults))
    if faults:
        raise _invalid(faults, read_document)
    return _plan(values, read_ones, document)


def _defaults(document: Mapping[str, Any], written: Mapping[str, str], values: Mapping[str, Any]) -> Defaults:
    """Return the defaults; when they could not all be read, `sound` says so and no line is built on them."""
    if "defaults" not in values:
        return Defaults()
    key = written["defaults"]
    as_written = document[key] if isinstance(document[key], Mapping) else {}
    read_values = values["defaults"]
    return Defaults(read_values or {}, as_written, step(key), sound=read_values is not None)


def _between(values: Mapping[str, Any], lines: Sequence[Read], period_pointer: str, *, all_read: bool) -> list[Finding]:
    """Return what is wrong between parts of the plan that are right alone."""
    period = values.get("period") or {}
    start, end = period.get("start"), period.get("end")
    return [
        *end_before_start(start, end, period_pointer),
        *outside_period(lines, start, end),
        *beyond_audience(lines, _audience(values)),
        *between_lines(lines, all_read=all_read),
    ]


def _plan(values: Mapping[str, Any], lines: Sequence[Read], document: Mapping[str, Any]) -> Plan:
    period = values.get("period", {})
    return Plan(
        name=values["name"],
        lines=tuple(read_one.line for read_one in lines),
        start=period.get("start"),
        end=period.get("end"),
        currency=values.get("currency", "EUR"),
        audience=_audience(values),
        uncertainty=Uncertainty(**{name: values[name] for name in _RANGE if name in values}),
        document=document,
        **{name: values.get(name) for name in _AS_THEY_ARE},
    )


def _audience(values: Mapping[str, Any]) -> Audience | None:
    audience = values.get("audience")
    return None if audience is None else Audience(**audience)


def _invalid(faults: Sequence[Finding], document: Document) -> PlanInvalid:
    """Return the error with the faults' lines in the text, if it has lines."""
    places = document.places()
    findings = [replace(fault, line=_line(places, fault.pointer)) for fault in faults[:MOST_FINDINGS]]
    count = f"more than {MOST_FINDINGS}; the first are given" if len(faults) > MOST_FINDINGS else str(len(faults))
    first = findings[0]
    where = first.pointer or "the plan"
    return PlanInvalid(
        f"Faults in the plan: {count}. First, at {where}: {first.detail}{'' if first.detail.endswith('?') else '.'}",
        findings,
    )


def _line(places: Mapping[str, int], pointer: str) -> int | None:
    """Return the line of the value at `pointer`, or of the nearest mapping or list around it."""
    while pointer and pointer not in places:
        pointer = pointer.rpartition("/")[0]
    return places.get(pointer)
