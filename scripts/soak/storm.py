"""What goes wrong while the service works, one thing after the other, by chance."""

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

from scripts.soak.databases import Database
from scripts.soak.disk import Disk
from scripts.soak.service import Service

PAUSE = (1.0, 4.0)  # seconds between two of them
LASTS = 4.0  # seconds that a disk stays full, or read only


@dataclass
class Storm:
    """The service, what it stands on, and how often each went wrong."""

    service: Service
    database: Database
    disk: Disk | None
    chance: Random
    counts: Counter[str] = field(default_factory=Counter)

    def blow(self, seconds: float) -> None:
        """Let things go wrong for so long; then all is well again."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            time.sleep(self.chance.uniform(*PAUSE))
            [(name, strike)] = self.chance.choices(*zip(*self._strikes(), strict=True))
            print(f"  {name}", flush=True)
            strike()
            self.counts[name] += 1
        self.service.wait_until_ready()

    def _strikes(self) -> list[tuple[tuple[str, Callable[[], None]], int]]:
        """What can go wrong, and how often compared with the others."""
        strikes = [
            (("a worker is killed", self._kill_a_worker), 8),
            (("the master and its workers are killed", self._kill_all), 3),
            (("the database fails", self.database.strike), 2),
        ]
        if self.disk:
            strikes += [(("the disk is full", self._fill), 2), (("the disk is read only", self._make_read_only), 2)]
        return strikes

    def _kill_a_worker(self) -> None:
        self.service.kill_a_worker(self.chance)

    def _kill_all(self) -> None:
        self.service.kill_all()
        self.service.start()

    def _fill(self) -> None:
        assert self.disk
        self.disk.fill()
        time.sleep(LASTS)
        self.disk.free()
        self.database.start()
        self.service.wait_until_ready()

    def _make_read_only(self) -> None:
        """The kernel takes the disk away from writers; whoever runs the service stops it, mends the disk, starts it."""
        assert self.disk
        self.disk.fail()
        time.sleep(LASTS)
        self.service.kill_all()
        self.database.stop()
        self.disk.mend()
        self.database.start()
        self.service.start()
