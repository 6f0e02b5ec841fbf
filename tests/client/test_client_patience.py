"""What the client asks again, how often, for how long, and when it does not."""

import json
import time
from datetime import UTC, datetime, timedelta, timezone
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carbon_api.client import (
    Answer,
    CarbonClient,
    Conflict,
    KeyRefused,
    NoAnswer,
    NotFound,
    PlanRefused,
    Refused,
    ServiceError,
    ServiceFailed,
    StillAnswering,
    TooManyRequests,
    Unavailable,
)
from carbon_api.client.answers import seconds
from tests.client.strange_server import Reply, gone, hang, problem, raw, reply, strange
from tests.real_server import free_port

PLAN = {"name": "x", "lines": []}
MADE = reply(201, b'{"id": "est_1"}')
FINE = reply(200, b'{"status": "ok"}')
BUSY = problem(429, "too-many-requests", Retry_After="0")
AWAY = problem(503, "unavailable", Retry_After="0")
HELD = problem(409, "idempotency-key-held", Retry_After="0")
FAR = "Mon, 01 Jan 2020 00:00:00 +99999999999999"  # a zone beyond what a machine counts
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
MANY_HEADERS = b"".join(b"X-%d: y\r\n" % number for number in range(200))


def body(request: bytes) -> bytes:
    return request.partition(b"\r\n\r\n")[2]


@pytest.mark.parametrize("first", [BUSY, AWAY, problem(502, "x"), reply(504, b"<html>", "text/html"), gone])
def test_a_service_that_is_away_is_asked_again_under_the_same_name(first: Reply) -> None:
    with strange(first, MADE) as server, CarbonClient(server.address) as carbon:
        assert carbon.estimate(PLAN) == {"id": "est_1"}
    assert [json.loads(body(request)) for request in server.asked] == [PLAN, PLAN]
    first_name, second_name = server.header("Idempotency-Key")
    assert first_name == second_name
    assert first_name


def test_each_call_has_a_name_of_its_own_or_the_one_given() -> None:
    with strange(MADE, MADE, MADE) as server, CarbonClient(server.address) as carbon:
        carbon.estimate(PLAN)
        carbon.estimate(PLAN)
        carbon.estimate(PLAN, idempotency_key="mine")
    first, second, third = server.header("Idempotency-Key")
    assert first != second
    assert third == "mine"


def test_what_is_not_kept_needs_no_name_to_be_asked_again() -> None:
    with strange(gone, FINE) as server, CarbonClient(server.address) as carbon:
        assert carbon.estimate(PLAN, persist=False) == {"status": "ok"}
    assert [request.partition(b" HTTP")[0] for request in server.asked] == [b"POST /v1/estimates?persist=false"] * 2
    assert server.header("Idempotency-Key") == [None, None]


@pytest.mark.parametrize(("replies", "kind"), [(BUSY, TooManyRequests), (AWAY, Unavailable), (gone, NoAnswer)])
def test_the_last_error_is_raised_with_those_before(replies: Reply, kind: type[ServiceError]) -> None:
    with strange(replies, replies, replies) as server, CarbonClient(server.address, tries=3) as carbon:
        with pytest.raises(kind) as caught:
            carbon.estimate(PLAN, idempotency_key="mine")
        assert len(server.asked) == 3
    assert [type(earlier) for earlier in caught.value.earlier] == [kind, kind]
    assert caught.value.idempotency_key == "mine"
    assert "tries 3" in str(caught.value)


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (problem(400, "plan-unreadable"), PlanRefused),
        (problem(400, "malformed-request"), Refused),
        (problem(401, "key-needed"), KeyRefused),
        (problem(403, "scope-missing"), KeyRefused),
        (problem(404, "not-found"), NotFound),
        (problem(408, "request-timeout"), Refused),
        (problem(409, "outdated"), Conflict),
        (problem(410, "idempotency-key-spent"), Conflict),
        (problem(413, "body-too-large"), PlanRefused),
        (problem(415, "unsupported-media-type"), PlanRefused),
        (problem(422, "plan-invalid"), PlanRefused),
        (problem(422, "query-invalid"), Refused),
        (problem(422, "idempotency-key-reused"), Conflict),
        (problem(418, "not-invented-yet"), Refused),
        (problem(500, "internal-error", Retry_After="0"), ServiceFailed),
    ],
)
def test_a_refusal_is_not_asked_again(answer: Reply, kind: type[ServiceError]) -> None:
    with strange(answer, MADE) as server, CarbonClient(server.address) as carbon:
        with pytest.raises(ServiceError) as caught:
            carbon.estimate(PLAN)
        assert len(server.asked) == 1
    assert type(caught.value) is kind
    assert (caught.value.title, caught.value.detail, caught.value.request_id) == ("A title", "A detail.", "r-1")
    assert str(caught.value) == f"A title: A detail. (HTTP {caught.value.status}, request r-1)"


def test_a_request_that_is_being_answered_is_waited_for_beyond_the_tries() -> None:
    with strange(HELD, HELD, MADE) as server, CarbonClient(server.address, tries=1) as carbon:
        assert carbon.estimate(PLAN) == {"id": "est_1"}
    long = problem(409, "idempotency-key-held", Retry_After="999")
    with strange(long) as server, pytest.raises(StillAnswering):
        CarbonClient(server.address).estimate(PLAN)


