"""What `make run` does: the database, the server, one plan posted to it and its answer in words; then it serves.

Ctrl-C, SIGTERM, a closed terminal or a failed post all stop the server, so no process is left behind.
"""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import FrameType
from typing import Any

import click
import requests

from carbon_api.cli.service import refuse_busy
from carbon_api.cli.summary import page, print_summary
from carbon_api.errors import CarbonError, Unavailable, UsageError
from carbon_api.settings import Settings
from carbon_api.store.schema import upgrade

HOST = "127.0.0.1"
COMMAND = (sys.executable, "-m", "carbon_api.cli")
PLAN = Path(__file__).parents[1] / "examples" / "launch.yaml"
STOPS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
READY_WITHIN = 30.0
STOPPED_WITHIN = 15.0


@click.command()
@click.option("--port", type=int, default=8000)
@click.option("--plan", type=click.Path(path_type=Path), default=PLAN)
def main(port: int, plan: Path) -> None:
    """Serve on a port of this machine, and show the service at work on a plan."""
    try:
        refuse_busy_port(port)
        upgrade(Settings.from_environment(os.environ).database_url)
        code = serve(port, plan)
    except CarbonError as error:
        click.echo(f"{error.title}: {error.detail}", err=True)
        code = error.exit_code
    sys.exit(code)


def refuse_busy_port(port: int) -> None:
    """UsageError if the port is taken, with how to name another one to make."""
    try:
        refuse_busy(HOST, port)
    except UsageError as error:
        raise UsageError(f"{error.detail} For instance: make run PORT={port + 1}") from error


def serve(port: int, plan: Path) -> int:
    """Run the server until it ends or we are told to stop; its exit code, 0 if we stopped it."""
    for told in STOPS:
        signal.signal(told, stop)
    server = subprocess.Popen([*COMMAND, "serve", "--host", HOST, "--port", str(port)])
    try:
        address = f"http://{HOST}:{port}"
        wait_until_ready(server, address)
        answer = post(address, plan)
        print_summary(answer, page(), address=address + answer["links"]["self"])
        click.echo(f"Serving on {address}; Ctrl-C stops it.")
        return server.wait()
    except KeyboardInterrupt:
        return 0
    finally:
        for told in STOPS:
            signal.signal(told, signal.SIG_IGN)
        end(server)


def stop(_signal: int, _frame: FrameType | None) -> None:
    """Being told to stop is treated as Ctrl-C."""
    raise KeyboardInterrupt


def wait_until_ready(server: subprocess.Popen[bytes], address: str) -> None:
    """Return when the service says that it is ready; Unavailable if it ends or takes too long."""
    deadline = time.monotonic() + READY_WITHIN
    while time.monotonic() < deadline and server.poll() is None:
        try:
            if requests.get(f"{address}/readyz", timeout=1).ok:
                return
        except requests.RequestException:
            time.sleep(0.05)
    raise Unavailable("the server did not become ready; what it said is above.")


def post(address: str, plan: Path) -> Any:
    """The service's answer to the plan; Unavailable with the service's own words when it refuses."""
    response = requests.post(
        f"{address}/v1/estimates",
        data=plan.read_bytes(),
        headers={"Content-Type": "application/yaml"},
        timeout=READY_WITHIN,
    )
    if not response.ok:
        raise Unavailable(f"the service answered {response.status_code} to {plan}:\n{response.text}")
    return response.json()


def end(server: subprocess.Popen[bytes]) -> None:
    """Stop the server and its workers, gently and then not."""
    server.terminate()
    try:
        server.wait(STOPPED_WITHIN)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


if __name__ == "__main__":
    main()
