"""A load by wrk, where it is installed (Debian has it)."""

import json
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path
from shutil import which

from scripts.bench import client
from scripts.bench.asking import Ask, Load

SCRIPT = """wrk.method = {method}
wrk.body = {body}
wrk.headers = {headers}
done = function(summary, latency)
  local failed = summary.errors.status + summary.errors.read + summary.errors.timeout
  io.write(string.format("%f %d %d %d\\n", summary.requests / summary.duration * 1e6,
    latency:percentile(50), latency:percentile(99), failed))
end
"""


def generator() -> tuple[str, Callable[[Ask, float], Load]]:
    """What makes the load on this machine, by name."""
    return ("wrk", load) if which("wrk") else ("a Python client, as wrk is not installed", client.load)


def load(ask: Ask, seconds: float) -> Load:
    """The clients ask for so long; every answer must be 2xx."""
    headers = ", ".join(f"[{_quoted(name)}] = {_quoted(value)}" for name, value in ask.headers.items())
    script = SCRIPT.format(
        method=_quoted(ask.method), body=_quoted(ask.body.decode("ascii")), headers="{" + headers + "}"
    )
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as file:
        Path(file.name).write_text(script, "utf-8")
        options = ("-t1", f"-c{ask.clients}", f"-d{max(1, round(seconds))}s", "--timeout", "60s", "-s", file.name)
        command = ("wrk", *options, f"http://127.0.0.1:{ask.port}{ask.path}")
        said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    rate, p50, p99, failed = map(float, said.split("\n")[-2].split())
    if failed:
        raise SystemExit(f"the server did not answer {failed:.0f} requests with 2xx")
    return Load(rate, p50 / 1000, p99 / 1000)


def _quoted(text: str) -> str:
    """A text of Lua, which writes ours, all in ASCII, as JSON does."""
    return json.dumps(text)
