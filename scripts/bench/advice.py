"""What advice on a plan costs."""

from functools import partial

from rich.table import Table

from carbon_api.advice.catalog import LEVERS
from carbon_api.advice.goal import Goal
from carbon_api.advice.recommend import Asked, recommend
from carbon_api.estimate.run import estimate_plan
from carbon_api.factor_book.book import book
from carbon_api.plan.load import parse_plan
from scripts.bench.effort import Effort, best
from scripts.bench.plans import mixed_plan

NEARLY_REACHED = 0.2  # of a total: a ceiling that central values reach and not every draw, so that all is tried


def advice_table(effort: Effort) -> Table:
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


def enough_table(effort: Effort) -> Table:
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
