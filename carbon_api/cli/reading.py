"""The plan that a command is given, in a file or on standard input (`-`); and what to note of its factors."""

import sys
from collections.abc import Iterable, MutableMapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from carbon_api.cli.failure import name_file

if TYPE_CHECKING:
    from carbon_api.factor_book.entry import Row
    from carbon_api.plan.model import Plan

STANDARD_INPUT = Path("-")


def plan_at(path: Path, meta: MutableMapping[str, Any]) -> "Plan":
    """The plan in a file, whose name goes into a click context's `meta` for the messages. Raises InputError."""
    from carbon_api.plan.load import load_plan, load_plan_file
    from carbon_api.plan.reader import MOST_BYTES, looks_written_in

    if path != STANDARD_INPUT:
        name_file(meta, str(path))
        return load_plan_file(path)
    name_file(meta, "standard input")
    data = sys.stdin.buffer.read(MOST_BYTES + 1)
    return load_plan(data, looks_written_in(data))


def note_withdrawn(rows: "Iterable[Row]") -> None:
    """Note on stderr what was taken back since: under the release that was named, the answer is what it was."""
    for note in dict.fromkeys(row.withdrawal for row in rows if row.withdrawn):
        click.echo(f"Note: {note}", err=True)
