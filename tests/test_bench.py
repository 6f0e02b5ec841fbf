"""The benchmark runs: its figures are read by people, so nothing else notices when a change breaks it."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_the_benchmark_times_everything_it_names() -> None:
    """A quick run prints all its tables; what the figures are is not asked."""
    command = [sys.executable, "-m", "scripts.bench", "--quick"]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert ran.returncode == 0, ran.stderr
    named = (
        "loading the factor book",
        "read and validate",
        "every method",
        "all levers",
        "sets tried",
        "stored, range",
    )
    for timed in named:
        assert timed in ran.stdout
