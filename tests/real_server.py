"""The service as a user runs it: real processes on a free port of this machine, with a database of their own."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import requests

COMMAND = (sys.executable, "-m", "carbon_api.cli")
READY_WITHIN = 60.0


def free_port() -> int:
    """A port that nothing listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(data: Path, **more: str) -> Mapping[str, str]:
    """This environment, with the database in `data`."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("CARBON_")}
    return kept | {"CARBON_DATA_DIR": str(data)} | more


@contextmanager
def serving(data: Path, log: IO[str] | None = None, **more: str) -> Iterator[str]:
    """The address of a service that answers, stopped at the end; what it logs goes into a file, if there is one."""
    port, env = free_port(), environment(data, **more)
    subprocess.run([*COMMAND, "db", "upgrade"], cwd=data, env=env, check=True, stdout=subprocess.DEVNULL)
    server = subprocess.Popen([*COMMAND, "serve", "--port", str(port)], cwd=data, env=env, stderr=log)
    try:
        address = f"http://127.0.0.1:{port}"
        wait_until_ready(address, server)
        yield address
    finally:
        server.terminate()
        server.wait(15)


def wait_until_ready(address: str, server: subprocess.Popen[bytes]) -> None:
    """Return when the service answers that it is ready; AssertionError if it ends or takes too long."""
    deadline = time.monotonic() + READY_WITHIN
    while time.monotonic() < deadline:
        assert server.poll() is None, "the server ended before it was ready"
        try:
            if requests.get(f"{address}/readyz", timeout=2).ok:
                return
        except requests.ConnectionError:
            time.sleep(0.05)
    raise AssertionError("the server was not ready in time")


def gone(address: str) -> bool:
    """Whether nothing listens at the address any more."""
    host, port = address.removeprefix("http://").split(":")
    with socket.socket() as probe:
        return probe.connect_ex((host, int(port))) != 0
