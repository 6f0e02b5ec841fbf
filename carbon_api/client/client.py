"""The client: a method for each operation of the service."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Any, NoReturn, Self
from urllib.parse import quote
from uuid import uuid4

from carbon_api.client.answers import Answer
from carbon_api.client.connection import Asked, Connection, Limits
from carbon_api.client.documents import Document, body_of
from carbon_api.client.errors import NoAnswer, NotFound, Told, Unavailable, UnexpectedAnswer

OK, CREATED, NO_CONTENT, AWAY = 200, 201, 204, 503
LONGEST_PAGE = 200
Item = dict[str, Any]
Day = date | str  # YYYY-MM-DD


class CarbonClient:
    """One service, at an address, opened by a key if it asks for one; for one thread at a time.

    >>> line = {"id": "reels", "kind": "ad", "platform": "instagram", "country": "FR", "format": "video"}
    >>> plan = {"name": "Spring", "lines": [line | {"impressions": "1 M", "creative_length": "15 s"}]}
    >>> with CarbonClient("http://127.0.0.1:8000") as carbon:
    ...     estimate = carbon.estimate(plan)
    >>> estimate["total"]["unit"], estimate.factor_release, estimate.replayed
    ('kgCO2e', '2026.11', False)

    `timeout` is how long to wait for a connection and for the next bytes of an answer, `patience` for a call as a
    whole, in seconds. A call that had no answer, or found the service away (502, 503, 504) or asked too often (429), is
    made again, up to `tries` times within `patience`, after the time that the service asks for and a random, growing
    one. Of an answer, `largest` bytes are read at most; the trace of 5,000 lines has some 20 million.

    Over http:// to another machine a key is refused, unless you say `allow_plain_http`, as inside one cluster. Proxies
    and certificates are those of the environment for https://, or `ca_file` has the authorities to trust instead;
    http:// goes straight. No redirect is followed. A client is neither copied nor sent to another process.

    Raises ValueError for an address, a key, a file or a limit that cannot be used; each call raises ServiceError.
    """

    def __init__(  # noqa: PLR0913  each has its default and its name
        self,
        address: str,
        key: str | None = None,
        *,
        timeout: tuple[float, float] = (5.0, 60.0),
        tries: int = 5,
        patience: float = 120.0,
        largest: int = 100_000_000,
        ca_file: Path | None = None,
        allow_plain_http: bool = False,
    ) -> None:
        connect, read = timeout
        limits = Limits(connect, read, patience, tries, largest)
        self._connection = Connection(address, key, limits, ca_file=ca_file, allow_plain_http=allow_plain_http)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __reduce__(self) -> NoReturn:
        raise TypeError("A client has a key and connections of this process; make another where one is needed.")

    def __repr__(self) -> str:
        return f"CarbonClient({self._connection.address!r})"

    def close(self) -> None:
        """Let the connections go."""
        self._connection.close()

    def estimate(self, plan: Document, *, persist: bool = True, idempotency_key: str | None = None) -> Answer:
        """The estimate of a plan: a mapping, or the path of a .json, .yaml or .yml file. It is kept unless `persist` is
        False.

        It is kept once however often it is sent, under an Idempotency-Key made for this call. One of your own, of up to
        255 visible characters without comma, holds over calls and processes for a day: the same plan is then answered
        as it was first, and `replayed`.
        """
        body = body_of(plan)
        if not persist:
            return self._connection.ask(Asked("POST", "/v1/estimates", {"persist": "false"}, body))
        name = str(uuid4()) if idempotency_key is None else idempotency_key
        return self._connection.ask(Asked("POST", "/v1/estimates", {}, body, name, taken=(CREATED,)))

    def get_estimate(self, id: str) -> Answer:
        """An estimate that was kept, as it was answered."""
        return self._get(f"/v1/estimates/{_step(id)}")

    def estimates(
        self,
        *,
        brand: str | None = None,
        method: str | None = None,
        first_day: Day | None = None,
        last_day: Day | None = None,
    ) -> Iterator[Item]:
        """Summaries of the estimates that were kept, newest first, asked for page by page; days are in UTC, both
        included."""
        query = {"brand": brand, "method": method, "from": first_day, "to": last_day}
        return self._items("/v1/estimates", query, LONGEST_PAGE)

    def delete_estimate(self, id: str) -> None:
        """Forget an estimate, its plan included. NotFound if there is none, unless an earlier try of this very call may
        have deleted it."""
        try:
            self._connection.ask(Asked("DELETE", f"/v1/estimates/{_step(id)}", taken=(NO_CONTENT,)))
        except NotFound as fault:
            if not any(isinstance(earlier, NoAnswer | Unavailable) for earlier in fault.earlier):
                raise

    def trace(self, id: str) -> Answer:
        """All that a kept estimate was made of, which `carbon-api verify` works out anew."""
        return self._get(f"/v1/estimates/{_step(id)}/trace")

    def recommend(self, asked: Document) -> Answer:
        """What to change in a plan, which `asked` holds under `plan`, beside `act_as`, `levers` and the like."""
        return self._connection.ask(Asked("POST", "/v1/recommendations", body=body_of(asked)))

    def recommendations(self, id: str, *, act_as: str | None = None) -> Answer:
        """What to change in the plan of a kept estimate."""
        return self._get(f"/v1/estimates/{_step(id)}/recommendations", {"act_as": act_as})

    def compare(self, asked: Document) -> Answer:
        """A `plan` under several `methods` or two `factor_releases`, or two `plans`, side by side."""
        return self._connection.ask(Asked("POST", "/v1/comparisons", body=body_of(asked)))

    def methods(self) -> Iterator[Item]:
        """The published methods."""
        return self._items("/v1/methods", {})

    def method(self, id: str, *, release: str | None = None) -> Answer:
        """A method's boundary, its formulas as text, and the factors they use."""
        return self._get(f"/v1/methods/{_step(id)}", {"release": release})

    def factors(
        self,
        words: str | None = None,
        *,
        tag: str | None = None,
        country: str | None = None,
        release: str | None = None,
    ) -> Iterator[Item]:
        """The published values that have all these words, asked for page by page."""
        query = {"q": words, "tag": tag, "country": country, "release": release}
        return self._items("/v1/factors", query, LONGEST_PAGE)

    def factor(self, id: str, *, release: str | None = None) -> Answer:
        """All values of a factor, with their sources."""
        return self._get(f"/v1/factors/{_step(id)}", {"release": release})

    def sources(self) -> Iterator[Item]:
        """The publications that the factors come from."""
        return self._items("/v1/sources", {})

    def platforms(self) -> Iterator[Item]:
        """The platforms that a plan can name."""
        return self._items("/v1/platforms", {})

    def releases(self) -> Iterator[Item]:
        """The releases of the factors, oldest first."""
        return self._items("/v1/factor-releases", {})

    def explain(self, code: str) -> Answer:
        """What a class of error means and how to mend it, by the `code` of a ServiceError."""
        return self._get(f"/problems/{_step(code)}")

    def health(self) -> Answer:
        """Whether the service answers at all."""
        return self._get("/healthz")

    def ready(self) -> Answer:
        """Whether the service can make and keep estimates, under `ready`, and under `checks` what is missing; no error
        if it cannot."""
        return self._connection.ask(Asked("GET", "/readyz", taken=(OK, AWAY)))

    def version(self) -> Answer:
        """Which version runs, with which factor release."""
        return self._get("/version")

    def description(self) -> Answer:
        """The description of the service, as OpenAPI 3.1."""
        return self._get("/openapi.json")

    def _get(self, path: str, query: Mapping[str, object] = {}) -> Answer:
        given = {name: str(value) for name, value in query.items() if value is not None}
        return self._connection.ask(Asked("GET", path, given))

    def _items(self, path: str, query: Mapping[str, object], limit: int | None = None) -> Iterator[Item]:
        """The items of a list, and of the pages after it."""
        cursor: str | None = None
        while True:
            page = self._get(path, {**query, "limit": limit, "cursor": cursor})
            items, before, cursor = page.get("items"), cursor, page.get("next_cursor")
            if not isinstance(items, list) or (cursor is not None and cursor == before):
                raise UnexpectedAnswer(Told(f"{path} is no list that ends.", "No answer of a carbon-api", status=OK))
            yield from items
            if cursor is None:
                return


def _step(name: str) -> str:
    """A name as one step of a path. ValueError for one that would lead elsewhere."""
    if name in {"", ".", ".."}:
        raise ValueError(f"{name!r} is no name of anything kept or published.")
    return quote(name, safe="")
