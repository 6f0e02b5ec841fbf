"""Estimates in the database: put one in, take it out, forget it, page through them. Each within one workspace."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from secrets import token_hex
from typing import Literal

from sqlalchemy import ColumnElement, Connection, and_, delete, insert, literal, select, tuple_

from carbon_api.errors import Finding, NotFound, QueryInvalid
from carbon_api.store.claims import forget_old
from carbon_api.store.engine import Database
from carbon_api.store.tables import estimates

WORKSPACE = "default"  # the only one for now
ID = "est_[0-9a-f]{32}"
# Every text of this form is a position in the list: the digits of `created_at`, then those of the id.
CURSOR = "^[0-9]{20}[0-9a-f]{32}$"

_SUMMARY = (
    estimates.c.id,
    estimates.c.created_at,
    estimates.c.name,
    estimates.c.brand,
    estimates.c.method,
    estimates.c.factor_release,
    estimates.c.total_central,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What a list says of an estimate; `created_at` is ISO 8601 in UTC, `total_central` is kgCO2e."""

    id: str
    created_at: str
    name: str
    brand: str | None
    method: str
    factor_release: str
    total_central: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate(Summary):
    """An estimate as kept: the plan's bytes as received, the answer's bytes as sent.

    `factors` are the keys of the factor book's rows that its total rests on, one a line; None if nobody noted them.
    """

    plan: bytes
    plan_media_type: Literal["json", "yaml"]
    answer: bytes
    factors: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Which estimates a list shows; the two days are included, in UTC."""

    brand: str | None = None
    method: str | None = None
    first_day: date | None = None
    last_day: date | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """A few estimates, newest first, and the cursor of the next few, if there are more."""

    items: tuple[Summary, ...]
    next_cursor: str | None


def new_id() -> str:
    """An id that nobody can guess and nothing else has."""
    return f"est_{token_hex(16)}"


def moment() -> str:
    """Now, in UTC, always as many characters."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def insert_estimate(
    database: Database, workspace_id: str, estimate: Estimate, beside: Callable[[Connection], None] | None = None
) -> None:
    """Keep an estimate, and do what is to be done beside it or not at all; when this returns it is on disk."""
    values = {name: getattr(estimate, name) for name in Estimate.__dataclass_fields__}
    with database.writing() as connection:
        connection.execute(insert(estimates), {**values, "workspace_id": workspace_id})
        if beside:
            beside(connection)


def get_estimate(database: Database, workspace_id: str, estimate_id: str) -> Estimate:
    """The estimate of that id; NotFound if this workspace has none."""
    one = _one(workspace_id, estimate_id)
    columns = [estimates.c[name] for name in Estimate.__dataclass_fields__]
    with database.transaction() as connection:
        row = connection.execute(select(*columns).where(one)).one_or_none()
    if row is None:
        raise _no_such(estimate_id)
    return Estimate(**row._mapping)


def delete_estimate(database: Database, workspace_id: str, estimate_id: str) -> None:
    """Forget the estimate of that id, and digests of requests that hold no more; NotFound if this workspace has none.
    Its own digest stays for its day, in which a late copy of the request is told that it is gone."""
    one = _one(workspace_id, estimate_id)
    with database.writing() as connection:
        gone = connection.execute(delete(estimates).where(one)).rowcount
        forget_old(connection)
    if not gone:
        raise _no_such(estimate_id)


def list_estimates(
    database: Database, workspace_id: str, wanted: Filter, cursor: str | None = None, limit: int = 50
) -> Page:
    """At most `limit` summaries, newest first. Estimates stored meanwhile never shift a later page."""
    conditions = [estimates.c.workspace_id == workspace_id, *_matching(wanted)]
    if cursor is not None:
        conditions.append(_after(cursor))
    newest_first = (estimates.c.created_at.desc(), estimates.c.id.desc())
    query = select(*_SUMMARY).where(and_(*conditions)).order_by(*newest_first).limit(limit + 1)
    with database.transaction() as connection:
        rows = connection.execute(query).all()
    items = tuple(Summary(**row._mapping) for row in rows[:limit])
    return Page(items, _cursor(items[-1]) if len(rows) > limit else None)


def _one(workspace_id: str, estimate_id: str) -> ColumnElement[bool]:
    if not re.fullmatch(ID, estimate_id):  # not every database takes every text, NUL for one
        raise _no_such(estimate_id)
    return and_(estimates.c.workspace_id == workspace_id, estimates.c.id == estimate_id)


def _matching(wanted: Filter) -> list[ColumnElement[bool]]:
    conditions = []
    if wanted.brand is not None:
        conditions.append(estimates.c.brand == wanted.brand)
    if wanted.method is not None:
        conditions.append(estimates.c.method == wanted.method)
    if wanted.first_day is not None:
        conditions.append(estimates.c.created_at >= wanted.first_day.isoformat())
    if wanted.last_day is not None:
        conditions.append(estimates.c.created_at < f"{wanted.last_day.isoformat()}T24")
    return conditions


def _cursor(last: Summary) -> str:
    return re.sub("[^0-9]", "", last.created_at) + last.id.removeprefix("est_")


def _after(cursor: str) -> ColumnElement[bool]:
    if not re.fullmatch(CURSOR, cursor, re.ASCII):
        detail = "This is no cursor of ours; take `next_cursor` from a page, or leave it out for the first."
        raise QueryInvalid(detail, [Finding("/cursor", "bad-cursor", detail)])
    created_at = "{}{}{}{}-{}{}-{}{}T{}{}:{}{}:{}{}.{}{}{}{}{}{}Z".format(*cursor[:20])
    estimate_id = f"est_{cursor[20:]}"
    # As one comparison of pairs, an index finds the place; as two with an `or`, all that is newer is read on the way.
    return tuple_(estimates.c.created_at, estimates.c.id) < tuple_(literal(created_at), literal(estimate_id))


def _no_such(estimate_id: str) -> NotFound:
    return NotFound(f"There is no estimate {estimate_id!r}; it was never stored, or it was deleted.")
