"""The soak itself, short: `make soak` is the long one. Where no disk can be mounted it says so and leaves that out."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.postgresql_server import KINDS

ROOT = Path(__file__).parents[2]
MINUTES = "1"


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_nothing_acknowledged_is_lost_and_nobody_is_served_what_is_anothers(kind: str) -> None:
    command = [sys.executable, "-m", "scripts.soak", "--minutes", MINUTES, "--database", kind]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=900)
    print(done.stdout)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "estimates read back to the byte" in done.stdout
