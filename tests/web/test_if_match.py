"""If-Match: an estimate goes only if it is still what was read."""

import pytest
from checked import CheckedClient

PLAN = {
    "name": "x",
    "lines": [{"id": "a", "kind": "ad", "platform": "tiktok", "country": "FR", "impressions": 9, "format": "image"}],
}


@pytest.fixture
def kept(client: CheckedClient) -> tuple[str, str]:
    """Where an estimate is, and the ETag that it is read with."""
    place = client.post("/v1/estimates", json=PLAN).headers["Location"]
    return place, client.get(place).headers["ETag"]


def test_it_goes_with_the_tag_that_it_was_read_with(client: CheckedClient, kept: tuple[str, str]) -> None:
    place, tag = kept
    assert client.delete(place, headers={"If-Match": f'"other", {tag}'}).status_code == 204
    assert client.delete(place, headers={"If-Match": tag}).status_code == 404


@pytest.mark.parametrize("sent", ["*", None])
def test_whatever_it_is_goes_with_a_star_and_without_a_condition(
    client: CheckedClient, kept: tuple[str, str], sent: str | None
) -> None:
    assert client.delete(kept[0], headers={"If-Match": sent} if sent else {}).status_code == 204


@pytest.mark.parametrize("form", ['"other"', "W/{tag}", "", ",", "nonsense", '"{tag}', "W/*"])
def test_another_tag_a_weak_one_and_nonsense_keep_it(client: CheckedClient, kept: tuple[str, str], form: str) -> None:
    place, tag = kept
    answer = client.delete(place, headers={"If-Match": form.format(tag=tag)})
    assert (answer.status_code, answer.json and answer.json["type"]) == (412, "/problems/precondition-failed")
    assert client.get(place).headers["ETag"] == tag


def test_of_what_is_not_there_nothing_else_is_said(client: CheckedClient) -> None:
    assert client.delete("/v1/estimates/x", headers={"If-Match": '"other"'}).status_code == 404
