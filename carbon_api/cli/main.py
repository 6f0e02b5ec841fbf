"""`carbon-api`: the commands by name, and how an error leaves the house.

Exit codes: 0 ok, 2 usage or configuration, 3 the data that is read, 5 unavailable, and those of `output` for what cuts
it short.
"""

from typing import Any

import click

from carbon_api.cli.advise import advise
from carbon_api.cli.catalog import factors, methods
from carbon_api.cli.compare import compare
from carbon_api.cli.database import db
from carbon_api.cli.estimate import estimate
from carbon_api.cli.failure import failure
from carbon_api.cli.keys import keys
from carbon_api.cli.output import leaving_cleanly
from carbon_api.cli.service import openapi, serve
from carbon_api.cli.verify import verify
from carbon_api.errors import CarbonError


class Commands(click.Group):
    """A group that prints every error of ours on stderr and leaves with its exit code."""

    def make_context(self, *arguments: Any, **options: Any) -> click.Context:
        with leaving_cleanly():  # --help and --version print here
            return super().make_context(*arguments, **options)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            with leaving_cleanly():
                return super().invoke(ctx)
        except CarbonError as error:
            click.echo(failure(error, ctx.meta), err=True)
            ctx.exit(error.exit_code)


def print_version(ctx: click.Context, _option: click.Parameter, asked: bool) -> None:
    """Print the version and leave; the package's metadata is read only when it is asked for."""
    if asked:
        from importlib.metadata import version

        click.echo(f"carbon-api {version('carbon-api')}")
        ctx.exit()


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=print_version, help="Print the version."
)
def main() -> None:
    """Estimate the greenhouse-gas footprint of social-media activity, from published factors, with its range."""


for command in (estimate, advise, compare, verify, serve, factors, methods, openapi, db, keys):
    main.add_command(command)
