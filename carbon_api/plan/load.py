"""Read a plan: the one door for the API and the command line."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from carbon_api.errors import BodyTooLarge, Finding, InputError
from carbon_api.plan.document import Document
from carbon_api.plan.findings import plan_invalid
from carbon_api.plan.french import english
from carbon_api.plan.lines import Defaults, Read, read_lines
from carbon_api.plan.model import Audience, Line, Plan, Uncertainty
from carbon_api.plan.parts import missing
from carbon_api.plan.plan_rules import between_lines, beyond_audience, end_before_start, outside_period
from carbon_api.plan.quick_json import read_quickly
from carbon_api.plan.reader import MOST_BYTES, MediaType, read, read_file
from carbon_api.plan.schemas import MOST_LINES, PlanSchema

_SCHEMA = PlanSchema()
_AS_THEY_ARE = ("brand", "method", "factor_release")
_RANGE = ("range", "draws", "seed")


def load_plan(data: bytes, media_type: MediaType, max_lines: int = MOST_LINES) -> Plan:
    """Return the plan written in `data`. Raises PlanUnreadable, BodyTooLarge or PlanInvalid."""
    quick = read_quickly(data) if media_type == "json" and len(data) <= MOST_BYTES else None
    if quick is not None:
        with suppress(InputError):  # said again below, as the careful reader says it
            return plan_of(quick, max_lines)
    return plan_of(read(data, media_type), max_lines)


def load_plan_file(path: Path, max_lines: int = MOST_LINES) -> Plan:
    """Return the plan of a .json, .yaml or .yml file. Raises InputError, also when it cannot be opened."""
    return plan_of(read_file(path), max_lines)


def parse_plan(document: object, max_lines: int = MOST_LINES) -> Plan:
    """Return the plan of a document already read.

    Raises PlanInvalid with every finding (the first hundred), or BodyTooLarge beyond `max_lines` lines.
    """
    return plan_of(Document(document), max_lines)


def plan_again(document: object, known: Sequence[Line | None]) -> Plan:
    """Return the plan of a document whose lines are `known` but where None stands: those alone are read, and all that
    must hold between lines is asked of them all. Raises PlanInvalid."""
    return plan_of(Document(document), known=known)


def plan_of(document: Document, max_lines: int = MOST_LINES, known: Sequence[Line | None] = ()) -> Plan:
    """Return the plan that a document, or a part of one, holds. Raises PlanInvalid or BodyTooLarge."""
    values, faults = _SCHEMA.walk(document.value)
    if not isinstance(document.value, Mapping):
        raise plan_invalid(faults, document.located)
    written = values.get("lines") or []
    if len(written) > max_lines:
        raise BodyTooLarge(f"The plan has {len(written)} lines; {max_lines} at most. Split it into several plans.")
    faults.extend(missing(_SCHEMA.title, _SCHEMA.required, values))
    lines, located = read_lines(written, _defaults(document.value, values), document.located, known)
    own, between = faults, _between(values, lines, all_read=not located)
    if own or located or between:
        raise plan_invalid([*map(document.located, own), *located, *map(document.located, between)])
    return _plan(values, lines, document)


def _defaults(document: Mapping[str, Any], values: Mapping[str, Any]) -> Defaults:
    """Return the defaults. Where they could not all be read, a line is not built, nor said to lack what they give."""
    read = values.get("defaults", {})
    if read is not None:
        return Defaults(read, frozenset(read))
    given = next(value for key, value in document.items() if english(key) == "defaults")
    names = frozenset(english(key) or key for key in given) if isinstance(given, Mapping) else frozenset[str]()
    return Defaults(names=names, sound=False)


def _between(values: Mapping[str, Any], lines: Sequence[Read], *, all_read: bool) -> list[Finding]:
    """Return what is wrong between parts of the plan that are right alone."""
    period = values.get("period") or {}
    start, end = period.get("start"), period.get("end")
    return [
        *end_before_start(start, end),
        *outside_period(lines, start, end),
        *beyond_audience(lines, _audience(values)),
        *between_lines(lines, all_read=all_read),
    ]


def _plan(values: Mapping[str, Any], lines: Sequence[Read], document: Document) -> Plan:
    period = values.get("period", {})
    return Plan(
        name=values["name"],
        lines=tuple([read_one.line for read_one in lines]),
        start=period.get("start"),
        end=period.get("end"),
        currency=values.get("currency", "EUR"),
        audience=_audience(values),
        uncertainty=Uncertainty(**{name: values[name] for name in _RANGE if name in values}),
        document=document.value,
        located=document.located,
        **{name: values.get(name) for name in _AS_THEY_ARE},
    )


def _audience(values: Mapping[str, Any]) -> Audience | None:
    audience = values.get("audience")
    return None if audience is None else Audience(**audience)
