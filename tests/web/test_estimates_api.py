"""/v1/estimates: what is sent is kept, what is kept is sent again, and nothing else is."""

import json
from datetime import UTC, datetime, timedelta

import pytest
import yaml
from checked import CheckedClient, running
from flask import Flask
from postgresql_server import KINDS

from carbon_api.settings import Settings
from carbon_api.store import estimates as kept
from carbon_api.web.service import EXTENSION
from tests.first_plan import EXAMPLE

PERSONAL = {"id", "created_at", "links"}


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    """What is kept is the same on both."""
    return str(request.param)


def impersonal(answer: dict) -> dict:
    """An answer without what is its own: the rest only depends on the plan."""
    return {key: value for key, value in answer.items() if key not in PERSONAL}


def test_an_estimate_is_kept_where_location_says_to_the_byte(client: CheckedClient) -> None:
    made = client.post("/v1/estimates", json=EXAMPLE)
    assert made.status_code == 201
    assert made.headers["Location"] == made.json["links"]["self"] == f"/v1/estimates/{made.json['id']}"
    assert client.get(made.headers["Location"]).data == made.data


def test_it_says_which_release_it_used(client: CheckedClient) -> None:
    made = client.post("/v1/estimates", json=EXAMPLE)
    again = client.get(made.headers["Location"])
    assert made.headers["Factor-Release"] == again.headers["Factor-Release"] == made.json["factor_release"]["id"]


def test_the_same_plan_gives_the_same_answer(client: CheckedClient) -> None:
    one, other = (client.post("/v1/estimates", json=EXAMPLE).json for _ in range(2))
    assert impersonal(one) == impersonal(other)
    assert one["id"] != other["id"]


@pytest.mark.parametrize("media_type", ["application/yaml", "application/x-yaml", "text/yaml; charset=utf-8"])
def test_yaml_is_read_as_json_is(client: CheckedClient, media_type: str) -> None:
    made = client.post("/v1/estimates", data=yaml.safe_dump(EXAMPLE), content_type=media_type)
    assert made.status_code == 201
    assert impersonal(made.json) == impersonal(client.post("/v1/estimates", json=EXAMPLE).json)


def test_the_plan_is_kept_as_it_was_sent(app: Flask, client: CheckedClient) -> None:
    sent = "# our plan\n" + yaml.safe_dump(EXAMPLE)
    made = client.post("/v1/estimates", data=sent, content_type="application/yaml")
    found = kept.get_estimate(app.extensions[EXTENSION].database, "default", made.json["id"])
    assert (found.plan, found.plan_media_type) == (sent.encode(), "yaml")
    assert found.answer == made.data


def test_nothing_is_kept_when_asked_not_to(client: CheckedClient) -> None:
    answer = client.post("/v1/estimates?persist=false", json=EXAMPLE)
    assert answer.status_code == 200
    assert "id" not in answer.json
    assert answer.json["links"] == {}
    assert "Location" not in answer.headers
    assert client.get("/v1/estimates").json["items"] == []
    assert impersonal(answer.json) == impersonal(client.post("/v1/estimates?persist=true", json=EXAMPLE).json)


def test_a_deleted_estimate_is_not_found(client: CheckedClient) -> None:
    place = client.post("/v1/estimates", json=EXAMPLE).headers["Location"]
    assert client.delete(place).status_code == 204
    assert client.get(place).status_code == client.delete(place).status_code == 404
    assert client.get("/v1/estimates").json["items"] == []


def test_who_has_it_already_is_told_so(client: CheckedClient) -> None:
    place = client.post("/v1/estimates", json=EXAMPLE).headers["Location"]
    tag = client.get(place).headers["ETag"]
    assert client.get(place, headers={"If-None-Match": tag}).status_code == 304
    assert client.get(place, headers={"If-None-Match": '"another"'}).status_code == 200


def test_head_says_what_get_would(client: CheckedClient) -> None:
    place = client.post("/v1/estimates", json=EXAMPLE).headers["Location"]
    get, head = client.get(place), client.head(place)
    assert head.data == b""
    for name in ("Content-Length", "Content-Type", "ETag", "Factor-Release"):
        assert head.headers[name] == get.headers[name]


def test_estimates_outlive_the_process(settings: Settings, client: CheckedClient) -> None:
    made = client.post("/v1/estimates", json=EXAMPLE)
    for restarted in running(settings):
        assert restarted.test_client().get(made.headers["Location"]).data == made.data


def test_the_list_sums_up_the_newest_first(client: CheckedClient) -> None:
    made = [client.post("/v1/estimates", json=EXAMPLE | {"name": f"Plan {n}", "brand": "Nord"}).json for n in range(3)]
    items = client.get("/v1/estimates").json["items"]
    assert [item["id"] for item in items] == [answer["id"] for answer in reversed(made)]
    newest, summary = made[-1], items[0]
    assert summary == {
        "id": newest["id"],
        "created_at": newest["created_at"],
        "name": "Plan 2",
        "brand": "Nord",
        "method": newest["method"]["id"],
        "factor_release": newest["factor_release"]["id"],
        "total": {"unit": "kgCO2e", "central": newest["total"]["central"]},
        "links": {"self": newest["links"]["self"]},
    }


def test_pages_follow_one_another(client: CheckedClient) -> None:
    for n in range(5):
        client.post("/v1/estimates", json=EXAMPLE | {"brand": "Nord" if n % 2 else "Sud"})
    whole = [item["id"] for item in client.get("/v1/estimates").json["items"]]
    found, query = [], {"limit": 2}
    while True:
        page = client.get("/v1/estimates", query_string=query).json
        found += [item["id"] for item in page["items"]]
        if page["next_cursor"] is None:
            break
        query = {"limit": 2, "cursor": page["next_cursor"]}
    assert found == whole
    assert len(whole) == 5


def test_the_list_is_filtered(client: CheckedClient) -> None:
    nord = client.post("/v1/estimates", json=EXAMPLE | {"brand": "Nord", "method": "sri-2.1"}).json["id"]
    sud = client.post("/v1/estimates", json=EXAMPLE | {"brand": "Sud"}).json["id"]
    today = datetime.now(UTC).date()
    yesterday, tomorrow = (today - timedelta(days=1)).isoformat(), (today + timedelta(days=1)).isoformat()
    expected = {
        "brand=Nord": {nord},
        "brand=nord": set(),
        "method=sri-2.1": {nord},
        "brand=Sud&method=sri-2.1": set(),
        f"from={yesterday}&to={tomorrow}": {nord, sud},
        f"to={yesterday}": set(),
        f"from={tomorrow}": set(),
        "from=0001-01-01&to=9999-12-31": {nord, sud},
    }
    found = {query: {item["id"] for item in client.get(f"/v1/estimates?{query}").json["items"]} for query in expected}
    assert found == expected


def test_numbers_keep_all_their_digits(client: CheckedClient) -> None:
    made = client.post("/v1/estimates", json=EXAMPLE)
    summary = client.get("/v1/estimates").json["items"][0]
    assert summary["total"]["central"] == json.loads(made.data)["total"]["central"]


def test_a_plan_in_french_is_kept_and_found_by_its_brand(client: CheckedClient) -> None:
    line = {"id": "a", "kind": "publication", "plateforme": "instagram", "pays": "FR", "vues": 1000, "format": "image"}
    made = client.post("/v1/estimates", json={"nom": "Printemps", "marque": "Maison", "lignes": [line]})
    assert made.status_code == 201
    (listed,) = client.get("/v1/estimates?brand=Maison").json["items"]
    assert (listed["id"], listed["name"]) == (made.json["id"], "Printemps")
