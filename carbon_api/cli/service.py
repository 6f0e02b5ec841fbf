"""`carbon-api serve` and `openapi`: what runs and describes the service."""

import os
import sys
from pathlib import Path

import click

from carbon_api.errors import UsageError
from carbon_api.listening import bindable, refuse_busy

ALL_PORTS = 65535


@click.command()
@click.option("--host", help="The address to listen on.  [default: 127.0.0.1]")
@click.option("--port", type=click.IntRange(1, ALL_PORTS), help="The port to listen on.  [default: 8000]")
@click.option("--workers", type=click.IntRange(1), help="Processes that answer.  [default: 2]")
@click.option("--threads", type=click.IntRange(1), help="Threads in each process.  [default: 2]")
def serve(host: str | None, port: int | None, workers: int | None, threads: int | None) -> None:
    """Serve the API with gunicorn until Ctrl-C; run `carbon-api db upgrade` first."""
    from carbon_api.settings import Settings
    from carbon_api.store.engine import readable_url

    standard = Settings.from_environment(os.environ)
    readable_url(standard.database_url)
    host, port = host or standard.host, port or standard.port
    refuse_busy(host, port)
    sys.stdout.flush()
    os.execv(  # noqa: S606  the server takes this process's place, so a signal reaches it
        sys.executable,
        [
            *(sys.executable, "-m", "gunicorn"),
            *("--config", "python:carbon_api.gunicorn_conf"),
            *("--bind", bindable(host, port)),
            *("--workers", str(workers or standard.workers)),
            *("--threads", str(threads or standard.threads)),
        ],
    )


@click.command()
@click.option("--check", is_flag=True, help="Compare with FILE instead of printing; exit 2 when it is out of date.")
@click.option("--file", "file", default="openapi.yaml", show_default=True, help="The file that --check reads.")
def openapi(check: bool, file: str) -> None:
    """Print the OpenAPI description of the service, generated from its code."""
    from carbon_api.web.spec import openapi_yaml

    text = openapi_yaml()
    if not check:
        click.echo(text, nl=False)
        return
    if not Path(file).is_file():
        raise UsageError(f"there is no file {file}. Write it: carbon-api openapi > {file}")
    if Path(file).read_text(encoding="utf-8") != text:
        raise UsageError(f"{file} is not what the code describes. Write it again: carbon-api openapi > {file}")
    click.echo(f"{file} is current.")
