"""The database under soak, on the disk that fails."""

import sqlite3
import time
from pathlib import Path
from typing import Protocol

HELD = 7.0  # seconds, more than a writer waits for its turn


class Database(Protocol):
    """A database that can be started, stopped and struck down."""

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
