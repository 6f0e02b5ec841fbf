"""Reads a publisher's table: a CSV file of the form that factors/publishers/ says, or no table at all."""

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import StringIO
from itertools import islice
from math import isfinite
from typing import NamedTuple

from carbon_api.errors import Finding, TableRefused
from carbon_api.factor_book.reading import NUMBER
from carbon_api.factor_book.refresh.publisher import COLUMNS, Publisher

MOST_FINDINGS = 100
_YEAR = re.compile(r"(?:19|20)\d\d", re.ASCII)
_UNIT = re.compile(r"(.*?) *\((.*)\)")


class Published(NamedTuple):
    """A value as the table prints it: `country` as the factor book has it, `code` as the table has it."""

    country: str
    code: str
    year: int
    text: str
    line: int

    @property
    def number(self) -> float:
        """The value, in the table's unit."""
        return float(self.text)

    @property
    def valid_from(self) -> str:
        """The first day that it describes."""
        return f"{self.year}-01-01"


Table = Mapping[tuple[str, int], Published]
Cells = Mapping[str, str]


def read_table(content: bytes, publisher: Publisher, countries: Mapping[str, str]) -> Table:
    """Return the values of a table by country and year; cells that are empty are no values.

    Raises TableRefused with all that is odd, or the first hundred of it.
    """
    reader = _Reader(publisher, countries, {}, [])
    for line, cells in _lines(_decoded(content), publisher):
        reader.take(line, cells)
        if len(reader.findings) >= MOST_FINDINGS:
            break
    if not reader.table and not reader.findings:
        reader.findings.append(Finding("", "no-values", f"no line has {_wanted(publisher)} and a value"))
    if reader.findings:
        raise refused(reader.findings)
    return reader.table


def refused(findings: list[Finding]) -> TableRefused:
    """The refusal of a table for what is odd about it."""
    return TableRefused(f"{len(findings)} things to look at first", findings)


@dataclass(frozen=True, slots=True)
class _Reader:
    """Takes line after line, and notes what is odd."""

    publisher: Publisher
    countries: Mapping[str, str]
    table: dict[tuple[str, int], Published]
    findings: list[Finding]

    def take(self, line: int, cells: Cells) -> None:
        """Take one line, if it counts and has a value."""
        value, year, code, area = (cells[self.publisher.columns[name]].strip() for name in COLUMNS)
        if not value or any(cells[name] != text for name, text in self.publisher.only.items()):
            return
        if not code and area not in self.publisher.areas:
            return
        country = self.countries.get(code) if code else self.publisher.areas[area]
        odd = _odd(country, code, year, value)
        if odd:
            self.findings.append(Finding("", *odd, line=line))
        elif country:
            self._keep(Published(country, code or area, int(year), value, line))

    def _keep(self, published: Published) -> None:
        first = self.table.setdefault((published.country, published.year), published)
        if first is not published:
            detail = f"{published.code} has a second value for {published.year}; the first is on line {first.line}"
            self.findings.append(Finding("", "duplicate", detail, line=published.line))


def _odd(country: str | None, code: str, year: str, value: str) -> tuple[str, str] | None:
    """The code and the detail of what is odd about one line, None when nothing is."""
    if country is None:
        return "unknown-country", f"{code!r} is no country's code; a new one belongs in publishers/countries.csv"
    if not _YEAR.fullmatch(year):
        return "year", f"{year!r} is not a year"
    if not NUMBER.fullmatch(value) or not isfinite(float(value)):
        return "number", f"{value!r} is not a number"
    return None


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        detail = f"it is not UTF-8 text: byte {fault.start} is {content[fault.start]:#04x}"
        raise refused([Finding("", "encoding", detail)]) from fault


def _lines(text: str, publisher: Publisher) -> Iterator[tuple[int, Cells]]:
    reader = csv.reader(StringIO(text, newline=""), strict=True)
    try:
        header = next(reader, [])
        _check_header(header, publisher)
        for row in reader:
            if len(row) != len(header):
                detail = f"{len(row)} cells under {len(header)} columns: it may have broken off here"
                raise refused([Finding("", "cells", detail, line=reader.line_num)])
            yield reader.line_num, dict(zip(header, row, strict=True))
    except csv.Error as fault:
        raise refused([Finding("", "not-csv", f"it is not CSV: {fault}", line=reader.line_num)]) from fault


def _check_header(header: list[str], publisher: Publisher) -> None:
    wanted = (*publisher.columns.values(), *publisher.only)
    findings = [_missing(name, header, publisher) for name in wanted if name not in header]
    twice = sorted({name for name in header if header.count(name) > 1})
    findings += [Finding("", "column-twice", f"there are two columns {name!r}", line=1) for name in twice]
    if findings:
        raise refused(findings)


def _missing(name: str, header: list[str], publisher: Publisher) -> Finding:
    """What is said of a column that is not there: that its unit is another, or which columns there are."""
    column = _UNIT.fullmatch(name)
    for other in map(_UNIT.fullmatch, header):
        if name == publisher.columns["value"] and column and other and other[1].strip() == column[1]:
            return Finding("", "unit-changed", f"the values are in {other[2]!r}, no longer in {column[2]!r}", line=1)
    return Finding("", "column-missing", f"there is no column {name!r}", tuple(islice(header, 40)), line=1)


def _wanted(publisher: Publisher) -> str:
    return ", ".join(f"{text!r} under {name!r}" for name, text in publisher.only.items())
