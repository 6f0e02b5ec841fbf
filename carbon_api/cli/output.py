"""What happens when the output cannot be written: its reader has gone, its disk is full, someone pressed Ctrl-C."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click

from carbon_api.errors import Unavailable

# As a shell reports programs that these signals ended. None is 1, which a failed check is to have for itself.
READER_GONE = 128 + 13  # SIGPIPE
INTERRUPTED = 128 + 2  # SIGINT


@contextmanager
def leaving_cleanly() -> Iterator[None]:
    """Write all output before the end, and leave without a traceback when that cannot be."""
    try:
        yield
        sys.stdout.flush()
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    except BrokenPipeError:
        _drop_output()
        sys.exit(READER_GONE)
    except OSError as fault:
        if fault.filename is not None:  # no fault of the output
            raise
        _drop_output()
        click.echo(f"Error: {Unavailable.title}: the output cannot be written ({fault.strerror}).", err=True)
        sys.exit(Unavailable.exit_code)


def _drop_output() -> None:
    """Send what is left nowhere, or Python would try again at its end, and say that it failed."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
