"""`carbon-api db`: the database that keeps the estimates, brought up to date, backed up, put back."""

from pathlib import Path

import click

from carbon_api.cli.kept import database


@click.group()
def db() -> None:
    """Look after the database that keeps the estimates."""


@db.command()
def upgrade() -> None:
    """Create the database, or bring its tables up to this version; existing estimates stay."""
    from carbon_api.store.schema import upgrade as upgrade_schema

    ours = database()
    upgrade_schema(ours.url)
    click.echo(f"The database {ours.place} is up to date.")


@db.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--replace", is_flag=True, help="Take the place of a file that is there.")
def backup(file: Path, replace: bool) -> None:
    """Write all that is kept to FILE, as it is at one moment; the service may go on.

    Whoever has the file can read every plan in it, and put it back with `carbon-api db restore`, into a database of
    either kind.
    """
    from carbon_api.store.backup import back_up

    click.echo(f"{file} holds {_shown(back_up(database().url, file, replace=replace))}.")


@db.command()
@click.argument("file", type=click.Path(path_type=Path))
def restore(file: Path) -> None:
    """Put the backup in FILE into an empty database, all of it or nothing."""
    from carbon_api.store.restore import restore as put_back

    ours = database()
    click.echo(f"The database {ours.place} holds {_shown(put_back(ours.url, file))}.")


def _shown(rows: dict[str, int]) -> str:
    return ", ".join(f"{name}: {number}" for name, number in sorted(rows.items()))
