"""The plan that a command is given: in a file, or on standard input where that is `-`."""

import sys
from collections.abc import MutableMapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from carbon_api.cli.failure import name_file

if TYPE_CHECKING:
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
