"""Every page of a list is read from an index: what it costs goes by the page, not by all that is kept."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import event
from test_store import EXAMPLE

from carbon_api.store import estimates as kept
from carbon_api.store.claims import Claim, claim
from carbon_api.store.engine import Database

MIDDLE = "20261126" + 12 * "0" + 32 * "5"
PAGES: dict[str, tuple[kept.Filter, str | None, str]] = {
    "first": (kept.Filter(), None, "estimates_newest_first"),
    "later": (kept.Filter(), MIDDLE, "estimates_newest_first"),
    "of some days": (kept.Filter(first_day=date(2026, 11, 2), last_day=date(2026, 11, 3)), None, "newest_first"),
    "of a brand": (kept.Filter(brand="b7"), None, "estimates_of_brand"),
    "of a brand, later": (kept.Filter(brand="b7"), MIDDLE, "estimates_of_brand"),
    "of a method": (kept.Filter(method="m2"), None, "estimates_of_method"),
    "of a method, later": (kept.Filter(method="m2"), MIDDLE, "estimates_of_method"),
}


@contextmanager
def statements(database: Database) -> Iterator[list[tuple[str, Any]]]:
    """The statements that are run meanwhile, with what they are given."""
    seen: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, given: Any, _context: Any, _many: bool) -> None:
        seen.append((statement, given))

    event.listen(database.engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(database.engine, "before_cursor_execute", note)


def explained(database: Database, seen: list[tuple[str, Any]]) -> str:
    """How the database goes about these statements. A server would read a small table whole if it were let."""
    with database.transaction() as connection:
        how = "EXPLAIN QUERY PLAN"
        if connection.dialect.name == "postgresql":
            how = "EXPLAIN"
            connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
            connection.exec_driver_sql("SET LOCAL enable_bitmapscan = off")
        found = [connection.exec_driver_sql(f"{how} {statement}", given).all() for statement, given in seen]
    return "\n".join(str(row[-1]) for rows in found for row in rows)


@pytest.fixture
def many(database: Database) -> Database:
    for n in range(200):
        changed = replace(EXAMPLE, id=f"est_{n:032x}", brand=f"b{n % 20}", method=f"m{n % 5}")
        kept.insert_estimate(database, "default", replace(changed, created_at=f"2026-11-{1 + n // 10:02}T00:00:00Z"))
    return database


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_read_from_its_index_alone(many: Database, name: str) -> None:
    wanted, cursor, index = PAGES[name]
    with statements(many) as seen:
        kept.list_estimates(many, "default", wanted, cursor)
    said = explained(many, seen)
    assert index in said
    assert "COVERING INDEX" in said or "Index Only Scan" in said
    assert "SCAN" not in said
    assert "Seq Scan" not in said
    assert "Filter" not in said  # of PostgreSQL: read, and then thrown away
    assert "sort" not in said.lower()
    assert "b-tree" not in said.lower()  # which is how SQLite sorts
    if cursor:
        assert "(created_at,id)<(?,?)" in said or "ROW(" in said


def test_what_is_forgotten_is_found_by_its_age(database: Database) -> None:
    with statements(database) as seen:
        assert claim(database, Claim("default", "a", bytes(32), kept.moment())) is None
    [forgotten] = [one for one in seen if one[0].startswith("DELETE") and "ORDER BY" in one[0]]
    said = explained(database, [forgotten])
    assert "claims_oldest_first" in said
    assert "SCAN claims" not in said
    assert "Sort" not in said


def test_the_longest_words_that_a_plan_may_have_are_in_the_index(database: Database) -> None:
    """PostgreSQL takes no more than a third of a page."""
    widest = "".join(chr(0x1F300 + n) for n in range(200))
    long = replace(EXAMPLE, name=widest, brand=widest[:120], method="m" * 64, factor_release="r" * 64)
    kept.insert_estimate(database, "w" * 64, long)
    [found] = kept.list_estimates(database, "w" * 64, kept.Filter(brand=long.brand, method=long.method)).items
    assert (found.name, found.brand) == (long.name, long.brand)
