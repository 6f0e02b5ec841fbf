"""Workers and the service end while many clients write: only the end of the service cuts anybody off, and what it
acknowledged is not lost."""

import os
import re
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import requests

from tests.real_server import COMMAND, environment, free_port, wait_until_ready

CLIENTS = 8
PATIENCE = 20.0
ENOUGH = 5  # answers to a client
LINE = {"id": "a", "kind": "ad", "platform": "tiktok", "country": "FR", "impressions": 9, "format": "image"}
PLAN = {"name": "x", "range": False, "lines": [LINE]}


@dataclass
class Client:
    """Posts plans one after the other, each under a name of its own and on a connection of its own or a kept one."""

    address: str
    number: int
    stopped: threading.Event
    acknowledged: dict[str, requests.Response] = field(default_factory=dict)
    cut_off: list[str] = field(default_factory=list)

    def run(self) -> None:
        with requests.Session() as session:
            session.headers["Connection"] = "close" if self.number % 2 else "keep-alive"
            sent = 0
            while not self.stopped.is_set():
                sent += 1
                self.post(session, f"{self.number}-{sent}")

    def post(self, session: requests.Session, name: str) -> None:
        try:
            answer = session.post(
                f"{self.address}/v1/estimates", json=PLAN, headers={"Idempotency-Key": name}, timeout=PATIENCE
            )
        except requests.RequestException:
            self.cut_off.append(name)
            time.sleep(0.05)
            return
        assert answer.status_code == requests.codes.created
        self.acknowledged[name] = answer


@contextmanager
def served(data: Path, port: int, *, recycled: bool = False, **more: str) -> Iterator["subprocess.Popen[bytes]"]:
    """The master of a service, whose workers give way to others after so many requests if they are recycled."""
    more |= {"CARBON_RATE_LIMIT": "none", "CARBON_COMPUTE_LIMIT": "none"}
    if recycled:
        more["GUNICORN_CMD_ARGS"] = "--max-requests 12 --max-requests-jitter 4"
    command = [*COMMAND, "serve", "--port", str(port)]
    with subprocess.Popen(command, cwd=data, env=environment(data, **more)) as master:
        try:
            wait_until_ready(f"http://127.0.0.1:{port}", master)
            yield master
        finally:
            master.terminate()


def workers(master: "subprocess.Popen[bytes]") -> set[int]:
    return set(map(int, Path(f"/proc/{master.pid}/task/{master.pid}/children").read_text().split()))


def nothing(_master: "subprocess.Popen[bytes]") -> None:
    """They end of themselves."""


def one_by_one(master: "subprocess.Popen[bytes]") -> None:
    for pid in workers(master):
        os.kill(pid, signal.SIGTERM)
        time.sleep(1)  # the next is told while the first is being replaced, or a little after


def all_anew(master: "subprocess.Popen[bytes]") -> None:
    master.send_signal(signal.SIGHUP)


@contextmanager
def writing(address: str) -> Iterator[list[Client]]:
    """Clients that write until the block ends, and have had answers enough by then."""
    stopped = threading.Event()
    clients = [Client(address, number, stopped) for number in range(CLIENTS)]
    threads = [threading.Thread(target=client.run) for client in clients]
    for thread in threads:
        thread.start()
    try:
        wait_for_answers(clients, ENOUGH)
        yield clients
    finally:
        stopped.set()
        for thread in threads:
            thread.join()


def wait_for_answers(clients: list[Client], count: int) -> None:
    deadline = time.monotonic() + 6 * PATIENCE
    while any(len(client.acknowledged) < count for client in clients):
        assert time.monotonic() < deadline
        time.sleep(0.05)


@pytest.mark.slow
@pytest.mark.parametrize("end", [nothing, one_by_one, all_anew])
def test_nobody_notices_that_workers_give_way_to_others(
    end: Callable[["subprocess.Popen[bytes]"], None], tmp_path: Path
) -> None:
    port = free_port()
    upgrade(tmp_path)
    with served(tmp_path, port, recycled=end is nothing) as master:
        first = workers(master)
        with writing(f"http://127.0.0.1:{port}") as clients:
            end(master)
            wait_for_answers(clients, 6 * ENOUGH)
            replaced = first - workers(master)
        assert replaced
        assert [name for client in clients for name in client.cut_off] == []


