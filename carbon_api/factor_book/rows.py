"""From the records of factor files to rows, each checked: unknown, missing, unsourced or out of order is refused."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from math import isclose, isfinite
from pathlib import Path
from typing import Any, NamedTuple

from carbon_api.errors import FactorFileError
from carbon_api.factor_book.entry import Row, Shape
from carbon_api.factor_book.reading import NUMBER
from carbon_api.units import UnitError, coherent

ENTRY_KEYS = frozenset({"id", "title", "unit", "tags", "values"})
DETAIL_KEYS = ("grid_basis", "averaging_years", "gwp")
REQUIRED_KEYS = frozenset(
    {"value", "valid_from", "basis", "source", "locator", "checked_on", "review_by", "since", "evidence"}
)
OPTIONAL_KEYS = frozenset(
    {"country", "low", "high", "level", "shape", "drawn_with", "until", "withdrawn", "note", "warning", *DETAIL_KEYS}
)
ROW_KEYS = REQUIRED_KEYS | OPTIONAL_KEYS
NUMBERS = ("value", "low", "high")
# The shapes that a level may stand for; the first where none is written.
SHAPES_OF_LEVEL: Mapping[str, tuple[Shape, ...]] = {"95 %": ("lognormal",), "min-max": ("triangular", "uniform")}
BASES = ("source:", "spread:", "assumed:", "exact")
EVIDENCE = ("primary", "secondary")

_ID = re.compile(r"[a-z0-9_]+(?:\.[a-z0-9_]+)+")
_COUNTRY = re.compile(r"world|[A-Z]{2}")


class Known(NamedTuple):
    """What a row may refer to: the sources and the releases, in order."""

    sources: Collection[str]
    releases: Sequence[str]


class Record(NamedTuple):
    """One written value with its entry's fields, and where it stands, for messages."""

    place: str
    id: str
    title: str
    unit: str
    tags: tuple[str, ...]
    fields: Mapping[str, Any]

    def fault(self, detail: str) -> FactorFileError:
        return FactorFileError(f"{self.place}: {self.id}: {detail}")


def entry_records(entry: Any, path: Path) -> Iterator[Record]:
    """Yield the values of one YAML entry. Raises FactorFileError naming the entry and the key."""
    where = f"{path.name}: {entry.get('id') if isinstance(entry, dict) else entry}"
    if not isinstance(entry, dict) or set(entry) - ENTRY_KEYS or ENTRY_KEYS - {"tags"} - set(entry):
        raise FactorFileError(f"{where}: {_keys_fault(entry, ENTRY_KEYS, ENTRY_KEYS - {'tags'})}")
    tags = entry.get("tags", [])
    if not isinstance(tags, list) or not isinstance(entry["values"], list) or not entry["values"]:
        raise FactorFileError(f"{where}: tags and values must be lists, and values must hold at least one row")
    for number, fields in enumerate(entry["values"], start=1):
        if not isinstance(fields, dict):
            raise FactorFileError(f"{where}: value {number} must be a mapping, found {fields!r}")
        place = f"{path.name}, value {number}"
        yield Record(place, entry["id"], entry["title"], entry["unit"], tuple(tags), fields)


def csv_record(cells: Mapping[str, str], path: Path, line: int) -> Record:
    """Return the record of one line of a CSV table, whose columns are an entry's and a value's keys side by side."""
    place = f"{path.name}, line {line}"
    missing = {"id", "title", "unit"} - set(cells)
    if missing:
        raise FactorFileError(f"{place}: missing {', '.join(sorted(missing))}")
    fields = {key: _number(cell) if key in NUMBERS else cell for key, cell in cells.items() if key not in ENTRY_KEYS}
    return Record(place, cells["id"], cells["title"], cells["unit"], tuple(cells.get("tags", "").split()), fields)


def checked(record: Record, known: Known) -> Row:
    """Return a record as a row in coherent units; its index is set by the release that takes it in."""
    fields = record.fields
    _check_keys(record)
    _check_text(record)
    _check_references(record, known)
    factor, unit = _unit(record)
    shape = _shape(record)
    value, low, high = _range(record, shape)
    return Row(
        index=-1,
        id=record.id,
        title=record.title,
        country=fields.get("country", "world"),
        valid_from=fields["valid_from"],
        value=_converted(value, factor),
        low=_converted(low, factor),
        high=_converted(high, factor),
        shape=shape,
        coherent_unit=unit,
        printed=value,
        unit=record.unit,
        group=fields.get("drawn_with", record.id),
        source=fields["source"],
        locator=fields["locator"],
        evidence=fields["evidence"],
        basis=fields["basis"],
        checked_on=fields["checked_on"],
        review_by=fields["review_by"],
        since=fields["since"],
        until=fields.get("until"),
        tags=record.tags,
        note=fields.get("note", ""),
        warning=fields.get("warning", ""),
        details=tuple((key, fields[key]) for key in DETAIL_KEYS if key in fields),
        withdrawn=fields.get("withdrawn", ""),
    )


def _converted(number: float, factor: float) -> float:
    """Return the product to 15 digits, so that 44.18 g is 0.04418 kg and not 0.044180000000000004."""
    return float(f"{number * factor:.15g}")


