"""A database as an older carbon-api left it, with a row in each of its tables, and what these rows are to us."""

from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import MetaData, Table, insert

from carbon_api.store import claims, keys, migrations
from carbon_api.store import estimates as kept
from carbon_api.store.engine import Database
from carbon_api.store.token import Token, sealed

TOKEN = Token("0123456789abcdef", "s" * 43)
MOMENT = "2026-11-23T10:00:00.000000Z"
CLAIM = claims.Claim("acme", "5b8f0f3e-1", b"\x01" * 32, kept.moment())
ESTIMATE: dict[str, Any] = {
    "id": "est_" + "1" * 32,
    "workspace_id": "acme",
    "created_at": MOMENT,
    "name": "Lancement d’été 🌱",
    "brand": None,
    "method": "scope3-2026.07",
    "factor_release": "2026.11",
    "total_central": 18.400000000000002,
    "plan": b"name: Lancement\n\xff\x00",
    "plan_media_type": "yaml",
    "answer": b'{"id":"est_1"}',
    "factors": "grid.ember FR 2024-01-01",
}
KEY: dict[str, Any] = {
    "id": TOKEN.id,
    "workspace_id": "acme",
    "name": "planner",
    "scopes": "read write",
    **sealed(TOKEN.secret)._asdict(),
    "created_at": MOMENT,
    "expires_at": None,
    "revoked_at": None,
    "last_used_at": MOMENT,
}
ROWS = {
    "estimates": ESTIMATE,
    "keys": KEY,
    "claims": {
        "workspace_id": "acme",
        "name": CLAIM.name,
        "request": CLAIM.request,
        "claimed_at": CLAIM.claimed_at,
        "estimate_id": ESTIMATE["id"],
    },
}


def versions() -> list[str]:
    """Every version of the schema, oldest first."""
    scripts = ScriptDirectory(str(Path(migrations.__file__).parent)).walk_revisions()
    return sorted(script.revision for script in scripts)


def make(url: str, version: str) -> dict[str, tuple[str, ...]]:
    """Make the database as it was in that version, with a row in each table; the tables and their columns."""
    database = Database(url)
    if database.file:
        database.file.parent.mkdir(parents=True, exist_ok=True)
        database.file.touch()
    config = Config()
    config.set_main_option("script_location", "carbon_api.store:migrations")
    config.set_main_option("path_separator", "os")
    with database.engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, version)
    found = {}
    with database.engine.begin() as connection:
        for name, row in ROWS.items():
            if connection.dialect.has_table(connection, name):
                table = Table(name, MetaData(), autoload_with=connection)
                found[name] = tuple(column.name for column in table.columns)
                connection.execute(insert(table), {column: row[column] for column in found[name]})
    database.engine.dispose()
    return found


def seen(database: Database, tables: dict[str, tuple[str, ...]]) -> None:
    """AssertionError if a row that the older version had is not what it was."""
    factors = ESTIMATE["factors"] if "factors" in tables["estimates"] else None
    own = {name: ESTIMATE[name] for name in kept.Estimate.__dataclass_fields__} | {"factors": factors}
    assert kept.get_estimate(database, "acme", ESTIMATE["id"]) == kept.Estimate(**own)
    assert [item.id for item in kept.list_estimates(database, "acme", kept.Filter()).items] == [ESTIMATE["id"]]
    key = keys.find_key(database, TOKEN.text)
    assert (key is not None) == ("keys" in tables)
    assert key is None or (key.workspace_id, key.last_used_at) == ("acme", MOMENT)
    held = claims.claim(database, CLAIM)
    assert held == (claims.Held(CLAIM.request, ESTIMATE["id"]) if "claims" in tables else None)
