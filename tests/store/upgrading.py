"""Work in processes of their own: killed, as by `kill -9`, once the nth statement is done, or many upgrades at once."""

import multiprocessing
import os
import signal
from collections.abc import Callable
from multiprocessing.synchronize import Barrier
from typing import Any

from sqlalchemy import Engine, event

from carbon_api.errors import Unavailable
from carbon_api.store.schema import upgrade

# Each process is a copy of one that has loaded all this already.
PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload(["upgrading", "alembic.command", "carbon_api.store.postgresql"])
PATIENCE = 60


def killed_after(work: Callable[..., object], arguments: tuple[Any, ...], statements: int) -> bool:
    """Whether some work was killed after that many statements; False if it was done before."""
    process = PROCESSES.Process(target=_until, args=(work, arguments, statements))
    process.start()
    process.join(PATIENCE)
    assert process.exitcode in {0, -signal.SIGKILL}
    return process.exitcode != 0


def _until(work: Callable[..., object], arguments: tuple[Any, ...], last: int) -> None:
    done = 0

    @event.listens_for(Engine, "after_cursor_execute")
    def _count(*_: Any) -> None:
        nonlocal done
        done += 1
        if done == last:
            os.kill(os.getpid(), signal.SIGKILL)

    work(*arguments)


def faults_together(urls: list[str], at_once: int) -> list[str]:
    """What several upgrades of each database at once say that went wrong."""
    start, faults = PROCESSES.Barrier(at_once), PROCESSES.SimpleQueue()
    started = [PROCESSES.Process(target=_upgrade_all, args=(urls, start, faults)) for _ in range(at_once)]
    for process in started:
        process.start()
    found = [fault for _ in started for fault in faults.get()]
    for process in started:
        process.join(PATIENCE)
    return found


def _upgrade_all(urls: list[str], start: Barrier, faults: "multiprocessing.SimpleQueue[list[str]]") -> None:
    found = []
    for url in urls:
        start.wait()
        try:
            upgrade(url)
        except Unavailable as fault:
            found.append(fault.detail)
    faults.put(found)
