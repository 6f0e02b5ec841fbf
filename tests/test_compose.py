"""What the compose file does: the first key is made, once, and the service then lets itself be reached; what is kept
and counted is reached by nobody else, and no password is written down."""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from real_server import environment

from carbon_api.gunicorn_conf import graceful_timeout, refuse_open
from carbon_api.settings import Settings

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "compose.yaml").read_text("utf-8")
FILE: dict[str, Any] = yaml.safe_load(TEXT)
SERVICES: dict[str, Any] = FILE["services"]


def settings(**said: str) -> dict[str, str]:
    """The environment of the service, where the person who runs it has said this."""

    def fill(match: re.Match[str]) -> str:
        name, how, text = match.groups()
        if name not in said and how == ":?":
            raise KeyError(f"{name}: {text}")
        return said.get(name, text or "")

    given = SERVICES["service"]["environment"].items()
    return {name: re.sub(r"\$\{(\w+)(?:(:[?-])([^}]*))?\}", fill, value) for name, value in given}


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


def test_each_waits_for_what_it_needs() -> None:
    service, first = SERVICES["service"], SERVICES["first-key"]
    assert service["depends_on"] == {
        "first-key": {"condition": "service_completed_successfully"},
        "redis": {"condition": "service_healthy"},
    }
    assert first["depends_on"] == {"database": {"condition": "service_healthy"}}
    assert first["environment"] == service["environment"]
    assert {name for name, has in SERVICES.items() if "test" in has.get("healthcheck", {})} == {"database", "redis"}


def test_the_service_takes_the_settings_that_it_is_given() -> None:
    environ = settings(CARBON_DATABASE_PASSWORD="s3cr3t", CARBON_WORKERS="5")
    read = Settings.from_environment(environ)
    assert read.database_url == "postgresql+psycopg://carbon:s3cr3t@database/carbon"
    assert (read.workers, read.threads) == (5, Settings().threads)
    assert read.limits_url == "redis://redis:6379/0"


def test_what_is_set_beside_the_file_reaches_the_service() -> None:
    """But for where it listens and what it keeps, which are the file's own."""
    table = re.findall(r"^\| `(CARBON_\w+)` \|", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE)
    own = {"CARBON_HOST", "CARBON_PORT", "CARBON_DATA_DIR", "CARBON_DATABASE_URL", "CARBON_LIMITS_URL"}
    given = dict.fromkeys({*table} - own, "7")
    environ = settings(CARBON_DATABASE_PASSWORD="s3cr3t", **given)
    assert {name: environ.get(name) for name in given} == given
    unset = Settings.from_environment(settings(CARBON_DATABASE_PASSWORD="s3cr3t"))
    assert (unset.max_lines, unset.rate_limit) == (Settings().max_lines, Settings().rate_limit)


def test_no_log_grows_without_end() -> None:
    assert {name for name, has in SERVICES.items() if "max-size" not in has["logging"]["options"]} == set()


def test_no_password_is_written_down_and_none_is_taken_for_granted() -> None:
    with pytest.raises(KeyError, match="CARBON_DATABASE_PASSWORD"):
        settings()
    words = [line for line in TEXT.splitlines() if "PASSWORD" in line and not line.startswith("#")]
    assert [line for line in words if "${CARBON_DATABASE_PASSWORD:?" not in line] == []
    assert len(words) == 2


def test_only_the_service_is_reached_and_only_from_its_own_machine() -> None:
    assert {name: has["ports"] for name, has in SERVICES.items() if "ports" in has} == {
        "service": ["127.0.0.1:8000:8000"]
    }
    assert FILE["networks"]["inside"] == {"internal": True}
    assert {name for name, has in SERVICES.items() if has["networks"] != ["inside"]} == {"service"}


def test_a_stop_leaves_the_requests_under_way_their_time() -> None:
    assert int(SERVICES["service"]["stop_grace_period"].removesuffix("s")) > graceful_timeout


def test_the_file_is_one_that_compose_reads() -> None:
    check = [Path(sys.executable).with_name("check-jsonschema"), "--builtin-schema", "vendor.compose-spec"]
    done = subprocess.run([*check, ROOT / "compose.yaml"], capture_output=True, text=True, check=False, env=os.environ)
    assert done.returncode == 0, done.stdout
