"""Claims: forgotten when their day is over, by whoever writes next, however many do so at once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from sqlalchemy import insert, select, update
from test_store import EXAMPLE, ID

from carbon_api.store import claims as store
from carbon_api.store import estimates as kept
from carbon_api.store.claims import FORGOTTEN, HOLDS, Claim, claim
from carbon_api.store.engine import Database
from carbon_api.store.tables import claims


def digests(database: Database) -> list[bytes]:
    with database.transaction() as connection:
        return list(connection.scalars(select(claims.c.request).order_by(claims.c.name)))


def test_with_an_estimate_go_the_digests_whose_day_is_over(database: Database) -> None:
    """The one of an estimate that was deleted within the day stays: a late copy of its request is told so."""
    kept.insert_estimate(database, "default", EXAMPLE)
    for name in ("a", "b"):
        assert claim(database, Claim("default", name, name.encode() * 32, kept.moment())) is None
    before = store._ago(HOLDS + timedelta(seconds=1))
    with database.writing() as connection:
        connection.execute(update(claims).values(estimate_id=ID))
        connection.execute(update(claims).where(claims.c.name == "a").values(claimed_at=before))
    assert digests(database) == [b"a" * 32, b"b" * 32]
    kept.delete_estimate(database, "default", ID)
    assert digests(database) == [b"b" * 32]


def test_who_forgets_at_the_same_time_waits_for_nobody(database: Database) -> None:
    """Each would hold a row that the other waits for."""
    before = store._ago(HOLDS + timedelta(seconds=1))
    old = [
        {"workspace_id": "old", "name": f"{n:03}", "request": b"o" * 32, "claimed_at": before, "estimate_id": ID}
        for n in range(200)
    ]
    for round_ in range(5):
        with database.writing() as connection:
            connection.execute(insert(claims), old)

        def ask(client: int, round_: int = round_) -> bool:
            return claim(database, Claim("new", f"{round_}-{client}", b"n" * 32, kept.moment())) is None

        with ThreadPoolExecutor(8) as clients:
            assert all(clients.map(ask, range(8)))
        assert set(digests(database)) == {b"n" * 32}


def test_of_several_claims_of_one_name_at_once_one_is_the_first(database: Database) -> None:
    for round_ in range(5):
        wanted = [Claim("acme", f"{round_}", bytes([n]) * 32, kept.moment()) for n in range(8)]
        with ThreadPoolExecutor(8) as clients:
            held = list(clients.map(lambda one: claim(database, one), wanted))
        [first] = [one for one, other in zip(wanted, held, strict=True) if other is None]
        assert {other.request for other in held if other} == {first.request}


def test_after_a_busy_day_no_request_pays_for_all_of_its_names(database: Database) -> None:
    before = store._ago(HOLDS + timedelta(seconds=1))
    old = {"workspace_id": "old", "request": b"o" * 32, "claimed_at": before, "estimate_id": ID}
    with database.writing() as connection:
        connection.execute(insert(claims), [{**old, "name": f"{n}"} for n in range(2 * FORGOTTEN + 1)])
    left = []
    for n in range(3):
        assert claim(database, Claim("new", f"{n}", b"n" * 32, kept.moment())) is None
        left.append(digests(database).count(b"o" * 32))
    assert left == [FORGOTTEN + 1, 1, 0]


def test_the_names_of_others_keep_nobody_s_name_beyond_its_day(database: Database) -> None:
    """However many of theirs are to be forgotten first."""
    older, old = (store._ago(HOLDS + timedelta(seconds=seconds)) for seconds in (2, 1))
    row = {"request": b"o" * 32, "estimate_id": ID}
    with database.writing() as connection:
        others = [{**row, "workspace_id": "other", "name": f"{n}", "claimed_at": older} for n in range(FORGOTTEN + 1)]
        ours = {**row, "workspace_id": "acme", "name": "mine", "claimed_at": old}
        connection.execute(insert(claims), [*others, ours])
    assert claim(database, Claim("acme", "mine", b"n" * 32, kept.moment())) is None