def _number(cell: str) -> str | float:
    return float(cell) if NUMBER.fullmatch(cell) else cell


def _keys_fault(found: Any, allowed: Collection[str], required: Collection[str]) -> str:
    if not isinstance(found, dict):
        return "must be a mapping"
    unknown, missing = sorted(set(found) - set(allowed)), sorted(set(required) - set(found))
    if unknown:
        return f"unknown key {unknown[0]!r}; known keys: {', '.join(sorted(allowed))}"
    return f"missing key {missing[0]!r}"


def _check_keys(record: Record) -> None:
    keys = record.fields.keys()
    if not keys <= ROW_KEYS or not keys >= REQUIRED_KEYS:
        raise record.fault(_keys_fault(dict(record.fields), ROW_KEYS, REQUIRED_KEYS))


def _check_text(record: Record) -> None:
    """Refuse what is not text, an id, country or date out of form, and an empty field."""
    texts = [(key, value) for key, value in record.fields.items() if key not in NUMBERS]
    named = (("id", record.id), ("title", record.title), ("unit", record.unit), *(("tags", tag) for tag in record.tags))
    for key, value in (*named, *texts):
        if not isinstance(value, str) or not value.strip():
            raise record.fault(f"{key} must be text, found {value!r}; put it in quotes")
    if not _ID.fullmatch(record.id):
        raise record.fault("an id is small words, digits and _ joined by dots, such as grid.ember")
    if not _COUNTRY.fullmatch(record.fields.get("country", "world")):
        raise record.fault(f"country {record.fields['country']!r} must be two capital letters, EU or world")
    for key in ("valid_from", "checked_on", "review_by"):
        _check_date(record, key)


def _check_date(record: Record, key: str) -> None:
    text = record.fields[key]
    try:
        is_date = date.fromisoformat(text).isoformat() == text
    except ValueError:
        is_date = False
    if not is_date:
        raise record.fault(f"{key} {text!r} must be a date such as 2024-01-01")


def _check_references(record: Record, known: Known) -> None:
    """Refuse a source or release that is not listed, and words outside their short lists."""
    fields = record.fields
    if fields["source"] not in known.sources:
        raise record.fault(f"source {fields['source']!r} is not in sources.yaml")
    for key in ("since", "until"):
        if key in fields and fields[key] not in known.releases:
            raise record.fault(f"{key} {fields[key]!r} is not a release; known: {', '.join(known.releases)}")
    if "withdrawn" in fields and "until" not in fields:
        raise record.fault("a row that is withdrawn needs until, the first release that it is no longer in")
    if fields["evidence"] not in EVIDENCE:
        raise record.fault(f"evidence {fields['evidence']!r} must be one of {', '.join(EVIDENCE)}")
    if not fields["basis"].startswith(BASES):
        raise record.fault(f"basis must open with one of {', '.join(BASES)}")


def _unit(record: Record) -> tuple[float, str]:
    try:
        return coherent(record.unit)
    except UnitError as fault:
        raise record.fault(fault.detail) from fault


def _shape(record: Record) -> Shape:
    """Return the distribution: exact when it says so and has no range, else one that its level may stand for."""
    fields = record.fields
    ends = ("low" in fields) + ("high" in fields) + ("level" in fields)
    exact = fields["basis"].startswith("exact")
    if ends not in {0, 3} or exact == bool(ends):
        raise record.fault("low, high and level go together, or none of them with a basis that opens with exact")
    if exact:
        return _agreed(record, ("exact",))
    if fields["level"] not in SHAPES_OF_LEVEL:
        raise record.fault(f"level {fields['level']!r} must be one of {', '.join(SHAPES_OF_LEVEL)}")
    return _agreed(record, SHAPES_OF_LEVEL[fields["level"]])


def _agreed(record: Record, shapes: tuple[Shape, ...]) -> Shape:
    written = record.fields.get("shape", shapes[0])
    if written not in shapes:
        raise record.fault(f"shape {written!r} does not fit its level, which stands for {' or '.join(shapes)}")
    return next(shape for shape in shapes if shape == written)


def _range(record: Record, shape: Shape) -> tuple[float, float, float]:
    """Return value, low and high as printed. Raises FactorFileError when they are no numbers, or not in order."""
    value = record.fields["value"]
    low, high = (value, value) if shape == "exact" else (record.fields["low"], record.fields["high"])
    for key, number in zip(NUMBERS, (value, low, high), strict=True):
        if not isinstance(number, float) or not isfinite(number):
            raise record.fault(f"{key} must be a number, found {number!r}")
    if not low <= value <= high or (low == high and shape != "exact"):
        raise record.fault(f"low {low:g}, value {value:g} and high {high:g} must be in this order, low below high")
    if low < 0 or (low == 0 and shape == "lognormal"):
        raise record.fault(f"low {low:g} must be above 0 (0 is allowed under min-max and for an exact value)")
    if shape == "uniform" and not isclose(value, (low + high) / 2):
        raise record.fault(f"value {value:g} must be the middle of low {low:g} and high {high:g} under shape uniform")
    return value, low, high
