"""The database under soak, on the disk that fails."""

import os
import signal
import sqlite3
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Protocol

from tests.postgresql_server import Server

HELD = 7.0  # seconds, more than a writer waits for its turn


class Database(Protocol):
    """A database that can be started, stopped and struck down; it is running when it is made."""

    url: str

    def start(self) -> None:
        """Let it answer."""

    def stop(self) -> None:
        """Close its files, so that its disk can be taken away."""

    def strike(self) -> None:
        """Make it fail for a moment in the way that it does in practice; it answers again when this returns."""


class SQLite:
    """A file. It has no process to kill: another one holds it instead, as a backup or a person might."""

    def __init__(self, place: Path) -> None:
        self.url = f"sqlite:///{place / 'carbon.db'}"
        self._file = place / "carbon.db"

    def start(self) -> None:
        """It is there."""

    def stop(self) -> None:
        """Nobody has it open once the service is stopped."""

    def strike(self) -> None:
        """Hold it for writing, longer than anybody waits."""
        holder = sqlite3.connect(self._file, isolation_level=None, timeout=HELD)
        try:
            holder.execute("BEGIN IMMEDIATE")
            time.sleep(HELD)
            holder.execute("ROLLBACK")
        except sqlite3.Error as fault:
            print(f"  (it could not be held: {fault})")
        finally:
            holder.close()


class PostgreSQL:
    """A server, whose processes are killed as `kill -9` does, all at once: when it starts again it recovers."""

    AWAY = 2.0  # seconds that it is away

    def __init__(self, place: Path) -> None:
        folder = place / "postgresql"
        folder.mkdir()
        self._server = Server(folder)
        self._server.make()
        os.sync()  # making a server is not waiting for the disk, and this one may fail at once
        self._server.start()
        self.url = self._server.by_network(self._server.new_database())

    def start(self) -> None:
        """Start it, if it is not running: one that could not write has ended itself."""
        process = self._server.process
        if process is None or process.poll() is not None:
            self._server.start()

    def stop(self) -> None:
        """End it, and wait until all its processes have."""
        self._server.crash()

    def strike(self) -> None:
        """Kill it, and start it again."""
        process = self._server.process
        if process and process.poll() is None:
            for pid in self._server.processes():
                os.kill(pid, signal.SIGKILL)
            process.wait()
        time.sleep(self.AWAY)
        self.start()


KINDS: Mapping[str, Callable[[Path], Database]] = {"sqlite": SQLite, "postgresql": PostgreSQL}
