"""An answer that is lost on the way, or whose service dies over it, is asked for again, and the plan is kept once."""

import os
import signal
import socket
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from carbon_api.client import CarbonClient, NoAnswer
from carbon_api.store.claims import IN_FLIGHT
from tests.client.strange_server import Reply, strange
from tests.real_server import COMMAND, environment, free_port, wait_until_ready

LINE = {"kind": "ad", "platform": "tiktok", "country": "FR", "impressions": 9, "format": "image"}
SHORT = {"name": "x", "lines": [LINE | {"id": "a"}]}
LONG = {"name": "x", "lines": [LINE | {"id": str(number)} for number in range(2_000)]}
SOON = 20.0  # seconds


def passed_on(address: str, request: bytes) -> bytes:
    """What the service answers to a request."""
    host, port = address.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=SOON) as service:
        service.sendall(request.replace(b"Connection: keep-alive", b"Connection: close"))
        return b"".join(iter(lambda: service.recv(65_536), b""))


def through(address: str) -> Reply:
    """The service's own answer."""
    return lambda client, request: client.sendall(passed_on(address, request))


def lost(address: str) -> Reply:
    """The service does what it is asked, and its answer is lost."""

    def reply(client: socket.socket, request: bytes) -> None:
        assert passed_on(address, request).startswith((b"HTTP/1.1 201 ", b"HTTP/1.1 204 "))

    return reply


def test_an_estimate_whose_answer_was_lost_is_kept_once(address: str) -> None:
    with strange(lost(address), lost(address), through(address)) as on_the_way, CarbonClient(address) as direct:
        before = len(list(direct.estimates()))
        with CarbonClient(on_the_way.address) as carbon:
            made = carbon.estimate(SHORT)
        assert made.replayed
        assert direct.get_estimate(made["id"]) == made
        assert len(list(direct.estimates())) == before + 1


def test_a_caller_may_try_again_later_with_the_name_that_failed(address: str) -> None:
    with strange(lost(address)) as on_the_way, CarbonClient(address) as direct:
        with CarbonClient(on_the_way.address, tries=1) as carbon, pytest.raises(NoAnswer) as caught:
            carbon.estimate(SHORT)
        assert direct.estimate(SHORT, idempotency_key=caught.value.idempotency_key).replayed


def test_a_deletion_whose_answer_was_lost_is_done(address: str) -> None:
    with strange(lost(address), through(address)) as on_the_way, CarbonClient(address) as direct:
        id = direct.estimate(SHORT)["id"]
        with CarbonClient(on_the_way.address) as carbon:
            carbon.delete_estimate(id)
        assert id not in {item["id"] for item in direct.estimates()}


class Mortal:
    """A service that can be killed, and started again where it was."""

    def __init__(self, data: Path) -> None:
        self.data, self.port = data, free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        subprocess.run([*COMMAND, "db", "upgrade"], cwd=data, env=environment(data), check=True)

    @contextmanager
    def alive(self) -> Iterator[None]:
        """The service runs; whatever is left of it at the end is killed, all of its processes at once."""
        command, env = [*COMMAND, "serve", "--port", str(self.port)], environment(self.data, CARBON_WORKERS="1")
        group = subprocess.Popen(command, cwd=self.data, env=env, start_new_session=True)
        try:
            wait_until_ready(self.address, group)
            yield
        finally:
            os.killpg(group.pid, signal.SIGKILL)
            group.wait()

    def wait_for_claim(self) -> None:
        """Return when a request is being answered under a name."""
        deadline = time.monotonic() + SOON
        with closing(sqlite3.connect(self.data / "carbon.db")) as database:
            while not database.execute("SELECT count(*) FROM claims").fetchone()[0]:
                assert time.monotonic() < deadline, "no request came"
                time.sleep(0.002)

    def let_a_minute_pass(self) -> None:
        """What died over a request is let go by time."""
        past = (datetime.now(UTC) - 2 * IN_FLIGHT).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        with closing(sqlite3.connect(self.data / "carbon.db")) as database, database:
            database.execute("UPDATE claims SET claimed_at = ? WHERE estimate_id IS NULL", [past])


def test_an_estimate_whose_service_was_killed_over_it_is_kept_once(tmp_path: Path) -> None:
    """Until it is started again the client finds nobody there. Whether the first try was kept is chance."""
    service = Mortal(tmp_path)
    with ThreadPoolExecutor(1) as beside, CarbonClient(service.address, tries=100, patience=60) as carbon:
        with service.alive():
            asked = beside.submit(carbon.estimate, LONG)
            service.wait_for_claim()
        service.let_a_minute_pass()
        with service.alive():
            made = asked.result()
            assert [item["id"] for item in carbon.estimates()] == [made["id"]]
            assert carbon.get_estimate(made["id"]) == made
    assert len(made["lines"]) == len(LONG["lines"])
