"""Whoever has what a kept estimate was answered is told so without its being made again, and nobody else is."""

from collections.abc import Iterator
from typing import Any

import pytest
from checked import CheckedClient, running
from flask import Flask
from sqlalchemy import update

from carbon_api.settings import Settings
from carbon_api.store.tables import estimates
from carbon_api.web import told
from carbon_api.web.service import EXTENSION
from carbon_api.web.told import Told
from tests.first_plan import EXAMPLE

QUESTIONS = ("trace", "recommendations")


@pytest.fixture
def again(settings: Settings) -> Iterator[CheckedClient]:
    """A client of the next process, on the same database."""
    for app in running(settings):
        yield app.test_client()


def post(client: CheckedClient) -> Any:
    return client.post("/v1/estimates", json=EXAMPLE).json


def spoil(app: Flask) -> None:
    """Keep another total: whoever makes the answer anew finds that it does not hold."""
    with app.extensions[EXTENSION].database.transaction() as connection:
        connection.execute(update(estimates).values(total_central=1.0))


@pytest.mark.parametrize("question", QUESTIONS)
def test_what_was_told_is_not_made_again(
    app: Flask, client: CheckedClient, again: CheckedClient, question: str
) -> None:
    link = post(client)["links"][question]
    first = client.get(link)
    has_it = {"If-None-Match": first.headers["ETag"]}
    spoil(app)
    for name in (first.headers["ETag"], f"W/{first.headers['ETag']}", f'"x", {first.headers["ETag"]}'):
        same = client.get(link, headers={"If-None-Match": name})
        assert (same.status_code, same.data) == (304, b"")
        assert same.headers["ETag"] == first.headers["ETag"]
        assert same.headers["Factor-Release"] == first.headers["Factor-Release"]
    assert client.get(link, headers={"If-None-Match": '"x"'}).status_code == 409
    assert client.get(link).status_code == client.head(link).status_code == 409
    assert again.get(link, headers=has_it).status_code == 409  # another process makes it anew


@pytest.mark.parametrize("question", QUESTIONS)
def test_it_is_still_told_to_whoever_has_another(client: CheckedClient, question: str) -> None:
    one, other = post(client), client.post("/v1/estimates", json=EXAMPLE | {"method": "sri-2.1"}).json
    tag = client.get(one["links"][question]).headers["ETag"]
    assert client.get(other["links"][question], headers={"If-None-Match": tag}).status_code == 200
    assert client.get(other["links"][question], headers={"If-None-Match": tag}).status_code == 200


def test_each_actor_has_an_answer_of_his_own(client: CheckedClient) -> None:
    link = post(client)["links"]["recommendations"]
    tags = {who: client.get(link + who).headers["ETag"] for who in ("", "?act_as=agency", "?act_as=client")}
    assert len(set(tags.values())) == len(tags)
    for asked in tags:
        codes = {who: client.get(link + asked, headers={"If-None-Match": tag}).status_code for who, tag in tags.items()}
        assert codes == {who: 304 if who == asked else 200 for who in tags}


def test_what_was_forgotten_is_not_there_for_whoever_has_it_either(client: CheckedClient) -> None:
    made = post(client)
    tag = client.get(made["links"]["trace"]).headers["ETag"]
    assert client.delete(made["links"]["self"]).status_code == 204
    assert client.get(made["links"]["trace"], headers={"If-None-Match": tag}).status_code == 404


def test_no_more_is_noted_than_so_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(told, "MOST", 3)
    noted = Told()
    for number in range(100):
        noted.note(str(number), "x")
        assert len(noted._tags) <= 3
        assert noted.find(str(number)) == "x"
