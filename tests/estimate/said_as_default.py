"""What a line leaves open, said in the words of a plan as the book's default has it."""

from collections.abc import Callable, Iterator, Mapping

from drawn_plans import Document, estimate, plan

from carbon_api.factor_book.book import book
from carbon_api.factor_book.entry import Row
from carbon_api.methods.catalog import METHODS

RELEASE = book().release(None)
SECONDS = 3600.0
MBIT_S = 0.45  # GB an hour
MEGABYTES = 1000.0  # in a GB
GRAMS = 1000.0


def left_open(line: Document, method: str) -> Mapping[str, list[Row]]:
    """The rows that fill each field that the line leaves open."""
    found: dict[str, list[Row]] = {}
    for one in estimate(plan([line], method=method, range=False))["coverage"]["defaults"]:
        entry = RELEASE.find(one["factor"], one["country"])
        assert entry
        found.setdefault(one["field"], []).append(entry.row)
    return found


def said(line: Document, method: str) -> Iterator[Document]:
    """The words for each field that the line leaves open, where one value can say it."""
    for field, rows in left_open(line, method).items():
        words = WORDS[field](rows, line) if field in WORDS else None
        if words:
            yield words
    country = line["country"]
    grid = RELEASE.find(METHODS[method].card.grid, country) if isinstance(country, str) else None
    if grid and "grid_intensity" not in line:
        yield {"grid_intensity": grid.row.value * GRAMS}


def _one(rows: list[Row]) -> float | None:
    """The value that all rows share, where they do."""
    values = {row.value for row in rows}
    return values.pop() if len(values) == 1 else None


def _time(rows: list[Row], line: Document) -> Document | None:
    """A time over impressions is over those that could be seen only by default."""
    time = _one(rows)
    return None if time is None or "viewable_share" in line else {"time_on_screen": time * SECONDS}


def _bitrate(rows: list[Row], line: Document) -> Document | None:
    rate = _one(rows)
    return None if rate is None else {"bitrate": rate / MBIT_S}


def _network(rows: list[Row], line: Document) -> Document | None:
    mobile = _one(rows)
    return None if mobile is None else {"network": {"mobile": mobile, "fixed": 1 - mobile}}


def _devices(rows: list[Row], line: Document) -> Document | None:
    whole = sum(row.value for row in rows)
    return {"devices": {row.id.rpartition(".")[2]: row.value / whole for row in rows if row.value}}


def _weight(rows: list[Row], line: Document) -> Document | None:
    """A picture's pixels, their bytes, and how much they are compressed."""
    parts = {row.id.rpartition(".")[2]: row.value for row in rows}
    if len(parts) < 3:  # the shape is said, and with it the pixels
        return None
    gigabytes = parts["pixels"] * parts["bytes_per_pixel"] / parts["compression_ratio"]
    return {"weight": gigabytes * MEGABYTES * line.get("cards", 1)}


def _shape(rows: list[Row], line: Document) -> Document | None:
    """An ad says where it is shown, and by this that it fills the screen."""
    return {"placement": "full_screen"} if line["kind"] == "ad" and "placement" not in line else None


def _buying(rows: list[Row], line: Document) -> Document | None:
    return {"buying": rows[0].id.split(".")[2]}


def _medium(rows: list[Row], line: Document) -> Document | None:
    """The replay of a live has no words for how it is kept."""
    return {"medium": rows[0].id.split(".")[1]} if line["kind"] == "storage" else None


def _copies(rows: list[Row], line: Document) -> Document | None:
    return {"copies": int(rows[0].value)} if line["kind"] == "storage" else None


WORDS: Mapping[str, Callable[[list[Row], Document], Document | None]] = {
    "time_on_screen": _time,
    "bitrate": _bitrate,
    "network": _network,
    "devices": _devices,
    "weight": _weight,
    "aspect_ratio": _shape,
    "buying": _buying,
    "medium": _medium,
    "copies": _copies,
}
