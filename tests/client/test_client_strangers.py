"""What a service never answers: it is told apart from what a service does, and nobody takes it for an estimate."""

import json
import pickle

import pytest

from carbon_api.client import CarbonClient, PlanRefused, ServiceError, TooManyRequests, Unavailable, UnexpectedAnswer
from tests.client.strange_server import Reply, raw, reply, strange

PAGE = b"<html><h1>It works!</h1>"
NUMBERS = b"[0.1, 53.069335178500005, 1e+22, 5e-324, 1.7976931348623157e+308, 12345678901234567890, -0.0, 3]"
TOLD = {"type": "/problems/x", "title": "T", "status": 422, "detail": "D", "request_id": "r", "errors": []}
FAULT = {"pointer": "/lines/0/platform", "code": "unknown-platform", "detail": "no platform", "valid_values": ["x"]}


def problem_of(document: object, status: int = 422) -> Reply:
    return reply(status, json.dumps(document).encode(), "application/problem+json")


@pytest.mark.parametrize(
    "answer",
    [
        reply(200, PAGE, "text/html"),
        reply(200, b"{}", "text/plain"),
        reply(200, b"[]"),
        reply(200, b""),
        reply(200, b'{"total": NaN}'),
        reply(200, b'{"total": Infinity}'),
        reply(200, b"\xff{}"),
        reply(200, b'{"id": ' + b"9" * 5000 + b"}"),
        reply(200, b"[" * 100_000),
        raw(b'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n{"status": "o'),
        raw(b"HTTP/1.1 200 OK\r\nContent-Type: applicat"),
        reply(204),
        reply(201, b"{}"),
        reply(304),
        reply(401, PAGE, "text/html", WWW_Authenticate="Basic"),
        reply(404, PAGE, "text/html"),
        reply(404, b'{"message": "no Route matched"}'),
        reply(500, PAGE, "text/html"),
        reply(999, b"{}"),
        problem_of([]),
        problem_of({}),
        problem_of(TOLD | {"errors": 5}),
        problem_of(TOLD | {"errors": [5]}),
        problem_of(TOLD | {"errors": [{}]}),
        problem_of({"type": "about:blank", "title": "Of a gateway", "status": 404}, 404),
    ],
)
def test_what_is_no_answer_of_a_service_is_told_once(answer: Reply) -> None:
    with strange(answer, answer) as server, CarbonClient(server.address) as carbon:
        with pytest.raises(UnexpectedAnswer, match=r"^No answer of a carbon-api: "):
            carbon.health()
        assert len(server.asked) == 1


def test_little_is_shown_of_what_a_stranger_sends() -> None:
    with strange(reply(200, b"{}", "x" * 9999)) as server, pytest.raises(UnexpectedAnswer) as caught:
        CarbonClient(server.address).health()
    assert len(str(caught.value)) < 600


def test_what_was_not_kept_is_not_taken_for_kept() -> None:
    with strange(reply(200, b"{}")) as server, pytest.raises(UnexpectedAnswer):
        CarbonClient(server.address).estimate({})


@pytest.mark.parametrize(
    ("status", "kind"), [(429, TooManyRequests), (502, Unavailable), (503, Unavailable), (504, Unavailable)]
)
def test_what_stands_before_a_service_may_say_that_it_is_away(status: int, kind: type[ServiceError]) -> None:
    answer = reply(status, PAGE, "text/html", Retry_After="999")
    with strange(answer) as server, CarbonClient(server.address) as carbon, pytest.raises(kind) as caught:
        carbon.health()
    assert (caught.value.status, caught.value.retry_after, caught.value.request_id) == (status, 999, None)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_not_followed(status: int) -> None:
    with strange(reply(200, b"{}")) as other, strange(reply(status, PAGE, Location=f"{other.address}/x")) as server:
        with CarbonClient(server.address, "carbon_key") as carbon, pytest.raises(UnexpectedAnswer) as caught:
            carbon.health()
        assert f"leads on to '{other.address}/x'" in str(caught.value)
        assert other.asked == []


@pytest.mark.parametrize("place", ["http://[::1", "//", "\xff", "http://a:b", "x" * 9999])
def test_a_redirect_to_nowhere_is_a_redirect(place: str) -> None:
    answer = raw(b"HTTP/1.1 302 X\r\nContent-Length: 0\r\nLocation: " + place.encode("latin-1") + b"\r\n\r\n")
    with strange(answer) as server, pytest.raises(UnexpectedAnswer, match="leads on") as caught:
        CarbonClient(server.address).health()
    assert len(str(caught.value)) < 600


def test_numbers_are_those_that_were_sent() -> None:
    with strange(reply(200, b'{"items": ' + NUMBERS + b"}")) as server, CarbonClient(server.address) as carbon:
        found = carbon.health()["items"]
    assert found == json.loads(NUMBERS)
    assert list(map(repr, found)) == NUMBERS.decode().strip("[]").split(", ")


@pytest.mark.parametrize("page", [b"{}", b'{"items": 5}', b'{"items": [], "next_cursor": "same"}'])
def test_a_list_that_never_ends_is_none(page: bytes) -> None:
    with strange(*[reply(200, page)] * 3) as server, pytest.raises(UnexpectedAnswer, match="no list that ends"):
        list(CarbonClient(server.address).estimates())


def test_an_error_reads_well_and_travels_between_processes() -> None:
    refusal = TOLD | {"type": "/problems/plan-invalid", "errors": [FAULT, FAULT | {"line": 3}]}
    with strange(problem_of(refusal)) as server, pytest.raises(PlanRefused) as caught:
        CarbonClient(server.address).estimate({}, idempotency_key="mine")
    error = pickle.loads(pickle.dumps(caught.value))
    assert str(error) == "T: D (HTTP 422, request r)" + "\n  /lines/0/platform: no platform" * 2
    assert (error.code, error.type, error.status) == ("plan-invalid", "/problems/plan-invalid", 422)
    assert [(fault.code, fault.valid_values, fault.line) for fault in error.errors] == [
        ("unknown-platform", ("x",), None),
        ("unknown-platform", ("x",), 3),
    ]
    assert error.idempotency_key == "mine"
