"""What a tenant was told, so what must be true: estimates acknowledged, deleted, and asked for without an answer."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from random import Random
from threading import Lock


def digest(answer: bytes) -> bytes:
    """What is kept of an answer to compare another with."""
    return sha256(answer).digest()


@dataclass
class Asked:
    """A plan that was posted under a name, and how often no answer came."""

    name: str
    number: int


@dataclass
class Ledger:
    """The book of one tenant; its threads share it."""

    tenant: str
    key: str
    kept: dict[str, tuple[bytes, Asked]] = field(default_factory=dict)  # by id: the digest of the answer
    gone: dict[str, Asked] = field(default_factory=dict)  # deleted, and that was acknowledged
    unsure: set[str] = field(default_factory=set)  # told to delete, and no answer came
    pending: list[Asked] = field(default_factory=list)  # posted, and no answer came
    faults: list[str] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    lock: Lock = field(default_factory=Lock)

    def fault(self, what: str) -> None:
        """Note what must never be."""
        with self.lock:
            self.faults.append(f"{self.tenant}: {what}")

    def count(self, what: str) -> None:
        """Count an event."""
        with self.lock:
            self.counts[what] += 1

    def acknowledge(self, id: str, answer: bytes, asked: Asked) -> None:
        """An estimate was kept, or is answered again: then with the same bytes."""
        found = digest(answer)
        with self.lock:
            before = self.kept.setdefault(id, (found, asked))
        if before[0] != found:
            self.fault(f"{id} was answered otherwise when sent again")
        if before[1].name != asked.name:
            self.fault(f"{id} was answered to two names")

    def any_kept(self, chance: Random) -> str | None:
        """The id of an estimate that must be there."""
        with self.lock:
            return chance.choice(list(self.kept)) if self.kept else None

    def take(self, chance: Random) -> tuple[str, Asked] | None:
        """An estimate that is to be deleted: from now on nothing is promised of it."""
        with self.lock:
            if not self.kept:
                return None
            id = chance.choice(list(self.kept))
            _, asked = self.kept.pop(id)
            self.unsure.add(id)
            return id, asked

    def deleted(self, id: str, asked: Asked) -> None:
        """It is gone for good."""
        with self.lock:
            self.unsure.discard(id)
            self.gone[id] = asked

    def next_pending(self) -> Asked | None:
        """A plan to be posted again."""
        with self.lock:
            return self.pending.pop(0) if self.pending else None

    def postpone(self, asked: Asked) -> None:
        """No answer came, or none yet."""
        with self.lock:
            self.pending.append(asked)

    def promises(self) -> Iterator[tuple[str, bytes]]:
        """Every estimate that must be there, with the digest of its answer."""
        with self.lock:
            yield from [(id, found) for id, (found, _) in self.kept.items()]
