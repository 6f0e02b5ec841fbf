"""A factor book with a second release, made from the real one: rows changed, added and withdrawn."""

from collections.abc import Iterable
from dataclasses import replace

from carbon_api.factor_book.book import Book, ReleaseInfo, book
from carbon_api.factor_book.entry import Row

FIRST, SECOND = "2026.11", "2027.05"


def row(id: str, country: str = "world") -> Row:
    """The newest row of the real book."""
    found = book().release(FIRST).find(id, country)
    assert found, (id, country)
    return found.row


def times(row: Row, by: float) -> Row:
    """The row with another value, and its range with it."""
    scaled = {name: getattr(row, name) * by for name in ("value", "low", "high", "printed")}
    return replace(row, **scaled)


def second_book(changed: Iterable[Row] = (), added: Iterable[Row] = (), withdrawn: Iterable[Row] = ()) -> Book:
    """The real book and a second release: rows changed (to these), added, withdrawn."""
    real = book()
    opened = {_place(row): replace(row, since=SECOND, until=None) for row in changed}
    closed = opened.keys() | {_place(row) for row in withdrawn}
    rows = [replace(row, until=SECOND) if _place(row) in closed else row for row in real.rows]
    later = [*opened.values(), *(replace(row, since=SECOND, until=None) for row in added)]
    releases = (*real.releases, ReleaseInfo(SECOND, "2027-05-01", ""))
    return Book((*rows, *later), real.sources, releases)


def _place(row: Row) -> tuple[str, str, str]:
    return row.id, row.country, row.valid_from
