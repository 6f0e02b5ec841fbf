"""Two tenants of one service, each beside a service of its own in which nobody else ever did anything.

Whatever a tenant asks is asked of both, and the answers are to be the same: byte for byte, but for the ids and moments
that a service gives, which are told by the order in which it gave them.
"""

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeVar
from urllib.parse import urlencode

from flask.testing import FlaskClient
from operations import Operation
from werkzeug.test import TestResponse

T = TypeVar("T")
Pick = Callable[[Sequence[T]], T]
NEVER = "est_" + "0" * 32
ID, CURSOR = re.compile("est_[0-9a-f]{32}"), re.compile("[0-9]{20}([0-9a-f]{32})")
MOMENT = re.compile(r'"created_at":"[^"]*"')
NAMES = ("one", "two")  # both tenants take the same for an Idempotency-Key
OF_THE_CLOCK = {"Date", "RateLimit-Reset"}


class Both(NamedTuple):
    """What stands for the same thing in the service of both tenants, and in that of one alone."""

    shared: str
    alone: str


def same(text: str) -> Both:
    """What is written the same in both."""
    return Both(text, text)


@dataclass
class Tenant:
    """A workspace: a client of the service of both and one of its own, and what it was told by them."""

    clients: tuple[FlaskClient, FlaskClient]
    keys: Both
    made: list[Both] = field(default_factory=list)
    tags: list[Both] = field(default_factory=list)
    cursors: list[Both] = field(default_factory=list)

    def ask(self, operation: Operation, other: "Tenant", pick: Pick[Any]) -> tuple[TestResponse, TestResponse]:
        """The answers of both services to one request. AssertionError if they are not the same."""
        asked = Request(operation, self, other, pick)
        answers = tuple(client.open(**asked.of(side)) for side, client in enumerate(self.clients))
        self._learn(*answers)
        assert not {one.shared for one in self.made} & {one.shared for one in other.made}, "one row, two tenants"
        shared, alone = (self._told(side, answer) for side, answer in enumerate(answers))
        assert shared == alone, asked.of(0)
        assert answers[0].status_code < 500, answers[0].text
        return answers[0], answers[1]

    def _learn(self, *answers: TestResponse) -> None:
        """Note what the answers name."""
        ids, cursors = ([one.headers.get("Location", "")[-36:] for one in answers], [_cursor(one) for one in answers])
        for found, known in ((ids, self.made), (cursors, self.cursors)):
            if all(found) and Both(*found) not in known:
                known.append(Both(*found))
        if all(one.headers.get("ETag") for one in answers):
            self.tags.append(Both(*(one.headers["ETag"] for one in answers)))

    def _told(self, side: int, answer: TestResponse) -> tuple[int, list[tuple[str, str]], str]:
        """Status, headers and body, in the words of both services."""
        headers = [one for one in answer.headers if one[0] not in OF_THE_CLOCK]
        if "RateLimit-Reset" in answer.headers:
            headers = [one for one in headers if one[0] != "Retry-After"]
        headers = [(name, "…" if name == "ETag" else self._same(side, value)) for name, value in headers]
        return answer.status_code, sorted(headers), self._same(side, answer.get_data().decode("latin-1"))

    def _same(self, side: int, text: str) -> str:
        """The text with the number of each of its own estimates for its id; another's stays as it is."""
        numbers = {one[side]: f"estimate {number}" for number, one in enumerate(self.made)}
        text = CURSOR.sub(lambda found: numbers.get(f"est_{found[1]}", found[0]), text)
        text = ID.sub(lambda found: numbers.get(found[0], found[0]), text)
        return MOMENT.sub("", text)


def _cursor(answer: TestResponse) -> str:
    found = CURSOR.search(answer.text) if answer.is_json and "next_cursor" in answer.text else None
    return found[0] if found else ""


class Request:
    """A request of a tenant, which may know what another was told: what is chosen is chosen by `pick`."""

    def __init__(self, operation: Operation, tenant: Tenant, other: Tenant, pick: Pick[Any]) -> None:
        theirs = [same(one.shared) for one in other.made]
        self.ids = [*reversed(tenant.made), *theirs, same(NEVER)]
        self.tags = [*reversed(tenant.tags), *(same(one.shared) for one in other.tags)]
        self.cursors = [*reversed(tenant.cursors), *(same(one.shared) for one in other.cursors)]
        self.keys = tenant.keys
        self.method = pick([operation.method, "HEAD"]) if operation.method == "GET" else operation.method
        self.path = [(one["name"], pick(self._values(operation, one))) for one in operation.arguments("path")]
        self.template = operation.path
        self.query = self._chosen(operation, "query", pick)
        self.headers = self._chosen(operation, "header", pick)
        if operation.method == "GET":
            self.headers.append(("If-None-Match", pick([None, *self.tags])))
        self.body = pick(operation.bodies() or [None])

    def _chosen(self, operation: Operation, place: str, pick: Pick[Any]) -> list[tuple[str, Both | None]]:
        arguments = operation.arguments(place)
        return [(one["name"], pick([None, *self._values(operation, one)])) for one in arguments]

    def _values(self, operation: Operation, argument: dict[str, Any]) -> list[Both]:
        """What an argument may be: what the tenants were told, where it is of estimates, or its examples."""
        known = {"If-Match": self.tags, "Idempotency-Key": [same(name) for name in NAMES]}
        if operation.is_of_estimates:
            known |= {"id": self.ids, "cursor": self.cursors, "limit": [same("1"), same("2")]}
        shown = argument["schema"].get("examples", []) + [argument[name] for name in ("example",) if name in argument]
        return known.get(argument["name"], [same(one if isinstance(one, str) else json.dumps(one)) for one in shown])

    def of(self, side: int) -> dict[str, Any]:
        """The request as one of the services is asked it."""
        path = self.template.format_map({name: value[side] for name, value in self.path})
        query = urlencode([(name, value[side]) for name, value in self.query if value])
        headers = {name: value[side] for name, value in self.headers if value}
        headers |= {"Authorization": f"Bearer {self.keys[side]}", "X-Request-Id": "the-same"}
        sent = {"content_type": self.body[0], "data": self.body[1]} if self.body else {}
        return {"path": path, "method": self.method, "query_string": query, "headers": headers, **sent}
