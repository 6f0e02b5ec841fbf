"""`carbon-api estimate`: a plan in, its estimate out, offline."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from carbon_api.cli.reading import note_withdrawn, plan_at
from carbon_api.errors import UsageError
from carbon_api.wording import LANGUAGES, Language

if TYPE_CHECKING:
    from carbon_api.plan.model import Plan


@click.command()
@click.argument("plan", type=click.Path(path_type=Path))
@click.option("--method", metavar="ID", help="The method to use instead of the plan's; see `carbon-api methods`.")
@click.option("--json", "as_json", is_flag=True, help="Print the whole answer as JSON, for programs.")
@click.option(
    "--trace", "as_trace", is_flag=True, help="Print all that it was made of as JSON, for `carbon-api verify`."
)
@click.option("--no-range", is_flag=True, help="Leave out the range; quicker.")
@click.option("--language", type=click.Choice(LANGUAGES), default="en", help="The language of the summary.")
@click.pass_context
def estimate(
    ctx: click.Context,
    plan: Path,
    method: str | None,
    as_json: bool,
    as_trace: bool,
    no_range: bool,
    language: Language,
) -> None:
    """Estimate the footprint of a PLAN (a JSON or YAML file, or - for standard input), without a server."""
    from carbon_api.estimate.run import estimated, trace_plan
    from carbon_api.factor_book.book import book

    wanted = asked(plan_at(plan, ctx.meta), method, no_range)
    if as_trace:
        _print(trace_plan(wanted, book()))
        return
    made = estimated(wanted, book())
    note_withdrawn(made.rows)
    if as_json:
        _print(made.answer)
        return
    from carbon_api.cli.summary import page, print_summary

    print_summary(made.answer, page(), language)


def _print(document: Mapping[str, Any]) -> None:
    from orjson import OPT_INDENT_2, dumps

    click.echo(dumps(document, option=OPT_INDENT_2))


def asked(plan: "Plan", method: str | None, no_range: bool) -> "Plan":
    """The plan with what the command line changes in it. UsageError for a method that is not there."""
    from carbon_api.methods.catalog import METHODS

    if method is not None and method not in METHODS:
        raise UsageError(f"there is no method '{method}'; the methods are {', '.join(METHODS)}")
    uncertainty = replace(plan.uncertainty, range=False) if no_range else plan.uncertainty
    return replace(plan, method=method or plan.method, uncertainty=uncertainty)
