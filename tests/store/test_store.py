"""Estimates kept: bytes come back untouched, pages never skip or repeat, workspaces never mix."""

import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from carbon_api.errors import NotFound, QueryInvalid
from carbon_api.store import estimates as kept
from carbon_api.store.engine import Database

ID = "est_" + "1" * 32
EXAMPLE = kept.Estimate(
    id=ID,
    created_at="2026-11-23T10:00:00.000000Z",
    name="Launch",
    brand="Maison Verte",
    method="scope3-2026.07",
    factor_release="2026.11",
    total_central=18.4,
    plan=b"name: Launch\n# as sent\n",
    plan_media_type="yaml",
    answer=b'{"id":"est_1"}',
    factors="grid.ember FR 2024-01-01\nscope3.phone.power world 2025-01-01",
)


def test_what_went_in_comes_out_to_the_byte(database: Database) -> None:
    kept.insert_estimate(database, "default", EXAMPLE)
    assert kept.get_estimate(database, "default", ID) == EXAMPLE


def test_a_deleted_estimate_is_gone_and_stays_gone(database: Database) -> None:
    kept.insert_estimate(database, "default", EXAMPLE)
    kept.delete_estimate(database, "default", ID)
    with pytest.raises(NotFound, match=ID):
        kept.get_estimate(database, "default", ID)
    with pytest.raises(NotFound, match=ID):
        kept.delete_estimate(database, "default", ID)


def test_no_query_sees_another_workspace(database: Database) -> None:
    kept.insert_estimate(database, "theirs", EXAMPLE)
    assert kept.list_estimates(database, "default", kept.Filter()).items == ()
    with pytest.raises(NotFound):
        kept.get_estimate(database, "default", ID)
    with pytest.raises(NotFound):
        kept.delete_estimate(database, "default", ID)
    assert kept.get_estimate(database, "theirs", ID) == EXAMPLE


def fill(database: Database) -> list[kept.Estimate]:
    """Estimates of five days, several within the same microsecond, newest first."""
    all_of_them = [
        replace(
            EXAMPLE,
            id=f"est_{n:032x}",
            created_at=f"2026-11-{1 + n // 5:02}T{'00' if n % 5 < 3 else '23'}:59:59.999999Z",
            brand=[None, "Maison Verte", "Nord"][n % 3],
            method=["scope3-2026.07", "sri-2.1"][n % 2],
        )
        for n in range(25)
    ]
    for estimate in all_of_them:
        kept.insert_estimate(database, "default", estimate)
    return sorted(all_of_them, key=lambda e: (e.created_at, e.id), reverse=True)


def walk(database: Database, wanted: kept.Filter, limit: int) -> list[str]:
    """The ids of every page, one after the other."""
    ids, cursor = [], None
    while True:
        page = kept.list_estimates(database, "default", wanted, cursor, limit)
        assert len(page.items) <= limit
        ids += [item.id for item in page.items]
        cursor = page.next_cursor
        if cursor is None:
            return ids


@given(
    limit=st.integers(1, 30),
    brand=st.sampled_from([None, "Maison Verte", "Nord", "nobody"]),
    method=st.sampled_from([None, "scope3-2026.07", "sri-2.1"]),
    days=st.tuples(*[st.none() | st.dates(date(2026, 10, 30), date(2026, 11, 8))] * 2),
)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_pages_of_any_size_give_the_whole_list_once(database, limit, brand, method, days) -> None:
    if kept.list_estimates(database, "default", kept.Filter()).items == ():
        fill(database)
    first, last = days
    wanted = kept.Filter(brand=brand, method=method, first_day=first, last_day=last)
    everything = kept.list_estimates(database, "default", kept.Filter(), limit=100).items
    expected = [
        item.id
        for item in everything
        if brand in {None, item.brand}
        and method in {None, item.method}
        and (first is None or item.created_at[:10] >= first.isoformat())
        and (last is None or item.created_at[:10] <= last.isoformat())
    ]
    assert walk(database, wanted, limit) == expected


def test_the_newest_come_first_and_ties_go_by_id(database: Database) -> None:
    expected = [estimate.id for estimate in fill(database)]
    assert walk(database, kept.Filter(), 7) == expected


def test_an_estimate_stored_meanwhile_moves_no_later_page(database: Database) -> None:
    expected = [estimate.id for estimate in fill(database)]
    first = kept.list_estimates(database, "default", kept.Filter(), limit=10)
    kept.insert_estimate(
        database, "default", replace(EXAMPLE, id="est_" + "f" * 32, created_at="2027-01-01T00:00:00.000000Z")
    )
    kept.delete_estimate(database, "default", expected[2])
    second = kept.list_estimates(database, "default", kept.Filter(), first.next_cursor, limit=10)
    assert [item.id for item in second.items] == expected[10:20]


@given(st.from_regex(kept.CURSOR))
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_cursor_of_the_right_form_is_a_place_in_the_list(database: Database, cursor: str) -> None:
    kept.list_estimates(database, "default", kept.Filter(), cursor.rstrip("\n"))


@pytest.mark.parametrize("cursor", ["", "x", "0" * 52 + "\n", "0" * 51, "٣" * 52, "0" * 51 + "G"])
def test_a_cursor_of_another_form_is_refused(database: Database, cursor: str) -> None:
    with pytest.raises(QueryInvalid) as refusal:
        kept.list_estimates(database, "default", kept.Filter(), cursor)
    assert refusal.value.findings[0].pointer == "/cursor"


@pytest.mark.parametrize("id", ["", "est_1", "est_" + "G" * 32, "\0", "\ud800", f"{ID}\n"])
def test_an_id_of_another_form_is_not_found(database: Database, id: str) -> None:
    with pytest.raises(NotFound):
        kept.get_estimate(database, "default", id)


def test_ids_and_moments_have_the_form_that_cursors_rely_on() -> None:
    assert re.fullmatch(kept.ID, kept.new_id())
    assert kept.new_id() != kept.new_id()
    assert len(kept.moment()) == len(EXAMPLE.created_at)
    assert kept.moment() <= kept.moment()
