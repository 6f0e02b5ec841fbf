"""`carbon-api compare`: a plan under several methods or two factor releases, or two plans, offline."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from carbon_api.cli.reading import note_withdrawn, plan_at
from carbon_api.errors import UsageError
from carbon_api.wording import LANGUAGES, Language

if TYPE_CHECKING:
    from carbon_api.factor_book.book import Book
    from carbon_api.plan.model import Plan

TWICE = "the same is listed twice; write each once"
ONE_QUESTION = "compare one PLAN under --method (twice or more) or under --releases, or two plans without either"


@click.command()
@click.argument("plans", metavar="PLAN [OTHER]", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--method", "methods", multiple=True, metavar="ID", help="A method to compare under; give two or more.")
@click.option("--releases", nargs=2, metavar="ID ID", help="The two factor releases to compare under.")
@click.option("--json", "as_json", is_flag=True, help="Print the whole answer as JSON, for programs.")
@click.option("--no-range", is_flag=True, help="Leave out the ranges; quicker.")
@click.option("--language", type=click.Choice(LANGUAGES), default="en", help="The language of the tables.")
@click.pass_context
def compare(
    ctx: click.Context,
    plans: tuple[Path, ...],
    methods: tuple[str, ...],
    releases: tuple[str, str] | None,
    as_json: bool,
    no_range: bool,
    language: Language,
) -> None:
    """Compare a PLAN under every method (or some, or two factor releases), or with an OTHER plan."""
    plan, *others = plans
    if len(methods) == 1 or len(others) > 1 or sum(map(bool, (others, methods, releases))) > 1:
        raise UsageError(ONE_QUESTION)
    from carbon_api.factor_book.book import book

    _refuse_options(methods, releases or (), book())
    first = _read(ctx, plan, no_range)
    answer = _plans(ctx, first, others[0], no_range, book()) if others else _one(first, methods, releases, book())
    if as_json:
        from orjson import OPT_INDENT_2, dumps

        click.echo(dumps(answer, option=OPT_INDENT_2))
        return
    from carbon_api.cli.comparison import print_comparison
    from carbon_api.cli.summary import page

    print_comparison(answer, page(), language)


def _refuse_options(methods: tuple[str, ...], releases: tuple[str, ...], book: "Book") -> None:
    """UsageError for what the command line asks for twice, and for a method or a release that is not there."""
    from carbon_api.estimate.run import unknown_names

    if len(set(methods)) < len(methods) or len(set(releases)) < len(releases):
        raise UsageError(TWICE)
    of_methods = unknown_names("method", dict(zip(methods, methods, strict=True)), book)
    for fault in (*of_methods, *unknown_names("factor_release", dict(zip(releases, releases, strict=True)), book)):
        raise UsageError(f"{fault.detail}; there are {', '.join(fault.valid_values)}")


def _read(ctx: click.Context, file: Path, no_range: bool) -> "Plan":
    plan = plan_at(file, ctx.meta)
    return replace(plan, uncertainty=replace(plan.uncertainty, range=False)) if no_range else plan


def _plans(ctx: click.Context, first: "Plan", other: Path, no_range: bool, book: "Book") -> Mapping[str, Any]:
    """The comparison of two plans; a fault is found in the file whose plan is being priced."""
    from carbon_api.estimate.comparison.plans import Pair, alike, compare
    from carbon_api.estimate.run import basis_of, outcome_of

    before = outcome_of(first, basis_of(first, book))
    second = _read(ctx, other, no_range)
    pair = Pair(before, outcome_of(second, alike(first, second, book)))
    note_withdrawn(row for outcome in pair for row in outcome.inventory.rows())
    return {"compared": "plans", "plans": compare(pair)}


def _one(plan: "Plan", methods: tuple[str, ...], releases: tuple[str, str] | None, book: "Book") -> Mapping[str, Any]:
    from carbon_api.estimate.comparison.run import compare, rows_behind
    from carbon_api.plan.compared import Comparison

    asked = Comparison((plan,), methods, releases or (), plan.located)
    answer = compare(asked, book)
    note_withdrawn(rows_behind(asked, book))
    return answer
