"""The key goes to the service, and nowhere else: no other host, no log, no text of an error."""

import copy
import logging
import pickle
import traceback
from collections.abc import Callable
from pathlib import Path

import pytest

from carbon_api.client import CarbonClient, NoAnswer, ServiceError
from tests.client.strange_server import gone, problem, reply, strange

KEY = "carbon_0123456789abcdef_secret"
FINE = reply(200, b"{}")


@pytest.fixture
def netrc(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What requests would send to any host, over the header that it was given."""
    path = tmp_path / "netrc"
    path.write_text("default login somebody password something\n")
    path.chmod(0o600)
    monkeypatch.setenv("NETRC", str(path))


@pytest.mark.usefixtures("netrc")
@pytest.mark.parametrize(("key", "sent"), [(KEY, f"Bearer {KEY}"), (None, None)])
def test_the_key_is_sent_whatever_netrc_says(
    key: str | None, sent: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    with strange(FINE) as server, CarbonClient(server.address, key) as carbon:
        carbon.health()
    assert server.header("Authorization") == [sent]


@pytest.mark.usefixtures("netrc")
@pytest.mark.parametrize("name", ["https_proxy", "ALL_PROXY"])
def test_a_proxy_of_the_environment_carries_https_and_sees_no_key(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    with strange(gone) as proxy:
        monkeypatch.setenv(name, proxy.address)
        with CarbonClient("https://carbon.example", KEY, tries=1) as carbon, pytest.raises(NoAnswer):
            carbon.health()
    [asked] = proxy.asked
    assert asked.startswith(b"CONNECT carbon.example:443 ")
    assert b"authorization" not in asked.lower()
    assert KEY.encode() not in asked


@pytest.mark.parametrize("name", ["http_proxy", "ALL_PROXY"])
def test_a_proxy_of_the_environment_never_reads_what_goes_in_the_open(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    with strange(FINE) as proxy, strange(FINE) as server:
        monkeypatch.setenv(name, proxy.address)
        with CarbonClient(server.address, KEY) as carbon:
            carbon.health()
        assert (len(proxy.asked), len(server.asked)) == (0, 1)


def test_the_key_is_in_no_text(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    echo = reply(404, f"<html>You sent {KEY}".encode(), "text/html")
    texts = []
    with strange(echo, problem(401, "key-needed"), gone) as server:
        with CarbonClient(server.address, KEY, tries=1) as carbon:
            texts += [repr(carbon), str(carbon)]
            for _ in range(3):
                with pytest.raises(ServiceError) as caught:
                    carbon.health()
                texts += [repr(caught.value), *traceback.format_exception(caught.value)]
        assert server.header("Authorization") == [f"Bearer {KEY}"] * 3
    assert "GET /healthz" in caplog.text
    assert [text for text in [*texts, caplog.text] if KEY in text or "secret" in text] == []


@pytest.mark.parametrize("written", [pickle.dumps, copy.copy, copy.deepcopy])
def test_a_client_with_its_key_goes_nowhere(written: Callable[[CarbonClient], object]) -> None:
    with CarbonClient("https://carbon.example", KEY) as carbon, pytest.raises(TypeError, match="A client has a key"):
        written(carbon)


@pytest.mark.parametrize("address", ["http://carbon.example", "http://10.0.0.1:8000", "http://localhost.example"])
def test_a_key_is_not_sent_in_the_open_to_another_machine(address: str) -> None:
    with pytest.raises(ValueError, match="use https://") as caught:
        CarbonClient(address, KEY)
    assert KEY not in str(caught.value)
    CarbonClient(address, KEY, allow_plain_http=True).close()
    CarbonClient(address).close()


@pytest.mark.parametrize(
    "address", ["http://localhost:8000", "http://127.9.9.9", "http://[::1]:8000", "https://x.fr/a/"]
)
def test_a_key_may_go_within_this_machine_and_over_tls(address: str) -> None:
    CarbonClient(address, KEY).close()


@pytest.mark.parametrize("key", ["", " ", f"{KEY}\n", f"{KEY}\r\nX-Admin: yes", f"Bearer {KEY}", "clé", "\x00"])
def test_a_key_that_no_header_can_hold_is_refused(key: str) -> None:
    with pytest.raises(ValueError, match="A key is visible characters") as caught:
        CarbonClient("https://carbon.example", key)
    assert not key.strip() or key not in str(caught.value)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "carbon.example",
        "ftp://carbon.example",
        "https://",
        "https://u:p@carbon.example",
        "https://x.fr?a",
        "https://x#a",
        "http://[::1",
        "http://a:b",
        "http://u:secret@a:99999",
        "https://x y",
    ],
)
def test_an_address_that_is_none_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match="The address of a service") as caught:
        CarbonClient(address)
    assert "secret" not in "".join(traceback.format_exception(caught.value))


@pytest.mark.parametrize("name", ["", "a b", "a,b", "a\nb", "é", "x" * 256])
def test_a_name_that_no_header_can_hold_is_refused(name: str) -> None:
    with strange() as server, CarbonClient(server.address) as carbon:
        with pytest.raises(ValueError, match="An Idempotency-Key is"):
            carbon.estimate({}, idempotency_key=name)
        assert server.asked == []
