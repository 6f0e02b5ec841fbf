"""`carbon-api estimate`: a plan in, its estimate out, offline."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from carbon_api.cli.failure import name_file
from carbon_api.errors import UsageError
from carbon_api.wording import LANGUAGES, Language

if TYPE_CHECKING:
    from carbon_api.plan.model import Plan


@click.command()
@click.argument("plan", type=click.Path())
@click.option("--method", metavar="ID", help="The method to use instead of the plan's; see `carbon-api methods`.")
@click.option("--json", "as_json", is_flag=True, help="Print the whole answer as JSON, for programs.")
@click.option("--no-range", is_flag=True, help="Leave out the range; quicker.")
@click.option("--language", type=click.Choice(LANGUAGES), default="en", help="The language of the summary.")
@click.pass_context
def estimate(
    ctx: click.Context, plan: str, method: str | None, as_json: bool, no_range: bool, language: Language
) -> None:
    """Estimate the footprint of a PLAN (a JSON or YAML file), without a server."""
    name_file(ctx.meta, plan)
    answer = answered(plan, method, no_range)
    if as_json:
        from orjson import OPT_INDENT_2, dumps

        click.echo(dumps(answer, option=OPT_INDENT_2))
        return
    from rich.console import Console

    from carbon_api.cli.summary import print_summary

    print_summary(answer, Console(), language)


def answered(path: str, method: str | None, no_range: bool) -> dict[str, Any]:
    """The answer for the plan in a file, under the method and with the range that the command line asks for."""
    from carbon_api.estimate.run import estimate_plan
    from carbon_api.factor_book.book import book
    from carbon_api.plan.load import load_plan_file

    return estimate_plan(asked(load_plan_file(path), method, no_range), book())


def asked(plan: "Plan", method: str | None, no_range: bool) -> "Plan":
    """The plan with what the command line changes in it. UsageError for a method that is not there."""
    from carbon_api.methods.catalog import METHODS

    if method is not None and method not in METHODS:
        raise UsageError(f"There is no method '{method}'. Valid: {', '.join(METHODS)}.")
    uncertainty = replace(plan.uncertainty, range=False) if no_range else plan.uncertainty
    return replace(plan, method=method or plan.method, uncertainty=uncertainty)
