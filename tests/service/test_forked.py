"""Real workers on PostgreSQL: none shares a connection with another, and a server that dies costs 503s and nothing."""

import threading
import time
from pathlib import Path
from typing import Any

import pytest
import requests
from postgresql_server import Server, running

from tests.real_server import serving

AD = {"id": "a", "kind": "ad", "platform": "tiktok", "country": "FR", "impressions": 9, "format": "image"}
PLAN: dict[str, Any] = {"name": "x", "range": False, "lines": [AD]}
PATIENCE = 30.0
WORKERS, THREADS = 2, 3


@pytest.fixture
def kind() -> str:
    """SQLite has no server to die."""
    return "postgresql"


def children(process: int) -> list[int]:
    return [int(pid) for pid in Path(f"/proc/{process}/task/{process}/children").read_text().split()]


def connections(process: int, port: int) -> set[str]:
    """The sockets of a process that lead to a port of this machine."""
    held = set()
    for descriptor in Path(f"/proc/{process}/fd").iterdir():
        try:
            held.add(descriptor.readlink().name)
        except FileNotFoundError:  # closed since
            continue
    lines = [line.split() for line in Path(f"/proc/{process}/net/tcp").read_text().splitlines()[1:]]
    there = {f"socket:[{line[9]}]" for line in lines if line[2].endswith(f":{port:04X}")}
    return held & there


def ask_together(address: str, times: int) -> list[int]:
    codes: list[int] = []

    def ask() -> None:
        for _ in range(times):
            codes.append(requests.get(f"{address}/v1/estimates", timeout=PATIENCE).status_code)

    clients = [threading.Thread(target=ask) for _ in range(2 * WORKERS * THREADS)]
    for client in clients:
        client.start()
    for client in clients:
        client.join()
    return codes


def test_each_worker_has_connections_of_its_own_as_many_as_threads_at_most(
    ready_url: str, postgresql: Server, tmp_path: Path
) -> None:
    name = postgresql.name_in(ready_url)
    more = {"CARBON_DATABASE_URL": postgresql.by_network(name)}
    with serving(tmp_path, CARBON_WORKERS=str(WORKERS), CARBON_THREADS=str(THREADS), **more) as address:
        assert set(ask_together(address, 20)) == {200}
        [master] = [pid for pid in children(threading.get_native_id()) if is_gunicorn(pid)]
        assert connections(master, postgresql.port) == set()
        held = [connections(worker, postgresql.port) for worker in children(master)]
        assert len(held) == WORKERS
        assert all(1 <= len(one) <= THREADS for one in held)
        assert not held[0] & held[1]
        [(there,)] = postgresql.run(f"SELECT count(*) FROM pg_stat_activity WHERE datname = '{name}'")
        assert there == sum(map(len, held))


def is_gunicorn(process: int) -> bool:
    return b"gunicorn" in Path(f"/proc/{process}/cmdline").read_bytes()


def post_until(stopped: threading.Event, address: str, kept: dict[str, bytes], codes: list[int]) -> None:
    number = 0
    while not stopped.is_set():
        number += 1
        answer = requests.post(f"{address}/v1/estimates", json=PLAN | {"seed": number}, timeout=PATIENCE)
        codes.append(answer.status_code)
        if answer.status_code == requests.codes.created:
            kept[answer.headers["Location"]] = answer.content


def wait_for(codes: list[int], code: int) -> None:
    """Until it was answered from now on."""
    start, deadline = len(codes), time.monotonic() + PATIENCE
    while code not in codes[start:]:
        assert time.monotonic() < deadline, f"no {code}"
        time.sleep(0.01)


@pytest.mark.slow
def test_a_server_that_dies_and_comes_back_costs_503s_and_loses_nothing(tmp_path: Path) -> None:
    stopped, kept, codes = threading.Event(), dict[str, bytes](), list[int]()
    with (
        running() as server,
        serving(tmp_path, CARBON_DATABASE_URL=server.by_network("postgres"), CARBON_RATE_LIMIT="none") as address,
    ):
        clients = [threading.Thread(target=post_until, args=(stopped, address, kept, codes)) for _ in range(3)]
        for client in clients:
            client.start()
        try:
            for end in (server.stop, server.crash):
                wait_for(codes, 201)
                end()
                wait_for(codes, 503)
                server.start()
                wait_for(codes, 201)
        finally:
            stopped.set()
            for client in clients:
                client.join()
        assert set(codes) == {201, 503}
        for location, answer in kept.items():
            assert requests.get(address + location, timeout=PATIENCE).content == answer
