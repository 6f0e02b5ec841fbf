"""What is shipped works where it is put: the wheel holds the factors, and estimates from any folder."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
import requests
from real_server import serving

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / "examples" / "launch.yaml"
ESTIMATE = (sys.executable, "-m", "carbon_api.cli", "estimate", "--json", str(EXAMPLE))


def pip(*arguments: str | Path) -> None:
    subprocess.run([sys.executable, "-m", "pip", "-qq", *map(str, arguments)], check=True)


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds nothing but the installed wheel."""
    wheels, site = tmp_path_factory.mktemp("wheels"), tmp_path_factory.mktemp("site")
    pip("wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", wheels, ROOT)
    [wheel] = wheels.glob("*.whl")
    pip("install", "--no-deps", "--target", site, wheel)
    return site


def test_the_wheel_holds_its_factors_and_its_licences(installed: Path) -> None:
    shipped = {path.name for path in (installed / "carbon_api" / "factors").iterdir()}
    assert shipped >= {path.name for path in (ROOT / "factors").iterdir()}
    pages = {path.name for path in (installed / "carbon_api" / "web" / "page").iterdir()}
    assert pages == {path.name for path in (ROOT / "carbon_api" / "web" / "page").iterdir()}
    assert {path.name for path in installed.rglob("licenses/*")} == {"LICENSE", "NOTICE"}
    assert not list(installed.rglob("test_*.py"))


def test_an_installed_wheel_estimates_as_the_checkout_does(installed: Path, tmp_path: Path) -> None:
    env = os.environ | {"PYTHONPATH": str(installed)}
    place = [sys.executable, "-c", "import carbon_api.cli; print(carbon_api.cli.__file__)"]
    assert subprocess.check_output(place, cwd=tmp_path, env=env, text=True).startswith(str(installed))
    elsewhere = subprocess.check_output(ESTIMATE, cwd=tmp_path, env=env)
    assert elsewhere == subprocess.check_output(ESTIMATE, cwd=ROOT)


def test_an_installed_wheel_serves(installed: Path, tmp_path: Path) -> None:
    with serving(tmp_path, PYTHONPATH=str(installed)) as address:
        for part in ("", "/page.js", "/swagger-ui.css", "/swagger-ui-bundle.js"):
            assert requests.get(f"{address}/docs{part}", timeout=10).status_code == 200
