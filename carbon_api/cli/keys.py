"""`carbon-api keys`: who may use the service, on behalf of which workspace."""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import click

from carbon_api.cli.kept import database
from carbon_api.errors import UsageError

if TYPE_CHECKING:
    from carbon_api.store.keys import Key

SCOPES = ("read", "write", "admin")
DAYS = re.compile(r"([1-9][0-9]{0,4}) ?d(?:ays?)?")
LONGEST_NAME = 120


@click.group()
def keys() -> None:
    """Say who may use the service: each key opens one workspace, which sees no other's estimates."""


@keys.command()
@click.argument("name")
@click.option("--workspace", default="default", show_default=True, help="The workspace that it opens.")
@click.option("--new-workspace", is_flag=True, help="The workspace is a new one.")
@click.option(
    "--scope",
    "scopes",
    multiple=True,
    type=click.Choice(SCOPES),
    help="What it may do; give several. read asks, write keeps and deletes, admin sees /metrics, the figures of the "
    "whole service.  [default: read, write]",
)
@click.option("--expires", metavar="WHEN", help="The last day, such as 2027-06-30, or a number of days, such as 90d.")
@click.option("--if-none", is_flag=True, help="Do nothing if there ever was a key.")
def create(
    name: str, workspace: str, new_workspace: bool, scopes: tuple[str, ...], expires: str | None, if_none: bool
) -> None:
    """Make a key called NAME. It is printed once, on stdout, and cannot be shown again."""
    from carbon_api.store.keys import create_first_key, create_key

    if not 0 < len(name) <= LONGEST_NAME or not name.isprintable():
        raise UsageError("write the name of the key in one line of 1 to 120 characters.")

    def check(known: frozenset[str]) -> None:
        if new_workspace == (workspace in known):
            raise UsageError(_other_workspace(workspace, known))

    make = create_first_key if if_none else create_key
    made = make(database(), workspace, name, scopes or ("read", "write"), _end(expires), check)
    if made is None:
        click.echo("There are keys already; none was made.", err=True)
        return
    click.echo(f"Key {made.key.id} of workspace {workspace}. Keep it now: it is not shown again.", err=True)
    click.echo(made.text)


@keys.command("list")
@click.option("--workspace", help="Only the keys of this workspace.")
@click.option("--json", "as_json", is_flag=True, help="Print them as JSON, for programs.")
def list_them(workspace: str | None, as_json: bool) -> None:
    """List the keys, without what opens them."""
    from carbon_api.store.keys import list_keys

    if workspace is not None and not workspace.isascii():
        raise UsageError(f"{workspace!r} is the name of no workspace: small letters, digits and hyphens.")
    found = [_shown(key) for key in list_keys(database(), workspace)]
    if as_json:
        from orjson import OPT_INDENT_2, dumps

        click.echo(dumps({"keys": found}, option=OPT_INDENT_2))
        return
    from carbon_api.cli.summary import page, section

    for title, rows in _by_workspace(found).items():
        page().print(section(title, rows))
    if not found:
        whose = f"No key opens the workspace {workspace}" if workspace else "There is no key"
        click.echo(f"{whose}; `carbon-api keys create NAME` makes the first.")


@keys.command()
@click.argument("id")
def revoke(id: str) -> None:
    """Let the key of this ID open nothing any more, within a second. A whole key, found where it leaked, is one too."""
    from carbon_api.store.keys import revoke_key
    from carbon_api.store.token import read_token

    whole = read_token(id)
    key = revoke_key(database(), whole.id if whole else id)
    click.echo(f"Key {key.id} ({key.name}) of workspace {key.workspace_id} is revoked since {key.revoked_at}.")


def _other_workspace(workspace: str, known: frozenset[str]) -> str:
    names = ", ".join(sorted(known))
    if workspace in known:
        return f"the workspace '{workspace}' is there already; leave --new-workspace out. There are {names}."
    return f"there is no workspace '{workspace}'; there are {names}. Add --new-workspace to make it."


def _end(written: str | None) -> str | None:
    """The moment from which a key opens nothing: the day after its last."""
    if written is None:
        return None
    days = DAYS.fullmatch(written)
    if days:
        return (datetime.now(UTC) + timedelta(days=int(days[1]))).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    try:
        last = date.fromisoformat(written)
    except ValueError as fault:
        raise UsageError(
            f"'{written}' is neither a day, such as 2027-06-30, nor a number of days, such as 90d."
        ) from fault
    if last < datetime.now(UTC).date():
        raise UsageError(f"{written} is past; give a day to come.")
    try:
        return f"{last + timedelta(days=1)}T00:00:00.000000Z"
    except OverflowError as fault:
        raise UsageError(f"{written} is the end of all days; leave --expires out.") from fault


def _shown(key: "Key") -> dict[str, Any]:
    return {name: getattr(key, name) for name in key.__dataclass_fields__}


def _by_workspace(found: list[dict[str, Any]]) -> Mapping[str, list[tuple[str, ...]]]:
    """The rows of each workspace: id, name, scopes, state."""
    groups: dict[str, list[tuple[str, ...]]] = {}
    for key in found:
        state = f"revoked {key['revoked_at'][:10]}" if key["revoked_at"] else _state(key)
        row = (key["id"], key["name"], " ".join(key["scopes"]), state)
        groups.setdefault(key["workspace_id"], []).append(row)
    return groups


def _state(key: dict[str, Any]) -> str:
    used = f"last used {key['last_used_at'][:16]}Z" if key["last_used_at"] else "never used"
    return f"{used}, until {key['expires_at'][:10]}" if key["expires_at"] else used
