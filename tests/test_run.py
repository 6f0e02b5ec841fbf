"""`make run` as a user sees it: the service at work, until it is told to stop; then nothing is left behind."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import requests
from real_server import environment, free_port, gone

ROOT = Path(__file__).parents[1]
WITHIN = 60.0


@contextmanager
def running(
    data: Path, *arguments: str, script: tuple[str, ...] = (str(ROOT / "scripts" / "run.py"),), **settings: str
) -> Iterator[subprocess.Popen[str]]:
    """scripts/run.py as `make run` starts it, in a process group of its own as from a terminal."""
    command = [sys.executable, *script, *arguments]
    process = subprocess.Popen(
        command,
        cwd=data,
        env=environment(data, **settings),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    with process:
        try:
            yield process
        finally:
            process.terminate()
            process.communicate(timeout=WITHIN)


def read_until(process: subprocess.Popen[str], last: str) -> str:
    """What the process prints, up to the line that holds `last`."""
    assert process.stdout is not None
    lines = []
    for line in process.stdout:
        lines.append(line)
        if last in line:
            return "".join(lines)
    raise AssertionError("it ended having printed:\n" + "".join(lines))


def left_behind(port: int) -> list[str]:
    """The processes that still name our port; those of Linux can be asked."""
    commands = (path.read_bytes().replace(b"\0", b" ").decode() for path in processes())
    return [command for command in commands if re.search(rf":{port}\b|--port {port}\b", command)]


def processes() -> Iterator[Path]:
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            path.read_bytes()
        except OSError:
            continue
        yield path


def test_it_shows_the_service_at_work_then_stops_and_keeps_the_data(tmp_path: Path) -> None:
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    for start, told in enumerate((signal.SIGINT, signal.SIGTERM, signal.SIGHUP), 1):
        with running(tmp_path, "--port", str(port)) as process:
            shown = read_until(process, "Ctrl-C")
            assert re.search(r"Spring launch: [\d.,]+\u00a0k?[gt]CO2e \([\d.,]+ to [\d.,]+\)", shown)
            [seen] = re.findall(rf"{address}/v1/estimates/est_\w+", shown)
            assert requests.get(seen, timeout=5).json()["plan"]["name"] == "Spring launch"
            assert len(requests.get(f"{address}/v1/estimates", timeout=5).json()["items"]) == start
            to_group = told == signal.SIGINT  # a terminal's Ctrl-C reaches every process
            os.killpg(process.pid, told) if to_group else process.send_signal(told)
            assert process.wait(WITHIN) == 0
        assert gone(address)
        assert left_behind(port) == []


def test_a_post_that_fails_stops_the_server_and_says_why(tmp_path: Path) -> None:
    port, wrong = free_port(), tmp_path / "wrong.yaml"
    wrong.write_text("name: x\nlines: [{id: a, kind: carrier pigeon}]\n")
    with running(tmp_path, "--port", str(port), "--plan", str(wrong)) as process:
        printed, _ = process.communicate(timeout=WITHIN)
    assert process.returncode != 0
    assert "/lines/0/kind" in printed
    assert gone(f"http://127.0.0.1:{port}")
    assert left_behind(port) == []


def test_a_busy_port_is_named_at_once(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        started = time.monotonic()
        with running(tmp_path, "--port", str(port)) as process:
            printed, _ = process.communicate(timeout=WITHIN)
    assert process.returncode == 2
    assert f"127.0.0.1:{port}" in printed
    assert "PORT=" in printed
    assert time.monotonic() - started < 10


def test_a_proxy_is_not_asked_and_the_settings_say_where_to_listen(tmp_path: Path) -> None:
    port, nowhere = free_port(), "http://127.0.0.1:9"
    settings = {"HTTP_PROXY": nowhere, "http_proxy": nowhere, "CARBON_HOST": "::1", "CARBON_PORT": str(port)}
    with running(tmp_path, **settings) as process:
        assert f"Serving on http://[::1]:{port}" in read_until(process, "Ctrl-C")
    assert process.returncode == 0
    assert left_behind(port) == []


TOLD_WHILE_STARTING = f"""
import os, signal, subprocess, sys
sys.path.insert(0, {str(ROOT)!r})
from scripts.run import main

def tell(frame, event, _):
    if event == "return" and frame.f_code is subprocess.Popen.__init__.__code__ and "serve" in frame.f_locals["args"]:
        sys.setprofile(None)
        os.kill(os.getpid(), signal.SIGTERM)

sys.setprofile(tell)
main()
"""


def test_told_to_stop_while_the_server_is_started_it_leaves_none_behind(tmp_path: Path) -> None:
    """At the worst moment: the process is there, and whoever started it does not know its id yet."""
    port = free_port()
    with running(tmp_path, "--port", str(port), script=("-c", TOLD_WHILE_STARTING)) as process:
        printed, _ = process.communicate(timeout=WITHIN)
    assert (process.returncode, left_behind(port)) == (0, []), printed


def test_told_to_stop_again_and_again_it_still_leaves_none_behind(tmp_path: Path) -> None:
    port = free_port()
    with running(tmp_path, "--port", str(port)) as process:
        read_until(process, "Ctrl-C")
        for told in (signal.SIGINT, signal.SIGHUP, signal.SIGINT, signal.SIGTERM):
            os.killpg(process.pid, told) if told == signal.SIGINT else process.send_signal(told)
            time.sleep(0.02)
        process.wait(WITHIN)
    assert (process.returncode, left_behind(port)) == (0, [])


@pytest.mark.slow
def test_a_fresh_checkout_needs_nothing_but_make(tmp_path: Path) -> None:
    """The two lines of the README on what git would give a new user."""
    copy, port = tmp_path / "fresh", free_port()
    tracked = subprocess.check_output(["git", "ls-files", "-z"], cwd=ROOT, text=True).split("\0")
    for name in filter(None, tracked):
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        (copy / name).write_bytes((ROOT / name).read_bytes())
    env = {name: value for name, value in os.environ.items() if name != "VIRTUAL_ENV" and not name.startswith("MAKE")}
    command = ["make", "run", f"PORT={port}"]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
    with subprocess.Popen(command, cwd=copy, env=env, start_new_session=True, **pipes) as make:
        try:
            assert "Spring launch: " in read_until(make, "Ctrl-C")
            subprocess.run(["make", "--question", ".venv/ready"], cwd=copy, env=env, check=True)
        finally:
            os.killpg(make.pid, signal.SIGINT)
            make.communicate(timeout=WITHIN)
    assert left_behind(port) == []
