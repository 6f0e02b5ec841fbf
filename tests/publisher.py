"""A publisher's table in the form of the real one, and a host on this machine that serves it, well or badly.

The form is that of release_generation_yearly_global.csv, of Ember, since July 2026: 24 columns, a line for each area,
year and source of electricity, areas that are no country without a code, demand without emissions.
"""

import csv
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import StringIO
from typing import NamedTuple

from carbon_api.factor_book.book import Release
from carbon_api.factor_book.refresh.publisher import countries
from carbon_api.units import factors_folder

COLUMNS = (
    *("Area", "ISO 3 code", "Year", "Area type", "Electricity source", "Is aggregated source", "Generation (TWh)"),
    *("Generation YoY change (TWh)", "Generation YoY change (%)", "Share of generation (%)"),
    *("Share of generation YoY change (% points)", "Capacity (GW)", "Emissions (MtCO2e)"),
    *("Emissions YoY change (MtCO2e)", "Emissions YoY change (%)", "Share of emissions (%)"),
    *("Emissions intensity (gCO2e/kWh)", "Continent", "Ember region", "EU member", "OECD member", "G20 member"),
    *("G7 member", "ASEAN member"),
)
INTENSITY = COLUMNS.index("Emissions intensity (gCO2e/kWh)")
AREAS = {"EU": "EU", "world": "World"}
CODES = {alpha_2: alpha_3 for alpha_3, alpha_2 in countries(factors_folder()).items()}

Answer = Callable[[BaseHTTPRequestHandler], None]


class Value(NamedTuple):
    """What the table says of a country, by the factor book's code, in a year."""

    country: str
    year: int
    text: str


def values_of(release: Release, moved: float = 0.95) -> list[Value]:
    """What the release says of the grids, and for 2025 `moved` times the latest of each country."""
    rows = [row for row in release.rows if row.id == "grid.ember"]
    latest = {row.country: Value(row.country, 2025, f"{row.printed * moved:.2f}") for row in rows}
    return [*(Value(row.country, int(row.valid_from[:4]), f"{row.printed:.2f}") for row in rows), *latest.values()]


def table(values: Iterable[Value]) -> str:
    """The table as text: what counts, among lines that look much like it."""
    written = StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(COLUMNS)
    for value in sorted(values):
        writer.writerow(_line(value.country, value.year, "Coal", "1003.5"))
        writer.writerow(_line(value.country, value.year, "Total generation", value.text))
        writer.writerow(_line(value.country, value.year, "Demand", ""))
    for region in ("AU", "Africa", "G20"):  # "AU" is no country here
        writer.writerow([region, "", "2025", "Region", "Total generation", "True", *_rest("560.1")])
    return written.getvalue()


def _line(country: str, year: int, source: str, intensity: str) -> list[str]:
    kind = "Region" if country in AREAS else "Country or economy"
    name, code = AREAS.get(country, f"Land, {country}"), CODES.get(country, "")
    return [name, code, str(year), kind, source, str(source != "Coal"), *_rest(intensity)]


def _rest(intensity: str) -> list[str]:
    cells = ["1.25"] * (len(COLUMNS) - 6)
    cells[INTENSITY - 6] = intensity
    return cells


class Host(ThreadingHTTPServer):
    """Answers by the path of a request; a client that goes away is no fault of its."""

    daemon_threads, block_on_close = True, False
    answers: dict[str, Answer]

    def handle_error(self, *_: object) -> None:
        """Say nothing: clients are meant to hang up."""


class Handler(BaseHTTPRequestHandler):
    """Hands a request to what its path names."""

    protocol_version = "HTTP/1.1"
    server: Host

    def do_GET(self) -> None:
        self.close_connection = True
        with suppress(ConnectionError):
            self.server.answers[self.path](self)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def host(**answers: Answer) -> Iterator[str]:
    """The address of a host that answers `/name` by the answer of that name; `{address}name` is one of its files."""
    server = Host(("127.0.0.1", 0), Handler)
    server.answers = {f"/{name}": answer for name, answer in answers.items()}
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        server.shutdown()
        server.server_close()


def sent(content: bytes | str, status: int = 200, **headers: str) -> Answer:
    """An answer as it should be, but for what is said otherwise: a header of None is left out."""
    body = content.encode() if isinstance(content, str) else content
    standard = {"Content-Type": "text/csv", "Content-Length": str(len(body)), "Last-Modified": MODIFIED}

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in (standard | {name.replace("_", "-"): value for name, value in headers.items()}).items():
            if value:
                handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(body)

    return answer


MODIFIED = "Thu, 29 Apr 2027 06:00:00 GMT"
