"""A publisher's file is fetched whole, in time, from where it should be, or not at all."""

import gzip
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler

import pytest

from carbon_api.errors import NotFetched
from carbon_api.factor_book.refresh.fetching import PIECE, STANDARD, Fetched, Limits, fetch
from carbon_api.units import factors_folder
from tests.publisher import Answer, host, sent

CONTENT = b"Area,Year\nFrance,2025\n" * 1000
LIMITS = Limits(connect=1, silence=0.5, whole=2, most=50_000)
BOMB = gzip.compress(bytes(50_000_000))


def to(location: str) -> Answer:
    return sent(b"", 302, Location=location)


def dripping(head: bytes, drops: bytes) -> Answer:
    """Send the head at once, and then a byte each tenth of a second, for longer than anyone should wait."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(head)
        for byte in drops:
            handler.wfile.write(bytes([byte]))
            time.sleep(0.1)

    return answer


def silent(_handler: BaseHTTPRequestHandler) -> None:
    time.sleep(3)


def endless(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/csv\r\n\r\n")
    while True:
        handler.wfile.write(CONTENT)


def broken_chunk(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/csv\r\nTransfer-Encoding: chunked\r\n\r\n20\r\nArea")


HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/csv\r\nContent-Length: 1000\r\n\r\n"

GOOD = {
    "plain": sent(CONTENT),
    "typed": sent(CONTENT, Content_Type="Text/CSV; charset=utf-8"),
    "binary": sent(CONTENT, Content_Type="application/octet-stream"),
    "identity": sent(CONTENT, Content_Encoding="identity"),
    "undated": sent(CONTENT, Last_Modified=""),
    "misdated": sent(CONTENT, Last_Modified="yesterday"),
    "moved": to("/plain"),
    "moved_twice": to("moved"),
    "moved_thrice": to("moved_twice"),
}
BAD = {
    "failing": (sent(CONTENT, 500), "answers 500"),
    "absent": (sent(CONTENT, 404), "answers 404"),
    "partial": (sent(CONTENT, 206), "answers 206"),
    "choices": (sent(CONTENT, 300), "answers 300"),
    "page": (sent("<html>Sorry</html>", Content_Type="text/html; charset=utf-8"), "it is text/html"),
    "untyped": (sent(CONTENT, Content_Type=""), "of no type"),
    "bomb": (sent(BOMB, Content_Encoding="gzip"), "compressed"),
    "long": (sent(bytes(60_000)), "60000 bytes"),
    "longer": (sent(b"x", Content_Length="9" * 30), "bytes; 50,000 at most"),
    "endless": (endless, "more than the 50,000 bytes"),
    "cut": (sent(CONTENT, Content_Length="40000"), "broke off"),
    "cut_chunk": (broken_chunk, "broke off"),
    "silent": (silent, "timed out"),
    "slow_head": (dripping(b"HTTP/1.1 200 OK\r\nX-Slow: ", b"x" * 100), "not there whole after 2 s"),
    "slow_body": (dripping(HEAD, b"x" * 100), "not there whole after 2 s"),
    "nonsense": (dripping(b"Area,Year\r\n", b""), "Area,Year"),
    "moved_four_times": (to("/moved_thrice"), "more than 3 times"),
    "loop": (to("loop"), "more than 3 times"),
    "elsewhere": (to("https://example.org/table.csv"), "redirected away"),
    "same_host_other_port": (to("http://127.0.0.1:1/table.csv"), "redirected away"),
    "other_scheme": (to("file:///etc/passwd"), "redirected away"),
    "with_password": (to("http://me:secret@127.0.0.1/table.csv"), "redirected away"),
}


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with host(**GOOD, **{name: answer for name, (answer, _) in BAD.items()}) as address:
        yield address


@pytest.mark.parametrize("name", GOOD)
def test_a_file_comes_as_it_is(address: str, name: str) -> None:
    fetched = fetch(address + name, LIMITS)
    place = address + ("plain" if "moved" in name else name)
    assert fetched == Fetched(place, CONTENT, "" if "dated" in name else "2027-04-29")


@pytest.mark.parametrize("name", BAD)
def test_what_cannot_be_trusted_is_not_fetched(address: str, name: str) -> None:
    started = time.monotonic()
    with pytest.raises(NotFetched) as refusal:
        fetch(address + name, LIMITS)
    assert BAD[name][1] in refusal.value.detail
    assert refusal.value.detail.startswith(address)
    assert refusal.value.exit_code == 5
    assert time.monotonic() - started < LIMITS.whole + 1


@pytest.mark.parametrize(
    ("address", "says"),
    [
        *(("http://example.org/table.csv", "only https"), ("http://192.0.2.1/table.csv", "only https")),
        *(("http://localhost.example.org/table.csv", "only https"), ("file:///etc/passwd", "is not an address")),
        *(("ftp://example.org/table.csv", "is not an address"), ("table.csv", "is not an address")),
        *(("", "is not an address"), ("https://", "is not an address"), ("http://[::1", "Invalid IPv6")),
        *(("https://me:secret@example.org/t.csv", "is not an address"), ("http://127.0.0.1:99999/", "Failed to parse")),
    ],
)
def test_an_address_that_is_not_safe_is_not_asked(address: str, says: str) -> None:
    with pytest.raises(NotFetched, match=says):
        fetch(address, LIMITS)


def test_a_host_that_is_away_is_named() -> None:
    with host() as address:
        pass
    with pytest.raises(NotFetched, match="refused"):
        fetch(f"{address}plain", LIMITS)


def test_no_proxy_of_the_environment_is_asked(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    monkeypatch.setenv("no_proxy", "")
    assert fetch(f"{address}plain", LIMITS).content == CONTENT


def test_what_is_taken_when_nothing_is_said_is_what_is_promised() -> None:
    assert "80 MB and three minutes at most" in (factors_folder() / "README.md").read_text("utf-8")
    assert (STANDARD.most, STANDARD.whole) == (80 * 10**6, 3 * 60)
    assert 0 < STANDARD.connect <= STANDARD.silence < STANDARD.whole


def test_a_body_that_comes_too_slowly_is_left_by_whoever_reads_it() -> None:
    """Whole pieces, each in time: the reading stops of itself, and does not go on for one that nobody waits for."""
    sent_pieces = []

    def slow(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/csv\r\n\r\n")
        for place in range(40):
            handler.wfile.write(b"x" * PIECE)
            sent_pieces.append(place)
            time.sleep(0.1)

    with host(slow=slow) as address:
        with pytest.raises(NotFetched):
            fetch(f"{address}slow", Limits(connect=1, silence=0.5, whole=0.5, most=50_000_000))
        time.sleep(2)
        stopped = len(sent_pieces)
        time.sleep(0.5)
    assert stopped == len(sent_pieces) < 40
