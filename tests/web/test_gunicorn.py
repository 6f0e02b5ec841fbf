"""Plain `gunicorn` in a checkout: it finds its settings, and they are those of the service."""

import runpy
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def test_gunicorn_takes_the_file_and_finds_the_application() -> None:
    command = [sys.executable, "-m", "gunicorn", "--check-config"]
    assert subprocess.run(command, cwd=ROOT, check=False, timeout=60).returncode == 0


def test_the_environment_says_where_and_how_wide_it_listens(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"HOST": "0.0.0.0", "PORT": "9001", "WORKERS": "3", "THREADS": "5"}.items():
        monkeypatch.setenv(f"CARBON_{name}", value)
    names = runpy.run_path(str(ROOT / "gunicorn.conf.py"))
    assert (names["bind"], names["workers"], names["threads"]) == ("0.0.0.0:9001", 3, 5)
    # Without a port each, all connections can land on one worker; without preloading, each reads the factor book.
    assert (names["worker_class"], names["reuse_port"], names["preload_app"]) == (
        "carbon_api.web.worker.Worker",
        True,
        True,
    )
    assert names["control_socket_disable"]
