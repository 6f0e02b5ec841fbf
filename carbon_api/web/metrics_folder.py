"""The folder in which the workers of a service count, so that any of them can tell the figures of all.

Each has files there by its number. The next worker with that number goes on counting in them: no count is lost when one
dies, and there are never more files than there were workers at once.
"""

import atexit
import fcntl
import os
import shutil
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from prometheus_client.multiprocess import mark_process_dead

from carbon_api.web.sockets import Worker

PREFIX = "carbon-api-"
UNFINISHED = ".new"
VARIABLE = "PROMETHEUS_MULTIPROC_DIR"  # the library's own name for it

_own = {"number": "master"}


def number() -> str:
    """What this process counts under."""
    return _own["number"]


def make_folder(folder: Path) -> None:
    """Make the folder, which goes when this process does; what services that were killed have left goes now."""
    for other in folder.parent.glob(f"{PREFIX}*"):
        if other.suffix != UNFINISHED:
            _remove_abandoned(other)
    unfinished = folder.with_name(folder.name + UNFINISHED)
    unfinished.mkdir(mode=0o700)
    _lock(unfinished)
    unfinished.rename(folder)
    atexit.register(_remove, folder, os.getpid())


def _lock(folder: Path) -> int:
    """Hold the folder, with every process that is forked from this one, until all are gone; BlockingIOError if others
    hold it."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        raise
    return descriptor


def _remove_abandoned(folder: Path) -> None:
    with suppress(OSError):  # it is in use, or another user's
        descriptor = _lock(folder)
        shutil.rmtree(folder, ignore_errors=True)
        os.close(descriptor)


def _remove(folder: Path, maker: int) -> None:
    if os.getpid() == maker:  # and not a worker that is ending
        shutil.rmtree(folder, ignore_errors=True)


def take_number(others: Iterable[Worker], worker: Worker) -> None:
    """In the master: the lowest number that no other worker has."""
    taken = {other.number for other in others}
    worker.number = next(free for free in range(len(taken) + 1) if free not in taken)


def count_as(worker: Worker) -> None:
    """In the worker: its counts are those of its number."""
    _own["number"] = str(worker.number)


def forget(worker: Worker, folder: Path) -> None:
    """In the master: a worker has gone, and with it what it was doing; its counts stay."""
    mark_process_dead(worker.number, str(folder))  # type: ignore[no-untyped-call]  # the library says no types
