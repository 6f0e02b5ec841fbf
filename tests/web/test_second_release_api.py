"""A second release lands while estimates of the first are kept: they read as they were made, and warn of what went."""

from collections.abc import Iterator

import pytest
from checked import CheckedClient, running
from flask import Flask
from sqlalchemy import update

from carbon_api.factor_book.book import Book, load
from carbon_api.settings import Settings
from carbon_api.store.tables import estimates
from carbon_api.web.service import EXTENSION
from tests.second_release import ADDED, BITRATE, CORRECTED, FIRST, GRID, SECOND, WITHDRAWN, second_release

FREE = ("id", "created_at", "links", "engine", "cross_check")
LINE = {"id": "a", "kind": "ad", "platform": "instagram", "format": "video", "impressions": 1e6, "time_on_screen": 6}
POST = {"id": "b", "kind": "post", "platform": "instagram", "format": "video", "country": "FR", "views": 1000}
KEPT = {"id": "c", "kind": "storage", "country": "FR", "volume": 1, "kept_for": 12}
IN_FRANCE = {"name": "France", "factor_release": FIRST, "lines": [{**LINE, "country": "FR"}, POST]}
GIVEN = {"name": "Given", "factor_release": FIRST, "lines": [{**LINE, "country": "BE", "bitrate": 2}]}
WARNED = "grid.ember (FR, 2024-01-01) was withdrawn in 2027.05: the publisher took the year back; the figures stand as"


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> tuple[Book, Book]:
    folders = second_release(tmp_path_factory.mktemp("releases"))
    return load(folders.before), load(folders.after)


@pytest.fixture
def before(settings: Settings, books: tuple[Book, Book]) -> Iterator[CheckedClient]:
    """A client of the service as it was when only the first release was out."""
    for app in running(settings, books[0]):
        yield app.test_client()


@pytest.fixture
def later(settings: Settings, books: tuple[Book, Book]) -> Iterator[Flask]:
    """The service on the same database, once the second release has landed."""
    yield from running(settings, books[1])


@pytest.fixture
def after(later: Flask) -> CheckedClient:
    return later.test_client()


def bound(answer: dict) -> dict:
    """What of an answer its release and the method's revision bind."""
    return {key: value for key, value in answer.items() if key not in FREE}


def test_advice_names_the_release_of_the_plan(after: CheckedClient) -> None:
    for plan, release in ((IN_FRANCE, FIRST), ({**IN_FRANCE, "factor_release": SECOND}, SECOND)):
        answer = after.post("/v1/recommendations", json={"plan": plan})
        assert answer.headers["Factor-Release"] == answer.json["factor_release"]["id"] == release


def test_a_plan_pinned_to_the_first_is_answered_as_before(before: CheckedClient, after: CheckedClient) -> None:
    for plan in (IN_FRANCE, GIVEN):
        one, other = (client.post("/v1/estimates", json=plan) for client in (before, after))
        assert bound(one.json) == bound(other.json)
        assert "low" in one.json["total"]
        assert one.headers["Factor-Release"] == other.headers["Factor-Release"] == FIRST


def test_what_rests_on_nothing_withdrawn_reads_to_the_byte_as_it_was_sent(
    before: CheckedClient, after: CheckedClient
) -> None:
    made = before.post("/v1/estimates", json=GIVEN)
    read = after.get(made.headers["Location"])
    assert read.data == made.data
    assert read.headers["ETag"] == before.get(made.headers["Location"]).headers["ETag"]


@pytest.mark.parametrize(
    ("lines", "warned", "gone"), [(IN_FRANCE["lines"], True, [GRID, BITRATE]), ([KEPT], False, [GRID])]
)
def test_what_rests_on_a_withdrawn_factor_warns_and_differs_in_nothing_else(
    before: CheckedClient, after: CheckedClient, lines: list[dict], warned: bool, gone: list[str]
) -> None:
    made = before.post("/v1/estimates", json=IN_FRANCE | {"lines": lines})
    read = after.get(made.headers["Location"])
    assert bool(made.json["warnings"]) == warned
    added = read.json["warnings"][len(made.json["warnings"]) :]
    assert [warning["code"] for warning in added] == ["factor-withdrawn"] * len(gone)
    assert [key for key, warning in zip(gone, added, strict=True) if WITHDRAWN[key] not in warning["detail"]] == []
    assert added[0]["detail"].startswith(WARNED)
    start = made.data.index(b'],"links":{')
    more = len(read.data) - len(made.data)
    assert read.data[:start] + read.data[start + more :] == made.data
    assert read.data[start : start + more].startswith(b',{"code":"factor-w' if warned else b'{"code":"factor-w')


def test_the_warning_is_of_the_reading_and_nothing_is_written(later: Flask, before: CheckedClient) -> None:
    place = before.post("/v1/estimates", json=IN_FRANCE).headers["Location"]
    plain, tag = before.get(place), before.get(place).headers["ETag"]
    read = later.test_client().get(place)
    assert read.headers["ETag"] != tag
    again = later.test_client().get(place, headers={"If-None-Match": read.headers["ETag"]})
    assert again.status_code == 304
    assert later.test_client().get(place, headers={"If-None-Match": tag}).status_code == 200
    assert later.test_client().get(place).data == read.data
    assert before.get(place).data == plain.data


@pytest.mark.parametrize("forget", [{"factors": None}, {"factor_release": "2031.01"}])
def test_an_estimate_without_its_factors_says_what_it_cannot_tell(
    later: Flask, before: CheckedClient, forget: dict[str, object]
) -> None:
    """One made before factors were noted may rest on what was withdrawn; of a release unknown here nothing is known."""
    made = before.post("/v1/estimates", json=GIVEN)
    with later.extensions[EXTENSION].database.transaction() as connection:
        connection.execute(update(estimates).values(**forget))
    added = later.test_client().get(made.headers["Location"]).json["warnings"][len(made.json["warnings"]) :]
    assert [warning["code"] for warning in added] == ["factor-withdrawn-perhaps"] * 2 * ("factors" in forget)


