"""What starting costs, each part of an estimate in process, and what stands beside it."""

import subprocess
import sys
from functools import partial

import orjson
from rich.table import Table

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
from carbon_api.plan.load import load_plan
from scripts.bench.effort import ROOT, Effort, best
from scripts.bench.plans import bench_plan


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


def starting_table(effort: Effort) -> Table:
    """What starting costs."""
    book_rows = len(book().release(None).rows)
    table = Table("starting", "ms")
    table.add_row(f"loading the factor book, {book_rows} rows", f"{best(load_book, effort.rounds):.0f}")
    for arguments in (["--help"], ["estimate", "examples/launch.yaml"]):
        command = [sys.executable, "-m", "carbon_api.cli", *arguments]
        run = partial(subprocess.run, command, check=True, stdout=subprocess.DEVNULL, cwd=ROOT)
        table.add_row(f"carbon-api {' '.join(arguments)}", f"{best(run, effort.rounds):.0f}")
    return table


def parts_table(effort: Effort) -> Table:
    """What the parts of an estimate cost."""
    table = Table("lines", "read and validate, ms", "inventory and method, ms", "of the reading", "range, ms")
    for lines in effort.sizes:
        cost = parts(lines, effort.rounds)
        reading, pricing = cost["read and validate"], cost["inventory and method"]
        table.add_row(
            str(lines), f"{reading:.2f}", f"{pricing:.2f}", f"{pricing / reading:.2f}", f"{cost['range']:.1f}"
        )
    return table


def beside_table(effort: Effort) -> Table:
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
