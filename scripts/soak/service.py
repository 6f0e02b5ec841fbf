"""The service under soak: a master and its workers, which can be killed and started again on the same port."""

import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import requests

COMMAND = (sys.executable, "-m", "carbon_api.cli")
READY_WITHIN = 60.0
STOPPED_WITHIN = 20.0
GLANCE = 0.05


def free_port() -> int:
    """A port of this machine that nothing listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Service:
    """`carbon-api serve` in this folder, with these settings; what it says goes to a file."""

    def __init__(self, folder: Path, settings: Mapping[str, str]) -> None:
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        kept = {name: value for name, value in os.environ.items() if not name.startswith("CARBON_")}
        self.environment = kept | dict(settings)
        self.log = folder / "service.log"
        self.master: subprocess.Popen[bytes] | None = None

    def command(self, *arguments: str) -> str:
        """What a command of carbon-api prints, with the settings of the service."""
        done = subprocess.run([*COMMAND, *arguments], env=self.environment, capture_output=True, text=True, check=True)
        return done.stdout.strip()

    def start(self) -> None:
        """Start it, and return when it is ready."""
        with self.log.open("ab") as log:
            command = [*COMMAND, "serve", "--port", str(self.port)]
            self.master = subprocess.Popen(
                command, env=self.environment, stdout=log, stderr=log, start_new_session=True
            )
        self.wait_until_ready()

    def wait_until_ready(self) -> None:
        """Return when it can keep estimates; RuntimeError if that takes too long."""
        deadline = time.monotonic() + READY_WITHIN
        while time.monotonic() < deadline:
            try:
                if requests.get(f"{self.address}/readyz", timeout=2).ok:
                    return
            except requests.RequestException:
                pass  # not yet
            time.sleep(GLANCE)
        raise RuntimeError(f"the service was not ready within {READY_WITHIN:.0f} s; see {self.log}")

    def workers(self) -> list[int]:
        """The process ids of its workers."""
        if self.master is None or self.master.poll() is not None:
            return []
        return [
            int(pid) for pid in Path(f"/proc/{self.master.pid}/task/{self.master.pid}/children").read_text().split()
        ]

    def kill_a_worker(self, chance: random.Random) -> None:
        """As `kill -9` does, a worker of its own."""
        if workers := self.workers():
            _kill(chance.choice(workers))

    def kill_all(self) -> None:
        """As `kill -9` does, the master and its workers at once."""
        if self.master is None:
            return
        os.killpg(self.master.pid, signal.SIGKILL)
        self.master.wait()
        while _any_lives(self.master.pid):
            time.sleep(GLANCE)
        self.master = None

    def stop(self) -> None:
        """Ask it to stop, and wait for it."""
        if self.master:
            self.master.send_signal(signal.SIGTERM)
            self.master.wait(STOPPED_WITHIN)
            self.master = None


def _kill(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return  # it ended meanwhile


def _any_lives(group: int) -> bool:
    """Whether a process of this group has not ended; one that nobody waits for has."""
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, of_group = stat.read_text().rsplit(")", 1)[1].split()[:3]
        except OSError:
            continue  # it ended meanwhile
        if int(of_group) == group and state not in {"Z", "X"}:
            return True
    return False
