"""Plain `gunicorn` in a checkout: it finds its settings, and they are those of the service."""

import re
import runpy
import socket
import subprocess
import sys
from pathlib import Path

import pytest
import requests

from carbon_api.errors import UsageError
from carbon_api.gunicorn_conf import host_of, refuse_open
from carbon_api.listening import is_own_machine
from carbon_api.store.engine import Database
from carbon_api.store.keys import create_key
from carbon_api.store.schema import upgrade
from tests.real_server import environment, free_port, serving, wait_until_ready

ROOT = Path(__file__).parents[2]
GUNICORN = (sys.executable, "-m", "gunicorn")


def refused(data: Path, code: int = 2, **settings: str) -> str:
    """What gunicorn says when it does not start, without a traceback."""
    done = subprocess.run(
        GUNICORN, cwd=ROOT, env=environment(data, **settings), capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.returncode, "Traceback" in done.stderr) == (code, False)
    return done.stderr


def test_gunicorn_takes_the_file_and_finds_the_application() -> None:
    assert subprocess.run([*GUNICORN, "--check-config"], cwd=ROOT, check=False, timeout=60).returncode == 0


def test_the_environment_says_where_and_how_wide_it_listens(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"HOST": "0.0.0.0", "PORT": "9001", "WORKERS": "3", "THREADS": "5"}.items():
        monkeypatch.setenv(f"CARBON_{name}", value)
    names = runpy.run_path(str(ROOT / "gunicorn.conf.py"))
    assert (names["bind"], names["workers"], names["threads"]) == ("0.0.0.0:9001", 3, 5)
    assert names["worker_class"] == "carbon_api.web.worker.Worker"
    assert names["preload_app"]  # or each worker would read the factor book
    assert names["control_socket_disable"]


def test_each_worker_has_a_queue_of_its_own(tmp_path: Path) -> None:
    """Of one queue for all, one worker can take everything."""
    with serving(tmp_path, CARBON_WORKERS="3") as address:
        port = int(address.rpartition(":")[2])
        listening = rf"^ *\d+: 0100007F:{port:04X} 00000000:0000 0A "
        assert len(re.findall(listening, Path("/proc/net/tcp").read_text(), re.MULTILINE)) == 3


def test_an_ipv6_address_is_served(tmp_path: Path) -> None:
    port = free_port()
    env = environment(tmp_path, CARBON_HOST="::1", CARBON_PORT=str(port), CARBON_DATA_DIR=str(tmp_path))
    subprocess.run([sys.executable, "-m", "carbon_api.cli", "db", "upgrade"], env=env, check=True, cwd=tmp_path)
    server = subprocess.Popen(GUNICORN, cwd=ROOT, env=env)
    try:
        wait_until_ready(f"http://[::1]:{port}", server)
        assert requests.get(f"http://[::1]:{port}/healthz", timeout=5).ok
    finally:
        server.terminate()
        server.wait(15)


def test_a_port_that_another_service_shares_is_refused(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        assert f"127.0.0.1:{port} cannot be listened on" in refused(tmp_path, CARBON_PORT=port)


def test_a_wrong_setting_is_named(tmp_path: Path) -> None:
    assert "CARBON_THREADS='many'" in refused(tmp_path, CARBON_THREADS="many")


@pytest.mark.parametrize("host", ["0.0.0.0", "::"])
def test_other_machines_are_not_let_in_before_there_is_a_key(
    host: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "carbon-api db upgrade" in refused(tmp_path, CARBON_HOST=host, CARBON_PORT=str(free_port()), code=5)
    url = f"sqlite:///{tmp_path / 'carbon.db'}"
    upgrade(url)
    said = refused(tmp_path, CARBON_HOST=host, CARBON_PORT=str(free_port()))
    assert f"{host} can be reached from other machines" in said
    assert "carbon-api keys create" in said
    create_key(Database(url), "default", "first", ("read",))
    monkeypatch.setenv("CARBON_DATA_DIR", str(tmp_path))
    refuse_open(host)


@pytest.mark.parametrize(("host", "own"), [("127.0.0.1", True), ("::1", True), ("localhost", True), ("0.0.0.0", False)])
def test_only_this_machine_reaches_its_own_addresses(host: str, own: bool) -> None:
    assert is_own_machine(host) is own


def test_a_host_that_is_nowhere_is_refused() -> None:
    with pytest.raises(UsageError, match="no address of this machine"):
        is_own_machine("nowhere.invalid")


def test_a_socket_that_is_handed_over_is_asked_where_it_listens(tmp_path: Path) -> None:
    with socket.socket() as internet, socket.socket(socket.AF_UNIX) as file:
        internet.bind(("127.0.0.1", 0))
        file.bind(str(tmp_path / "socket"))
        assert host_of(internet.fileno()) == "127.0.0.1"
        assert host_of(file.fileno()) is None
        assert internet.getsockname()[0] == "127.0.0.1"  # it is still open
    assert (host_of(("0.0.0.0", 80)), host_of("/run/carbon.sock")) == ("0.0.0.0", None)


def test_no_header_says_where_the_service_stands(tmp_path: Path) -> None:
    line = {"id": "a", "kind": "ad", "platform": "tiktok", "country": "FR", "impressions": 9, "format": "image"}
    with serving(tmp_path) as address:
        made = requests.post(
            f"{address}/v1/estimates",
            json={"name": "x", "lines": [line]},
            headers={"SCRIPT_NAME": "/v1", "PATH_INFO": "/v1/methods"},
            timeout=10,
        )
    assert made.status_code == 201
    assert made.headers["Location"] == f"/v1/estimates/{made.json()['id']}"


def test_a_wrong_address_of_redis_is_named_without_its_password(tmp_path: Path) -> None:
    said = refused(tmp_path, CARBON_LIMITS_URL="redis://:hidden@localhost:port/0")
    assert "CARBON_LIMITS_URL is none of memory://, redis://" in said
    assert "hidden" not in said
