"""The figures at /metrics: what is in them, who may see them, and that they are those of every worker together."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from checked import CheckedClient
from flask import Flask
from prometheus_client.parser import text_string_to_metric_families as parsed

from carbon_api.settings import Settings
from carbon_api.store.engine import Database
from carbon_api.store.keys import Scope, create_key
from carbon_api.web.metrics_folder import make_folder
from carbon_api.web.service import EXTENSION, VERSION
from tests.first_plan import EXAMPLE
from tests.real_server import COMMAND, environment, free_port, wait_until_ready

MARK = "Marque Confidentielle"
Figures = dict[tuple[str, tuple[tuple[str, str], ...]], float]


def figures(text: str) -> Figures:
    """Every sample by its name and labels."""
    samples = [sample for family in parsed(text) for sample in family.samples]
    found = {(sample.name, tuple(sorted(sample.labels.items()))): sample.value for sample in samples}
    assert len(found) == len(samples)
    return found


def of(found: Figures, name: str, **labels: str) -> float:
    """The sum of the samples of this name that have these labels."""
    return sum(
        value for (other, has), value in found.items() if other == f"carbon_api_{name}" and labels.items() <= set(has)
    )


def test_what_is_asked_is_counted_by_route_method_and_status(client: CheckedClient) -> None:
    made = client.post("/v1/estimates", json=EXAMPLE | {"name": MARK})
    client.post("/v1/estimates?persist=false", json=EXAMPLE)
    client.post("/v1/estimates", json={"name": MARK})
    client.get(made.headers["Location"])
    client.open("/v1/estimates/est_0", method="BREW")
    for number in range(9):
        client.get(f"/{MARK}/{number}")
    text = client.get("/metrics").text
    found = figures(text)
    estimates = {"route": "/v1/estimates", "method": "POST"}
    counted = {status: of(found, "requests_total", status=status, **estimates) for status in ("200", "201", "422")}
    assert counted == {"200": 1, "201": 1, "422": 1}
    assert of(found, "requests_total", route="/v1/estimates/<id>", method="GET", status="200") == 1
    assert of(found, "requests_total", route="other", method="GET", status="404") == 9
    assert of(found, "requests_total", route="other", method="other", status="405") == 1
    assert of(found, "request_seconds_count", **estimates) == 3
    assert of(found, "request_seconds_bucket", le="+Inf", **estimates) == 3
    assert (of(found, "estimates_kept_total"), of(found, "lines_priced_total")) == (1, 2 * len(EXAMPLE["lines"]))
    assert of(found, "requests_under_way") == 1
    assert of(found, "build_info", version=VERSION, factor_release=made.headers["Factor-Release"]) == 1
    assert MARK.split()[1] not in text
    assert made.json["id"] not in text


def test_a_fault_of_the_database_is_counted(app: Flask, client: CheckedClient, settings: Settings) -> None:
    client.get("/healthz")
    Path(settings.database_url.removeprefix("sqlite:///")).unlink()
    assert client.post("/v1/estimates", json=EXAMPLE).status_code == 503
    assert client.get("/readyz").status_code == 503
    metrics = app.extensions[EXTENSION].metrics  # the route itself is closed while the database is away
    assert of(figures(metrics.text().decode()), "database_faults_total") == 1


def test_the_figures_are_those_that_the_page_on_operating_names(client: CheckedClient) -> None:
    client.get("/healthz")
    page = (Path(__file__).parents[2] / "docs" / "operating.md").read_text("utf-8")
    named = set(re.findall(r"carbon_api_[a-z_]+", page))
    told = {name for name, _ in figures(client.get("/metrics").text) if not name.endswith("_created")}
    parts = {f"carbon_api_request_seconds{part}" for part in ("_bucket", "_sum", "_count")}
    assert named - parts - {"carbon_api_build"} == told - parts | {"carbon_api_request_seconds"}


@pytest.mark.parametrize(("scope", "status"), [("read", 403), ("write", 403), ("admin", 200)])
def test_only_a_key_for_the_whole_service_opens_them(
    client: CheckedClient, settings: Settings, scope: Scope, status: int
) -> None:
    made = create_key(Database(settings.database_url), "acme", "prometheus", (scope,))
    assert client.get("/metrics").status_code == 401
    assert client.get("/metrics", headers={"Authorization": f"Bearer {made.text}"}).status_code == status


def test_two_applications_of_one_process_count_apart(app: Flask, client: CheckedClient, settings: Settings) -> None:
    from carbon_api.web.app import create_app

    client.post("/v1/estimates", json=EXAMPLE)
    other = create_app(settings)
    assert of(figures(other.test_client().get("/metrics").text), "estimates_kept_total") == 0


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[str, "subprocess.Popen[bytes]"]]:
    """A service of two workers, and its master."""
    port, env = free_port(), environment(tmp_path)
    subprocess.run([*COMMAND, "db", "upgrade"], cwd=tmp_path, env=env, check=True, stdout=subprocess.DEVNULL)
    with subprocess.Popen([*COMMAND, "serve", "--port", str(port)], cwd=tmp_path, env=env) as master:
        try:
            wait_until_ready(f"http://127.0.0.1:{port}", master)
            yield f"http://127.0.0.1:{port}", master
        finally:
            master.terminate()


def workers(master: "subprocess.Popen[bytes]") -> list[int]:
    return [int(pid) for pid in Path(f"/proc/{master.pid}/task/{master.pid}/children").read_text().split()]


def folder(pid: int) -> Path:
    """Where a worker counts."""
    return Path(next(iter(re.findall(r"(\S+)/counter_\d+\.db", Path(f"/proc/{pid}/maps").read_text()))))


def ask(address: str, times: int) -> None:
    """Each time on a connection of its own, so that both workers get some."""
    for _ in range(times):
        assert requests.get(f"{address}/version", timeout=10).ok


def test_the_counts_are_those_of_all_workers_and_outlive_them(served: tuple[str, "subprocess.Popen[bytes]"]) -> None:
    address, master = served
    ask(address, 20)
    first = workers(master)
    place, files = folder(first[0]), len(list(folder(first[0]).iterdir()))
    assert place.stat().st_mode & 0o777 == 0o700
    assert asked(address) == 20
    os.kill(first[0], signal.SIGKILL)
    deadline = time.monotonic() + 20
    while first[0] in workers(master) or len(workers(master)) < 2:
        assert time.monotonic() < deadline
        time.sleep(0.05)
    ask(address, 20)
    assert asked(address) == 40
    assert len(list(place.iterdir())) <= files + 1  # the new worker counts where the old one did
    assert of(figures(requests.get(f"{address}/metrics", timeout=10).text), "requests_under_way") == 1
    master.terminate()
    assert master.wait(20) == 0
    assert not place.exists()


def asked(address: str) -> float:
    return of(figures(requests.get(f"{address}/metrics", timeout=10).text), "requests_total", route="/version")


MAKE = (
    "import sys, pathlib; from carbon_api.web.metrics_folder import make_folder; make_folder(pathlib.Path(sys.argv[1]))"
)
WAIT = "; print('made', flush=True); sys.stdin.read()"


def test_what_a_killed_service_left_goes_with_the_next_start_and_what_another_uses_stays(tmp_path: Path) -> None:
    alive, killed = (tmp_path / f"carbon-api-{name}" for name in ("alive", "killed"))
    command = [sys.executable, "-c", MAKE + WAIT]
    with (
        subprocess.Popen([*command, alive], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as living,
        subprocess.Popen([*command, killed], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as dying,
    ):
        assert living.stdout
        assert dying.stdout
        living.stdout.readline()
        dying.stdout.readline()
        dying.kill()
        dying.wait()
        assert killed.is_dir()
        subprocess.run([*command[:-1], MAKE, tmp_path / "carbon-api-next"], check=True)
        assert [path.name for path in tmp_path.iterdir()] == ["carbon-api-alive"]
        living.communicate(b"")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_there_already_is_no_place_to_count(tmp_path: Path) -> None:
    taken = tmp_path / "carbon-api-taken.new"
    taken.mkdir()
    with pytest.raises(FileExistsError):
        make_folder(tmp_path / "carbon-api-taken")
