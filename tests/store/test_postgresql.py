"""What is PostgreSQL's alone: a server that is away, comes back, hangs, or does not take every text."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from old_schema import make
from postgresql_server import PASSWORD, QUOTED_PASSWORD, Server, running
from sqlalchemy import insert, select, text
from test_store import EXAMPLE, ID

from carbon_api.errors import Unavailable, UsageError
from carbon_api.store import estimates as kept
from carbon_api.store import postgresql as ours
from carbon_api.store.claims import Claim, claim
from carbon_api.store.engine import Database
from carbon_api.store.schema import found_version, upgrade
from carbon_api.store.tables import claims


@pytest.fixture
def kind() -> str:
    """SQLite has tests of its own."""
    return "postgresql"


def test_an_address_without_driver_is_of_the_driver_that_there_is(postgresql: Server, migrated: str) -> None:
    database = Database(postgresql.by_network(postgresql.new_database(migrated)))
    kept.insert_estimate(database, "default", EXAMPLE)
    assert kept.get_estimate(database, "default", ID) == EXAMPLE
    database.engine.dispose()


@pytest.mark.parametrize("wrong", ["password", "user", "name", "port", "option"])
def test_what_is_wrong_with_an_address_is_said_without_its_password(postgresql: Server, wrong: str) -> None:
    url = {
        "password": postgresql.by_network("postgres").replace(QUOTED_PASSWORD, f"not-{QUOTED_PASSWORD}"),
        "user": postgresql.by_network("postgres").replace("carbon:", "nobody:"),
        "name": postgresql.by_network("nowhere"),
        "port": postgresql.by_network("postgres").replace(str(postgresql.port), "1"),
        "option": postgresql.by_network("postgres") + "?sslmodes=require",
    }[wrong]
    with pytest.raises(Unavailable) as fault:
        upgrade(url)
    said: BaseException | None = fault.value
    while said:
        assert PASSWORD not in str(said)
        assert QUOTED_PASSWORD not in str(said)
        said = said.__cause__
    database = Database(url)
    with pytest.raises(Unavailable, match="db upgrade"):
        found_version(database)
    assert QUOTED_PASSWORD not in repr(database.url)


def test_a_statement_that_takes_too_long_is_given_up_and_its_connection_is_good(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ours, "_LIMITS", ("SET statement_timeout = '50ms'",))
    with pytest.raises(Unavailable), database.transaction() as connection:
        connection.execute(text("SELECT pg_sleep(60)"))
    kept.insert_estimate(database, "default", EXAMPLE)


def test_whoever_waits_for_a_lock_is_let_go(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ours, "_LIMITS", ("SET statement_timeout = '200ms'",))
    with database.writing_alone():
        with pytest.raises(Unavailable), database.writing_alone():
            pass
        kept.insert_estimate(database, "default", EXAMPLE)  # those who do not read before they write are not held up
    with database.writing_alone():
        pass


def test_who_forgets_what_is_old_waits_for_nobody_who_does(database: Database) -> None:
    """Each could hold a row that the other waits for."""
    old = {"workspace_id": "old", "name": "a", "request": bytes(32), "claimed_at": "2026-01-01T00:00:00.000000Z"}
    with database.writing() as connection:
        connection.execute(insert(claims), old)
    with database.writing() as other:
        other.execute(select(claims).with_for_update())
        assert claim(database, Claim("new", "a", bytes(32), kept.moment())) is None
    assert claim(database, Claim("new", "b", bytes(32), kept.moment())) is None
    with database.transaction() as connection:
        assert set(connection.scalars(select(claims.c.workspace_id))) == {"new"}


def test_an_upgrade_is_in_no_hurry_whatever_the_server_says_of_others(postgresql: Server) -> None:
    name = postgresql.new_database()
    for limit in ("statement_timeout", "idle_in_transaction_session_timeout"):
        postgresql.run(f"ALTER DATABASE {name} SET {limit} = '1s'")
    database = Database(postgresql.by_socket(name), in_a_hurry=False)
    with database.transaction() as connection:
        assert connection.execute(text("SHOW statement_timeout")).scalar() == "0"
        assert connection.execute(text("SHOW idle_in_transaction_session_timeout")).scalar() == "0"
    database.engine.dispose()


def test_an_upgrade_that_has_to_wait_for_a_backup_stops_no_request_for_long(postgresql: Server) -> None:
    """A backup reads its tables for as long as it takes; whoever wants one alone stops all who come later."""
    url = postgresql.by_socket(postgresql.new_database())
    make(url, "0001")
    backing_up, asking = Database(url, in_a_hurry=False), Database(url)
    with ThreadPoolExecutor(1) as other, backing_up.transaction() as snapshot:
        snapshot.execute(text("SELECT id FROM estimates"))
        upgrading = other.submit(upgrade, url)
        waits = (
            f"SELECT 1 FROM pg_stat_activity WHERE datname = '{postgresql.name_in(url)}' AND wait_event = 'relation'"
        )
        while not postgresql.run(waits):
            assert not upgrading.done()
        with asking.transaction() as connection:
            connection.execute(text("SELECT id FROM estimates"))
        with pytest.raises(Unavailable) as fault:
            upgrading.result()
    assert "lock timeout" in fault.value.__notes__[0]
    for database in (backing_up, asking):
        database.engine.dispose()


def test_a_database_that_does_not_take_every_text_is_refused(postgresql: Server) -> None:
    name = postgresql.new_database(more="ENCODING 'SQL_ASCII'")
    with pytest.raises(UsageError, match=r"SQL_ASCII.*ENCODING 'UTF8'"):
        upgrade(postgresql.by_socket(name))


def test_as_many_connections_are_open_as_are_used_at_once(database: Database, postgresql: Server) -> None:
    for _ in range(3):
        with database.transaction(), database.transaction(), database.transaction():
            pass
    name = postgresql.name_in(str(database.url.database))
    assert postgresql.run(f"SELECT count(*) FROM pg_stat_activity WHERE datname = '{name}'") == [(3,)]


def test_a_server_that_was_started_anew_is_met_by_nobody() -> None:
    with running() as server:
        database = Database(server.by_network("postgres"))
        upgrade(server.by_network("postgres"))
        kept.insert_estimate(database, "default", EXAMPLE)
        with database.transaction(), database.transaction():  # several connections are open, and then at hand
            pass
        for end in (server.stop, server.crash):
            end()
            server.start()
            with database.transaction(), database.transaction():
                assert kept.get_estimate(database, "default", ID) == EXAMPLE
            end()
            with pytest.raises(Unavailable):
                kept.get_estimate(database, "default", ID)
            server.start()
            with database.transaction(), database.transaction():
                assert kept.get_estimate(database, "default", ID) == EXAMPLE
        database.engine.dispose()


def test_a_server_that_hangs_is_unavailable(
    database: Database, postgresql: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ours, "_CONNECTION", ours._CONNECTION | {"connect_timeout": 2})
    kept.insert_estimate(database, "default", EXAMPLE)
    started = time.monotonic()
    with postgresql.frozen(), pytest.raises(Unavailable):
        kept.get_estimate(database, "default", ID)  # the ping, then the new connection, are not answered
    assert time.monotonic() - started < 25
    assert kept.get_estimate(database, "default", ID) == EXAMPLE
