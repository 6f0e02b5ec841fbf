"""`carbon-api verify`: an estimate worked out anew from its trace."""

import json
from pathlib import Path

import click

from carbon_api.errors import TraceRefused
from carbon_api.verifier import NotATrace, count
from carbon_api.verifier import verify as differences_of

SHOWN = 20


@click.command()
@click.argument("trace", type=click.Path(path_type=Path))
def verify(trace: Path) -> None:
    """Work an estimate out anew from its TRACE (a JSON file), with arithmetic alone."""
    try:
        document = json.loads(trace.read_text("utf-8"))
        differences = differences_of(document)
    except (OSError, ValueError) as fault:
        raise TraceRefused(f"{trace}: {_reason(fault)}") from fault
    if differences:
        raise TraceRefused(f"{trace}: {len(differences)} figures do not hold\n" + "\n".join(differences[:SHOWN]))
    click.echo(f"{count(document)} stages of cells worked out anew; every figure holds.")


def _reason(fault: OSError | ValueError) -> str:
    if isinstance(fault, OSError):
        return fault.strerror or str(fault)
    return str(fault) if isinstance(fault, NotATrace) else f"not JSON in UTF-8 ({fault})"
