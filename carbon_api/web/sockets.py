"""The sockets that the service listens on: one for each worker, held open by the master.

Each has a queue of its own, so that the kernel shares connections out evenly. As the master holds it, a queue outlives
its worker: who waits in it is served by the next one. A worker's own socket would take its queue with it, and every
client in that would see its connection reset.
"""

import socket
from collections.abc import Mapping
from typing import Protocol

from gunicorn import sock
from gunicorn.config import Config


class Worker(Protocol):
    """A worker, as the master knows it."""

    sockets: list[sock.BaseSocket]
    number: int  # that it counts under; see `metrics_folder`


class Master(Protocol):
    """gunicorn's first process."""

    LISTENERS: list[sock.BaseSocket]
    WORKERS: Mapping[int, Worker]
    num_workers: int
    cfg: Config
    log: object
    master_pid: int  # of the master that this one takes over from, or 0
    address: list[tuple[str, int] | str | int]  # of an internet socket, a file, a descriptor


def open_sockets(master: Master) -> None:
    """Open the sockets of every worker; files and descriptors, which are one for all, are left to gunicorn."""
    shareable = hasattr(socket, "SO_REUSEPORT") and all(isinstance(address, tuple) for address in master.address)
    if master.master_pid or not shareable:
        return
    master.cfg.set("reuse_port", True)  # for these; were it left so, each worker would open another of its own
    for _ in range(master.num_workers):
        master.LISTENERS += sock.create_sockets(master.cfg, master.log)
    master.cfg.set("reuse_port", False)


def take_seat(master: Master, worker: Worker) -> None:
    """Give a worker that is about to start the sockets that the fewest others listen on."""
    taken = [other.sockets for other in master.WORKERS.values()]
    worker.sockets = min(_seats(master), key=taken.count)


def leave_others(master: Master, worker: Worker) -> None:
    """Let go, in a worker that has started, of the sockets that are not its own."""
    for listener in master.LISTENERS:
        if listener not in worker.sockets:
            listener.close()


def give_up_seat(master: Master, worker: Worker) -> None:
    """Close the sockets of a worker that has gone if nobody will come for them: their clients would wait for ever."""
    is_shared = worker.sockets in [other.sockets for other in master.WORKERS.values()]
    if is_shared or len(master.WORKERS) < master.num_workers:
        return
    for listener in worker.sockets:
        listener.close()
        master.LISTENERS.remove(listener)


def _seats(master: Master) -> list[list[sock.BaseSocket]]:
    size = len(master.address)
    return [master.LISTENERS[start : start + size] for start in range(0, len(master.LISTENERS), size)]
