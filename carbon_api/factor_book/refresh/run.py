"""A publisher's table, from its address to the diff that a person accepts or not."""

from collections.abc import Collection
from datetime import date
from pathlib import Path
from typing import NamedTuple

from carbon_api.errors import UsageError
from carbon_api.factor_book.book import load
from carbon_api.factor_book.refresh.comparing import changes, unheld
from carbon_api.factor_book.refresh.fetching import STANDARD, Limits, fetch
from carbon_api.factor_book.refresh.proposal import Edition, propose, refuse_release
from carbon_api.factor_book.refresh.publisher import Publisher, countries
from carbon_api.factor_book.refresh.table import read_table


class Wanted(NamedTuple):
    """What is asked for: a table for a release, from where, as of which day, and the countries that are left alone."""

    publisher: Publisher
    release: str
    address: str
    day: date
    left: Collection[str] = ()


class Proposed(NamedTuple):
    """The diff, empty when the factor book holds what the table says; how many values are new, and how many of them
    replace another; and the countries of the table that the factor book has no row for."""

    diff: str
    values: int
    replacing: int
    unheld: list[str]


def refreshed(folder: Path, wanted: Wanted, limits: Limits = STANDARD) -> Proposed:
    """Return what a publisher's table would change in a folder of factors. Nothing is written.

    Raises UsageError for what cannot be asked for, NotFetched, TableRefused with all that is odd about the table, or
    FactorFileError when the folder is not in order.
    """
    book, publisher = load(folder), wanted.publisher
    newest = book.release()
    refuse_release(wanted.release, book)
    _refuse_countries(wanted.left, newest.countries(publisher.factor))
    fetched = fetch(wanted.address, limits)
    table = read_table(fetched.content, publisher, countries(folder))
    found = changes(table, newest, publisher, wanted.day, wanted.left)
    diff = propose(folder, Edition(publisher, fetched, wanted.release, wanted.day), found)
    replacing = sum(change.replaces for change in found)
    return Proposed(diff, len(found), replacing, unheld(table, newest, publisher))


def _refuse_countries(left: Collection[str], known: Collection[str]) -> None:
    wrong = sorted(set(left) - set(known))
    if wrong:
        raise UsageError(f"there is no row to leave alone for {wrong[0]!r}; the countries are {', '.join(known)}")
