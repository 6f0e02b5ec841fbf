"""Figures of the service itself, for Prometheus: what is asked, how long it takes, what is kept, what fails.

Nothing of a plan, a key or a workspace is in them. Routes go by their templates, so that there are only so many series.
"""

from collections.abc import Iterator

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest, values
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4 as CONTENT_TYPE
from prometheus_client.metrics_core import InfoMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from carbon_api.web.metrics_folder import number

__all__ = ["CONTENT_TYPE", "Metrics"]

BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)  # seconds
METHODS = frozenset({"GET", "HEAD", "POST", "DELETE", "OPTIONS"})
OTHER = "other"  # a method, or a route, that the service does not have: a caller can invent any number of them


class Metrics:
    """What is counted, in this process alone or, given the folder of a service, in all of its workers together."""

    def __init__(self, folder: str | None, **build: str) -> None:
        """`build` says which service this is."""
        self._told, own = CollectorRegistry(), CollectorRegistry()
        if folder:
            values.ValueClass = values.MultiProcessValue(number)  # type: ignore[no-untyped-call]  # the library's gap
            MultiProcessCollector(self._told, folder)  # type: ignore[no-untyped-call]  # the library's gap
        else:
            own = self._told
        self._told.register(_Build(build))
        route = ("route", "method")
        self._requests = Counter("carbon_api_requests", "Requests answered.", (*route, "status"), registry=own)
        self._seconds = Histogram("carbon_api_request_seconds", "Time to answer.", route, buckets=BUCKETS, registry=own)
        self._under_way = Gauge(
            "carbon_api_requests_under_way", "Requests being answered.", multiprocess_mode="livesum", registry=own
        )
        self._found: dict[tuple[str, str, int], tuple[Counter, Histogram]] = {}  # to look each up by labels is slow
        self.unreadable = Counter("carbon_api_unreadable_requests", "Requests that were no HTTP.", registry=own)
        self.kept = Counter("carbon_api_estimates_kept", "Estimates kept.", registry=own)
        self.lines = Counter("carbon_api_lines_priced", "Lines of the plans that were estimated.", registry=own)
        self.database_faults = Counter(
            "carbon_api_database_faults", "Requests refused because of the database.", registry=own
        )

    def begin(self) -> None:
        """A request begins."""
        self._under_way.inc()

    def end(self) -> None:
        """A request has ended."""
        self._under_way.dec()

    def answered(self, route: str | None, method: str, status: int, seconds: float) -> None:
        """A request was answered; `route` is None where there is no such route."""
        method, route = method if method in METHODS else OTHER, route or OTHER
        found = self._found.get((route, method, status))
        if found is None:
            found = self._requests.labels(route, method, status), self._seconds.labels(route, method)
            self._found[route, method, status] = found
        found[0].inc()
        found[1].observe(seconds)

    def text(self) -> bytes:
        """The figures as Prometheus reads them."""
        return generate_latest(self._told)


class _Build(Collector):
    """Which service this is; said by the process that is asked, as all are the same."""

    def __init__(self, build: dict[str, str]) -> None:
        self.build = build

    def collect(self) -> Iterator[InfoMetricFamily]:
        yield InfoMetricFamily("carbon_api_build", "Which service this is.", value=self.build)
