"""Keeps the factor book in order: what lint finds beyond what loading refuses, and which rows to look at again."""

import re
from collections.abc import Callable
from datetime import date
from math import inf, isclose, sqrt
from pathlib import Path

from carbon_api.errors import FactorFileError
from carbon_api.factor_book.book import Book, load
from carbon_api.factor_book.entry import Row
from carbon_api.units import coherent

_CLOSE = 1e-3  # the texts give their numbers to four digits
_AGREED = 1.5  # values closer than this tell of a shared origin, not of precision
_IN_BRACKETS = re.compile(r"\([^)]*\)")
_ALONE = re.compile(r"(?<![\w.])\d+(?:\.\d+)?(?![\w.])")
_RATIO = re.compile(r"ratio ([\d.]+)$")

# The classes of factors/README.md: the range around a value, given the number in the text.
_CLASSES: tuple[tuple[str, Callable[[float, float], tuple[float, float]]], ...] = (
    (r"\+/-(\d+) %", lambda value, percent: (value * (1 - percent / 100), value * (1 + percent / 100))),
    (r"\+/-(\d+) points", lambda value, points: (max(0, value - points / 100), min(1, value + points / 100))),
    (r"a factor of (\d+)", lambda value, factor: (value / factor, value * factor)),
)


def lint(folder: Path | None = None) -> list[str]:
    """Return what is wrong with a folder of factors, one sentence each; an empty list when nothing is."""
    try:
        book = load(folder)
        return [*_wrong_hashes(book), *_unused_sources(book), *_wrong_ranges(book)]
    except FactorFileError as fault:
        return [fault.detail]


def stale(book: Book, today: date) -> list[Row]:
    """Return the rows of the newest release whose `review_by` is past, the longest overdue first."""
    overdue = [row for row in book.release().rows if row.review_by < today.isoformat()]
    return sorted(overdue, key=lambda row: (row.review_by, row.index))


def _wrong_hashes(book: Book) -> list[str]:
    made = [(info, book.release(info.id).sha256) for info in book.releases]
    return [
        f"releases.yaml: {info.id}: sha256 {info.sha256} is not that of its rows, {sha256}; "
        "a released row may only change its until, checked_on and review_by"
        for info, sha256 in made
        if info.sha256 != sha256
    ]


def _unused_sources(book: Book) -> list[str]:
    used = {row.source for row in book.rows}
    return [f"sources.yaml: {id}: no row is taken from it" for id in book.sources if id not in used]


def _wrong_ranges(book: Book) -> list[str]:
    return [
        f"{row.id}, {row.country}, {row.valid_from}: {fault}: {row.basis}"
        for row in book.rows
        if (fault := (_spread_fault if row.basis.startswith("spread:") else _class_fault)(row))
    ]


def class_ends(basis: str, value: float) -> tuple[float, float] | None:
    """The range around a value that a basis names by its class, None when it names none."""
    for pattern, ends in _CLASSES:
        found = re.search(pattern, basis)
        if found:
            return ends(value, float(found[1]))
    return None


def _class_fault(row: Row) -> str | None:
    """What is wrong with a range that its basis names by a class; one of the source's own may name none."""
    ends = class_ends(row.basis, row.value)
    if ends:
        return _ends_fault(row, *ends)
    return "it names none of the classes of README.md" if row.basis.startswith("assumed:") else None


def _spread_fault(row: Row) -> str | None:
    """What is wrong with a range taken from published values: in their ratio around the row's own, or these ends."""
    values = listed(row.basis)
    if not values[1:]:
        return "a spread lists two published values or more"
    low, high = min(values), max(values)
    stated = _RATIO.search(row.basis)
    if stated:
        return _ratio_fault(row, high / low if low else inf, float(stated[1]))
    scale, _ = coherent(row.unit)
    return _ends_fault(row, low * scale, high * scale)


def _ratio_fault(row: Row, ratio: float, stated: float) -> str | None:
    if not isclose(ratio, stated, rel_tol=_CLOSE):
        return f"the values it lists are of ratio {ratio:.4g}"
    if row.shape == "triangular":
        return "the ends of a triangle are hard: they are written as published, not carried over by a ratio"
    if ratio < _AGREED:
        return f"values within a ratio of {_AGREED} ask for a class, not a spread"
    return _ends_fault(row, row.value / sqrt(ratio), row.value * sqrt(ratio))


def listed(basis: str) -> list[float]:
    """The values that a spread lists: the last number of each item before its first semicolon, brackets left out."""
    _, _, text = _IN_BRACKETS.sub("", basis).partition(":")
    found = [_ALONE.findall(item) for item in text.partition(";")[0].split(",")]
    return [float(numbers[-1]) for numbers in found if numbers]


def _ends_fault(row: Row, low: float, high: float) -> str | None:
    fits = isclose(row.low, low, rel_tol=_CLOSE) and isclose(row.high, high, rel_tol=_CLOSE)
    return None if fits else "low and high are not what its basis says"
