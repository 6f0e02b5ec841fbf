"""/docs as it is sent: whole and from here, to a browser that is to run nothing else."""

import gzip
import re
from html.parser import HTMLParser

import pytest
from checked import CheckedClient

from carbon_api.web.reference import PARTS

ADDRESSES = ["/docs", *(f"/docs/{part}" for part in PARTS)]


class Page(HTMLParser):
    """What a page asks for, and what is written in it that a policy would have to let run."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.asked: set[str] = set()
        self.written: list[str] = []
        self._inside = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._inside = tag
        self.asked |= {value for name, value in attrs if name in {"href", "src"} and value and value[0] != "#"}
        self.written += [name for name, _ in attrs if name.startswith("on") or name == "style"]

    def handle_data(self, data: str) -> None:
        if self._inside in {"script", "style"} and data.strip():
            self.written.append(data)


def test_the_page_asks_for_its_files_and_the_description_and_has_no_script_of_its_own(client: CheckedClient) -> None:
    page = Page(client.get("/docs").text)
    assert page.asked | {"docs/icon.svg"} == {f"docs/{part}" for part in PARTS} | {"openapi.json"}
    assert page.written == []


@pytest.mark.parametrize("address", ADDRESSES)
def test_it_may_run_and_ask_what_is_here_and_nothing_else(client: CheckedClient, address: str) -> None:
    headers = client.get(address).headers
    policy = dict(rule.split(" ", 1) for rule in headers["Content-Security-Policy"].split("; "))
    assert policy == {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "connect-src": "'self'",
        "img-src": "'self' data:",
        "base-uri": "'none'",
        "form-action": "'none'",
        "frame-ancestors": "'none'",
    }
    assert (headers["X-Content-Type-Options"], headers["Referrer-Policy"]) == ("nosniff", "no-referrer")


@pytest.mark.parametrize("address", ADDRESSES)
def test_it_comes_compressed_to_whoever_reads_that_and_once(client: CheckedClient, address: str) -> None:
    plain = client.get(address)
    zipped = client.get(address, headers={"Accept-Encoding": "br, gzip"})
    assert "Content-Encoding" not in client.get(address, headers={"Accept-Encoding": "gzip;q=0"}).headers
    assert zipped.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(zipped.data) == plain.data
    assert {plain.headers["Vary"], zipped.headers["Vary"]} == {"Accept-Encoding"}
    assert plain.headers["ETag"] != zipped.headers["ETag"]
    for sent, accepts in ((plain, {}), (zipped, {"Accept-Encoding": "gzip"})):
        again = client.get(address, headers={"If-None-Match": sent.headers["ETag"], **accepts})
        assert (again.status_code, again.data) == (304, b"")
        assert "no-cache" in again.headers["Cache-Control"]


@pytest.mark.parametrize("name", ["index.html", "LICENSE", "..", "%2e%2e%2fapp.py", "swagger-ui.js"])
def test_nothing_else_of_those_folders_is_sent(client: CheckedClient, name: str) -> None:
    assert client.get(f"/docs/{name}").status_code == 404


def test_the_styles_lead_nowhere_else(client: CheckedClient) -> None:
    for part in ("swagger-ui.css", "page.css"):
        styles = client.get(f"/docs/{part}").text
        assert "@import" not in styles
        assert {found[:5] for found in re.findall(r"url\([\"']?([^)]*)", styles)} <= {"data:"}
