"""What estimates cost through gunicorn, beside a route that only reads the same plans."""

from functools import partial
from pathlib import Path

import orjson
from rich.table import Table

from scripts.bench.asking import Ask, best_of
from scripts.bench.effort import Effort
from scripts.bench.plans import bench_plan
from scripts.bench.serving import made_key, ours
from scripts.bench.wrk import generator

SERVICE = "carbon_api.web.app:create_app()"
STORED, NOT_STORED = "/v1/estimates", "/v1/estimates?persist=false"


def service_table(effort: Effort, folder: Path) -> Table:
    """Requests a second under a key, of the ceiling: a Flask route that reads and validates the same body with the same
    schema and returns the bytes it got."""
    name, load = generator()
    table = Table("lines", "route", "requests/s", "of the ceiling", "p50, ms", "p99, ms", title=f"8 clients: {name}")
    key = made_key(folder)
    with ours("scripts.bench.ceiling:create_app()", folder) as ceiling, ours(SERVICE, folder) as port:
        for lines in effort.sizes:
            plain, ranged = (orjson.dumps(bench_plan(lines, range=wanted)) for wanted in (False, True))
            asked = {
                "ceiling": Ask(ceiling, "/ceiling", plain),
                "not stored, no range": Ask(port, NOT_STORED, plain, key),
                "stored, no range": Ask(port, STORED, plain, key),
                "not stored, range": Ask(port, NOT_STORED, ranged, key),
                "stored, range": Ask(port, STORED, ranged, key),
            }
            runs = {what: partial(load, ask, effort.seconds) for what, ask in asked.items()}
            fastest = best_of(runs, effort.rounds)
            for what, seen in fastest.items():
                share = seen.rate / fastest["ceiling"].rate
                table.add_row(
                    str(lines), what, f"{seen.rate:.0f}", f"{share:.2f}", f"{seen.p50:.1f}", f"{seen.p99:.1f}"
                )
    return table
