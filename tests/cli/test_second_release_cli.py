"""A second release lands in a checkout: `carbon-api estimate` prints for the first what it printed before."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.second_release import FIRST, SECOND, Folders, second_release

ROOT = Path(__file__).parents[2]
LAUNCH = (ROOT / "examples" / "launch.yaml").read_text("utf-8")
WITHDRAWN = "was withdrawn in 2027.05"


@pytest.fixture(scope="module")
def checkouts(tmp_path_factory: pytest.TempPathFactory) -> Folders:
    """The code with the factors before the second release, and with those after it: each with a plan of any release."""
    folders = second_release(tmp_path_factory.mktemp("checkouts"))
    for factors in folders:
        shutil.copytree(ROOT / "carbon_api", factors.parent / "carbon_api")
        for release in (FIRST, SECOND, "latest", "2031.01"):
            (factors.parent / f"{release}.yaml").write_text(f'factor_release: "{release}"\n{LAUNCH}', "utf-8")
    return Folders(*(factors.parent for factors in folders))


def estimate(checkout: Path, *arguments: str, code: int = 0) -> subprocess.CompletedProcess[str]:
    return command(checkout, "estimate", *arguments, code=code)


def command(checkout: Path, *arguments: str, code: int = 0) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "carbon_api.cli", *arguments]
    done = subprocess.run(command, cwd=checkout, capture_output=True, text=True, check=False)
    assert done.returncode == code, done.stderr
    return done


@pytest.mark.parametrize("form", ["--json", "--trace", "--language=fr"])
def test_a_plan_pinned_to_the_first_prints_the_same_to_the_byte(checkouts: Folders, form: str) -> None:
    before, after = (estimate(checkout, f"{FIRST}.yaml", form) for checkout in checkouts)
    assert before.stdout == after.stdout
    assert before.stderr == ""
    assert (WITHDRAWN in after.stderr) == (form != "--trace")


def test_latest_is_what_it_resolves_to(checkouts: Folders) -> None:
    for checkout, newest in zip(checkouts, (FIRST, SECOND), strict=True):
        latest, named = (json.loads(estimate(checkout, f"{id}.yaml", "--json").stdout) for id in ("latest", newest))
        assert {**latest, "plan": {}} == {**named, "plan": {}}
        assert (latest["factor_release"]["id"], latest["factor_release"]["status"]) == (newest, "given")
    assert WITHDRAWN not in estimate(checkouts.after, "latest.yaml").stderr


def test_a_release_that_is_not_there_is_refused_with_those_that_are(checkouts: Folders) -> None:
    refused = estimate(checkouts.after, "2031.01.yaml", code=3)
    assert f"Valid: {FIRST}, {SECOND}, latest" in refused.stderr
    assert "2031.01.yaml:1  /factor_release" in refused.stderr


@pytest.mark.parametrize(
    ("arguments", "warned"),
    [
        ([f"{FIRST}.yaml", f"{FIRST}.yaml"], True),
        ([f"{FIRST}.yaml", "--method", "scope3-2026.07", "--method", "swd-4"], True),
        (["latest.yaml", "--releases", FIRST, "latest"], True),
        (["latest.yaml", "latest.yaml"], False),
    ],
)
def test_a_comparison_that_rests_on_what_was_withdrawn_notes_it_once(
    checkouts: Folders, arguments: list[str], warned: bool
) -> None:
    notes = [line for line in command(checkouts.after, "compare", *arguments, "--no-range").stderr.splitlines() if line]
    assert len(notes) == len(set(notes))
    assert any(note.startswith("Note: ") and WITHDRAWN in note for note in notes) == warned
    assert command(checkouts.before, "compare", f"{FIRST}.yaml", f"{FIRST}.yaml", "--no-range").stderr == ""