def test_whoever_waits_in_the_queue_when_the_service_stops_is_still_answered(tmp_path: Path) -> None:
    """The worker stands still while they come, and is told to end before it goes on."""
    port = free_port()
    upgrade(tmp_path)
    with served(tmp_path, port, CARBON_WORKERS="1") as master, ExitStack() as opened:
        [worker] = workers(master)
        stand_still(worker)
        waiting = [opened.enter_context(socket.create_connection(("127.0.0.1", port))) for _ in range(CLIENTS)]
        for client in waiting:
            client.sendall(b"GET /version HTTP/1.1\r\nHost: localhost\r\n\r\n")
        master.terminate()
        pending = 1 << (signal.SIGTERM - 1)
        while not pending & int(re.findall(r"^ShdPnd:\s*(\w+)$", status(worker), re.MULTILINE)[0], 16):
            time.sleep(0.02)
        os.kill(worker, signal.SIGCONT)
        for client in waiting:
            client.settimeout(PATIENCE)
            assert client.recv(65_536).startswith(b"HTTP/1.1 200 ")
            client.close()  # one that stayed would hold a thread for a while


def stand_still(pid: int) -> None:
    """Stop a process, and see each of its threads stopped: until then, a later signal may be taken first."""
    os.kill(pid, signal.SIGSTOP)
    deadline = time.monotonic() + PATIENCE
    while any("State:\tT" not in thread.read_text() for thread in Path(f"/proc/{pid}/task").glob("*/status")):
        assert time.monotonic() < deadline
        time.sleep(0.01)


def status(pid: int) -> str:
    return Path(f"/proc/{pid}/status").read_text()


@pytest.mark.slow
def test_nobody_waits_for_a_worker_that_is_not_replaced(tmp_path: Path) -> None:
    port = free_port()
    upgrade(tmp_path)
    with served(tmp_path, port) as master:
        for told, left in ((signal.SIGTTOU, 1), (signal.SIGTTIN, 2)):
            master.send_signal(told)
            deadline = time.monotonic() + PATIENCE
            while len(workers(master)) != left:
                assert time.monotonic() < deadline
                time.sleep(0.05)
            for _ in range(4 * CLIENTS):  # of that many, some would land in the queue of the one that went
                assert requests.get(f"http://127.0.0.1:{port}/healthz", timeout=PATIENCE).ok


@pytest.mark.slow
def test_what_the_service_acknowledged_before_it_ended_is_kept_and_the_rest_can_be_sent_again(tmp_path: Path) -> None:
    port = free_port()
    upgrade(tmp_path)
    with served(tmp_path, port) as master, writing(f"http://127.0.0.1:{port}") as clients:
        master.terminate()
        assert master.wait(PATIENCE) == 0
    with served(tmp_path, port), requests.Session() as session:
        for client in clients:
            for answer in client.acknowledged.values():
                found = session.get(client.address + answer.headers["Location"], timeout=PATIENCE)
                assert found.content == answer.content
            for name in list(client.cut_off):
                client.post(session, name)
        names = {name for client in clients for name in client.acknowledged}
        assert len(kept(f"http://127.0.0.1:{port}", session)) == len(names)


def kept(address: str, session: requests.Session) -> list[str]:
    """The ids of all estimates that are kept."""
    found: list[str] = []
    query: dict[str, str] = {"limit": "100"}
    while True:
        page = session.get(f"{address}/v1/estimates", params=query, timeout=PATIENCE).json()
        found += [item["id"] for item in page["items"]]
        if page["next_cursor"] is None:
            return found
        query["cursor"] = page["next_cursor"]


def upgrade(data: Path) -> None:
    subprocess.run([*COMMAND, "db", "upgrade"], cwd=data, env=environment(data), check=True, stdout=subprocess.DEVNULL)
