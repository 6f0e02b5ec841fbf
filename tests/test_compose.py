"""What the compose file does: the first key is made, once, and the service then lets itself be reached."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import yaml
from real_server import environment

from carbon_api.gunicorn_conf import refuse_open

ROOT = Path(__file__).parents[1]
SERVICES: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))["services"]


def run(data: Path) -> subprocess.CompletedProcess[str]:
    """The command of `first-key`, with this Python's carbon-api."""
    shell, flag, line = SERVICES["first-key"]["command"]
    line = line.replace("carbon-api", f"{sys.executable} -m carbon_api.cli")
    return subprocess.run(
        [shell, flag, line], env=environment(data), cwd=ROOT, capture_output=True, text=True, check=True, timeout=60
    )


def test_the_first_key_is_printed_once_and_opens_the_service(tmp_path: Path, monkeypatch: Any) -> None:
    assert "\ncarbon_" in run(tmp_path).stdout
    assert "carbon_" not in run(tmp_path).stdout
    monkeypatch.setenv("CARBON_DATA_DIR", str(tmp_path))
    refuse_open("0.0.0.0")


def test_the_service_waits_for_the_key_and_shares_its_volume() -> None:
    service, first = SERVICES["service"], SERVICES["first-key"]
    assert service["depends_on"] == {"first-key": {"condition": "service_completed_successfully"}}
    assert service["volumes"] == first["volumes"] == ["estimates:/data"]
