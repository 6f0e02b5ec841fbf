"""What cannot be read as HTTP is answered as every other error: a problem, with an id, and nothing of what was sent."""

import json
import logging
import socket
from collections.abc import Iterator
from email.message import Message
from email.parser import BytesParser
from pathlib import Path

import pytest
import requests
from checked import document
from gunicorn.http import errors
from jsonschema import Draft202012Validator
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from carbon_api.factor_book.book import book
from carbon_api.web.unreadable import answer_to
from tests.real_server import serving

HOST = b"Host: localhost\r\n"
SECRET = b"s3cr3t"
UNREADABLE = {
    "no HTTP at all": (b"\x16\x03\x01 s3cr3t\r\n\r\n", 400, "malformed-request"),
    "words for a first line": (b"s3cr3t s3cr3t\r\n\r\n", 400, "malformed-request"),
    "a version that is not there": (b"GET /s3cr3t HTTP/9.9\r\n" + HOST + b"\r\n", 400, "malformed-request"),
    "a method that is none": (b"G(T /s3cr3t HTTP/1.1\r\n" + HOST + b"\r\n", 400, "malformed-request"),
    "letters for a length": (
        b"POST /v1/estimates HTTP/1.1\r\n" + HOST + b"Content-Length: s3cr3t\r\n\r\n",
        400,
        "malformed-request",
    ),
    "two lengths": (
        b"POST /v1/estimates HTTP/1.1\r\n" + HOST + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\n",
        400,
        "malformed-request",
    ),
    "a header without a name": (b"GET /healthz HTTP/1.1\r\n" + HOST + b": s3cr3t\r\n\r\n", 400, "malformed-request"),
    "a path in raw UTF-8": ("GET /s3cr3té HTTP/1.1\r\n".encode() + HOST + b"\r\n", 400, "malformed-request"),
    "a long address": (b"GET /s3cr3t" + b"x" * 9_000 + b" HTTP/1.1\r\n" + HOST + b"\r\n", 414, "address-too-long"),
    "a long header": (
        b"GET /healthz HTTP/1.1\r\n" + HOST + b"X-Long: s3cr3t" + b"x" * 9_000 + b"\r\n\r\n",
        431,
        "headers-too-large",
    ),
    "many headers": (
        b"GET /healthz HTTP/1.1\r\n" + HOST + b"".join(b"X-%d: s3cr3t\r\n" % n for n in range(200)) + b"\r\n",
        431,
        "headers-too-large",
    ),
    "an expectation": (
        b"POST /v1/estimates HTTP/1.1\r\n" + HOST + b"Expect: s3cr3t\r\n\r\n",
        417,
        "expectation-failed",
    ),
    "a coding": (
        b"POST /v1/estimates HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: s3cr3t\r\n\r\n",
        400,
        "unknown-transfer-coding",
    ),
}


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    data: Path = tmp_path_factory.mktemp("data")
    with serving(data) as address:
        yield address


def parted(answer: bytes) -> tuple[int, Message, bytes]:
    """Status, headers and body of an answer."""
    head, _, body = answer.partition(b"\r\n\r\n")
    first, _, headers = head.partition(b"\r\n")
    return int(first.split()[1]), BytesParser().parsebytes(headers + b"\r\n\r\n"), body


def checked(answer: bytes, status: int, code: str) -> None:
    found, headers, body = parted(answer)
    problem = json.loads(body)
    assert (found, problem["status"], problem["type"]) == (status, status, f"/problems/{code}")
    assert headers["Content-Type"] == "application/problem+json"
    assert headers["Connection"] == "close"
    assert int(headers["Content-Length"]) == len(body)
    assert headers["X-Request-Id"] == problem["request_id"]
    assert headers["Factor-Release"] == book().release().id
    assert headers["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'"
    assert (headers["X-Content-Type-Options"], headers["Referrer-Policy"]) == ("nosniff", "no-referrer")
    registry = Registry().with_resource("urn:openapi", DRAFT202012.create_resource(document()))
    Draft202012Validator({"$ref": "urn:openapi#/components/schemas/Problem"}, registry=registry).validate(problem)


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_is_no_http_is_a_problem_that_repeats_nothing(address: str, name: str) -> None:
    sent, status, code = UNREADABLE[name]
    host, port = address.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=10) as connection:
        connection.sendall(sent)
        answer = b"".join(iter(lambda: connection.recv(65_536), b""))
    checked(answer, status, code)
    assert SECRET not in answer
    assert requests.get(f"{address}/problems/{code}", timeout=10).json()["status"] == status


@pytest.mark.parametrize("fault", [RuntimeError("s3cr3t"), errors.InvalidResponseHeader("s3cr3t")])
def test_a_fault_of_ours_outside_the_application_is_told_in_the_log_only(
    fault: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        answer = answer_to(fault)
    checked(answer, 500, "internal-error")
    assert SECRET not in answer
    assert parted(answer)[1]["X-Request-Id"] in caplog.text
    assert "s3cr3t" in caplog.text
