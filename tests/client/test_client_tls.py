"""Over TLS, with a service whose certificate a made-up authority has signed."""

import ssl
from pathlib import Path

import pytest
import trustme

from carbon_api.client import CarbonClient, NoAnswer, UnexpectedAnswer
from tests.client.strange_server import DRIPS, reply, slowly, strange

KEY = "carbon_0123456789abcdef_secret"
FINE = reply(200, b'{"status": "ok"}')
ENVIRONMENT = ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")


@pytest.fixture(autouse=True)
def _bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ENVIRONMENT:
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def ca_file(authority: trustme.CA, tmp_path: Path) -> Path:
    return written(authority, tmp_path / "ca.pem")


def written(authority: trustme.CA, path: Path) -> Path:
    authority.cert_pem.write_to_path(str(path))
    return path


def server_side(authority: trustme.CA, name: str = "localhost") -> ssl.SSLContext:
    """What a server needs that is to be known by this name."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert(name).configure_cert(context)
    return context


def test_a_service_is_known_by_an_authority_that_is_named(authority: trustme.CA, ca_file: Path) -> None:
    with strange(FINE, tls=server_side(authority)) as server:
        with CarbonClient(server.address, KEY, ca_file=ca_file) as carbon:
            assert carbon.health() == {"status": "ok"}
        assert server.header("Authorization") == [f"Bearer {KEY}"]


@pytest.mark.parametrize("name", ENVIRONMENT)
def test_the_environment_may_name_it(
    authority: trustme.CA, ca_file: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, str(ca_file))
    with strange(FINE, tls=server_side(authority)) as server:
        assert CarbonClient(server.address).health() == {"status": "ok"}


def test_what_the_caller_names_comes_before_the_environment(
    authority: trustme.CA, ca_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(written(trustme.CA(), tmp_path / "other.pem")))
    with strange(FINE, tls=server_side(authority)) as server:
        assert CarbonClient(server.address, ca_file=ca_file).health() == {"status": "ok"}


def test_a_stranger_is_sent_nothing_and_met_once(authority: trustme.CA) -> None:
    with strange(FINE, tls=server_side(authority)) as server, CarbonClient(server.address, KEY) as carbon:
        with pytest.raises(UnexpectedAnswer, match=r"is not known to be what it says: .*certificate verify failed"):
            carbon.estimate({})
        assert (server.met, server.asked) == (1, [])


def test_a_service_under_another_name_is_a_stranger(authority: trustme.CA, ca_file: Path) -> None:
    with strange(FINE, tls=server_side(authority, "carbon.example")) as server:
        carbon = CarbonClient(server.address, KEY, ca_file=ca_file)
        with pytest.raises(UnexpectedAnswer, match="Hostname mismatch"):
            carbon.health()
        assert (server.met, server.asked) == (1, [])


def test_a_service_without_tls_is_sent_nothing(ca_file: Path) -> None:
    with strange(FINE) as server:
        address = server.address.replace("http://", "https://")
        with CarbonClient(address, KEY, tries=1, ca_file=ca_file) as carbon, pytest.raises(NoAnswer):
            carbon.health()
        assert [asked for asked in server.asked if b"secret" in asked] == []


@pytest.mark.parametrize("where", ["head", "body"])
def test_what_trickles_in_through_tls_is_cut_off_too(authority: trustme.CA, ca_file: Path, where: str) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n" % (DRIPS + 2)
    slow = {"head": slowly(head + b"X-Slow: "), "body": slowly(head + b"\r\n{")}[where]
    with strange(slow, tls=server_side(authority)) as server:
        carbon = CarbonClient(server.address, ca_file=ca_file, patience=1)
        with pytest.raises(NoAnswer, match="before the answer was whole"):
            carbon.health()


@pytest.mark.parametrize("text", [None, "", "no certificate\n"])
def test_a_file_without_certificates_is_refused_at_once(
    text: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "ca.pem"
    if text is not None:
        path.write_text(text)
    with pytest.raises(ValueError, match="is no file of certificates to trust"):
        CarbonClient("https://carbon.example", ca_file=path)
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(path))
    with pytest.raises(ValueError, match="is no file of certificates to trust"):
        CarbonClient("https://carbon.example")
