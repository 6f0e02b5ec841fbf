"""Prints what starting costs, the parts of an estimate in process, advice, then estimates through gunicorn.

With --peer, also the service in turn with BoaviztAPI, which is set up beside; with --quick, only that all still runs.
"""

import sys
import tempfile
from pathlib import Path

from rich.console import Console

from scripts.bench.advice import advice_table, enough_table
from scripts.bench.boavizta import installed, peer_table
from scripts.bench.effort import QUICK, Effort
from scripts.bench.parts import beside_table, parts_table, starting_table
from scripts.bench.service import service_table


def main() -> None:
    """Every table, as soon as it is known."""
    console, effort = Console(), QUICK if "--quick" in sys.argv else Effort()
    for table in (starting_table, parts_table, beside_table, advice_table, enough_table):
        console.print(table(effort))
    with tempfile.TemporaryDirectory() as folder:
        console.print(service_table(effort, Path(folder)))
    if "--peer" in sys.argv:
        _beside_peer(console, effort)


def _beside_peer(console: Console, effort: Effort) -> None:
    missing = installed()
    if missing:
        console.print(f"BoaviztAPI could not be installed, so nothing is compared with it: {missing}")
        return
    with tempfile.TemporaryDirectory() as folder:
        console.print(peer_table(effort, Path(folder)))


if __name__ == "__main__":
    main()
