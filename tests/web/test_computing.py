"""What is computed for a caller is counted in lines x draws, before it is computed, and refused beyond the limit."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from checked import CheckedClient, running
from flask import Flask
from werkzeug.test import TestResponse

from carbon_api.methods.catalog import METHODS
from carbon_api.plan.reader import MediaType
from carbon_api.settings import Rate, Settings
from carbon_api.store.keys import create_key
from carbon_api.web.computing import ADVICE, CEILING, LEAST_DRAWS, READING
from carbon_api.web.service import EXTENSION

NO_END = 10**9
MOST = 1_000_000
AD = {"kind": "ad", "platform": "tiktok", "country": "FR", "impressions": 9, "format": "image"}
LINES = 3


def plan(lines: int = LINES, **more: Any) -> dict[str, Any]:
    return {"name": "x", "lines": [{**AD, "id": f"l{number}"} for number in range(lines)], **more}


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    yield from running(Settings(database_url=settings.database_url, compute_limit=Rate(MOST, NO_END)))


def spent(app: Flask, caller: str = "everyone") -> int:
    """What was counted for a caller so far."""
    turn = app.extensions[EXTENSION].limits.computing.take(caller, 0)
    return int(turn.limit - turn.left)


def read(body: Any) -> int:
    """What it costs to read it."""
    return READING["json"] * len(json.dumps(body))


ONE = LINES * LEAST_DRAWS
COSTS: dict[str, tuple[str, dict[str, Any], int]] = {
    "an estimate that is kept": ("/v1/estimates", plan(), ONE),
    "one that is not": ("/v1/estimates?persist=false", plan(), ONE),
    "more draws": ("/v1/estimates", plan(draws=3_000), LINES * 3_000),
    "fewer draws": ("/v1/estimates", plan(draws=100), ONE),
    "no range": ("/v1/estimates", plan(range=False, draws=20_000), ONE),
    "every method": ("/v1/comparisons", {"plan": plan()}, ONE * len(METHODS)),
    "two methods": ("/v1/comparisons", {"plan": plan(), "methods": ["scope3-2026.07", "sri-2.1"]}, ONE * 2),
    "two releases": ("/v1/comparisons", {"plan": plan(), "factor_releases": ["2026.11", "latest"]}, ONE * 2),
    "two plans": ("/v1/comparisons", {"plans": [plan(), plan(1)]}, (LINES + 1) * LEAST_DRAWS),
    "advice": ("/v1/recommendations", {"plan": plan()}, ONE * ADVICE),
    "advice under a ceiling": ("/v1/recommendations", {"plan": plan(), "enough": {"total": 0.001}}, ONE * CEILING),
}


@pytest.mark.parametrize("name", COSTS)
def test_what_is_asked_costs_its_lines_times_its_draws(client: CheckedClient, app: Flask, name: str) -> None:
    path, body, cost = COSTS[name]
    assert client.post(path, json=body).status_code in {200, 201, 422}
    assert spent(app) == cost


def test_what_is_run_again_costs_as_it_did(client: CheckedClient, app: Flask) -> None:
    links = post(client).json["links"]
    for link, times in (("self", 0), ("trace", 1), ("recommendations", ADVICE)):
        before = spent(app)
        answer = client.get(links[link])
        assert (answer.status_code, spent(app) - before) == (200, times * ONE)
        has_it = {"If-None-Match": answer.headers["ETag"]}
        assert (client.get(links[link], headers=has_it).status_code, spent(app) - before) == (304, 2 * times * ONE)


def test_what_is_sent_again_costs_nothing(client: CheckedClient, app: Flask) -> None:
    named = {"Idempotency-Key": "once"}
    assert [post(client, headers=named).headers["Idempotency-Replayed"] for _ in range(3)] == ["false", "true", "true"]
    assert spent(app) == ONE


BROKEN = {
    "an estimate": ("/v1/estimates", plan(draws=-1)),
    "one that is not kept": ("/v1/estimates?persist=false", plan(draws=-1)),
    "a comparison": ("/v1/comparisons", {"plan": plan(draws=-1)}),
    "advice": ("/v1/recommendations", {"plan": plan(draws=-1)}),
}


@pytest.mark.parametrize("name", BROKEN)
@pytest.mark.parametrize("media_type", READING)
def test_what_cannot_be_read_costs_its_reading_until_no_more_is_read(
    client: CheckedClient, app: Flask, name: str, media_type: MediaType
) -> None:
    """Else whoever sends what is refused in the end has as much done for him as he likes."""
    path, body = BROKEN[name]
    sent = json.dumps(body).ljust(10_000)
    cost, kind = READING[media_type] * len(sent), f"application/{media_type}"
    answers = [client.post(path, data=sent, content_type=kind) for _ in range(MOST // cost + 1)]
    assert [answer.status_code for answer in answers] == [422] * (MOST // cost) + [429]
    assert answers[-1].headers["Retry-After"] == answers[-1].headers["RateLimit-Reset"]
    assert client.post(path, data=sent[:-1] + "{", content_type=kind).status_code == 429
    assert spent(app) == MOST // cost * cost


def test_a_body_of_many_bytes_and_few_lines_costs_its_reading_once(client: CheckedClient, app: Flask) -> None:
    """When it is sent, and again when what was kept is run again."""
    sent = json.dumps(plan(1)).ljust(1_000)
    made = client.post("/v1/estimates", data=sent, content_type="application/json")
    assert (made.status_code, spent(app)) == (201, 5_000)
    assert made.json
    assert client.get(made.json["links"]["trace"]).status_code == 200
    assert spent(app) == 10_000


def test_a_body_that_costs_more_than_a_window_has_is_too_large(client: CheckedClient, app: Flask) -> None:
    sent = "{".ljust(MOST // READING["yaml"] + 1)
    assert client.post("/v1/estimates", data=sent, content_type="application/yaml").status_code == 413
    assert spent(app) == 0


def test_beyond_the_limit_nothing_is_computed_or_kept(client: CheckedClient, app: Flask) -> None:
    lines = MOST // LEAST_DRAWS
    assert post(client, lines - LINES).status_code == 201
    refused = post(client, LINES + 1, headers={"Idempotency-Key": "later"})
    assert refused.status_code == 429
    assert refused.json["type"] == "/problems/too-many-requests"
    assert "costs 8,000 (lines x draws" in refused.json["detail"]
    left = MOST - (lines - LINES) * LEAST_DRAWS - read(plan(LINES + 1))  # it was read, to know what it costs
    assert f"{left:,} of 1,000,000" in refused.json["detail"]
    assert [refused.headers[f"RateLimit-{name}"] for name in ("Limit", "Remaining")] == ["1000000", str(left)]
    assert refused.headers["Retry-After"] == refused.headers["RateLimit-Reset"]
    assert len(client.get("/v1/estimates").json["items"]) == 1
    assert post(client, 1).status_code == 201  # what still fits
    assert (spent(app), post(client, 1).status_code) == (MOST - left + LEAST_DRAWS, 429)


def test_the_name_of_a_request_that_had_no_turn_is_free_again(settings: Settings) -> None:
    named = {"Idempotency-Key": "later"}
    for app in running(Settings(database_url=settings.database_url, compute_limit=Rate(ONE, NO_END))):
        client = app.test_client()
        assert [post(client).status_code, post(client, headers=named).status_code] == [201, 429]
    for app in running(settings):  # as when the window is over
        answer = post(app.test_client(), headers=named)
        assert (answer.status_code, answer.headers["Idempotency-Replayed"]) == (201, "false")


TOO_MUCH = {
    "an estimate": ("/v1/estimates", plan(MOST // LEAST_DRAWS + 1)),
    "advice": ("/v1/recommendations", {"plan": plan(MOST // LEAST_DRAWS // ADVICE + 1)}),
    "a comparison": ("/v1/comparisons", {"plan": plan(MOST // LEAST_DRAWS // len(METHODS) + 1)}),
}


@pytest.mark.parametrize("name", TOO_MUCH)
def test_what_could_never_be_computed_is_too_large_for_ever(client: CheckedClient, app: Flask, name: str) -> None:
    path, body = TOO_MUCH[name]
    answer = client.post(path, json=body)
    assert answer.status_code == 413
    assert answer.json
    assert answer.json["type"] == "/problems/body-too-large"
    assert "1,000,000 in 1000000000 s is all" in answer.json["detail"]
    assert "Retry-After" not in answer.headers
    assert spent(app) == read(body)


def test_an_estimate_kept_before_the_limit_was_lowered_is_too_large_to_run_again(
    client: CheckedClient, settings: Settings
) -> None:
    links = post(client).json["links"]
    for app in running(Settings(database_url=settings.database_url, compute_limit=Rate(ONE - 1, NO_END))):
        low = app.test_client()
        assert [low.get(links[name]).status_code for name in ("self", "trace", "recommendations")] == [200, 413, 413]


def test_each_key_has_a_budget_of_its_own(client: CheckedClient, app: Flask) -> None:
    made = [create_key(app.extensions[EXTENSION].database, name, "test", ("read", "write")) for name in ("one", "two")]
    whole = MOST // LEAST_DRAWS
    sent = [post(client, whole, headers={"Authorization": f"Bearer {key.text}"}).status_code for key in made * 2]
    assert sent == [201, 201, 429, 429]
    assert [spent(app, f"key {key.key.id}") for key in made] == [MOST, MOST]


def test_no_limit_computes_whatever_is_asked(settings: Settings) -> None:
    for app in running(Settings(database_url=settings.database_url, compute_limit=None)):
        assert post(app.test_client(), 5).status_code == 201


def post(client: Any, lines: int = LINES, **more: Any) -> TestResponse:
    answer: TestResponse = client.post("/v1/estimates", json=plan(lines), **more)
    return answer
