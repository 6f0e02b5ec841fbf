"""Holds a publisher's table against the newest release: what would change, and what a person must look at first."""

from collections.abc import Collection, Iterator
from datetime import date
from typing import NamedTuple

from carbon_api.errors import Finding, step
from carbon_api.factor_book.book import Release
from carbon_api.factor_book.entry import Row
from carbon_api.factor_book.refresh.publisher import Publisher
from carbon_api.factor_book.refresh.table import Published, Table, refused

JUMP = 0.4  # of the value that answers now
_ROUNDING = 1e-9  # of a move, so that 40 % itself is no jump


class Change(NamedTuple):
    """A value that the newest release lacks, and the row that answers for its country and year until now."""

    published: Published
    row: Row

    @property
    def replaces(self) -> bool:
        """Whether the row is of the same year, and so ends."""
        return self.row.valid_from == self.published.valid_from

    @property
    def move(self) -> float:
        """By how much of itself the value that answers would move."""
        return self.published.number / self.row.printed - 1


def changes(
    table: Table, release: Release, publisher: Publisher, today: date, left: Collection[str] = ()
) -> list[Change]:
    """Return what the table would change, by country and year, from the first year that the release has for a country.

    The countries `left` are not looked at. Raises TableRefused with all that is odd.
    """
    rows = [row for row in release.rows if row.id == publisher.factor and row.country not in left]
    found = list(_changes(table, release, rows))
    findings = [*_units(rows, publisher), *_gone(table, rows), *_odd(found, publisher, today)]
    if findings:
        raise refused(findings)
    return found


def unheld(table: Table, release: Release, publisher: Publisher) -> list[str]:
    """Return the countries that the table has and the release has not; a person adds them, or not."""
    return sorted({country for country, _ in table} - set(release.countries(publisher.factor)))


def _changes(table: Table, release: Release, rows: list[Row]) -> Iterator[Change]:
    first = {row.country: int(row.valid_from[:4]) for row in reversed(rows)}
    for (country, year), published in sorted(table.items()):
        if country in first and year >= first[country]:
            answering = release.find(rows[0].id, country, date(year, 1, 1))
            if answering and (answering.row.valid_from, answering.row.printed) != _said(published):
                yield Change(published, answering.row)


def _said(published: Published) -> tuple[str, float]:
    return published.valid_from, published.number


def _units(rows: list[Row], publisher: Publisher) -> Iterator[Finding]:
    for unit in sorted({row.unit for row in rows} - {publisher.unit}):
        yield Finding("", "unit-differs", f"rows of {publisher.factor} are in {unit}, the table in {publisher.unit}")


def _gone(table: Table, rows: list[Row]) -> Iterator[Finding]:
    """What the release has and the table has no longer."""
    covered = {country for country, _ in table}
    for country in sorted({row.country for row in rows} - covered):
        yield Finding(step(country), "missing-country", f"there is no value for {country} any more")
    for row in rows:
        year = int(row.valid_from[:4])
        if row.country in covered and (row.country, year) not in table:
            detail = f"there is no value for {row.country} in {year} any more"
            yield Finding(step(row.country) + step(year), "missing-year", detail)


def _odd(found: list[Change], publisher: Publisher, today: date) -> Iterator[Finding]:
    for change in found:
        published = change.published
        pointer = step(published.country) + step(published.year)
        if published.year >= today.year:
            yield Finding(pointer, "year-not-over", f"{published.year} is not over yet", line=published.line)
        if not 0 < published.number <= publisher.most:
            detail = f"{published.text} {publisher.unit} cannot be: above 0 and at most {publisher.most:g}"
            yield Finding(pointer, "implausible", detail, line=published.line)
        elif abs(change.move) > JUMP + _ROUNDING:
            detail = f"{change.row.printed:g} in {change.row.valid_from[:4]}, {published.text} now: {change.move:+.0%}"
            yield Finding(pointer, "jump", detail, line=published.line)
