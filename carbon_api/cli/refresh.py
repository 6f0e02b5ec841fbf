"""`carbon-api factors refresh`: a publisher's table fetched, and what it would change proposed as a diff."""

from datetime import date
from pathlib import Path

import click

from carbon_api.cli.failure import name_file
from carbon_api.errors import UsageError

ALREADY = "{output} is there already, and is not written over; name another file, or take it away first"


@click.command()
@click.argument("table")
@click.option("--release", required=True, metavar="ID", help="The new factor release that it is for, such as 2027.05.")
@click.option("--source", metavar="URL", help="Where to fetch it.  [default: the address in factors/publishers/]")
@click.option("--leave", multiple=True, metavar="COUNTRY", help="Leave a country's rows as they are; repeatable.")
@click.option(
    "--output", type=click.Path(dir_okay=False, path_type=Path), help="A new file for the diff.  [default: stdout]"
)
@click.pass_context
def refresh(
    ctx: click.Context, table: str, release: str, source: str | None, leave: tuple[str, ...], output: Path | None
) -> None:
    """Fetch a publisher's TABLE (grid) and propose its new values as a diff, for `git apply`.

    When anything about it is odd, nothing is printed or written but what is odd; --leave sets aside a country that a
    person has looked at. Exit 3 for an odd table, 5 for one that cannot be fetched.
    """
    from carbon_api.factor_book.refresh.publisher import publisher
    from carbon_api.factor_book.refresh.run import Wanted, refreshed
    from carbon_api.units import factors_folder

    known = publisher(table, factors_folder())
    if output and output.exists():  # said before anybody is asked for the table
        raise UsageError(ALREADY.format(output=output))
    address = source or known.address
    name_file(ctx.meta, address)
    proposed = refreshed(factors_folder(), Wanted(known, release, address, date.today(), leave))
    click.echo(f"New values: {proposed.values}, of which {proposed.replacing} replace another.", err=True)
    if proposed.unheld:
        click.echo(f"The factor book has no row for {', '.join(proposed.unheld)}; none is proposed.", err=True)
    if output is None or not proposed.diff:
        click.echo(proposed.diff, nl=False)
    else:
        write(output, proposed.diff)


def write(output: Path, diff: str) -> None:
    """Write the diff to a new file. UsageError when that cannot be, as where there is one already."""
    try:
        with output.open("x", encoding="utf-8") as file:
            file.write(diff)
    except FileExistsError as fault:
        raise UsageError(ALREADY.format(output=output)) from fault
    except OSError as fault:
        raise UsageError(f"{output} cannot be written: {fault.strerror}") from fault
