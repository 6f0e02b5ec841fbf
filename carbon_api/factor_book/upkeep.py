"""Keeps the factor book in order: what lint finds beyond what loading refuses, and which rows to look at again."""

import re
from collections.abc import Callable
from datetime import date
from math import isclose, sqrt
from pathlib import Path

from carbon_api.errors import FactorFileError
from carbon_api.factor_book.book import Book, load
from carbon_api.factor_book.entry import Row

_CLOSE = 1e-3  # the texts give their numbers to four digits

# What factors/README.md promises of each wording: the range around a value, given the number in the text.
_RULES: tuple[tuple[str, Callable[[float, float], tuple[float, float]]], ...] = (
    (r"\+/-(\d+) %", lambda value, percent: (value * (1 - percent / 100), value * (1 + percent / 100))),
    (r"\+/-(\d+) points", lambda value, points: (max(0, value - points / 100), min(1, value + points / 100))),
    (r"a factor of (\d+)", lambda value, factor: (value / factor, value * factor)),
    (r"ratio ([\d.]+)$", lambda value, ratio: (value / sqrt(ratio), value * sqrt(ratio))),
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
        f"{row.id}, {row.country}, {row.valid_from}: low and high are not what its basis says: {row.basis}"
        for row in book.rows
        if not _range_fits(row)
    ]


def _range_fits(row: Row) -> bool:
    """Whether low and high follow from the numbers in the basis; true of a basis that gives none."""
    for pattern, ends in _RULES:
        found = re.search(pattern, row.basis)
        if found:
            low, high = ends(row.value, float(found[1]))
            return isclose(row.low, low, rel_tol=_CLOSE) and isclose(row.high, high, rel_tol=_CLOSE)
    return True
