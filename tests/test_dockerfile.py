"""The image says whether it is healthy, on whatever port it was told to listen."""

import json
import re
import subprocess
import sys
from pathlib import Path

from real_server import environment, free_port, serving

DOCKERFILE = Path(__file__).parents[1] / "Dockerfile"


def health_command() -> list[str]:
    """The command of HEALTHCHECK, run by this Python."""
    text = DOCKERFILE.read_text(encoding="utf-8").replace("\\\n", "")
    [command] = re.findall(r"^HEALTHCHECK .*CMD (\[.*\])$", text, re.MULTILINE)
    program, *arguments = json.loads(command)
    assert program == "python"
    return [sys.executable, *arguments]


def healthy(data: Path, port: str) -> bool:
    """Whether the check of the image passes; a proxy that leads nowhere is in its way."""
    env = environment(data, CARBON_PORT=port, http_proxy="http://127.0.0.1:9")
    return subprocess.run(health_command(), env=env, stderr=subprocess.DEVNULL, check=False).returncode == 0


def test_health_is_asked_where_the_service_listens(tmp_path: Path) -> None:
    with serving(tmp_path) as address:
        assert healthy(tmp_path, address.rpartition(":")[2])
        assert not healthy(tmp_path, str(free_port()))
