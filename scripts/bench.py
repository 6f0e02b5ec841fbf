"""What estimating costs, best of five, as ratios within one run: machines are shared, so only ratios compare.

The ceiling is a Flask route that reads and validates the same body with the same schema and returns the bytes it got.
"""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from io import BufferedReader
from itertools import chain
from pathlib import Path
from typing import BinaryIO, NamedTuple

import orjson
from rich.console import Console
from rich.table import Table

from carbon_api.advice.catalog import LEVERS
from carbon_api.advice.goal import Goal
from carbon_api.advice.recommend import Asked, recommend
from carbon_api.estimate.breakdown import break_down
from carbon_api.estimate.comparison.methods import compare_methods
from carbon_api.estimate.comparison.plans import compare_plans
from carbon_api.estimate.pricing import needs_of, price
from carbon_api.estimate.run import estimate_plan, trace_plan
from carbon_api.estimate.subtotals import weights
from carbon_api.estimate.uncertainty import simulate
from carbon_api.factor_book.book import book
from carbon_api.factor_book.book import load as load_book
from carbon_api.inventory.build import build
from carbon_api.inventory.described import describe
from carbon_api.methods.catalog import METHODS, method
from carbon_api.plan.load import load_plan, parse_plan
from carbon_api.store.schema import upgrade
from scripts.bench_plans import bench_plan, mixed_plan

ROOT = Path(__file__).parents[1]
CLIENTS = 8
STARTING = 30.0
NEARLY_REACHED = 0.2  # of a total: a ceiling that central values reach and not every draw, so that all is tried


class Effort(NamedTuple):
    """How many lines the plans have, how often each work is timed, and how long each load lasts in s."""

    sizes: tuple[int, ...] = (1, 50, 1000)
    rounds: int = 5
    seconds: float = 1.5


QUICK = Effort((1,), 1, 0.1)  # shows that everything still runs; its figures mean nothing


class Load(NamedTuple):
    """What a load saw: requests a second, and the 50th and 99th percentile of their time in ms."""

    rate: float
    p50: float
    p99: float


