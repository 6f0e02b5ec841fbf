"""How gunicorn runs the service; `carbon-api serve` adds the address, the workers and the threads."""

import gc
import os
import socket
import sys
from pathlib import Path
from secrets import token_hex
from tempfile import gettempdir
from typing import NoReturn

from carbon_api.errors import CarbonError, Unavailable, UsageError, notes
from carbon_api.estimate.prepared import prepare
from carbon_api.factor_book.book import book
from carbon_api.listening import is_own_machine, refuse_busy
from carbon_api.settings import Settings
from carbon_api.store.engine import Database
from carbon_api.store.keys import any_key
from carbon_api.web.metrics_folder import PREFIX, VARIABLE, count_as, forget, make_folder, take_number
from carbon_api.web.sockets import Master, Worker, give_up_seat, leave_others, open_sockets, take_seat

wsgi_app = "carbon_api.web.app:create_app()"
proc_name = "carbon-api"

# One socket for all would let workers of this class leave every connection to one of them: `web.sockets` opens them.
worker_class = "carbon_api.web.worker.Worker"

# The factor book is read once and shared by the workers; each opens its own database connections.
preload_app = True

loglevel = "warning"
logger_class = "carbon_api.web.log.ServerLog"

timeout = 30
graceful_timeout = 10
keepalive = 5
# A leak of a library is never more than this many requests old. Workers give way one after the other, unnoticed.
max_requests, max_requests_jitter = 50_000, 10_000
control_socket_disable = True
# No proxy says where the service stands: what it said would be kept in the links of an estimate.
forwarder_headers = ""

# Workers say that they are alive in memory: on a slow disk they would look hung.
_MEMORY = Path("/dev/shm")  # noqa: S108  the place of shared memory; files in it are made unguessable
worker_tmp_dir = str(_MEMORY) if _MEMORY.is_dir() else None
# They count there too, in a folder that nobody else can name.
_FIGURES = Path(worker_tmp_dir or gettempdir()) / f"{PREFIX}{token_hex(16)}"
raw_env = [f"{VARIABLE}={_FIGURES}"]


def nworkers_changed(_master: Master, _wanted: int, before: int | None) -> None:
    """The first that is asked of us, before the application is loaded: make the folder in which it counts."""
    if before is None:
        try:
            make_folder(_FIGURES)
        except OSError as fault:
            leave(Unavailable(f"No folder for the figures can be made in {_FIGURES.parent}: {fault.strerror}."))


def on_starting(master: Master) -> None:
    """Leave if a port is taken: as workers share theirs, they would share it with another service."""
    try:
        for address in master.address:
            host = host_of(address)
            if host is not None:
                refuse_open(host)
            if isinstance(address, tuple) and not master.master_pid:
                refuse_busy(*address)
        open_sockets(master)
    except CarbonError as error:
        leave(error)


def when_ready(_master: Master) -> None:
    """In the master, before any worker is made: lay out the factors that all of them read."""
    prepare(book())


def pre_fork(master: Master, worker: Worker) -> None:
    """In the master: a worker is about to start."""
    take_seat(master, worker)
    take_number(master.WORKERS.values(), worker)


def post_fork(master: Master, worker: Worker) -> None:
    """In the worker: it has started."""
    leave_others(master, worker)
    count_as(worker)


def child_exit(master: Master, worker: Worker) -> None:
    """In the master: a worker has gone."""
    give_up_seat(master, worker)
    forget(worker, _FIGURES)


def host_of(address: tuple[str, int] | str | int) -> str | None:
    """The host that others reach an address by; None where it is a file of this machine."""
    if isinstance(address, int):
        with socket.socket(fileno=os.dup(address)) as inherited:
            address = inherited.getsockname()
    return str(address[0]) if isinstance(address, tuple) else None


def refuse_open(host: str) -> None:
    """UsageError where others could reach a service that nobody needs a key for; Unavailable if that is not known."""
    if is_own_machine(host):
        return
    database = Database(Settings.from_environment(os.environ).database_url)
    try:
        if not any_key(database):
            raise UsageError(
                f"{host} can be reached from other machines, and no key was ever made: anyone could read and delete "
                "what is kept. Make the first one (`carbon-api keys create`), or listen on 127.0.0.1."
            )
    finally:
        database.engine.dispose()


def leave(error: CarbonError) -> NoReturn:
    """End gunicorn as `carbon-api` ends: with what is wrong, and without a traceback."""
    print(f"Error: {error.title}: {error.detail}{notes(error)}", file=sys.stderr)
    sys.exit(error.exit_code)


def post_worker_init(_worker: object) -> None:
    """Keep what was loaded before the first request out of the collector's rounds, which were the tail latency."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 50)
