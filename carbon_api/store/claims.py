"""Names under which callers ask once: sent again, a request finds what it was answered, or that it is being answered.

A claim is written before the work and names its estimate in the transaction that keeps it, so that there is never one
without the other. A request that fails lets its name go; one whose process died is let go by time.
"""

from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import ColumnElement, Connection, and_, delete, insert, or_, select, tuple_, update
from sqlalchemy.exc import IntegrityError

from carbon_api.store.engine import Database
from carbon_api.store.tables import claims

HOLDS = timedelta(hours=24)  # from when it was claimed
IN_FLIGHT = timedelta(seconds=60)  # after which an unanswered claim is taken for one whose process died
FORGOTTEN = 2_000  # at once: after a busy day all of its names end together, and one request shall not pay for them


@dataclass(frozen=True, slots=True)
class Claim:
    """A name of a workspace's, the digest of the request that it stands for, and the moment at which it was asked for,
    which tells this claim from a later one of the same name."""

    workspace_id: str
    name: str
    request: bytes
    claimed_at: str


@dataclass(frozen=True, slots=True)
class Held:
    """What a name was claimed for before; `estimate_id` is None while that is being answered."""

    request: bytes
    estimate_id: str | None


class Overtaken(Exception):
    """A claim was let go by time, and its name is another's now."""


def claim(database: Database, wanted: Claim) -> Held | None:
    """Claim a name; what holds it, if it is held."""
    try:
        with database.writing() as connection:
            # First, and whatever others have to be forgotten: whoever waits for a row here holds none yet.
            connection.execute(delete(claims).where(_named(wanted), _is_over()))
            forget_old(connection)
            held = _held(connection, wanted)
            if held is None:
                connection.execute(insert(claims), {**asdict(wanted), "estimate_id": None})
            return held
    except IntegrityError:  # another claimed it meanwhile, on a database that lets several write at once
        with database.transaction() as connection:
            return _held(connection, wanted) or Held(wanted.request, None)


def forget_old(connection: Connection) -> None:
    """Delete what holds no more, the oldest first: a digest tells whether a plan is the one that somebody has. What
    another deletes at the same time is left to it, for each would wait for the other."""
    names = (claims.c.workspace_id, claims.c.name)
    old = select(*names).where(claims.c.claimed_at < _ago(HOLDS)).order_by(claims.c.claimed_at).limit(FORGOTTEN)
    connection.execute(delete(claims).where(tuple_(*names).in_(old.with_for_update(skip_locked=True))))


def settle(connection: Connection, held: Claim, estimate_id: str) -> None:
    """Name the estimate of a claim, in the transaction that keeps it. Raises Overtaken, and neither is kept."""
    settled = connection.execute(update(claims).where(_same(held)).values(estimate_id=estimate_id))
    if not settled.rowcount:
        raise Overtaken(held.name)


def release(database: Database, held: Claim) -> None:
    """Let a name go whose request came to nothing."""
    with database.writing() as connection:
        connection.execute(delete(claims).where(_same(held), claims.c.estimate_id.is_(None)))


def _held(connection: Connection, wanted: Claim) -> Held | None:
    row = connection.execute(select(claims.c.request, claims.c.estimate_id).where(_named(wanted))).one_or_none()
    return Held(row.request, row.estimate_id) if row else None


def _same(held: Claim) -> ColumnElement[bool]:
    return and_(_named(held), claims.c.claimed_at == held.claimed_at)


def _named(wanted: Claim) -> ColumnElement[bool]:
    return and_(claims.c.workspace_id == wanted.workspace_id, claims.c.name == wanted.name)


def _is_over() -> ColumnElement[bool]:
    """Claims whose day is over, or whose process died before it answered."""
    left_behind = and_(claims.c.estimate_id.is_(None), claims.c.claimed_at < _ago(IN_FLIGHT))
    return or_(left_behind, claims.c.claimed_at < _ago(HOLDS))


def _ago(time: timedelta) -> str:
    return (datetime.now(UTC) - time).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
