"""`carbon-api verify`: an estimate worked out anew from its trace."""

import sys
from pathlib import Path

import click

from carbon_api.cli.reading import STANDARD_INPUT
from carbon_api.errors import TraceRefused
from carbon_api.verifier import NotATrace, count, read
from carbon_api.verifier import verify as differences_of

SHOWN = 20


@click.command()
@click.argument("trace", type=click.Path(path_type=Path))
def verify(trace: Path) -> None:
    """Work an estimate out anew from its TRACE (a JSON file, or - for standard input), with arithmetic alone."""
    name = "standard input" if trace == STANDARD_INPUT else str(trace)
    try:
        document = read(sys.stdin.buffer.read() if trace == STANDARD_INPUT else trace.read_bytes())
        differences = differences_of(document)
    except OSError as fault:
        raise TraceRefused(f"{name}: {fault.strerror or fault}") from fault
    except NotATrace as fault:
        raise TraceRefused(f"{name}: {fault}") from fault
    if differences:
        raise TraceRefused(f"{name}: {len(differences)} figures do not hold\n" + "\n".join(differences[:SHOWN]))
    click.echo(f"{count(document)} stages of cells worked out anew; every figure holds.")
