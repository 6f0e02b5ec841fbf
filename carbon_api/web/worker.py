"""gunicorn's threaded worker, which would wait for a client for ever: so few of them could stop the service."""

import socket
from contextlib import suppress

from gunicorn.sock import BaseSocket
from gunicorn.workers import gthread

from carbon_api.web.connection import ClientSocket, Request
from carbon_api.web.limits import say_limits, share_limits
from carbon_api.web.service import EXTENSION, Service
from carbon_api.web.unreadable import answer_to

FIRST = 1  # the age of the first worker of a service
FIRST_BYTE = 0.02  # seconds that a new connection may hold a thread before its first byte; then the loop watches it
LAST_CALL = 1.0  # as many once the worker is ending, and no loop will watch it any more


class Worker(gthread.ThreadWorker):
    """Reads and answers through a ClientSocket, and lets go of a client in the thread, not in the loop that accepts.

    With TLS it does nothing more than its parent.
    """

    def load_wsgi(self) -> None:
        """Load the application, and let it grant this worker's share of the limits."""
        super().load_wsgi()
        share_limits(self.wsgi, self.cfg.workers)
        if self.age == FIRST:
            say_limits(self.wsgi, self.cfg.workers)

    def set_accept_enabled(self, enabled: bool) -> None:
        """Take new connections or not. Before it ends, a worker takes those that wait already: the service may be
        ending with it, and nobody else would come for them."""
        if not self.alive:
            for listener in self.sockets:
                self._accept_all(listener)
        super().set_accept_enabled(enabled)
        if not self.alive:
            for listener in self.sockets:
                listener.close()

    def _accept_all(self, listener: BaseSocket) -> None:
        before = -1
        while before != self.nr_conns < self.worker_connections:
            before = self.nr_conns
            self.accept(listener)

    def handle(self, conn: gthread.TConn) -> object:
        """Serve one request: whether the connection is kept, or the parent's mark that it has nothing to read yet."""
        if self.cfg.is_ssl:
            return super().handle(conn)
        patience = FIRST_BYTE if self.alive else LAST_CALL
        if not conn.initialized and not conn.data_ready and not conn.wait_for_data(patience):
            return gthread._DEFER
        client = _watched(conn)
        client.begin()
        kept = super().handle(conn)
        if not kept:
            client.part()
        return kept

    def handle_request(self, req: Request, conn: gthread.TConn) -> bool:
        """Answer a request whose headers were read; the application may ask for the connection to be closed after."""
        if isinstance(conn.sock, ClientSocket):
            conn.sock.request = req
        return super().handle_request(req, conn)

    def handle_error(self, _request: object, client: socket.socket, _address: object, fault: Exception) -> None:
        """Answer what cannot be read as HTTP, or a fault outside the application, as every other error is answered."""
        serving: Service = self.wsgi.extensions[EXTENSION]
        serving.metrics.unreadable.inc()
        answer = answer_to(fault)
        with suppress(OSError):  # the client may have gone
            client.sendall(answer)


def _watched(conn: gthread.TConn) -> ClientSocket:
    if not isinstance(conn.sock, ClientSocket):
        plain = conn.sock
        conn.sock = ClientSocket(plain.family, plain.type, plain.proto, plain.detach())
    return conn.sock
