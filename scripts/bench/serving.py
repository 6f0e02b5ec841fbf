"""Servers under load: gunicorn with two workers on a free loopback port, stopped by its own process id."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import BinaryIO

from carbon_api.store.engine import Database
from carbon_api.store.estimates import WORKSPACE
from carbon_api.store.keys import SCOPES, create_key
from carbon_api.store.schema import upgrade
from scripts.bench.effort import ROOT

STARTING = 60.0
WORKERS = ("--workers", "2")
BEYOND = dict.fromkeys(("CARBON_RATE_LIMIT", "CARBON_COMPUTE_LIMIT"), "999999999999/minute")  # counted, and never met


def made_key(folder: Path) -> str:
    """A key of the database that our servers of this folder keep their estimates in."""
    upgrade(_url(folder))
    database = Database(_url(folder))
    try:
        return create_key(database, WORKSPACE, "bench", SCOPES).text
    finally:
        database.engine.dispose()


def ours(application: str, folder: Path) -> contextlib.AbstractContextManager[int]:
    """An application of ours, as the service runs."""
    settings = ("-c", "python:carbon_api.gunicorn_conf", *WORKERS, "--threads", "2")
    environment = {"CARBON_DATABASE_URL": _url(folder), "PYTHONPATH": str(ROOT), **BEYOND}
    return serving((sys.executable, "-m", "gunicorn", *settings, application), environment, folder)


@contextlib.contextmanager
def serving(command: Sequence[str], environment: Mapping[str, str], folder: Path) -> Iterator[int]:
    """The port that gunicorn, so called, listens on."""
    port = _free_port()
    with (
        (folder / f"{port}.log").open("w+b") as log,  # a pipe that nobody reads would fill up and stop the server
        subprocess.Popen(
            [*command, "-b", f"127.0.0.1:{port}"],
            cwd=folder,  # no settings that lie about
            env={**os.environ, **environment},
            stdout=subprocess.DEVNULL,
            stderr=log,
        ) as server,
    ):
        try:
            _wait(port, server, log)
            yield port
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(STARTING)


def _url(folder: Path) -> str:
    return f"sqlite:///{folder}/bench.db"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(port: int, server: "subprocess.Popen[bytes]", log: BinaryIO) -> None:
    deadline = time.monotonic() + STARTING
    while time.monotonic() < deadline and server.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.05)
    log.seek(0)
    raise SystemExit(f"the server did not start: {log.read().decode()}")
