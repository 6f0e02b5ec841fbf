"""What is PostgreSQL's alone: connections that give up on a server that is away or hangs, and a lock among programs.

A statement is ended by the server after a while, and the connection by us where even that is not heard of: whoever asks
is told that the database is away, and no thread is held for good.
"""

from collections.abc import Iterable
from typing import Any, Literal, LiteralString, TypeVar

from psycopg import Connection as PsycopgConnection
from psycopg.abc import PQGen
from psycopg.errors import OperationalError
from psycopg.pq import TransactionStatus
from sqlalchemy import URL, Connection, Engine, Table, event, text

from carbon_api.errors import UsageError

CONNECT_TIMEOUT = 3  # seconds
STATEMENT_TIMEOUT = 5
SILENCE = 7.0  # so long may the server say nothing of a statement that it has to end before
IDLE_IN_TRANSACTION = 20  # after which the server takes us for gone, and lets our locks go
LOCK = int.from_bytes(b"carbon")  # the number of the advisory lock of this service, in its database
UPGRADES_WAIT = 60  # for one another
TABLES_WAIT = 3  # for whoever reads or writes: requests wait behind us, and are given up a little later
# Whatever the server takes unasked: who waited for a lock is to see what was written meanwhile.
ISOLATION: Literal["READ COMMITTED"] = "READ COMMITTED"
_CONNECTION: dict[str, str | int] = {
    "client_encoding": "utf8",
    "connect_timeout": CONNECT_TIMEOUT,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,  # milliseconds
    "fallback_application_name": "carbon-api",
}
_EXACT = ("SET extra_float_digits = 1",)  # every digit of a number, which a server may be told to round
_LIMITS = (
    f"SET statement_timeout = '{STATEMENT_TIMEOUT}s'",
    f"SET idle_in_transaction_session_timeout = '{IDLE_IN_TRANSACTION}s'",
)
_NO_LIMITS = ("SET statement_timeout = 0", "SET idle_in_transaction_session_timeout = 0")
_Found = TypeVar("_Found")


class Impatient(PsycopgConnection):
    """A connection that ends itself where the server says nothing for too long."""

    def wait(self, gen: PQGen[_Found], interval: float = 0.1, timeout: float | None = SILENCE) -> _Found:
        """What the server answers; OperationalError, and the connection is closed, if that takes too long."""
        try:
            return super().wait(gen, interval, timeout)
        except OperationalError:
            if self.pgconn.transaction_status == TransactionStatus.ACTIVE:
                self.pgconn.finish()  # it still waits: whatever came later would be taken for another answer
            raise


def options_of(url: URL) -> dict[str, Any]:
    """How to connect, where the address itself does not say."""
    return {name: value for name, value in _CONNECTION.items() if name not in url.query}


def limit(engine: Engine) -> None:
    """Let no statement of this engine take longer than a request may."""

    def connect(_dialect: object, _record: object, arguments: Any, options: Any) -> Impatient:
        return Impatient.connect(*arguments, **options)

    event.listen(engine, "do_connect", connect)
    event.listen(engine, "connect", lambda connection, _record: _set(connection, _LIMITS))


def let_take_long(engine: Engine) -> None:
    """Let a statement of this engine take as long as it needs, where the server would end those of all others."""
    event.listen(engine, "connect", lambda connection, _record: _set(connection, _NO_LIMITS))


def read_exactly(engine: Engine) -> None:
    """Let every number be read to its last digit."""
    event.listen(engine, "connect", lambda connection, _record: _set(connection, _EXACT))


def _set(connection: PsycopgConnection, settings: Iterable[LiteralString]) -> None:
    connection.autocommit = True
    for setting in settings:
        connection.execute(setting)
    connection.autocommit = False


def hold_alone(connection: Connection) -> None:
    """Be the only one inside this until the transaction ends; others wait."""
    connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})


def begin_upgrade(connection: Connection) -> None:
    """Be the only one to upgrade, and never wait for long, as all that comes later would wait behind us; UsageError if
    the database does not take every text."""
    encoding = connection.execute(text("SHOW server_encoding")).scalar_one()
    if encoding != "UTF8":
        raise UsageError(
            f"The database keeps its texts as {encoding}, which has not every letter; make one with "
            "CREATE DATABASE name ENCODING 'UTF8' TEMPLATE template0."
        )
    connection.execute(text(f"SET LOCAL lock_timeout = '{UPGRADES_WAIT}s'"))
    hold_alone(connection)
    connection.execute(text(f"SET LOCAL lock_timeout = '{TABLES_WAIT}s'"))


def keep_writers_out(connection: Connection, tables: Iterable[Table]) -> None:
    """Let nobody else write to these tables until the transaction ends; whoever reads is not held up."""
    for table in tables:
        name = connection.dialect.identifier_preparer.format_table(table)
        connection.execute(text(f"LOCK TABLE {name} IN SHARE ROW EXCLUSIVE MODE"))
