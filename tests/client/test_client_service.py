"""The client against the service itself, over real processes."""

import doctest
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import requests

import carbon_api.client.client
from carbon_api.client import CarbonClient, Conflict, KeyRefused, NotFound, PlanRefused, Refused
from tests.first_plan import EXAMPLE
from tests.real_server import COMMAND, environment, serving

WRITTEN = "http://127.0.0.1:8000"
EXAMPLES = Path(__file__).parents[2] / "examples"
WRONG = {"name": "x", "lines": [{"id": "a", "kind": "ad", "platform": "instagramm", "country": "FR", "impressions": 9}]}


@pytest.fixture
def carbon(address: str) -> Iterator[CarbonClient]:
    with CarbonClient(address) as carbon:
        yield carbon


def test_an_estimate_is_what_was_kept(carbon: CarbonClient, address: str) -> None:
    made = carbon.estimate(EXAMPLES / "first.json")
    assert carbon.estimate(EXAMPLE, persist=False)["total"] == made["total"]
    assert carbon.get_estimate(made["id"]) == made
    assert requests.get(address + made["links"]["self"], timeout=20).json() == made
    assert made.factor_release == made["factor_release"]["id"]
    assert made.request_id
    assert not made.replayed


def test_a_file_of_yaml_is_estimated(carbon: CarbonClient) -> None:
    assert len(carbon.estimate(EXAMPLES / "launch.yaml", persist=False)["lines"]) == 9


def test_a_plan_is_refused_with_what_would_do(carbon: CarbonClient) -> None:
    with pytest.raises(PlanRefused) as caught:
        carbon.estimate(WRONG)
    [fault] = caught.value.errors
    assert (fault.pointer, fault.code) == ("/lines/0/platform", "unknown-platform")
    assert "instagram" in fault.valid_values
    assert carbon.explain(caught.value.code or "")["title"] == caught.value.title


def test_a_name_of_ones_own_holds_over_calls(carbon: CarbonClient) -> None:
    made = carbon.estimate(EXAMPLE, idempotency_key="spring")
    again = carbon.estimate(EXAMPLE, idempotency_key="spring")
    assert (again, again.replayed) == (made, True)
    with pytest.raises(Conflict) as caught:
        carbon.estimate(EXAMPLE | {"name": "other"}, idempotency_key="spring")
    assert caught.value.code == "idempotency-key-reused"
    carbon.delete_estimate(made["id"])
    with pytest.raises(Conflict) as caught:
        carbon.estimate(EXAMPLE, idempotency_key="spring")
    assert caught.value.code == "idempotency-key-spent"
    with pytest.raises(NotFound):
        carbon.delete_estimate(made["id"])


def test_lists_come_whole_and_filtered(carbon: CarbonClient) -> None:
    ids = [carbon.estimate(EXAMPLE | {"brand": "listed"})["id"] for _ in range(3)]
    today = datetime.now(UTC).date()
    found = carbon.estimates(brand="listed", method="scope3-2026.07", first_day=today - timedelta(1), last_day=today)
    assert {item["id"] for item in found} == set(ids)
    assert list(carbon.estimates(brand="listed", last_day=today - timedelta(2))) == []
    with pytest.raises(Refused) as caught:
        list(carbon.estimates(method="none-of-these"))
    assert caught.value.code == "query-invalid"
    assert caught.value.errors[0].pointer == "/method"


def test_a_list_of_many_pages_comes_once_and_whole(carbon: CarbonClient) -> None:
    [latest] = [release for release in carbon.releases() if release["latest"]]
    found = [(row["id"], row["country"], row["valid_from"], row["source"]) for row in carbon.factors()]
    assert len(found) == latest["factors"] > 200
    assert len(set(found)) == len(found)
    assert {row["country"] for row in carbon.factors("grid", country="FR")} == {"FR"}


def test_what_else_there_is(carbon: CarbonClient) -> None:
    made = carbon.estimate(EXAMPLES / "launch.yaml")
    assert carbon.trace(made["id"])["results"]["total"] == made["total"]["central"]
    advice = carbon.recommendations(made["id"], act_as="agency")
    assert advice == carbon.recommend({"plan": made["plan"], "act_as": ["agency"]})
    assert carbon.compare({"plan": EXAMPLE, "methods": ["scope3-2026.07", "sri-2.1"]})["compared"] == "methods"
    assert carbon.method("sri-2.1")["id"] in {method["id"] for method in carbon.methods()}
    assert carbon.factor("ademe.1080p.bitrate", release="2026.11")["values"][0]["unit"] == "GB/h"
    assert carbon.factor("ademe.1080p.bitrate")["values"][0]["source"] in list(carbon.sources())
    assert "instagram" in {platform["id"] for platform in carbon.platforms()}
    assert carbon.ready()["ready"]
    assert carbon.health() == {"status": "ok"}
    assert carbon.version()["factor_release"] == made.factor_release
    assert carbon.description()["openapi"] == "3.1.0"


def test_the_examples_in_the_client_are_true(address: str) -> None:
    """Every `>>>` in its docstrings, run against this service."""
    found = [test for test in doctest.DocTestFinder().find(carbon_api.client.client) if test.examples]
    assert found
    for test in found:
        for example in test.examples:
            example.source = example.source.replace(WRITTEN, address)
        assert doctest.DocTestRunner().run(test) == (0, len(test.examples))


def key(data: Path, *scopes: str) -> str:
    """A new key, as the command prints it."""
    asked = [word for scope in scopes for word in ("--scope", scope)]
    command = [*COMMAND, "keys", "create", "planner", *asked]
    printed = subprocess.check_output(command, cwd=data, env=environment(data), text=True)
    return next(word for word in printed.split() if word.startswith("carbon_"))


def test_a_key_opens_what_its_scopes_say(tmp_path: Path) -> None:
    with serving(tmp_path) as address:
        writer, reader = key(tmp_path, "read", "write"), key(tmp_path, "read")
        with CarbonClient(address, writer) as carbon:
            made = carbon.estimate(EXAMPLE)
        with CarbonClient(address, reader) as carbon:
            assert carbon.get_estimate(made["id"]) == made
            assert carbon.estimate(EXAMPLE, persist=False)["total"] == made["total"]
            with pytest.raises(KeyRefused) as caught:
                carbon.estimate(EXAMPLE)
            assert (caught.value.status, caught.value.code) == (403, "scope-missing")
        with CarbonClient(address, writer[:-1] + ("a" if writer[-1] != "a" else "b")) as carbon:
            with pytest.raises(KeyRefused) as caught:
                list(carbon.estimates())
            assert caught.value.status == 401
