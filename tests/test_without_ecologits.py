"""Without EcoLogits, or with another version of it, a named model is refused with what to install; all else is priced.

The packages of this environment are linked into a folder one by one, and EcoLogits left out or dressed as another.
"""

import json
import os
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[1]
INSTALLED = Path(sysconfig.get_paths()["purelib"])
COMMAND = (sys.executable, "-S", "-m", "carbon_api.cli", "estimate")
MODEL = {"id": "m", "kind": "ai", "task": "text", "provider": "openai", "model": "gpt-4o", "output_tokens": 400}
FIGURE = {"id": "f", "kind": "ai", "task": "text", "figure": "gemini_median_prompt"}


def linked(folder: Path) -> Path:
    """A folder with every installed package but EcoLogits."""
    for path in INSTALLED.iterdir():
        if not path.name.startswith("ecologits") and path.name != "carbon_api" and path.suffix != ".pth":
            (folder / path.name).symlink_to(path)
    for name in ("carbon_api", "factors"):
        (folder / name).symlink_to(ROOT / name)
    return folder


@pytest.fixture
def without(tmp_path: Path) -> Path:
    return linked(tmp_path)


@pytest.fixture
def other_version(without: Path) -> Path:
    (without / "ecologits").symlink_to(INSTALLED / "ecologits")
    information = without / "ecologits-0.12.0.dist-info"
    information.mkdir()
    (information / "METADATA").write_text("Metadata-Version: 2.1\nName: ecologits\nVersion: 0.12.0\n", "utf-8")
    return without


def estimated(packages: Path, line: dict[str, Any]) -> subprocess.CompletedProcess[str]:
    """What the command line makes of a plan of one line, with these packages and no others."""
    plan = packages / "plan.yaml"
    document = {"name": "p", "lines": [line | {"generated": 10, "country": "US", "grid_intensity": 100}]}
    plan.write_text(yaml.safe_dump(document), "utf-8")
    env = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"} | {"PYTHONPATH": str(packages)}
    command = [*COMMAND, "--json", str(plan)]
    return subprocess.run(command, cwd=packages, env=env, capture_output=True, text=True, check=False)


def test_a_model_is_refused_with_what_to_install(without: Path) -> None:
    done = estimated(without, MODEL)
    assert (done.returncode, done.stdout) == (5, "")
    assert "EcoLogits 0.11.3, and it is not installed here" in done.stderr
    assert "pip install 'carbon-api[ai]'" in done.stderr


def test_another_version_is_refused_rather_than_answered_otherwise(other_version: Path) -> None:
    done = estimated(other_version, MODEL)
    assert (done.returncode, done.stdout) == (5, "")
    assert "EcoLogits 0.11.3, and 0.12.0 is installed here" in done.stderr
    assert "pip install ecologits==0.11.3" in done.stderr


def test_a_figure_needs_no_package(without: Path) -> None:
    done = estimated(without, FIGURE)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["total"]["central"] == pytest.approx(10 * 0.24e-3 * 0.1, rel=1e-12)


def test_the_extra_the_constraints_and_the_book_name_one_version() -> None:
    named = "ecologits==0.11.3"
    assert f'ai = ["{named}"]' in (ROOT / "pyproject.toml").read_text("utf-8")
    assert named in (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    assert "source: ecologits-0.11.3" in (ROOT / "factors" / "ai.yaml").read_text("utf-8")
