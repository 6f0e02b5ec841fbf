"""The service in turn with BoaviztAPI, which answers for a device or a server what ours does for a plan.

It runs from a venv of its own, since what it pins is not what we do, under gunicorn with two workers on uvloop.
"""

import subprocess
import sys
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path
from typing import NamedTuple

import orjson
from rich.table import Table

from scripts.bench.asking import CLIENTS, Ask, Load, best_of
from scripts.bench.effort import ROOT, Effort
from scripts.bench.plans import bench_plan
from scripts.bench.service import NOT_STORED, SERVICE, STORED
from scripts.bench.serving import WORKERS, made_key, ours, serving
from scripts.bench.wrk import generator

VENV = ROOT / "build" / "boavizta"
PINNED = ("boaviztapi==2.5.0", "gunicorn==27.0.1", "uvloop==0.23.0", "httptools")
SERVER = {
    "model": {"type": "rack"},
    "configuration": {
        "cpu": {"units": 2, "core_units": 24, "die_size_per_core": 0.245},
        "ram": [{"units": 4, "capacity": 32, "density": 1.79}, {"units": 4, "capacity": 16, "density": 1.79}],
        "disk": [{"units": 2, "type": "ssd", "capacity": 400, "density": 50.6}, {"units": 2, "type": "hdd"}],
        "power_supply": {"units": 2, "unit_weight": 10},
    },
    "usage": {"hours_electrical_consumption": 300, "usage_location": "FRA"},
}
LONG, PATIENCE = 1000, 5.0  # lines, and the aim for the 99th percentile of their time in ms, at one client


class Pair(NamedTuple):
    """A plan of so many lines against a request of theirs, and how many times the requests we aim at."""

    lines: int
    what: str
    path: str
    body: bytes
    aim: float


PAIRS = (
    Pair(1, "a smartphone", "/v1/terminal/smartphone", b"", 1.3),
    Pair(100, "a server", "/v1/server/", orjson.dumps(SERVER), 7.0),
)


def installed() -> str:
    """Set the peer up, once; what kept it from being installed, or nothing."""
    python, done = str(VENV / "bin" / "python"), VENV / "ready"
    if done.exists():
        return ""
    for command in ([sys.executable, "-m", "venv", str(VENV)], [python, "-m", "pip", "-qq", "install", *PINNED]):
        ran = subprocess.run(command, capture_output=True, text=True, check=False)
        if ran.returncode:
            return (ran.stderr.strip() or "no reason was given").splitlines()[-1]
    done.touch()
    return ""


def peer_table(effort: Effort, folder: Path) -> Table:
    """Requests a second at 8 clients, in turn with theirs; then a long plan at one client. All of ours without range,
    under a key."""
    name, load = generator()
    table = Table(
        *("a plan of", "beside", "requests/s", "theirs", "of theirs", "aim", "p99, ms", "theirs"), title=f"load: {name}"
    )
    key = made_key(folder)
    with ours(SERVICE, folder) as port, _theirs(folder) as peer:
        for pair in PAIRS:
            own = {f"{pair.lines} lines, {what}": ask for what, ask in _asked(port, key, pair.lines, CLIENTS).items()}
            asked = {"theirs": Ask(peer, pair.path, pair.body), **own}
            seen = best_of({what: partial(load, ask, effort.seconds) for what, ask in asked.items()}, effort.rounds)
            _add_pair(table, pair, seen)
        asked = {f"{LONG} lines, {what}": ask for what, ask in _asked(port, key, LONG, 1).items()}
        seen = best_of({what: partial(load, ask, effort.seconds) for what, ask in asked.items()}, effort.rounds)
        for what, own_load in seen.items():
            aim = f"p99 under {PATIENCE:g} ms"
            table.add_row(what, "one client", f"{own_load.rate:.0f}", "", "", aim, f"{own_load.p99:.1f}", "")
    return table


def _asked(port: int, key: str, lines: int, clients: int) -> dict[str, Ask]:
    body = orjson.dumps(bench_plan(lines, range=False))
    routes = {"not stored": NOT_STORED, "stored": STORED}
    return {what: Ask(port, path, body, key, clients) for what, path in routes.items()}


def _add_pair(table: Table, pair: Pair, seen: dict[str, Load]) -> None:
    theirs = seen.pop("theirs")
    for what, own in seen.items():
        table.add_row(
            *(what, pair.what, f"{own.rate:.0f}", f"{theirs.rate:.0f}"),
            *(f"×{own.rate / theirs.rate:.2f}", f"×{pair.aim}", f"{own.p99:.1f}", f"{theirs.p99:.1f}"),
        )


def _theirs(folder: Path) -> AbstractContextManager[int]:
    command = (str(VENV / "bin" / "gunicorn"), "-k", "uvicorn.workers.UvicornWorker", *WORKERS, "boaviztapi.main:app")
    return serving(command, {"PYTHONPATH": ""}, folder)
