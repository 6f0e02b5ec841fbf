"""The threaded worker: one connection at a time in each thread, from its first byte to its answer."""

import socket
from typing import Protocol

from flask import Flask
from gunicorn.sock import BaseSocket

class _Config:
    is_ssl: bool
    workers: int

class _Message(Protocol):
    must_close: bool

class TConn:
    sock: socket.socket
    initialized: bool
    data_ready: bool
    def wait_for_data(self, timeout: float) -> bool: ...

_DEFER: object

class ThreadWorker:
    cfg: _Config
    age: int
    wsgi: Flask
    def load_wsgi(self) -> None: ...
    alive: bool
    wsgi: Flask
    sockets: list[BaseSocket]
    nr_conns: int
    worker_connections: int
    def accept(self, listener: BaseSocket) -> None: ...
    def set_accept_enabled(self, enabled: bool) -> None: ...
    def handle(self, conn: TConn) -> object: ...
    def handle_request(self, req: _Message, conn: TConn) -> bool: ...
    def handle_error(self, req: object, client: socket.socket, addr: object, exc: Exception, /) -> None: ...
