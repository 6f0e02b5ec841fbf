"""`carbon-api advise`: what to change in a plan, and what that saves, offline."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from carbon_api.cli.estimate import asked
from carbon_api.cli.reading import plan_at
from carbon_api.errors import PlanInvalid, PlanUnreadable, UsageError
from carbon_api.wording import LANGUAGES, Language

if TYPE_CHECKING:
    from carbon_api.plan.model import Plan

ACTORS = ("agency", "client", "platform")
SET = "LEVER.PARAMETER=VALUE"


@click.command()
@click.argument("plan", type=click.Path(path_type=Path))
@click.option("--as", "act_as", multiple=True, type=click.Choice(ACTORS), help="Who can act; everyone by default.")
@click.option("--set", "settings", multiple=True, metavar=SET, help="How hard a lever is pulled.")
@click.option("--together", multiple=True, metavar="LEVER", help="A lever to combine; give several, in order.")
@click.option(
    "--enough",
    metavar="CEILING",
    help="The few levers that bring the plan under it, such as '500 kg'; met or not, the exit code is 0.",
)
@click.option("--per", metavar="WHAT", help="What the ceiling is per, such as '1000 impressions'.")
@click.option("--confidence", type=float, help="The share of the draws that must stay under the ceiling.")
@click.option("--reallocate", is_flag=True, help="Move impressions between the plan's own ads.")
@click.option("--explain", metavar="LEVER", help="The lever to explain, instead of the first.")
@click.option("--method", metavar="ID", help="The method to use instead of the plan's; see `carbon-api methods`.")
@click.option("--json", "as_json", is_flag=True, help="Print the whole answer as JSON, for programs.")
@click.option("--no-range", is_flag=True, help="Leave out the ranges; quicker.")
@click.option("--language", type=click.Choice(LANGUAGES), default="en", help="The language of the advice.")
@click.pass_context
def advise(
    ctx: click.Context, /, plan: Path, explain: str | None, as_json: bool, language: Language, **wanted: Any
) -> None:
    """Say what to change in a PLAN (a JSON or YAML file, or - for standard input): every lever tried on it."""
    refuse_unknown([*wanted["together"], *([explain] if explain else [])])
    refuse_alone(wanted)
    options = _asked(wanted)
    answer = _advice(asked(plan_at(plan, ctx.meta), wanted["method"], wanted["no_range"]), options)
    if as_json:
        from orjson import OPT_INDENT_2, dumps

        click.echo(dumps(answer, option=OPT_INDENT_2))
        return
    from carbon_api.cli.advice import print_advice
    from carbon_api.cli.summary import page

    print_advice(answer, page(), language, explain)


def _asked(wanted: Mapping[str, Any]) -> Mapping[str, Any]:
    """What the options ask for, as a request writes it."""
    levers = strengths(wanted["settings"])
    written = {"act_as": list(wanted["act_as"]), "levers": levers, "together": list(wanted["together"])}
    asked_for = {name: value for name, value in written.items() if value}
    return {**asked_for, **_ceiling(wanted), **_moved(wanted)}


def _advice(plan: "Plan", written: Mapping[str, Any]) -> Mapping[str, Any]:
    """The advice on a plan. UsageError where the options, and not the plan, are at fault."""
    from carbon_api.advice.asked import request
    from carbon_api.advice.recommend import recommend
    from carbon_api.factor_book.book import book

    try:
        wanted = request(plan, written)
    except PlanInvalid as fault:
        told = "; ".join(f"{finding.pointer[1:]}: {finding.detail}" for finding in fault.findings)
        raise UsageError(f"what is asked for cannot be used. {told}") from fault
    return recommend(wanted, book())


def refuse_alone(wanted: Mapping[str, Any]) -> None:
    """UsageError for an option that says more of a ceiling, where there is none."""
    for name in ("per", "confidence"):
        if wanted[name] is not None and wanted["enough"] is None:
            raise UsageError(f"--{name} is of a ceiling; add --enough, such as --enough '500 kg'.")


def _ceiling(wanted: Mapping[str, Any]) -> dict[str, Any]:
    """The ceiling as a request writes it; nothing where none is asked for."""
    if wanted["enough"] is None:
        return {}
    of = {"intensity": as_written(wanted["enough"]), "per": wanted["per"]}
    ceiling = of if wanted["per"] else {"total": of["intensity"]}
    sure = {} if wanted["confidence"] is None else {"confidence": wanted["confidence"]}
    return {"enough": {**ceiling, **sure}}


def _moved(wanted: Mapping[str, Any]) -> dict[str, Any]:
    return {"reallocate": {}} if wanted["reallocate"] else {}


def refuse_unknown(levers: Sequence[str]) -> None:
    """UsageError for a lever that is not there."""
    from carbon_api.advice.catalog import LEVERS

    for id in levers:
        if id not in LEVERS:
            raise UsageError(f"there is no lever '{id}'; the levers are {', '.join(LEVERS)}")


def strengths(settings: Sequence[str]) -> dict[str, dict[str, Any]]:
    """The parameters of levers, by the lever's id. UsageError for what is not written as one."""
    found: dict[str, dict[str, Any]] = {}
    for setting in settings:
        name, equals, value = setting.partition("=")
        lever, point, parameter = name.partition(".")
        if not (lever and point and parameter and equals and value):
            raise UsageError(f"'{setting}' is not written as {SET}, such as tighter-targeting.to=0.8")
        if parameter in found.setdefault(lever, {}):
            raise UsageError(f"{lever}.{parameter} is set twice; set it once.")
        found[lever][parameter] = as_written(value)
    return found


def as_written(text: str) -> Any:
    """A number where the text is one, as in a plan; else the text."""
    from carbon_api.plan.reader import read

    try:
        return read(text.encode(), "yaml").value
    except PlanUnreadable as fault:
        raise UsageError(f"'{text}' cannot be read as a value; put quotes around it.") from fault
