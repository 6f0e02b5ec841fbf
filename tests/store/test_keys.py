"""Keys as the database keeps them."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from carbon_api.errors import NotFound, UsageError
from carbon_api.store import keys, tables
from carbon_api.store.engine import Database
from carbon_api.store.token import new_token, read_token


def test_a_key_is_found_by_its_text_alone(database: Database) -> None:
    assert not keys.any_key(database)
    made = keys.create_key(database, "acme", "planner", ("write", "read"))
    other = keys.create_key(database, "other", "planner", ("read",))
    assert keys.any_key(database)
    assert keys.find_key(database, made.text) == made.key
    assert (made.key.workspace_id, made.key.scopes) == ("acme", ("read", "write"))
    assert keys.list_keys(database) == (made.key, other.key)
    assert keys.list_keys(database, "other") == (other.key,)


def everything(database: Database) -> bytes:
    """What a thief of the database would have."""
    if database.file:
        database.engine.dispose()
        return b"".join(path.read_bytes() for path in database.file.parent.iterdir())
    with database.transaction() as connection:
        return repr(connection.execute(select(tables.keys)).all()).encode()


def test_neither_the_secret_nor_its_plain_hash_is_kept(database: Database) -> None:
    made = keys.create_key(database, "acme", "planner", ("read",))
    token = read_token(made.text)
    assert token
    kept = everything(database)
    assert token.id.encode() in kept
    assert token.secret.encode() not in kept


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(change=st.integers(0, 42), letter=st.sampled_from("aZ09_-"), junk=st.text(max_size=80))
def test_a_key_with_another_letter_opens_nothing(database: Database, change: int, letter: str, junk: str) -> None:
    made = keys.create_key(database, "acme", "planner", ("read",))
    place = len(made.text) - 43 + change
    other = made.text[:place] + letter + made.text[place + 1 :]
    assert other == made.text or keys.find_key(database, other) is None
    assert keys.find_key(database, junk) is None
    assert keys.find_key(database, made.text + junk) is None or not junk
    assert keys.find_key(database, new_token().text) is None


def test_a_revoked_key_is_still_there_and_opens_nothing(database: Database) -> None:
    made = keys.create_key(database, "acme", "planner", ("read",))
    gone = keys.revoke_key(database, made.key.id)
    assert gone.revoked_at
    assert not gone.is_good(gone.revoked_at)
    assert keys.revoke_key(database, made.key.id) == gone
    assert keys.find_key(database, made.text) == gone
    assert keys.any_key(database)
    with pytest.raises(NotFound, match="no key"):
        keys.revoke_key(database, "0" * 16)


def test_a_key_is_good_until_its_end(database: Database) -> None:
    end = "2027-01-01T00:00:00.000000Z"
    key = keys.create_key(database, "acme", "planner", ("read",), end).key
    assert key.is_good("2026-12-31T23:59:59.999999Z")
    assert not key.is_good(end)


def test_its_use_is_written_once_a_minute_at_most(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    made = keys.create_key(database, "acme", "planner", ("read",))
    used = []
    for now in ("2026-11-26T10:00:01.000000Z", "2026-11-26T10:00:59.000000Z", "2026-11-26T10:01:00.000000Z"):
        monkeypatch.setattr(keys, "moment", lambda now=now: now)
        found = keys.find_key(database, made.text)
        assert found
        keys.note_use(database, found)
        used.append(keys.list_keys(database)[0].last_used_at)
    assert used == ["2026-11-26T10:00:01.000000Z", "2026-11-26T10:00:01.000000Z", "2026-11-26T10:01:00.000000Z"]


@pytest.mark.parametrize("name", ["", "Acme", "a b", "-a", "a-", "é", "a" * 65, "a\n", "../x", "٣"])
def test_a_workspace_has_a_plain_name(database: Database, name: str) -> None:
    with pytest.raises(UsageError, match="small letters"):
        keys.create_key(database, name, "planner", ("read",))


def test_a_key_is_easily_found_in_what_leaked() -> None:
    """Scanners of secrets look for a fixed beginning."""
    assert re.fullmatch(r"carbon_[0-9a-f]{16}_[A-Za-z0-9_-]{43}", new_token().text)


def test_of_several_first_keys_at_once_one_is_the_first(database: Database) -> None:
    def make(_: int) -> keys.NewKey | None:
        return keys.create_first_key(database, "default", "first", ("read",))

    with ThreadPoolExecutor(8) as several:
        made = [one for one in several.map(make, range(8)) if one]
    assert [one.key for one in made] == list(keys.list_keys(database))
    assert len(made) == 1


def test_of_several_new_workspaces_of_one_name_at_once_one_is_made(database: Database) -> None:
    """Two who both want it new would otherwise share it."""

    def is_new(known: frozenset[str]) -> None:
        if "acme" in known:
            raise UsageError("it is there")

    def make(number: int) -> bool:
        try:
            keys.create_key(database, "acme", f"planner {number}", ("read",), check=is_new)
        except UsageError:
            return False
        return True

    with ThreadPoolExecutor(8) as several:
        assert list(several.map(make, range(8))).count(True) == 1
    assert len(keys.list_keys(database)) == 1
