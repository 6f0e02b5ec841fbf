"""PostgreSQL as others set it up: another isolation, another time zone, the letters of a language, other defaults."""

from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest
from backed_up import fill, restored, rows
from postgresql_server import Server
from test_store import fill as fill_days
from test_store import walk
from upgrading import faults_together

from carbon_api.store import estimates as kept
from carbon_api.store import keys
from carbon_api.store.backup import back_up
from carbon_api.store.engine import Database
from carbon_api.store.schema import upgrade
from carbon_api.store.tables import estimates

SETTINGS = (
    "default_transaction_isolation = 'repeatable read'",
    "default_transaction_isolation = 'serializable'",
    "timezone = 'Asia/Kathmandu'",
    "datestyle = 'German, DMY'",
    "bytea_output = 'escape'",
    "standard_conforming_strings = off",
    "extra_float_digits = 0",
)
TOTAL = [column.name for column in estimates.columns].index("total_central")
FRENCH = "LOCALE_PROVIDER icu ICU_LOCALE 'fr-FR'"


def new(postgresql: Server, *settings: str, more: str = "") -> str:
    name = postgresql.new_database(more=more)
    for setting in settings:
        postgresql.run(f"ALTER DATABASE {name} SET {setting}")
    return postgresql.by_socket(name)


@pytest.fixture(params=[*SETTINGS, FRENCH])
def odd_url(request: pytest.FixtureRequest, postgresql: Server) -> str:
    """The address of a database that has no schema, where something is not as usual."""
    if request.param != FRENCH:
        return new(postgresql, request.param)
    try:
        return new(postgresql, more=FRENCH)
    except (psycopg.errors.FeatureNotSupported, psycopg.errors.SyntaxError) as none:
        pytest.skip(f"this PostgreSQL has no letters of a language: {none}")


def waiting(server: Server, url: str) -> bool:
    """Whether somebody waits for a lock in this database."""
    waits = f"SELECT 1 FROM pg_stat_activity WHERE datname = '{server.name_in(url)}' AND wait_event_type = 'Lock'"
    return bool(server.run(waits))


@pytest.mark.parametrize("isolation", SETTINGS[:2])
def test_who_waited_to_make_the_first_key_sees_the_one_that_was_made(postgresql: Server, isolation: str) -> None:
    url = new(postgresql, isolation)
    upgrade(url)
    database = Database(url)
    with ThreadPoolExecutor(1) as other:

        def meanwhile(_: frozenset[str]) -> None:
            later.append(other.submit(keys.create_first_key, database, "default", "second", ("read",)))
            while not waiting(postgresql, url) and not later[0].done():
                pass

        later: list[Future[keys.NewKey | None]] = []
        assert keys.create_first_key(database, "default", "first", ("read",), check=meanwhile)
        assert later[0].result() is None
    assert [key.name for key in keys.list_keys(database)] == ["first"]
    database.engine.dispose()


@pytest.mark.parametrize("isolation", SETTINGS[:2])
def test_of_several_upgrades_all_succeed_whatever_is_seen_unasked(postgresql: Server, isolation: str) -> None:
    assert faults_together([new(postgresql, isolation) for _ in range(3)], 4) == []


def test_what_is_kept_comes_out_as_it_went_in_and_in_its_order(odd_url: str, tmp_path: Path) -> None:
    upgrade(odd_url)
    database = Database(odd_url)
    expected = [estimate.id for estimate in fill_days(database)]
    assert walk(database, kept.Filter(), 3) == expected
    for estimate_id in expected:
        kept.delete_estimate(database, "default", estimate_id)
    fill(database)
    back_up(odd_url, tmp_path / "backup")
    there = restored(f"sqlite:///{tmp_path / 'carbon.db'}", tmp_path / "backup")
    assert there == rows(database)
    assert [row[TOTAL] for row in there["estimates"]] == [number / 3 for number in range(40)]
    database.engine.dispose()