@pytest.mark.parametrize(("named", "status"), [({"factor_release": "latest"}, "given"), ({}, "default")])
def test_latest_answers_with_the_release_it_is(
    before: CheckedClient, after: CheckedClient, books: tuple[Book, Book], named: dict[str, str], status: str
) -> None:
    plan = {"name": "Latest", **named, "lines": IN_FRANCE["lines"]}
    for client, newest in ((before, FIRST), (after, SECOND)):
        made = client.post("/v1/estimates", json=plan)
        sha256 = books[1].release(newest).sha256
        assert made.json["factor_release"] == {"id": newest, "sha256": sha256, "status": status}
        assert made.headers["Factor-Release"] == newest


@pytest.mark.parametrize(
    ("asked", "release"),
    [
        ({"plan": IN_FRANCE, "methods": ["swd-4", "sri-2.1"]}, FIRST),
        ({"plan": IN_FRANCE | {"factor_release": "latest"}}, SECOND),
        ({"plans": [IN_FRANCE, IN_FRANCE]}, FIRST),
        ({"plan": IN_FRANCE, "factor_releases": [FIRST, SECOND]}, SECOND),
        ({"plan": IN_FRANCE, "factor_releases": [SECOND, FIRST]}, FIRST),
    ],
    ids=["methods", "newest", "plans", "releases", "backwards"],
)
def test_a_comparison_names_the_release_behind_it(after: CheckedClient, asked: dict[str, object], release: str) -> None:
    answer = after.post("/v1/comparisons", json=asked)
    assert answer.status_code == 200
    assert answer.headers["Factor-Release"] == release


def test_an_estimate_of_latest_stays_with_the_release_it_was(before: CheckedClient, after: CheckedClient) -> None:
    plan = {"name": "Latest", "factor_release": "latest", "lines": IN_FRANCE["lines"]}
    made = before.post("/v1/estimates", json=plan).json
    trace = after.get(made["links"]["trace"])
    assert trace.status_code == 200
    assert trace.json["factor_release"]["id"] == FIRST
    assert after.get("/v1/estimates").json["items"][0]["factor_release"] == FIRST


def test_a_release_that_is_not_there_is_refused_with_those_that_are(after: CheckedClient) -> None:
    refused = after.post("/v1/estimates", json=IN_FRANCE | {"factor_release": "2031.01"})
    [error] = refused.json["errors"]
    assert (refused.status_code, error["pointer"]) == (422, "/factor_release")
    assert error["valid_values"] == [FIRST, SECOND, "latest"]


def test_both_releases_are_listed(after: CheckedClient, books: tuple[Book, Book]) -> None:
    items = after.get("/v1/factor-releases").json["items"]
    assert [(item["id"], item["latest"]) for item in items] == [(FIRST, False), (SECOND, True)]
    assert [item["sha256"] for item in items] == [books[1].release(id).sha256 for id in (FIRST, SECOND)]
    assert items[0]["sha256"] == books[0].release(FIRST).sha256
    assert after.get("/version").json["factor_release"] == SECOND


@pytest.mark.parametrize(
    ("id", "country", "values"),
    [
        (CORRECTED, "world", {FIRST: [0.0165], SECOND: [0.0132]}),
        ("grid.ember", "FR", {FIRST: [44.18], SECOND: [40]}),
        ("trial.share", "world", {FIRST: None, SECOND: [0.5]}),
        (BITRATE.split()[0], "world", {FIRST: [12], SECOND: None}),
    ],
)
def test_each_release_answers_with_its_own_values(
    after: CheckedClient, id: str, country: str, values: dict[str, list[float] | None]
) -> None:
    for release, expected in values.items():
        answer = after.get(f"/v1/factors/{id}?release={release}")
        assert answer.status_code == (200 if expected else 404)
        found = [value["value"] for value in answer.json.get("values", ()) if value["country"] == country]
        assert found == (expected or [])
        listed = after.get("/v1/factors", query_string={"q": id, "country": country, "release": release}).json["items"]
        assert [item["value"] for item in listed if item["id"] == id] == (expected or [])


def test_a_withdrawn_value_says_until_when_it_held_and_why_it_does_not(after: CheckedClient) -> None:
    found = after.get(f"/v1/factors/{GRID.split()[0]}?release={FIRST}").json["values"]
    [value] = [value for value in found if value["country"] == "FR"]
    assert (value["until"], value["withdrawn"]) == (SECOND, WITHDRAWN[GRID])
    assert {value["withdrawn"] for value in found if value["country"] != "FR"} == {""}


def test_the_tags_asked_for_are_those_of_the_book_that_is_served(before: CheckedClient, after: CheckedClient) -> None:
    assert before.get("/v1/factors?tag=only-later").status_code == 422
    [item] = after.get("/v1/factors?tag=only-later").json["items"]
    assert f"{item['id']} {item['country']} {item['valid_from']}" in ADDED


def test_an_estimate_goes_under_the_tag_that_it_is_read_with_now(before: CheckedClient, after: CheckedClient) -> None:
    """A reader who has not seen the warning has another: what he knows no longer holds."""
    place = before.post("/v1/estimates", json=IN_FRANCE).headers["Location"]
    old, new = (client.get(place).headers["ETag"] for client in (before, after))
    assert after.delete(place, headers={"If-Match": old}).status_code == 412
    assert after.delete(place, headers={"If-Match": new}).status_code == 204
