"""What a server is asked under load, and what the load saw."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

CLIENTS = 8


class Ask(NamedTuple):
    """One request, asked again and again by so many clients for so many seconds."""

    port: int
    path: str
    body: bytes = b""
    key: str = ""
    clients: int = CLIENTS

    @property
    def headers(self) -> dict[str, str]:
        """Its headers, but the length of the body."""
        sent = {"Host": "localhost"}
        if self.body:
            sent["Content-Type"] = "application/json"
        return sent | ({"Authorization": f"Bearer {self.key}"} if self.key else {})

    @property
    def method(self) -> str:
        """POST where there is a body."""
        return "POST" if self.body else "GET"


class Load(NamedTuple):
    """What a load saw: requests a second, and the 50th and 99th percentile of their time in ms."""

    rate: float
    p50: float
    p99: float


def best_of(runs: Mapping[str, Callable[[], Load]], rounds: int) -> dict[str, Load]:
    """The fastest of the rounds of each, taken in turn so that a busy moment hits all alike."""
    seen: dict[str, list[Load]] = {name: [] for name in runs}
    for _ in range(rounds):
        for name, run in runs.items():
            seen[name].append(run())
    return {name: max(loads) for name, loads in seen.items()}
