"""Output that cannot be written: the command ends without a traceback, with a code that says so, and never with 1."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from carbon_api.cli.output import INTERRUPTED, READER_GONE
from carbon_api.errors import Unavailable

ROOT = Path(__file__).parents[2]
EXAMPLE = "examples/first.json"
PRINTING = [
    ("--help",),
    ("--version",),
    ("estimate", "--help"),
    ("estimate", EXAMPLE),
    ("estimate", EXAMPLE, "--json"),
    ("estimate", EXAMPLE, "--trace"),
    ("compare", EXAMPLE, "--no-range"),
    ("factors", "list"),
    ("openapi",),
]


def run(arguments: tuple[str, ...], output: int) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "carbon_api.cli", *arguments]
    return subprocess.run(command, cwd=ROOT, stdout=output, stderr=subprocess.PIPE, text=True, check=False, timeout=60)


@pytest.fixture
def unread() -> Iterator[int]:
    """A pipe that nobody reads from any more."""
    reader, writer = os.pipe()
    os.close(reader)
    yield writer
    os.close(writer)


@pytest.mark.parametrize("arguments", PRINTING, ids=" ".join)
def test_a_reader_that_has_gone_is_left_quietly(arguments: tuple[str, ...], unread: int) -> None:
    done = run(arguments, unread)
    assert (done.returncode, done.stderr) == (READER_GONE, "")


@pytest.mark.parametrize("arguments", PRINTING, ids=" ".join)
def test_a_full_disk_is_one_line_and_unavailable(arguments: tuple[str, ...]) -> None:
    with open("/dev/full", "wb") as full:
        done = run(arguments, full.fileno())
    assert done.returncode == Unavailable.exit_code
    assert done.stderr == "Error: Temporarily unavailable: the output cannot be written (No space left on device).\n"


def test_who_is_interrupted_leaves_as_others_do(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "plan.json")  # nobody writes to it, so the command waits there
    command = [sys.executable, "-m", "carbon_api.cli", "estimate", str(tmp_path / "plan.json")]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as waiting:
        with open(tmp_path / "plan.json", "wb"):  # opened, the command is at it
            waiting.send_signal(signal.SIGINT)
            assert waiting.wait(30) == INTERRUPTED
        assert waiting.stderr is not None
        assert "Traceback" not in waiting.stderr.read()
