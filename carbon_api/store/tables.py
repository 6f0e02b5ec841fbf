"""The tables, as the newest migration leaves them."""

from sqlalchemy import Column, Float, Index, LargeBinary, MetaData, String, Table, Text

metadata = MetaData()

estimates = Table(
    "estimates",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("workspace_id", String(64), nullable=False, server_default="default"),
    # UTC text of fixed width: SQLite drops time zones, and this sorts as the times do.
    Column("created_at", String(27), nullable=False),
    Column("name", Text, nullable=False),
    Column("brand", Text, nullable=True),
    Column("method", String(64), nullable=False),
    Column("factor_release", String(64), nullable=False),
    Column("plan", LargeBinary, nullable=False),
    Column("plan_media_type", String(16), nullable=False),
    Column("answer", LargeBinary, nullable=False),
    Column("total_central", Float(53), nullable=False),
    # The keys of the rows behind the total, one a line; null where the estimate is older than this column.
    Column("factors", Text, nullable=True),
)

# Rows are never deleted: a service that has had a key is closed for good.
keys = Table(
    "keys",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("workspace_id", String(64), nullable=False),
    Column("name", String(120), nullable=False),
    Column("scopes", String(64), nullable=False),  # words with a space between
    Column("salt", LargeBinary(16), nullable=False),
    Column("digest", LargeBinary(32), nullable=False),
    Column("created_at", String(27), nullable=False),
    Column("expires_at", String(27), nullable=True),
    Column("revoked_at", String(27), nullable=True),
    Column("last_used_at", String(27), nullable=True),
)

claims = Table(
    "claims",
    metadata,
    Column("workspace_id", String(64), primary_key=True),
    Column("name", String(255), primary_key=True),
    Column("request", LargeBinary(32), nullable=False),
    Column("claimed_at", String(27), nullable=False),
    Column("estimate_id", String(40), nullable=True),  # null while the request is being answered
)

Index("claims_oldest_first", claims.c.claimed_at)
# All that a list shows is in its index: the rows themselves may have megabytes, which SQLite reads on the way.
_NEWEST_FIRST = (estimates.c.created_at.desc(), estimates.c.id.desc())
_SHOWN = (
    estimates.c.name,
    estimates.c.brand,
    estimates.c.method,
    estimates.c.factor_release,
    estimates.c.total_central,
)


def _list_index(name: str, *which: Column[str]) -> None:
    others = [column for column in _SHOWN if column not in {*which}]
    Index(name, estimates.c.workspace_id, *which, *_NEWEST_FIRST, *others)


_list_index("estimates_newest_first")
_list_index("estimates_of_brand", estimates.c.brand)
_list_index("estimates_of_method", estimates.c.method)
