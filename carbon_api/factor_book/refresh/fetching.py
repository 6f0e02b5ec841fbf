"""Fetches a publisher's file, trusting nothing: not its host's patience, its length, its redirects, nor its type.

Proxies and passwords that the environment may name are not used.
"""

import time
from collections.abc import Iterator, Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from hashlib import sha256
from importlib.metadata import version
from ipaddress import ip_address
from threading import Thread
from urllib.parse import SplitResult, urljoin, urlsplit

import requests
from requests import Response, Session

from carbon_api.errors import NotFetched

MOST_REDIRECTS = 3
PIECE = 65_536
OK = 200
TYPES = frozenset({"text/csv", "application/csv", "text/plain", "application/octet-stream"})
HEADERS = {
    "User-Agent": f"carbon-api/{version('carbon-api')} (factors refresh)",
    "Accept": "text/csv",
    "Accept-Encoding": "identity",
    "Connection": "close",
}


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a host is waited for, in seconds, and how many bytes are taken."""

    connect: float = 10.0
    silence: float = 20.0
    whole: float = 180.0
    most: int = 80_000_000


STANDARD = Limits()


@dataclass(frozen=True, slots=True)
class Fetched:
    """The bytes of a file, where they are from, and the day its host gives it, if it gives any (ISO 8601, else "")."""

    address: str
    content: bytes
    modified: str

    @property
    def sha256(self) -> str:
        """The hash of the bytes."""
        return sha256(self.content).hexdigest()


def fetch(address: str, limits: Limits = STANDARD) -> Fetched:
    """Return the file at an address. Raises NotFetched, with the reason, when it is not there whole and in time.

    The address must be https, or http on this machine; redirects must stay on its host.
    """
    done: Future[Fetched] = Future()
    # In a thread: neither looking a name up nor a header that comes byte by byte can be timed otherwise.
    Thread(target=_settle, args=(done, address, limits), daemon=True).start()
    try:
        return done.result(limits.whole)
    except TimeoutError:
        raise NotFetched(f"{address}: it was not there whole after {limits.whole:g} s") from None
    except (requests.RequestException, OSError, ValueError) as fault:
        raise NotFetched(f"{address}: {_reason(fault)}") from fault


def _settle(done: Future[Fetched], address: str, limits: Limits) -> None:
    try:
        done.set_result(_fetched(address, limits))
    except BaseException as fault:
        done.set_exception(fault)


def _reason(fault: Exception) -> str:
    """What went wrong, in the words of its first cause."""
    if isinstance(fault, requests.exceptions.ChunkedEncodingError):
        return "the file broke off before its end"
    cause = fault.args[0] if fault.args else fault
    return str(getattr(cause, "reason", cause)).rpartition("): ")[2]


def _fetched(address: str, limits: Limits) -> Fetched:
    until = time.monotonic() + limits.whole
    for _ in range(MOST_REDIRECTS + 1):
        found = _asked(address, limits, until)
        if isinstance(found, Fetched):
            return found
        address = found
    raise NotFetched(f"{address}: it was redirected more than {MOST_REDIRECTS} times")


def _asked(address: str, limits: Limits, until: float) -> Fetched | str:
    """The file, or the address that it is redirected to."""
    place = _trusted(address)
    with Session() as session:
        session.trust_env = False
        with session.get(
            address, headers=HEADERS, stream=True, allow_redirects=False, timeout=(limits.connect, limits.silence)
        ) as answer:
            if answer.is_redirect:
                return _next(address, place, answer.headers["Location"])
            return Fetched(address, _body(address, answer, limits.most, until), _modified(answer.headers))


def _trusted(address: str) -> SplitResult:
    place = urlsplit(address)
    if place.scheme not in {"https", "http"} or not place.hostname or place.username is not None:
        raise NotFetched(f"{address!r} is not an address that is fetched: write https://host/path, without a password")
    if place.scheme == "http" and not _is_here(place.hostname):
        raise NotFetched(f"{address}: only https is fetched, but on this machine")
    return place


def _is_here(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _next(address: str, place: SplitResult, location: str) -> str:
    after = urljoin(address, location)
    moved = urlsplit(after)
    if (moved.scheme, moved.netloc) != (place.scheme, place.netloc):
        raise NotFetched(f"{address}: it is redirected away from its host, to {after!r}; look who asks for that")
    return after


def _body(address: str, answer: Response, most: int, until: float) -> bytes:
    """The bytes of an answer. Its headers are judged first, so that little is read of what is not wanted."""
    wrong = next(_wrong_headers(answer, most), None)
    if wrong:
        raise NotFetched(f"{address}: {wrong}")
    content = bytearray()
    for piece in answer.iter_content(PIECE):
        content += piece
        if len(content) > most:
            raise NotFetched(f"{address}: it has more than the {most:,} bytes that are taken")
        if time.monotonic() > until:
            raise NotFetched(f"{address}: it comes too slowly")
    return bytes(content)


def _wrong_headers(answer: Response, most: int) -> Iterator[str]:
    headers = answer.headers
    if answer.status_code != OK:
        yield f"the host answers {answer.status_code}"
    kind = headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if kind not in TYPES:
        yield f"it is {kind or 'of no type'}, not a CSV file"
    if headers.get("Content-Encoding", "identity").lower() != "identity":
        yield f"it is compressed ({headers['Content-Encoding']}), which was not asked for"
    length = headers.get("Content-Length", "0")
    if not length.isdecimal() or int(length) > most:
        yield f"it has {length} bytes; {most:,} at most are taken"


def _modified(headers: Mapping[str, str]) -> str:
    try:
        return parsedate_to_datetime(headers.get("Last-Modified", "")).date().isoformat()
    except (TypeError, ValueError):
        return ""
