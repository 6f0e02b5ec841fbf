"""What a tenant does: posts plans, reads, lists, deletes, sends again, tries another's; and holds the service to it."""

import json
from dataclasses import dataclass, field
from http import HTTPStatus
from itertools import count
from random import Random
from typing import Any

import requests

from scripts.soak.ledger import Asked, Ledger, digest

PATIENCE = 15.0  # seconds for an answer
NOT_NOW = (HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.CONFLICT, HTTPStatus.TOO_MANY_REQUESTS)
ACTS = {"post": 40, "get": 20, "list": 5, "trespass": 5, "delete": 25, "replay": 5}
SENT_AGAIN = 0.2  # of what a client does, where anything waits for it
_NUMBERS = count(1)


def plan(tenant: str, number: int) -> dict[str, Any]:
    """A plan that nobody else sends: its name says whose it is."""
    line = {"kind": "ad", "platform": "instagram", "country": "FR", "format": "image", "impressions": 1_000 + number}
    lines = [{**line, "id": f"line-{place}"} for place in range(1 + number % 5)]
    return {"name": f"{tenant} {number}", "brand": tenant, "range": number % 4 == 0, "lines": lines}


@dataclass
class Client:
    """One thread of a tenant, with a connection of its own."""

    address: str
    ledger: Ledger
    others: list[Ledger]
    chance: Random
    session: requests.Session = field(default_factory=requests.Session)

    def __post_init__(self) -> None:
        self.session.trust_env = False
        self.session.headers["Authorization"] = f"Bearer {self.ledger.key}"

    def act(self) -> None:
        """Do one thing, by chance; what got no answer before goes first now and then."""
        if self.ledger.pending and self.chance.random() < SENT_AGAIN:
            self.settle_one()
            return
        [act] = self.chance.choices(list(ACTS), list(ACTS.values()))
        getattr(self, f"_{act}")()

    def settle_one(self) -> None:
        """Post again what got no answer."""
        asked = self.ledger.next_pending()
        if asked:
            self._send(asked)

    def _ask(self, method: str, path: str, *, is_settled: bool = False, **more: Any) -> requests.Response | None:
        """The answer; None if there was none, or if the service said that it cannot answer now. What was acknowledged
        `is_settled`: nobody is still at work on it."""
        try:
            answer = self.session.request(method, self.address + path, timeout=PATIENCE, **more)
        except requests.RequestException as fault:
            self.ledger.count(f"no answer: {type(fault).__name__}")
            return None
        self.ledger.count(f"{method} {answer.status_code}")
        if answer.status_code in NOT_NOW and not (is_settled and answer.status_code == HTTPStatus.CONFLICT):
            if "Retry-After" not in answer.headers:
                self.ledger.fault(f"{answer.status_code} does not say when to come again: {answer.text[:200]}")
            return None
        if answer.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
            self.ledger.fault(f"{method} {path} was answered {answer.status_code}: {answer.text[:200]}")
            return None
        return answer

    def _post(self) -> None:
        number = next(_NUMBERS)
        self._send(Asked(f"{self.ledger.tenant}-{number}", number))

    def _send(self, asked: Asked) -> None:
        named = {"Idempotency-Key": asked.name}
        answer = self._ask("POST", "/v1/estimates", json=plan(self.ledger.tenant, asked.number), headers=named)
        if answer is None:
            self.ledger.postpone(asked)
        elif answer.status_code == HTTPStatus.CREATED:
            self._check_own(answer.content, f"the answer to {asked.name}")
            self.ledger.acknowledge(answer.json()["id"], answer.content, asked)
        else:
            self.ledger.fault(f"{asked.name} was answered {answer.status_code}: {answer.text[:200]}")

    def _get(self) -> None:
        id = self.ledger.any_kept(self.chance)
        if id is not None:
            self.check(id)

    def check(self, id: str) -> None:
        """Read an estimate that was there: it is, to the byte, unless it was deleted meanwhile."""
        promised = self.ledger.kept.get(id)
        answer = self._ask("GET", f"/v1/estimates/{id}")
        if promised is None or answer is None or id not in self.ledger.kept:
            return
        if answer.status_code != HTTPStatus.OK or digest(answer.content) != promised[0]:
            self.ledger.fault(f"{id} was acknowledged, and is now {answer.status_code} {answer.text[:100]}")

    def _list(self) -> None:
        answer = self._ask("GET", "/v1/estimates?limit=100")
        if answer is not None and answer.status_code != HTTPStatus.OK:
            self.ledger.fault(f"the list was answered {answer.status_code}")
        elif answer is not None:
            self._check_own(answer.content, "the list")

    def _trespass(self) -> None:
        other = self.chance.choice(self.others)
        id = other.any_kept(self.chance)
        if id is None:
            return
        method = self.chance.choice(["GET", "DELETE"])
        answer = self._ask(method, f"/v1/estimates/{id}")
        if answer is not None and answer.status_code != HTTPStatus.NOT_FOUND:
            self.ledger.fault(f"{method} of an estimate of {other.tenant} was answered {answer.status_code}")

    def _delete(self) -> None:
        taken = self.ledger.take(self.chance)
        if taken is None:
            return
        answer = self._ask("DELETE", f"/v1/estimates/{taken[0]}")
        if answer is None:
            return
        if answer.status_code != HTTPStatus.NO_CONTENT:
            self.ledger.fault(f"{taken[0]} was acknowledged, and its deletion answered {answer.status_code}")
        self.ledger.deleted(*taken)

    def _replay(self) -> None:
        id = self.ledger.any_kept(self.chance)
        promised = self.ledger.kept.get(id or "")
        if promised is None:
            return
        named = {"Idempotency-Key": promised[1].name}
        body = plan(self.ledger.tenant, promised[1].number)
        answer = self._ask("POST", "/v1/estimates", json=body, headers=named, is_settled=True)
        if answer is None or id not in self.ledger.kept:
            return
        if answer.status_code != HTTPStatus.CREATED or digest(answer.content) != promised[0]:
            self.ledger.fault(f"{id} was answered otherwise when sent again: {answer.status_code}")

    def _check_own(self, body: bytes, what: str) -> None:
        """Whoever is named in an answer is this tenant."""
        read = json.loads(body)
        brands = {item["brand"] for item in read["items"]} if "items" in read else {read["plan"]["brand"]}
        if brands - {self.ledger.tenant}:
            self.ledger.fault(f"{what} speaks of {brands}")
