"""/v1/factors: every published number can be found, with its source, in the release asked for."""

import pytest
from checked import CheckedClient

from carbon_api.factor_book.book import book


def walk(client: CheckedClient, **query: object) -> list[dict]:
    """Every item of every page."""
    found, cursor = [], {}
    while True:
        page = client.get("/v1/factors", query_string={**query, **cursor}).json
        found += page["items"]
        if page["next_cursor"] is None:
            return found
        cursor = {"cursor": page["next_cursor"]}


@pytest.mark.parametrize("limit", [1 + len(book().rows) // 7, 200])
def test_pages_give_every_value_once_and_in_order(client: CheckedClient, limit: int) -> None:
    found = [(item["id"], item["country"], item["valid_from"]) for item in walk(client, limit=limit)]
    assert found == [(row.id, row.country, row.valid_from) for row in book().release().rows]


def test_every_filter_narrows_to_what_it_names(client: CheckedClient) -> None:
    french = walk(client, country="FR")
    assert {item["country"] for item in french} == {"FR"}
    tagged = walk(client, tag="grid", limit=200)
    assert all("grid" in item["tags"] for item in tagged)
    both = walk(client, tag="grid", country="FR")
    assert both == [item for item in tagged if item["country"] == "FR"]
    assert 0 < len(both) < len(tagged)


def test_a_search_finds_words_in_any_order_and_case(client: CheckedClient) -> None:
    row = next(row for row in book().release().rows if len(row.title.split()) > 2)
    words = " ".join(reversed(row.title.split())).swapcase()
    assert row.id in {item["id"] for item in walk(client, q=words)}
    assert walk(client, q="no such words anywhere") == []


def test_a_value_leads_to_its_factor_and_back_to_its_source(client: CheckedClient) -> None:
    for item in walk(client, limit=200)[::37]:
        factor = client.get(item["links"]["self"]).json
        (value,) = [
            v for v in factor["values"] if (v["country"], v["valid_from"]) == (item["country"], item["valid_from"])
        ]
        assert (value["value"], value["unit"], value["source"]["id"]) == (item["value"], item["unit"], item["source"])
        assert value["source"] in client.get("/v1/sources").json["items"]
        assert value["coherent"]["low"] <= value["coherent"]["value"] <= value["coherent"]["high"]


def test_a_release_may_be_named(client: CheckedClient) -> None:
    release = book().releases[0].id
    answer = client.get(f"/v1/factors?limit=1&release={release}")
    assert answer.headers["Factor-Release"] == release
    assert client.get(f"/v1/factors/{answer.json['items'][0]['id']}?release={release}").status_code == 200


@pytest.mark.parametrize("path", ["/v1/factors?release=1999.01", "/v1/factors/no.such", "/v1/methods/guess-1"])
def test_what_is_not_there_is_404(client: CheckedClient, path: str) -> None:
    assert client.get(path).json["type"] == "/problems/not-found"


def test_what_cannot_be_a_filter_is_refused_with_what_can(client: CheckedClient) -> None:
    for query, known in (("country=ZZ", "FR"), ("tag=gird", "grid"), ("country=fr", "FR")):
        response = client.get(f"/v1/factors?{query}")
        assert response.status_code == 422
        assert known in response.json["errors"][0]["valid_values"]


def test_a_cursor_stays_in_its_release_and_its_list(client: CheckedClient) -> None:
    cursor = client.get("/v1/factors?limit=1").json["next_cursor"]
    assert client.get(f"/v1/factors?cursor={cursor}&release={book().release().id}").status_code == 200
    assert client.get(f"/v1/factors?cursor={cursor}&release=other").status_code == 404
    assert client.get("/v1/factors?cursor=1@1999.01").status_code == 404
    assert client.get(f"/v1/factors?cursor=999999@{book().release().id}").json["items"] == []
    assert client.get("/v1/factors?cursor=MQ").status_code == 422