def test_the_service_is_given_the_time_it_asks_for() -> None:
    """Chance alone would bring the first pause to half a second at most."""
    with strange(problem(429, "x", Retry_After="1"), FINE) as server, CarbonClient(server.address) as carbon:
        started = time.monotonic()
        carbon.health()
        assert time.monotonic() - started >= 1


@pytest.mark.parametrize(
    "asks_for",
    ["999999", "9" * 5000, format_datetime(datetime.now(UTC) + timedelta(days=300), usegmt=True)],
    ids=["long", "endless", "date"],
)
def test_more_time_than_there_is_patience_is_told_at_once(asks_for: str) -> None:
    with strange(problem(503, "x", Retry_After=asks_for), FINE) as server, CarbonClient(server.address) as carbon:
        with pytest.raises(Unavailable) as caught:
            carbon.health()
        assert len(server.asked) == 1
    assert caught.value.retry_after
    assert caught.value.retry_after > 900_000


@pytest.mark.parametrize("asks_for", ["soon", "-1", "1.5", "Thu, 01 Jan 1970 00:00:00 GMT", "٣", FAR])
def test_a_time_that_is_none_leaves_it_to_chance(asks_for: str) -> None:
    with strange(raw(f"HTTP/1.1 503 X\r\nRetry-After: {asks_for}\r\n\r\n".encode()), FINE) as server:
        assert CarbonClient(server.address).health() == {"status": "ok"}


@pytest.mark.parametrize("zone", [UTC, timezone(timedelta(hours=5)), None], ids=["UTC", "elsewhere", "unsaid"])
def test_a_date_is_read_in_its_own_zone(zone: timezone | None) -> None:
    in_an_hour = datetime.now(UTC) + timedelta(hours=1)
    moment = in_an_hour.astimezone(zone) if zone else in_an_hour.replace(tzinfo=None)
    assert 3_000 < (seconds(format_datetime(moment)) or 0) <= 3_600


@given(st.text() | st.from_regex(r"\A\w{3}, \d+ \w{3} \d+ \d+:\d+:\d+ [+-]?\w+\Z"))
def test_whatever_stands_for_a_time_is_read_or_left(text: str) -> None:
    found = seconds(text)
    assert found is None or found >= 0


@pytest.mark.parametrize(
    "broken",
    [
        raw(HEAD + b'Content-Length: 99\r\n\r\n{"status": "ok"}'),
        raw(HEAD + b'Transfer-Encoding: chunked\r\n\r\n10\r\n{"status": "ok"}\r\n'),
        raw(HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n"),
        raw(HEAD + b"Content-Encoding: gzip\r\nContent-Length: 4\r\n\r\nnope"),
        raw(b"HTTP/1.1 twohundred\r\n\r\n"),
        raw(b"\x00\xff" * 99),
        raw(HEAD + MANY_HEADERS + b"\r\n{}"),
        gone,
    ],
    ids=["length", "chunk", "no chunk", "gzip", "status", "noise", "headers", "nothing"],
)
def test_an_answer_that_breaks_off_is_asked_for_again(broken: Reply) -> None:
    with strange(broken, FINE) as server, CarbonClient(server.address) as carbon:
        assert carbon.health() == {"status": "ok"}
    with strange(broken) as server, CarbonClient(server.address, tries=1) as carbon, pytest.raises(NoAnswer):
        carbon.health()


def test_a_silent_service_is_not_waited_for_for_ever() -> None:
    with strange(hang, hang) as server, CarbonClient(server.address, timeout=(5, 0.2), tries=2) as carbon:
        with pytest.raises(NoAnswer, match=r"did not answer: .*timed out"):
            carbon.estimate(PLAN)
        assert len(set(server.header("Idempotency-Key"))) == 1


def test_nobody_there() -> None:
    address = f"http://127.0.0.1:{free_port()}"
    with CarbonClient(address, tries=2) as carbon, pytest.raises(NoAnswer, match=f"{address} .*refused") as caught:
        carbon.estimate(PLAN)
    assert caught.value.status is None
    assert caught.value.idempotency_key


@pytest.mark.parametrize("first", [gone, AWAY, reply(502, b"<html>", "text/html")])
def test_what_an_earlier_try_may_have_deleted_is_deleted(first: Reply) -> None:
    with strange(first, problem(404, "not-found")) as server, CarbonClient(server.address) as carbon:
        carbon.delete_estimate("est_1")
    assert [request.partition(b" HTTP")[0] for request in server.asked] == [b"DELETE /v1/estimates/est_1"] * 2


@pytest.mark.parametrize("before", [(), (BUSY,)])
def test_what_was_never_there_is_not_found(before: tuple[Reply, ...]) -> None:
    with strange(*before, problem(404, "not-found")) as server, pytest.raises(NotFound):
        CarbonClient(server.address).delete_estimate("est_1")


def test_a_service_that_is_not_ready_says_so_and_is_no_error() -> None:
    with strange(reply(503, b'{"ready": false, "checks": []}')) as server, CarbonClient(server.address) as carbon:
        answer = carbon.ready()
        assert isinstance(answer, Answer)
        assert answer == {"ready": False, "checks": []}


def test_the_reason_is_of_this_call_and_not_of_what_the_caller_was_at() -> None:
    """A client may be used while another error is dealt with."""
    address = f"http://127.0.0.1:{free_port()}"
    try:
        raise KeyError("of the caller")
    except KeyError:
        with CarbonClient(address, tries=2) as carbon, pytest.raises(NoAnswer, match="refused") as caught:
            carbon.health()
    assert "of the caller" not in str(caught.value)
