"""A turn to write to SQLite, which lets one writer in at a time.

Left to wait, SQLite sleeps longer each time it finds another writer at work, up to 0.1 s, which is many times what a
write takes: of many requests, a few slept that long for nothing.
"""

import sqlite3
import time

BUSY_TIMEOUT_MS = 5_000
BUSY_TIMEOUT = f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}"
ASK_EVERY = 0.001  # seconds; less than a write that is synced to a disk


def take_turn(connection: sqlite3.Connection, patience: float = BUSY_TIMEOUT_MS / 1000) -> None:
    """Begin to write as soon as no other writer is at it; sqlite3.OperationalError if that takes longer, in seconds."""
    last = time.monotonic() + patience
    connection.execute("PRAGMA busy_timeout = 0")
    try:
        while not _begun(connection, is_last_try=time.monotonic() > last):
            time.sleep(ASK_EVERY)
    finally:
        connection.execute(BUSY_TIMEOUT)


def is_busy(fault: object) -> bool:
    """Whether this error of SQLite says that another connection is at work, for one reason or another."""
    return getattr(fault, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_BUSY  # the low byte is the plain code


def _begun(connection: sqlite3.Connection, is_last_try: bool) -> bool:
    try:
        connection.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as fault:
        if is_last_try or not is_busy(fault):
            raise
        return False
    return True
