"""Who asks: the key of a request, the workspace that it opens, and what it may do there.

As long as no key was ever made, whoever asks from this machine may do everything in the workspace `default`. The
service then listens on its own machine alone (`carbon_api.gunicorn_conf`), and each request is looked at all the same:
from another machine, through a proxy, or under a name that is not this machine's own, it needs a key. Where the
database never said that there is none, nothing is open.
"""

import logging
import time
from dataclasses import dataclass, field
from hashlib import sha256

from flask import Response, g, request

from carbon_api.errors import Unavailable
from carbon_api.listening import is_loopback
from carbon_api.store.engine import Database
from carbon_api.store.estimates import WORKSPACE, moment
from carbon_api.store.keys import SCOPES, USED_EVERY, Key, Scope, any_key, find_key, note_use
from carbon_api.web.problems import KeyNeeded, ScopeMissing
from carbon_api.web.service import service
from carbon_api.web.turns import take_stranger_s_turn, take_turn

HOLDS = 1.0  # seconds that what the database said of keys is taken to hold: as long a revoked key may still open
MOST_HELD = 1_000  # keys
SENT = "Send a key: `Authorization: Bearer carbon_…`."
PASSED_ON = ("Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP")  # what proxies say of themselves
FIRST = (
    "No key was ever made, so this service answers its own machine alone, by a name of its own such as localhost, and "
    "through no proxy. "
    "Whoever runs it makes the first key with `carbon-api keys create`."
)
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Caller:
    """On behalf of which workspace a request is made, and what it may do there."""

    workspace_id: str
    scopes: tuple[Scope, ...]
    key_id: str | None = None

    @property
    def bucket(self) -> str:
        """What its requests are counted in."""
        return f"key {self.key_id}" if self.key_id else "everyone"


EVERYONE = Caller(WORKSPACE, SCOPES)


@dataclass
class Gate:
    """What the database said of keys, for as long as it holds."""

    database: Database
    _has_keys: bool = False  # for good, once there are any
    _was_told: bool = False
    _asked_at: float = -HOLDS
    _held: dict[bytes, tuple[float, Key]] = field(default_factory=dict)
    _noted: dict[str, str] = field(default_factory=dict)

    def caller(self, header: str | None, *, is_local: bool) -> Caller:
        """Whoever sends this Authorization header, from this machine or not. Raises KeyNeeded, or Unavailable if the
        database cannot say."""
        if not self._is_closed() and not _is_ours(header):
            if is_local:
                return EVERYONE
            raise KeyNeeded(FIRST)
        key = self._key(_bearer(header))
        if key is None:
            raise KeyNeeded(f"There is no such key. {SENT}", was_sent=True)
        now = moment()
        if not key.is_good(now):
            end = f"was revoked on {key.revoked_at}" if key.revoked_at else f"expired on {key.expires_at}"
            raise KeyNeeded(f"The key {key.id} {end}; ask for another.", was_sent=True)
        self._note(key, now)
        return Caller(key.workspace_id, key.scopes, key_id=key.id)

    def _is_closed(self) -> bool:
        if not self._has_keys and time.monotonic() - self._asked_at >= HOLDS:
            self._ask()
        return self._has_keys

    def _ask(self) -> None:
        """Ask whether there are keys. While the database is away, what it said last holds: none is made meanwhile."""
        try:
            self._has_keys = any_key(self.database)
        except Unavailable:
            if not self._was_told:
                raise
        self._was_told, self._asked_at = True, time.monotonic()

    def _key(self, text: str) -> Key | None:
        name, now = sha256(text.encode()).digest(), time.monotonic()
        at, held = self._held.get(name, (-HOLDS, None))
        if held and now - at < HOLDS:
            return held
        key = find_key(self.database, text)
        if key:
            self._hold(name, key, now)
        return key

    def _hold(self, name: bytes, key: Key, now: float) -> None:
        if len(self._held) >= MOST_HELD:
            self._held.clear()
        self._held[name] = (now, key)

    def _note(self, key: Key, now: str) -> None:
        """Write that a key was used, once a minute at most, and without waiting: that it cannot be written now is no
        reason to refuse a question, nor to try again with the next."""
        minute = now[:USED_EVERY]
        if self._noted.get(key.id) == minute:
            return
        if len(self._noted) >= MOST_HELD:
            self._noted.clear()
        self._noted[key.id] = minute
        try:
            note_use(self.database, key)
        except Unavailable as fault:
            log.warning("that key %s was used is not written: %s", key.id, fault.detail)


def authorise() -> None:
    """Let the request at hand in, or not, by the scope that its route needs; a route that says none is closed."""
    if request.endpoint is None:  # no such route, or not with this method
        return
    scope = service().scopes.get(request.endpoint, "admin")
    if scope:
        g.caller = _caller()
        take_turn(g.caller.bucket)
        need(scope)


def _caller() -> Caller:
    """Whoever sends the request at hand. Those without a good key have their turns too: KeyNeeded, or
    TooManyRequests. A good key is answered whatever they do: behind a proxy they have its address."""
    header = request.headers.get("Authorization")
    try:
        return service().gate.caller(header, is_local=_is_local())
    except KeyNeeded:
        take_stranger_s_turn()
        raise


def _is_local() -> bool:
    """Whether the request comes from this machine, and was sent to it by a name of its own: a page of the world whose
    name leads here is another's, and so is whoever asks through a proxy that says so."""
    if any(name in request.headers for name in PASSED_ON):
        return False
    name = request.host.rpartition(":")[0] if request.host.rpartition(":")[2].isdigit() else request.host
    return is_loopback(request.remote_addr or "127.0.0.1") and (name == "localhost" or is_loopback(name.strip("[]")))


def need(scope: Scope) -> None:
    """ScopeMissing if whoever asks may not do this."""
    caller: Caller = g.caller
    if scope not in caller.scopes:
        has = ", ".join(caller.scopes)
        raise ScopeMissing(f"This needs a key with the scope {scope}; this one has {has}.", scope)


def workspace() -> str:
    """The workspace of the request at hand."""
    caller: Caller = g.caller
    return caller.workspace_id


def _is_ours(header: str | None) -> bool:
    """Whether a key of ours is sent. A service that never had one refuses it: its owner means another database. What
    stands before the service may send what is its own, which is not looked at."""
    return header is not None and "carbon_" in header


def keep_private(response: Response) -> Response:
    """Let no cache on the way hand what one key was answered to another."""
    if "caller" in g and g.caller is not EVERYONE:
        response.cache_control.private = True
        response.vary.add("Authorization")
    return response


def _bearer(header: str | None) -> str:
    """The key in an Authorization header."""
    if header is None:
        raise KeyNeeded(SENT)
    kind, _, text = header.partition(" ")
    if kind.lower() != "bearer" or not text.strip():
        raise KeyNeeded(f"Only keys are taken here. {SENT}")
    return text.strip()
