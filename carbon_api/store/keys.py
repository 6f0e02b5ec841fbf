"""Keys in the database: made, listed, found by their text, used, revoked. None is ever deleted."""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Connection, insert, select, update

from carbon_api.errors import NotFound, UsageError
from carbon_api.store.engine import Database
from carbon_api.store.estimates import WORKSPACE as DEFAULT
from carbon_api.store.estimates import moment
from carbon_api.store.tables import keys
from carbon_api.store.token import NOBODY, Sealed, new_token, proves, read_token, sealed

Scope = Literal["read", "write", "admin"]
SCOPES: tuple[Scope, ...] = ("read", "write", "admin")
ID = re.compile("[0-9a-f]{16}", re.ASCII)
WORKSPACE = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?", re.ASCII)
USED_EVERY = len("2026-11-23T10:00")  # characters of a moment: that a key is used is written once a minute at most


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """A key without its secret. Moments are ISO 8601 in UTC; None where it never was, or never will be."""

    id: str
    workspace_id: str
    name: str
    scopes: tuple[Scope, ...]
    created_at: str
    expires_at: str | None
    revoked_at: str | None
    last_used_at: str | None

    def is_good(self, at: str) -> bool:
        """Whether it opens anything at a moment."""
        return self.revoked_at is None and (self.expires_at is None or at < self.expires_at)


@dataclass(frozen=True, slots=True)
class NewKey:
    """A key, and its text, which nobody can show again."""

    key: Key
    text: str


_SHOWN = [keys.c[name] for name in Key.__dataclass_fields__]


def create_key(
    database: Database,
    workspace_id: str,
    name: str,
    scopes: Collection[str],
    expires_at: str | None = None,
    check: Callable[[frozenset[str]], None] = lambda _: None,
) -> NewKey:
    """A new key of a workspace; UsageError for a workspace whose name would not do.

    `check` is handed the workspaces that there are, and may raise: no other key is made between that and this one.
    """
    made, row = _new(workspace_id, name, scopes, expires_at)
    with database.writing_alone() as connection:
        check(_workspaces(connection))
        connection.execute(insert(keys), row)
    return made


def create_first_key(
    database: Database,
    workspace_id: str,
    name: str,
    scopes: Collection[str],
    expires_at: str | None = None,
    check: Callable[[frozenset[str]], None] = lambda _: None,
) -> NewKey | None:
    """The first key there is; None if there ever was one. As for any key otherwise; of several at once one is the
    first."""
    made, row = _new(workspace_id, name, scopes, expires_at)
    with database.writing_alone() as connection:
        if _any(connection):
            return None
        check(_workspaces(connection))
        connection.execute(insert(keys), row)
    return made


def _workspaces(connection: Connection) -> frozenset[str]:
    return frozenset({DEFAULT, *connection.scalars(select(keys.c.workspace_id).distinct())})


def _new(
    workspace_id: str, name: str, scopes: Collection[str], expires_at: str | None
) -> tuple[NewKey, dict[str, Any]]:
    """A key that is nowhere yet, and the row that is to be kept of it."""
    if not WORKSPACE.fullmatch(workspace_id):
        raise UsageError(f"'{workspace_id}' names no workspace: write small letters, digits and hyphens, 64 at most.")
    token, wanted = new_token(), tuple(scope for scope in SCOPES if scope in scopes)
    key = Key(
        id=token.id,
        workspace_id=workspace_id,
        name=name,
        scopes=wanted,
        created_at=moment(),
        expires_at=expires_at,
        revoked_at=None,
        last_used_at=None,
    )
    values = {field: getattr(key, field) for field in Key.__dataclass_fields__}
    return NewKey(key, token.text), {**values, "scopes": " ".join(wanted), **sealed(token.secret)._asdict()}


def list_keys(database: Database, workspace_id: str | None = None) -> tuple[Key, ...]:
    """The keys of a workspace, or of all, oldest first."""
    query = select(*_SHOWN).order_by(keys.c.created_at, keys.c.id)
    if workspace_id is not None:
        query = query.where(keys.c.workspace_id == workspace_id)
    with database.transaction() as connection:
        return tuple(_key(row._asdict()) for row in connection.execute(query))


def revoke_key(database: Database, id: str) -> Key:
    """The key of that id, which opens nothing from now on; NotFound if there is none. The first time counts."""
    with database.writing() as connection:
        one = keys.c.id == (id if ID.fullmatch(id) else "")  # not every database takes every text
        connection.execute(update(keys).where(one, keys.c.revoked_at.is_(None)).values(revoked_at=moment()))
        row = connection.execute(select(*_SHOWN).where(one)).one_or_none()
    if row is None:
        raise NotFound(f"There is no key {id!r}; `carbon-api keys list` shows those that there are.")
    return _key(row._asdict())


def any_key(database: Database) -> bool:
    """Whether there ever was a key."""
    with database.transaction() as connection:
        return _any(connection)


def find_key(database: Database, text: str) -> Key | None:
    """The key of this text, whether it is still good or not; None if there is none."""
    token = read_token(text)
    if token is None:
        return None
    with database.transaction() as connection:
        row = connection.execute(select(*_SHOWN, keys.c.salt, keys.c.digest).where(keys.c.id == token.id)).one_or_none()
    kept = Sealed(row.salt, row.digest) if row else NOBODY
    return _key(row._asdict()) if proves(token.secret, kept) and row else None


def note_use(database: Database, key: Key) -> None:
    """Write that a key was used, unless that was written in this minute. Where another writes just now, the use is left
    out, or on SQLite Unavailable."""
    now = moment()
    if key.last_used_at is None or key.last_used_at[:USED_EVERY] != now[:USED_EVERY]:
        free = select(keys.c.id).where(keys.c.id == key.id).with_for_update(skip_locked=True)
        with database.writing(patience=0.0) as connection:
            connection.execute(update(keys).where(keys.c.id.in_(free)).values(last_used_at=now))


def _any(connection: Connection) -> bool:
    return connection.execute(select(keys.c.id).limit(1)).first() is not None


def _key(row: Mapping[str, Any]) -> Key:
    return Key(**{name: row[name] for name in Key.__dataclass_fields__} | {"scopes": tuple(row["scopes"].split())})
