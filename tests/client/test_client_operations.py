"""The client can ask all that the service describes, and nothing else."""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml

from carbon_api.client import CarbonClient
from tests.client.strange_server import reply, strange

DESCRIBED = yaml.safe_load((Path(__file__).parents[2] / "openapi.yaml").read_text(encoding="utf-8"))
PLAN = {"name": "x"}
STRANGE = "a/b ?c"  # a name that must come through as one step of the path
PAGE = {"limit", "cursor"}

CALLS: dict[str, Callable[[CarbonClient], Any]] = {
    "create_estimate": lambda carbon: carbon.estimate(PLAN, persist=False),
    "list_estimates": lambda carbon: list(
        carbon.estimates(brand="b", method="m", first_day="2026-01-01", last_day="2026-01-02")
    ),
    "get_estimate": lambda carbon: carbon.get_estimate(STRANGE),
    "delete_estimate": lambda carbon: carbon.delete_estimate(STRANGE),
    "get_trace": lambda carbon: carbon.trace(STRANGE),
    "create_recommendations": lambda carbon: carbon.recommend({"plan": PLAN}),
    "get_recommendations": lambda carbon: carbon.recommendations(STRANGE, act_as="agency"),
    "create_comparison": lambda carbon: carbon.compare({"plan": PLAN}),
    "list_methods": lambda carbon: list(carbon.methods()),
    "get_method": lambda carbon: carbon.method(STRANGE, release="r"),
    "list_factors": lambda carbon: list(carbon.factors("q", tag="t", country="FR", release="r")),
    "get_factor": lambda carbon: carbon.factor(STRANGE, release="r"),
    "list_sources": lambda carbon: list(carbon.sources()),
    "list_platforms": lambda carbon: list(carbon.platforms()),
    "list_releases": lambda carbon: list(carbon.releases()),
    "explain": lambda carbon: carbon.explain(STRANGE),
    "get_health": lambda carbon: carbon.health(),
    "get_readiness": lambda carbon: carbon.ready(),
    "get_version": lambda carbon: carbon.version(),
    "get_description": lambda carbon: carbon.description(),
}
# Operations that are for others than programs that price plans, each with the reason.
A_PAGE = "it is a page to look at, and no answer"
NOT_ASKED = {
    "get_reference": A_PAGE,
    "get_reference_file": A_PAGE,
    "get_metrics": "Prometheus asks for it, and it is no JSON",
}

OPERATIONS = {
    operation["operationId"]: (method.upper(), path, operation)
    for path, methods in DESCRIBED["paths"].items()
    for method, operation in methods.items()
    if method != "parameters"
}


def test_every_operation_has_its_method() -> None:
    assert {*CALLS, *NOT_ASKED} == {*OPERATIONS}


@pytest.mark.parametrize("name", CALLS)
def test_a_method_asks_its_operation_with_every_argument(name: str) -> None:
    method, path, operation = OPERATIONS[name]
    pages = 2 if _documented(operation) >= PAGE else 1
    first, last = reply(200, b'{"items": [1], "next_cursor": "c"}'), reply(200, b'{"items": [2]}')
    with strange(*[reply(204)] if method == "DELETE" else [first, last][-pages:]) as server:
        found = CALLS[name](CarbonClient(server.address))
    assert len(server.asked) == pages
    assert found == [1, 2][-pages:] or not isinstance(found, list)
    sent_method, target, _ = server.asked[-1].partition(b"\r\n")[0].decode().split(" ")
    place = path.replace("{id}", "a%2Fb%20%3Fc").replace("{code}", "a%2Fb%20%3Fc")
    assert (sent_method, urlsplit(target).path) == (method, place)
    assert set(parse_qs(urlsplit(target).query)) == _documented(operation)


def _documented(operation: dict[str, Any]) -> set[str]:
    return {argument["name"] for argument in operation.get("parameters", []) if argument["in"] == "query"}


@pytest.mark.parametrize("id", ["", ".", ".."])
def test_a_name_that_leads_elsewhere_is_refused(id: str) -> None:
    with strange() as server, CarbonClient(server.address) as carbon:
        with pytest.raises(ValueError, match="is no name"):
            carbon.delete_estimate(id)
        assert server.asked == []


def test_an_address_may_have_a_path_of_its_own() -> None:
    with strange(reply(200, b"{}")) as server, CarbonClient(f"{server.address}/carbon/") as carbon:
        carbon.health()
    assert server.asked[0].startswith(b"GET /carbon/healthz ")
