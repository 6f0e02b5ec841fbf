"""A service whose database was restored from a backup answers as the one that was backed up: every route, to the byte.

The backup is made while others write, on either kind of database, and put into either kind.
"""

import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from checked import document, running
from click.testing import CliRunner
from flask.testing import FlaskClient
from postgresql_server import KINDS, Server

from carbon_api.cli.main import main
from carbon_api.settings import Settings
from carbon_api.store import keys
from carbon_api.store.claims import Claim, claim
from carbon_api.store.engine import Database
from carbon_api.web.service import EXTENSION

CASES = Path(__file__).parents[1] / "cases"
PLANS: list[dict[str, Any]] = [
    case["plan"] for file in sorted(CASES.glob("*.yaml")) for case in yaml.safe_load(file.read_text("utf-8"))
]
AD = {"id": "a", "kind": "ad", "platform": "tiktok", "country": "FR", "impressions": 9, "format": "image"}
QUIET, BUSY = ("acme", "other"), "busy"
ROUTE = "/v1/estimates"
OPEN = "2099-01-01T00:00:00.000000Z"  # however long the test takes, this claim is not let go by time
EACH = [path for path, item in document()["paths"].items() if "get" in item and path.startswith(f"{ROUTE}/{{id}}")]
PLAIN = [path for path, item in document()["paths"].items() if "get" in item and "{" not in path]


@dataclass(frozen=True, slots=True)
class Asked:
    """A request, which is sent to both services."""

    path: str
    workspace: str
    method: str = "GET"
    plan: dict[str, Any] | None = None
    name: str | None = None


class Both:
    """Keys of the workspaces, and one request after another to a service."""

    def __init__(self, database: Database) -> None:
        scopes = ("read", "write")
        made = {name: keys.create_key(database, name, "test", scopes) for name in (*QUIET, BUSY, "revoked")}
        keys.revoke_key(database, made["revoked"].key.id)
        self.texts = {name: one.text for name, one in made.items()}

    def ask(self, client: FlaskClient, asked: Asked) -> Any:
        headers = {"Authorization": f"Bearer {self.texts[asked.workspace]}", "X-Request-Id": "the-same"}
        if asked.name:
            headers["Idempotency-Key"] = asked.name
        sent = {"json": asked.plan} if asked.plan else {}
        return client.open(asked.path, method=asked.method, headers=headers, **sent)

    def pages(self, client: FlaskClient, workspace: str, query: str = "limit=7") -> Iterator[Any]:
        cursor: str | None = ""
        while cursor is not None:
            page = self.ask(client, Asked(f"{ROUTE}?{query}" + (f"&cursor={cursor}" if cursor else ""), workspace))
            yield page
            cursor = page.json["next_cursor"]

    def ids(self, client: FlaskClient, workspace: str) -> list[str]:
        return [item["id"] for page in self.pages(client, workspace) for item in page.json["items"]]


def fill(both: Both, client: FlaskClient, plans: list[dict[str, Any]]) -> list[Asked]:
    """Keep the plans, each under a name, forget the first of each workspace; the requests that were sent."""
    sent = [
        Asked(ROUTE, QUIET[number % 2], "POST", plan, f"name-{number // 2}")
        for number, plan in enumerate([*plans[:2], *plans])
    ]
    made = [both.ask(client, one) for one in sent]
    assert {answer.status_code for answer in made} == {201}
    for answer, one in list(zip(made, sent, strict=True))[:2]:
        assert both.ask(client, Asked(answer.headers["Location"], one.workspace, "DELETE")).status_code == 204
    return sent


def written(both: Both, client: FlaskClient, stopped: threading.Event, at_work: threading.Event) -> None:
    number = 0
    while not stopped.is_set():
        number += 1
        plan = {"name": f"Meanwhile {number}", "range": False, "lines": [AD]}
        assert both.ask(client, Asked(ROUTE, BUSY, "POST", plan, f"busy-{number}")).status_code == 201
        if number == 3:
            at_work.set()


def db(url: str, *arguments: str) -> None:
    done = CliRunner().invoke(main, ["db", *arguments], env={"CARBON_DATABASE_URL": url})
    assert done.exit_code == 0, done.output


def backed_up_meanwhile(both: Both, client: FlaskClient, other: FlaskClient, url: str, file: Path) -> None:
    """Back up while another client writes from first to last."""
    stopped, at_work = threading.Event(), threading.Event()
    writer = threading.Thread(target=written, args=(both, other, stopped, at_work))
    writer.start()
    try:
        assert at_work.wait(60)
        before = both.ids(client, BUSY)
        db(url, "backup", str(file))
        assert len(both.ids(client, BUSY)) > len(before) > 0
    finally:
        stopped.set()
        writer.join()


def questions(both: Both, client: FlaskClient, sent: list[Asked]) -> Iterator[Asked]:
    for workspace in QUIET:
        yield from (Asked(path.format(id=id), workspace) for id in both.ids(client, workspace) for path in EACH)
    yield from (Asked(path, workspace) for path in PLAIN for workspace in (*QUIET, "revoked") if path != "/metrics")
    yield from sent  # the first two were deleted since, the others are replayed
    yield from (Asked(ROUTE, one.workspace, "POST", {**AD, "name": "other"}, one.name) for one in sent[:3])
    yield Asked(ROUTE, "acme", "POST", sent[0].plan, "open")


def lasting(headers: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Headers without the moment of the answer, and how much more may be asked at that moment."""
    return sorted(one for one in headers if one[0] != "Date" and not one[0].startswith("RateLimit-"))


@pytest.fixture
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def empty_url(to: str, tmp_path: Path, request: pytest.FixtureRequest) -> str:
    if to == "sqlite":
        return f"sqlite:///{tmp_path / 'restored' / 'carbon.db'}"
    server: Server = request.getfixturevalue("postgresql")
    return server.by_socket(server.new_database())


@pytest.mark.parametrize("plans", [PLANS[::16], pytest.param(PLANS, marks=pytest.mark.slow)], ids=["few", "all"])
@pytest.mark.parametrize("to", KINDS)
@pytest.mark.parametrize("kind", KINDS, indirect=True)
def test_every_answer_is_the_same_after_a_restore(
    settings: Settings, empty_url: str, tmp_path: Path, plans: list[dict[str, Any]]
) -> None:
    for app in running(settings):
        database: Database = app.extensions[EXTENSION].database
        both, client = Both(database), app.test_client()
        sent = fill(both, client, plans)
        asked = next(iter(sent))
        assert claim(database, Claim("acme", "open", bytes(32), OPEN)) is None
        backed_up_meanwhile(both, client, app.test_client(), settings.database_url, tmp_path / "backup")
        db(empty_url, "restore", str(tmp_path / "backup"))
        for restored in running(Settings(database_url=empty_url)):
            other = restored.test_client()
            for asked in questions(both, client, sent):
                here, there = both.ask(client, asked), both.ask(other, asked)
                assert (here.status_code, here.data) == (there.status_code, there.data), asked
                assert lasting(here.headers) == lasting(there.headers), asked
            for workspace in QUIET:
                for query in ("limit=7", "limit=200", "brand=Maison%20Verte", "method=sri-2.1"):
                    pages = [[page.data for page in both.pages(one, workspace, query)] for one in (client, other)]
                    assert pages[0] == pages[1]
            meanwhile = both.ids(other, BUSY)
            assert meanwhile
            assert both.ids(client, BUSY)[-len(meanwhile) :] == meanwhile  # the oldest, without a gap
