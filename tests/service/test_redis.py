"""Limits counted in a real Redis: exact over all workers; and while it is away, hangs or refuses, nobody is failed."""

import os
import shutil
import signal
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import requests
from redis import Redis
from redis.exceptions import ConnectionError as Away
from test_limits_among_workers import NO_END, PATIENCE, ask_often

from carbon_api.web.limits import Memory
from carbon_api.web.shared_limits import Shared, connected
from tests.first_plan import EXAMPLE
from tests.real_server import serving

PASSWORD = "hidden"
SERVER = shutil.which("redis-server")
pytestmark = pytest.mark.skipif(
    SERVER is None and not os.environ.get("CI"), reason="no redis-server here: apt-get install redis-server"
)  # CI fails without it


class Server:
    """A Redis of its own on a socket in a folder, stopped by its own process id."""

    def __init__(self, folder: str) -> None:
        self.socket = f"{folder}/redis"
        self.url = f"redis+unix://:{PASSWORD}@{self.socket}"
        options = {"port": "0", "unixsocket": self.socket, "requirepass": PASSWORD, "save": "", "dir": folder}
        words = [word for name, value in options.items() for word in (f"--{name}", value)]
        self.process = subprocess.Popen([str(SERVER), *words], stdout=subprocess.DEVNULL)
        deadline = time.monotonic() + PATIENCE
        while not self.answers():
            assert time.monotonic() < deadline, "Redis did not start"
            time.sleep(0.05)

    def answers(self) -> bool:
        """Whether it does."""
        try:
            with Redis(unix_socket_path=self.socket, password=PASSWORD) as asked:
                return bool(asked.ping())
        except Away:
            return False

    def signal(self, number: signal.Signals) -> None:
        """Send it a signal."""
        os.kill(self.process.pid, number)

    def stop(self) -> None:
        """End it, whatever state it is in."""
        self.process.kill()
        self.process.wait(PATIENCE)


@pytest.fixture
def redis() -> Iterator[Server]:
    with TemporaryDirectory() as folder:  # pytest's own can be too long for the name of a socket
        server = Server(folder)
        yield server
        server.stop()


def warnings(log: Path) -> list[str]:
    """What the log says of Redis."""
    return [line for line in log.read_text("utf-8").splitlines() if "Redis does not count" in line]


def test_all_workers_together_grant_the_limit_exactly(redis: Server, tmp_path: Path) -> None:
    log = tmp_path / "log"
    settings = {"CARBON_LIMITS_URL": redis.url, "CARBON_RATE_LIMIT": f"31/{NO_END}"}
    with log.open("w") as file, serving(tmp_path, file, **settings) as address:
        told = ask_often(address, 100)
    assert Counter(one.status for one in told) == {200: 31, 429: 69}
    assert {one.limit for one in told} == {"31"}
    assert all(one.whole for one in told)
    assert "counted in Redis: requests 31 in" in log.read_text("utf-8")
    assert PASSWORD not in log.read_text("utf-8")
    assert warnings(log) == []
    with serving(tmp_path, **settings) as another:  # another machine, or the same one started anew
        assert {one.status for one in ask_often(another, 5)} == {429}


def test_what_is_computed_is_counted_there_too_and_what_was_refused_is_not(redis: Server, tmp_path: Path) -> None:
    cost = 2_000 * len(EXAMPLE["lines"])
    limit = f"{2 * cost + 1}/{NO_END}"
    with serving(tmp_path, CARBON_LIMITS_URL=redis.url, CARBON_COMPUTE_LIMIT=limit) as address:
        place = f"{address}/v1/estimates?persist=false"
        answers = [requests.post(place, json=EXAMPLE, timeout=PATIENCE) for _ in range(6)]
    assert [answer.status_code for answer in answers] == [200, 200, 429, 429, 429, 429]
    assert {answer.headers["RateLimit-Remaining"] for answer in answers[2:]} == {"1"}


def test_what_is_refused_is_not_counted_for_a_moment(redis: Server) -> None:
    """Else whoever asks for little meanwhile is refused until the window ends, while there is enough left."""
    limit = Shared("computing", 1_000, 10**9, connected(redis.url), Memory(1, 10**9))
    assert limit.take("key", 100).granted
    stopped = threading.Event()

    def ask_too_much() -> None:
        while not stopped.is_set():
            assert not limit.take("key", 950).granted

    with ThreadPoolExecutor(1) as other:
        asking = other.submit(ask_too_much)
        turns = [limit.take("key") for _ in range(900)]
        stopped.set()
        asking.result(PATIENCE)
    assert [turn.left for turn in turns] == list(range(899, -1, -1))
    assert limit.take("key")[:3] == (False, 1_000, 0)


def test_without_it_each_worker_grants_its_share(redis: Server, tmp_path: Path) -> None:
    log = tmp_path / "log"
    settings = {"CARBON_LIMITS_URL": redis.url, "CARBON_RATE_LIMIT": f"100/{NO_END}"}
    with log.open("w") as file, serving(tmp_path, file, **settings) as address:
        assert Counter(one.status for one in ask_often(address, 20)) == {200: 20}
        redis.stop()
        told = ask_often(address, 150)
    statuses = Counter(one.status for one in told)
    assert set(statuses) == {200, 429}
    assert statuses[200] <= 100
    assert {one.limit for one in told} == {"50"}
    assert all(one.whole for one in told)
    assert 1 <= len(warnings(log)) <= 2  # one for each worker, for a minute
    assert PASSWORD not in log.read_text("utf-8")


def test_one_that_hangs_holds_nobody_up_and_counts_again_when_it_wakes(redis: Server, tmp_path: Path) -> None:
    """A worker that waited for it would be killed, or never answer within the patience of these clients."""
    settings = {"CARBON_LIMITS_URL": redis.url, "CARBON_RATE_LIMIT": f"1000/{NO_END}"}
    with serving(tmp_path, **settings) as address:
        assert {one.limit for one in ask_often(address, 10)} == {"1000"}
        redis.signal(signal.SIGSTOP)
        told = ask_often(address, 60)
        assert {(one.status, one.limit) for one in told} == {(200, "500")}
        redis.signal(signal.SIGCONT)
        deadline = time.monotonic() + PATIENCE
        while {one.limit for one in ask_often(address, 10)} != {"1000"}:
            assert time.monotonic() < deadline, "Redis was not asked again"
            time.sleep(0.5)


def test_one_that_is_not_there_at_the_start_or_knows_another_password_stops_nothing(
    redis: Server, tmp_path: Path
) -> None:
    for url in (f"redis+unix://:wrong@{redis.socket}", f"redis+unix://{redis.socket}.gone", "redis://127.0.0.1:1/0"):
        with serving(tmp_path, CARBON_LIMITS_URL=url, CARBON_RATE_LIMIT=f"20/{NO_END}") as address:
            assert {(one.status, one.limit) for one in ask_often(address, 6)} == {(200, "10")}
