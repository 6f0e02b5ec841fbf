"""Asking the service: within time, again where that helps and harms nothing, and with the key for one address alone.

urllib3's own Retry is not used: it knows no time limit over all tries, ends before the body is read, and waits twice
as long each time with little chance in it, so that many clients come back together.
"""

import random
import re
import ssl
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import requests
from urllib3.exceptions import HTTPError

from carbon_api.client.address import check_address, check_key
from carbon_api.client.answers import Answer, too_large, understood
from carbon_api.client.documents import Body
from carbon_api.client.errors import NoAnswer, ServiceError, StillAnswering, Told, TryLater, UnexpectedAnswer
from carbon_api.client.wire import Session, within

FIRST_PAUSE, LONGEST_PAUSE = 0.5, 8.0  # seconds; each pause is drawn from 0 up to twice the ceiling of the one before
LEAST_TIME = 0.001  # seconds; no time at all is refused as a time-out
PIECE = 65_536
OVER = TimeoutError("the time for this call was over before the answer was whole")


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
    """How long to wait, in seconds: to connect, for the next bytes, and for a call as a whole; how often to try, and
    how many bytes of an answer to read. ValueError for less than something of each."""

    connect: float
    read: float
    whole: float
    tries: int
    largest: int

    def __post_init__(self) -> None:
        times = {"timeout, to connect": self.connect, "timeout, to read": self.read, "patience": self.whole}
        for name, value in {**times, "tries": self.tries, "largest": self.largest}.items():
            if not value > 0:
                raise ValueError(f"{name} is to be more than 0, not {value}.")

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


class Connection:
    """The way to one service. Raises ValueError for an address or a key that cannot be used."""

    def __init__(
        self, address: str, key: str | None, limits: Limits, *, ca_file: Path | None, allow_plain_http: bool
    ) -> None:
        if key is not None:
            check_key(key)
        is_plain = check_address(address, key, allow_plain_http=allow_plain_http)
        self.address, self._limits = address.rstrip("/"), limits
        self._session = Session(key)
        self._session.headers.update({"Accept": "application/json", "User-Agent": "carbon-api-client"})
        self._session.trust_env = not is_plain  # proxies and certificates of the environment; over http they read all
        self._verify = True if is_plain else self._authorities(ca_file)

    def _authorities(self, ca_file: Path | None) -> str | bool:
        """The file of those whose certificates are trusted: this one, or that of the environment, or True for those
        that everybody trusts. ValueError for one that has none."""
        asked = None if ca_file is None else str(ca_file)
        found = self._session.merge_environment_settings(self.address, {}, None, asked, None)["verify"]
        if not isinstance(found, str):
            return True
        try:
            is_folder = Path(found).is_dir()
            ssl.create_default_context(cafile=None if is_folder else found, capath=found if is_folder else None)
        except OSError as fault:
            raise ValueError(f"{found} is no file of certificates to trust ({fault}).") from None
        return found

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
        outside = sys.exception()
        with within(max(deadline - time.monotonic(), LEAST_TIME)) as this:
            try:
                with self._session.request(
                    asked.method,
                    self.address + asked.path,
                    params=dict(asked.query),
                    data=asked.body.data if asked.body else None,
                    headers=dict(asked.headers),
                    timeout=self._limits.until(deadline),
                    verify=self._verify,
                    stream=True,
                ) as response:
                    body = _read(response, self._limits.largest)
            except (requests.RequestException, HTTPError) as fault:
                raise self._unanswered(OVER if this.is_cut else _first(fault, outside)) from fault
            if this.is_cut:  # the end of the body may have been ours
                raise self._unanswered(OVER)
        return understood(response.status_code, response.headers, body, asked.taken)

    def _unanswered(self, reason: BaseException) -> ServiceError:
        """The error for want of an answer. A certificate is no better the next time."""
        text = str(reason) or type(reason).__name__
        if isinstance(reason, ssl.SSLCertVerificationError):
            told = f"{self.address} is not known to be what it says: {text}. `ca_file` names others to trust."
            return UnexpectedAnswer(Told(told, "No answer of a carbon-api"))
        return NoAnswer(Told(f"{self.address} did not answer: {text}.", "No answer"))


def _read(response: requests.Response, largest: int) -> bytes:
    """The whole body. UnexpectedAnswer for one that is larger than so many bytes, once unpacked."""
    parts, size = [], 0
    while part := response.raw.read1(PIECE, decode_content=True):
        parts.append(part)
        size += len(part)
        if size > largest:
            raise too_large(response.status_code, largest)
    return b"".join(parts)


def _first(fault: BaseException, outside: BaseException | None) -> BaseException:
    """What it came to in the end, without the wrapping; and not what the caller was at when it asked."""
    while fault.__context__ is not None and fault.__context__ is not outside:
        fault = fault.__context__
    return fault
