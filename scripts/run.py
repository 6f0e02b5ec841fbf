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

from carbon_api.cli.summary import page, print_summary
from carbon_api.errors import CarbonError, Unavailable, UsageError
from carbon_api.listening import reachable, refuse_busy
from carbon_api.settings import Settings
from carbon_api.store.schema import upgrade

COMMAND = (sys.executable, "-m", "carbon_api.cli", "serve")
PLAN = Path(__file__).parents[1] / "examples" / "launch.yaml"
STOPS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
READY_WITHIN = 30.0
STOPPED_WITHIN = 15.0
GLANCE = 0.2


class Server:
    """`carbon-api serve` as a process of ours. Being told to stop only stops it, and whoever waits for it sees that."""

    def __init__(self, host: str, port: int) -> None:
        self.told_to_stop = False
        self.process: subprocess.Popen[bytes] | None = None
        for told in STOPS:
            signal.signal(told, self._stop)
        self.process = subprocess.Popen([*COMMAND, "--host", host, "--port", str(port)])
        if self.told_to_stop:  # while it was being started
            self.process.terminate()

    def _stop(self, _signal: int, _frame: FrameType | None) -> None:
        self.told_to_stop = True
        if self.process:
            self.process.terminate()

    @property
    def runs(self) -> bool:
        """Whether it has not ended yet."""
        return self.process is not None and self.process.poll() is None

    def wait(self) -> None:
        """Return when it has ended. Looked at now and then: told just before a long wait, we would not hear it."""
        while self.runs:
            time.sleep(GLANCE)

    def end(self) -> int:
        """Stop the server and its workers, gently and then not; its exit code, 0 if it was told to stop."""
        assert self.process
        self.process.terminate()
        try:
            code = self.process.wait(STOPPED_WITHIN)
        except subprocess.TimeoutExpired:
            self.process.kill()
            code = self.process.wait()
        return 0 if self.told_to_stop else code


@click.command()
@click.option("--port", type=int, help="The port to listen on.  [default: CARBON_PORT, else 8000]")
@click.option("--plan", type=click.Path(exists=True, dir_okay=False, path_type=Path), default=PLAN)
def main(port: int | None, plan: Path) -> None:
    """Serve on this machine, and show the service at work on a plan."""
    try:
        settings = Settings.from_environment(os.environ)
        port = port or settings.port
        refuse_busy_port(settings.host, port)
        upgrade(settings.database_url)
        code = serve(settings.host, port, plan)
    except CarbonError as error:
        click.echo(f"{error.title}: {error.detail}", err=True)
        code = error.exit_code
    sys.exit(code)


def refuse_busy_port(host: str, port: int) -> None:
    """UsageError if the port is taken, with how to name another one to make."""
    try:
        refuse_busy(host, port)
    except UsageError as error:
        raise UsageError(f"{error.detail} For instance: make run PORT={port + 1}") from error


def serve(host: str, port: int, plan: Path) -> int:
    """Run the server until it ends or we are told to stop; its exit code, 0 if we were."""
    server = Server(host, port)
    try:
        show(server, reachable(host, port), plan)
        server.wait()
    except CarbonError:
        if not server.told_to_stop:
            raise
    finally:
        code = server.end()
    return code


def show(server: Server, address: str, plan: Path) -> None:
    """Post the plan once the server is ready, and print its answer; Unavailable if that cannot be."""
    with requests.Session() as session:
        session.trust_env = False  # no proxy leads back to this machine
        session.headers["Connection"] = "close"  # a server that is stopped lingers over connections that are kept
        wait_until_ready(session, server, address)
        answer = post(session, address, plan)
    print_summary(answer, page(), address=address + answer["links"]["self"])
    click.echo(f"Serving on {address}, with a page to try it at {address}/docs; Ctrl-C stops it.")


def wait_until_ready(session: requests.Session, server: Server, address: str) -> None:
    """Return when the service says that it is ready; Unavailable with what it lacks if it ends or takes too long."""
    deadline, lacks = time.monotonic() + READY_WITHIN, "what it said is above"
    while server.runs and time.monotonic() < deadline:
        try:
            answer = session.get(f"{address}/readyz", timeout=1)
        except requests.RequestException:
            time.sleep(0.05)
            continue
        if answer.ok:
            return
        lacks = f"it answers {answer.status_code}: {answer.text}"
        time.sleep(0.05)
    raise Unavailable(f"the server did not become ready; {lacks}.")


def post(session: requests.Session, address: str, plan: Path) -> Any:
    """The service's answer to the plan; Unavailable with the service's own words when it refuses."""
    headers = {"Content-Type": "application/yaml"}
    try:
        response = session.post(
            f"{address}/v1/estimates", data=plan.read_bytes(), headers=headers, timeout=READY_WITHIN
        )
    except requests.RequestException as fault:
        raise Unavailable(f"the service did not answer to {plan}: {fault}") from fault
    if not response.ok:
        raise Unavailable(f"the service answered {response.status_code} to {plan}:\n{response.text}")
    return response.json()


if __name__ == "__main__":
    main()
