"""An acknowledged estimate survives `kill -9` of any worker and of the master, over real processes."""

import os
import random
import signal
import subprocess
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import requests

from tests.real_server import COMMAND, environment, free_port, wait_until_ready

CLIENTS = 4
KILLS = 12
BETWEEN_KILLS = 0.4
PATIENCE = 5.0


@dataclass
class Service:
    """A service whose processes can be killed and started again on the same port and database."""

    data: Path
    env: Mapping[str, str]
    port: int = field(default_factory=free_port)
    master: "subprocess.Popen[bytes] | None" = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        command = [*COMMAND, "serve", "--port", str(self.port)]
        self.master = subprocess.Popen(command, cwd=self.data, env=self.env, start_new_session=True)
        wait_until_ready(self.address, self.master)

    def workers(self) -> list[int]:
        assert self.master
        path = Path(f"/proc/{self.master.pid}/task/{self.master.pid}/children")
        return [int(pid) for pid in path.read_text().split()]

    def kill_a_worker(self) -> None:
        workers = self.workers()
        if workers:
            os.kill(random.choice(workers), signal.SIGKILL)

    def kill_everything(self) -> None:
        """The master first, so that it cannot start anew what dies."""
        assert self.master
        orphans = self.workers()
        self.master.kill()
        self.master.wait()
        for pid in orphans:
            with_suppressed_kill(pid)
        while any(Path(f"/proc/{pid}").exists() and not is_zombie(pid) for pid in orphans):
            time.sleep(0.01)

    def stop(self) -> None:
        assert self.master
        self.master.terminate()
        self.master.wait(15)


def with_suppressed_kill(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return


def is_zombie(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] == "Z"
    except FileNotFoundError:
        return True


@contextmanager
def service(data: Path, stored: dict[str, str]) -> Iterator[Service]:
    env = environment(data, CARBON_RATE_LIMIT="none", **stored)
    subprocess.run([*COMMAND, "db", "upgrade"], cwd=data, env=env, check=True, stdout=subprocess.DEVNULL)
    running = Service(data, env)
    running.start()
    try:
        yield running
    finally:
        running.stop()


def plan(client: int, number: int) -> dict[str, Any]:
    """A plan that no other client and no other request sends."""
    line = {
        "id": f"client-{client}-{number}",
        "kind": "ad",
        "platform": "instagram",
        "country": "FR",
        "impressions": 1000 + 100_000 * client + number,
        "format": "image",
    }
    return {"name": f"plan {client}-{number}", "brand": f"brand {client}", "range": False, "lines": [line]}


def post_until(stopped: threading.Event, address: str, client: int, kept: dict[str, bytes]) -> None:
    """Posts plans and keeps every answer that came whole; what breaks off was not acknowledged."""
    number = 0
    while not stopped.is_set():
        number += 1
        try:
            answer = requests.post(f"{address}/v1/estimates", json=plan(client, number), timeout=PATIENCE)
        except requests.RequestException:
            time.sleep(0.02)
            continue
        if answer.status_code == requests.codes.created:
            kept[answer.headers["Location"]] = answer.content


@pytest.mark.slow
def test_every_acknowledged_estimate_is_there_after_kills(tmp_path: Path, stored: dict[str, str]) -> None:
    stopped = threading.Event()
    kept: list[dict[str, bytes]] = [{} for _ in range(CLIENTS)]
    with service(tmp_path, stored) as running:
        clients = [
            threading.Thread(target=post_until, args=(stopped, running.address, client, kept[client]))
            for client in range(CLIENTS)
        ]
        for thread in clients:
            thread.start()
        try:
            for kill in range(1, KILLS + 1):
                time.sleep(BETWEEN_KILLS)
                if kill % 4:
                    running.kill_a_worker()
                else:
                    running.kill_everything()
                    running.start()
            time.sleep(BETWEEN_KILLS)
        finally:
            stopped.set()
            for thread in clients:
                thread.join()
        assert all(len(mine) > KILLS for mine in kept), "the clients must have got through between the kills"
        for mine in kept:
            for location, answer in mine.items():
                found = requests.get(running.address + location, timeout=PATIENCE)
                assert found.content == answer
