"""Asking the service: within time, again where that helps and harms nothing, and with the key for one address alone.

urllib3's own Retry is not used: it knows no time limit over all tries, ends before the body is read, and waits twice
as long each time with little chance in it, so that many clients come back together.
"""

import random
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import requests
from requests.auth import AuthBase
from urllib3.exceptions import HTTPError

from carbon_api.client.answers import Answer, understood
from carbon_api.client.documents import Body
from carbon_api.client.errors import NoAnswer, ServiceError, StillAnswering, Told, TryLater
from carbon_api.listening import is_loopback

FIRST_PAUSE, LONGEST_PAUSE = 0.5, 8.0  # seconds; each pause is drawn from 0 up to twice the ceiling of the one before
LEAST_TIME = 0.001  # seconds; no time at all is refused as a time-out
PIECE = 65_536


@dataclass(frozen=True, slots=True)
class Asked:
    """One request. Everything that is asked may be sent twice: what would be kept twice has an Idempotency-Key."""

    method: str
    path: str
    query: Mapping[str, str] = field(default_factory=dict)
    body: Body | None = None
    idempotency_key: str | None = None
    taken: tuple[int, ...] = (200,)

    def __post_init__(self) -> None:
        if self.idempotency_key is not None and not re.fullmatch(r"[!-+\-.-~]{1,255}", self.idempotency_key, re.ASCII):
            raise ValueError(
                "An Idempotency-Key is 1 to 255 visible characters of ASCII without comma, such as a UUID."
            )

    @property
    def headers(self) -> Mapping[str, str]:
        """The headers that only this request has."""
        sent = {"Content-Type": self.body.media_type if self.body else None, "Idempotency-Key": self.idempotency_key}
        return {name: value for name, value in sent.items() if value is not None}


@dataclass(frozen=True, slots=True)
class Limits:
    """How long to wait, in seconds: to connect, for the next bytes, and for a call as a whole; and how often to try."""

    connect: float
    read: float
    whole: float
    tries: int

    def until(self, deadline: float) -> tuple[float, float]:
        """The time-outs of a try that begins now."""
        left = max(deadline - time.monotonic(), LEAST_TIME)
        return min(self.connect, left), min(self.read, left)

    def pause(self, fault: ServiceError, tried: int) -> float | None:
        """The seconds to wait before the next try, after `tried` of them; None where there is to be none. A request
        that is being answered is waited for as long as there is time."""
        again = isinstance(fault, TryLater) and (tried < self.tries or isinstance(fault, StillAnswering))
        if not again:
            return None
        ceiling = min(LONGEST_PAUSE, FIRST_PAUSE * 2.0 ** min(tried - 1, 10))
        return (fault.retry_after or 0.0) + random.uniform(0, ceiling)  # noqa: S311  it guards no secret


class Bearer(AuthBase):
    """The key of every request. That there is one of these, even without a key, keeps requests from `~/.netrc`."""

    def __init__(self, key: str | None) -> None:
        self._key = key

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        if self._key is not None:
            request.headers["Authorization"] = f"Bearer {self._key}"
        return request


class Session(requests.Session):
    """A session that follows no redirect: to it, a redirect is an answer like another."""

    def get_redirect_target(self, resp: requests.Response) -> None:
        """Nowhere."""


class Connection:
    """The way to one service. Raises ValueError for an address or a key that cannot be used."""

    def __init__(self, address: str, key: str | None, limits: Limits, *, allow_plain_http: bool) -> None:
        is_plain = _is_plain(address)
        if key is not None:
            _check_key(key)
            if is_plain and not allow_plain_http and not _is_local(address):
                raise ValueError("Over http:// to another machine anyone on the way reads the key; use https://.")
        self.address, self._limits = address.rstrip("/"), limits
        self._session = Session()
        self._session.auth = Bearer(key)
        self._session.headers.update({"Accept": "application/json", "User-Agent": "carbon-api-client"})
        self._session.trust_env = not is_plain  # proxies and certificates of the environment; over http they read all

    def close(self) -> None:
        """Let the connections go."""
        self._session.close()

    def ask(self, asked: Asked) -> Answer:
        """What the service answers, asked again where that helps. Raises ServiceError: the last, with those before."""
        deadline = time.monotonic() + self._limits.whole
        earlier: list[ServiceError] = []
        while True:
            try:
                return self._once(asked, deadline)
            except ServiceError as fault:
                fault.earlier, fault.idempotency_key = tuple(earlier), asked.idempotency_key
                pause = self._limits.pause(fault, len(earlier) + 1)
                if pause is None or time.monotonic() + pause >= deadline:
                    raise
                earlier.append(fault)
            time.sleep(pause)

    def _once(self, asked: Asked, deadline: float) -> Answer:
        try:
            with self._session.request(
                asked.method,
                self.address + asked.path,
                params=dict(asked.query),
                data=asked.body.data if asked.body else None,
                headers=dict(asked.headers),
                timeout=self._limits.until(deadline),
                stream=True,
            ) as response:
                body = _read(response, deadline)
        except (requests.RequestException, HTTPError) as fault:
            raise NoAnswer(Told(f"{self.address} did not answer: {_reason(fault)}.", "No answer")) from fault
        return understood(response.status_code, response.headers, body, asked.taken)


def _read(response: requests.Response, deadline: float) -> bytes:
    """The whole body. Bytes that trickle in are not waited for past the deadline."""
    parts = []
    while part := response.raw.read1(PIECE, decode_content=True):
        parts.append(part)
        if time.monotonic() >= deadline:
            raise requests.ReadTimeout("the time for this call was over before the answer was whole")
    return b"".join(parts)


def _reason(fault: BaseException) -> str:
    """What it came to in the end, without the wrapping."""
    while fault.__context__ is not None:
        fault = fault.__context__
    return str(fault) or type(fault).__name__


def _is_plain(address: str) -> bool:
    """Whether an address is one of http, not https. ValueError if it is neither, or holds more than an address."""
    form = "The address of a service is http:// or https://, a host and what leads there: https://carbon.example/api."
    try:
        parts = urlsplit(address)
        requests.Request("GET", address).prepare()
    except ValueError:
        raise ValueError(form) from None  # what is wrong may be a password that it holds
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError(form)
    if parts.username is not None or parts.query or parts.fragment:
        raise ValueError("The address of a service has no user, query or fragment; a key is given as `key`.")
    return parts.scheme == "http"


def _is_local(address: str) -> bool:
    host = urlsplit(address).hostname or ""
    return host == "localhost" or is_loopback(host)


def _check_key(key: str) -> None:
    """ValueError, which does not show it, if a key is none that a header can hold."""
    if not re.fullmatch(r"[!-~]+", key, re.ASCII):
        raise ValueError("A key is visible characters of ASCII without spaces, such as carbon_…; this one is not.")