def best(work: Callable[[], object], rounds: int) -> float:
    """The shortest time of the work in ms."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return 1000 * min(times)


def parts(lines: int, rounds: int) -> dict[str, float]:
    """The time of each part of an estimate, in process, in ms."""
    body = orjson.dumps(bench_plan(lines))
    plan, release, chosen = load_plan(body, "json"), book().release(None), method(None)
    inventory = build(describe(plan), release, needs_of(chosen))
    weighed = weights(plan, break_down(price(inventory, chosen), lines).priced_deliveries)
    repeats = rounds * 4 if lines < max(Effort().sizes) else rounds
    return {
        "read and validate": best(lambda: load_plan(body, "json"), repeats),
        "inventory and method": best(lambda: price(build(describe(plan), release, needs_of(chosen)), chosen), repeats),
        "range": best(lambda: simulate(inventory, chosen, plan.uncertainty, weighed), repeats),
    }


@contextlib.contextmanager
def serving(application: str, folder: Path) -> Iterator[int]:
    """gunicorn with two workers on a free loopback port, stopped by its own process id."""
    port = _free_port()
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "-c",
        "python:carbon_api.gunicorn_conf",
        "-b",
        f"127.0.0.1:{port}",
        "--workers",
        "2",
        "--threads",
        "2",
        application,
    ]
    upgrade(url := f"sqlite:///{folder}/bench.db")
    unlimited = {"CARBON_RATE_LIMIT": "none", "CARBON_COMPUTE_LIMIT": "none"}
    environment = {**os.environ, "CARBON_DATABASE_URL": url, "PYTHONPATH": str(ROOT), **unlimited}
    with (
        (folder / f"{port}.log").open("w+b") as log,  # a pipe that nobody reads would fill up and stop the server
        subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=log) as server,
    ):
        try:
            _wait(port, server, log)
            yield port
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(STARTING)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(port: int, server: "subprocess.Popen[bytes]", log: BinaryIO) -> None:
    deadline = time.monotonic() + STARTING
    while time.monotonic() < deadline and server.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.05)
    log.seek(0)
    raise SystemExit(f"the server did not start: {log.read().decode()}")


def load(port: int, path: str, body: bytes, seconds: float) -> Load:
    """CLIENTS connections post the body for so long; every answer must be 2xx."""
    request = b"POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % (
        path.encode(),
        len(body),
    )
    start = time.perf_counter()
    with ThreadPoolExecutor(CLIENTS) as clients:
        seen = clients.map(lambda _: _client(port, request + body, start + seconds), range(CLIENTS))
        ordered = sorted(chain.from_iterable(seen))
    elapsed = time.perf_counter() - start
    return Load(len(ordered) / elapsed, 1000 * _percentile(ordered, 0.5), 1000 * _percentile(ordered, 0.99))


def _percentile(ordered: list[float], part: float) -> float:
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))]


def _client(port: int, request: bytes, stop: float) -> list[float]:
    """The time of each request until then, one after the other."""
    times: list[float] = []
    with socket.create_connection(("127.0.0.1", port)) as connection, connection.makefile("rb") as answers:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        while (start := time.perf_counter()) < stop:
            connection.sendall(request)
            _read(answers)
            times.append(time.perf_counter() - start)
    return times


def _read(answers: BufferedReader) -> None:
    status = answers.readline()
    if not status.startswith(b"HTTP/1.1 2"):
        raise SystemExit(f"the server answered {status!r}")
    length = 0
    while (header := answers.readline()) not in {b"\r\n", b""}:
        if header.lower().startswith(b"content-length:"):
            length = int(header.split(b":")[1])
    answers.read(length)


def main() -> None:
    """Prints what starting costs, then the parts of an estimate in process, then estimates through gunicorn."""
    console, effort = Console(), QUICK if sys.argv[1:] == ["--quick"] else Effort()
    for table in (_starting_table, _parts_table, _beside_table, _advice_table, _enough_table):
        console.print(table(effort))
    with tempfile.TemporaryDirectory() as folder:
        console.print(_service_table(effort, Path(folder)))


def _starting_table(effort: Effort) -> Table:
    book_rows = len(book().release(None).rows)
    table = Table("starting", "ms")
    table.add_row(f"loading the factor book, {book_rows} rows", f"{best(load_book, effort.rounds):.0f}")
    for arguments in (["--help"], ["estimate", "examples/launch.yaml"]):
        command = [sys.executable, "-m", "carbon_api.cli", *arguments]
        run = partial(subprocess.run, command, check=True, stdout=subprocess.DEVNULL, cwd=ROOT)
        table.add_row(f"carbon-api {' '.join(arguments)}", f"{best(run, effort.rounds):.0f}")
    return table


def _parts_table(effort: Effort) -> Table:
    table = Table("lines", "read and validate, ms", "inventory and method, ms", "of the reading", "range, ms")
    for lines in effort.sizes:
        cost = parts(lines, effort.rounds)
        reading, pricing = cost["read and validate"], cost["inventory and method"]
        table.add_row(
            str(lines), f"{reading:.2f}", f"{pricing:.2f}", f"{pricing / reading:.2f}", f"{cost['range']:.1f}"
        )
    return table


def _beside_table(effort: Effort) -> Table:
    """What a trace and comparisons cost without ranges, as multiples of one estimate."""
    table = Table("lines", "estimate, ms", "trace", "two plans", "every method, twice", "trace, kB")
    for lines in effort.sizes:
        body = orjson.dumps(bench_plan(lines, range=False))
        plan, other = load_plan(body, "json"), load_plan(body, "json")
        whole, *costs = (
            best(work, effort.rounds)
            for work in (
                partial(estimate_plan, plan, book()),
                partial(trace_plan, plan, book()),
                partial(compare_plans, plan, other, book()),
                partial(compare_methods, plan, book(), tuple(METHODS)),
            )
        )
        size = len(orjson.dumps(trace_plan(plan, book()))) / 1000
        table.add_row(str(lines), f"{whole:.1f}", *(f"×{cost / whole:.1f}" for cost in costs), f"{size:.0f}")
    return table


def _advice_table(effort: Effort) -> Table:
    """What all the advice on a plan costs, with its range; the aim is 1.5 s for 50 lines."""
    table = Table("lines of every kind", "estimate, ms", "all levers, ms", "of the estimate", "levers that apply")
    for lines in effort.sizes:
        plan = parse_plan(mixed_plan(lines))
        whole = best(partial(estimate_plan, plan, book()), effort.rounds)
        answer = recommend(Asked(plan), book())
        spent = best(partial(recommend, Asked(plan), book()), effort.rounds)
        applying = len(LEVERS) - len(answer["not_applicable"])
        table.add_row(
            str(lines), f"{whole:.1f}", f"{spent:.0f}", f"×{spent / whole:.1f}", f"{applying} of {len(LEVERS)}"
        )
    return table


def _enough_table(effort: Effort) -> Table:
    """What the same advice costs with a ceiling so low that all is tried; the aim is 3 s for 50 lines."""
    table = Table(
        "lines of every kind", "with a ceiling, ms", "levers considered", "sets tried", "looked at in the draws"
    )
    for lines in effort.sizes:
        plan = parse_plan(mixed_plan(lines))
        total = estimate_plan(plan, book())["total"]["central"]
        wanted = Asked(plan, enough=Goal(total * NEARLY_REACHED, confidence=1.0))
        found = recommend(wanted, book())["enough"]
        spent = best(partial(recommend, wanted, book()), effort.rounds)
        counts = len(found["considered"]), found["sets_tried"], found["sets_looked_at"]
        table.add_row(str(lines), f"{spent:.0f}", *map(str, counts))
    return table


def _service_table(effort: Effort, folder: Path) -> Table:
    table = Table("lines", "route", "requests/s", "of the ceiling", "p50, ms", "p99, ms")
    with (
        serving("scripts.bench_ceiling:create_app()", folder) as ceiling,
        serving("carbon_api.web.app:create_app()", folder) as port,
    ):
        for lines in effort.sizes:
            plain, ranged = (orjson.dumps(bench_plan(lines, range=wanted)) for wanted in (False, True))
            runs = {
                "ceiling": partial(load, ceiling, "/ceiling", plain, effort.seconds),
                "not stored, no range": partial(load, port, "/v1/estimates?persist=false", plain, effort.seconds),
                "stored, no range": partial(load, port, "/v1/estimates", plain, effort.seconds),
                "not stored, range": partial(load, port, "/v1/estimates?persist=false", ranged, effort.seconds),
                "stored, range": partial(load, port, "/v1/estimates", ranged, effort.seconds),
            }
            fastest = _best_of(runs, effort.rounds)
            for name, seen in fastest.items():
                share = seen.rate / fastest["ceiling"].rate
                table.add_row(
                    str(lines), name, f"{seen.rate:.0f}", f"{share:.2f}", f"{seen.p50:.1f}", f"{seen.p99:.1f}"
                )
    return table


def _best_of(runs: Mapping[str, Callable[[], Load]], rounds: int) -> dict[str, Load]:
    """The fastest of the rounds of each, taken in turn so that a busy moment hits all alike."""
    seen: dict[str, list[Load]] = {name: [] for name in runs}
    for _ in range(rounds):
        for name, run in runs.items():
            seen[name].append(run())
    return {name: max(loads) for name, loads in seen.items()}


if __name__ == "__main__":
    main()
