"""Reads the text of factor files: YAML and CSV into plain values, nothing guessed, every fault with its file and line.

YAML scalars follow YAML 1.2: `NO` is a country, dates stay text, 1e-3 is a number, 010 and 1:30 are neither octal nor
sexagesimal. The parser is libyaml's; its events are turned into values here, because that is where a duplicate key or
an alias can still be refused, and because the stock constructor is slow on the path of every command.
"""

import csv
import re
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from carbon_api.errors import FactorFileError

NUMBER = re.compile(r"[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?")
_WORDS = {"": None, "~": None, "null": None, "true": True, "false": False}


def read_yaml(path: Path) -> Any:
    """Return the one document of a YAML file as dicts, lists, str, float, bool and None."""
    events = _events(path)
    values = [_value(event, events, path) for event in events if not isinstance(event, DocumentStartEvent)]
    if len(values) != 1:
        raise FactorFileError(f"{path.name}: one YAML document is expected, {len(values)} found")
    return values[0]


def read_csv(path: Path) -> list[dict[str, str]]:
    """Return the rows of a CSV file as text by column name; empty cells are left out."""
    try:
        lines = list(csv.reader(StringIO(_text(path), newline=""), strict=True))
    except csv.Error as fault:
        raise FactorFileError(f"{path.name}: not CSV: {fault}") from fault
    header, *rows = lines or [[]]
    if len(set(header)) != len(header):
        raise FactorFileError(f"{path.name}: a column name is written twice in the first line")
    for number, row in enumerate(rows, start=2):
        if len(row) != len(header):
            raise FactorFileError(f"{path.name}, line {number}: {len(row)} cells under {len(header)} columns")
    return [{column: cell for column, cell in zip(header, row, strict=True) if cell} for row in rows]


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as fault:
        raise FactorFileError(f"{path.name}: cannot be read as UTF-8 text: {fault}") from fault


def _events(path: Path) -> Iterator[yaml.Event]:
    """Yield what carries a value, in order; the marks of streams and document ends are dropped."""
    wanted = (ScalarEvent, MappingStartEvent, MappingEndEvent, SequenceStartEvent, SequenceEndEvent)
    try:
        for event in yaml.parse(_text(path), Loader=yaml.CSafeLoader):
            if isinstance(event, AliasEvent) or getattr(event, "anchor", None) or getattr(event, "tag", None):
                raise _fault(path, event, "anchors, aliases and tags are not used in factor files: write the value out")
            if isinstance(event, wanted):
                yield event
    except yaml.YAMLError as fault:
        raise FactorFileError(f"{path.name}: not YAML: {fault}") from fault


def _value(event: yaml.Event, events: Iterator[yaml.Event], path: Path) -> Any:
    if isinstance(event, ScalarEvent):
        return scalar(event.value) if event.implicit[0] else event.value
    if isinstance(event, SequenceStartEvent):
        return [_value(item, events, path) for item in _until(SequenceEndEvent, events)]
    return _mapping(events, path)


def _mapping(events: Iterator[yaml.Event], path: Path) -> dict[str, Any]:
    mapping: dict[str, Any] = {}
    for event in _until(MappingEndEvent, events):
        if not isinstance(event, ScalarEvent):
            raise _fault(path, event, "a key must be a word")
        if event.value in mapping:
            raise _fault(path, event, f"key {event.value!r} is written twice")
        mapping[event.value] = _value(next(events), events, path)
    return mapping


def _until(end: type[yaml.Event], events: Iterator[yaml.Event]) -> Iterator[yaml.Event]:
    for event in events:
        if isinstance(event, end):
            return
        yield event


def scalar(text: str) -> str | float | bool | None:
    """Return what a plain scalar means in YAML 1.2: a number, true, false, null, and text for all else."""
    if text in _WORDS:
        return _WORDS[text]
    is_number = text[0] in "+-.0123456789" and NUMBER.fullmatch(text)
    return float(text) if is_number else text


def _fault(path: Path, event: yaml.Event, detail: str) -> FactorFileError:
    line = event.start_mark.line + 1 if event.start_mark else 0
    return FactorFileError(f"{path.name}, line {line}: {detail}")
