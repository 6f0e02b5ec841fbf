"""Lines made by hand, and a look at the inventory that they yield."""

from datetime import date
from math import fsum
from typing import Any, NamedTuple

from carbon_api.estimate.pricing import needs_of, price
from carbon_api.factor_book.book import book
from carbon_api.inventory.build import build
from carbon_api.inventory.described import describe
from carbon_api.inventory.inputs import Input
from carbon_api.inventory.tables import Inventory
from carbon_api.methods.catalog import METHODS
from carbon_api.plan.model import (
    Ad,
    Ai,
    Influencer,
    LandingPage,
    Line,
    Live,
    Plan,
    Post,
    Quantity,
    Storage,
    Story,
    TimeOnScreen,
    Travel,
    Trip,
    Video,
)

SCOPE3, SRI = "scope3-2026.07", "sri-2.1"
SECOND = 1 / 3600  # h
KINDS: dict[str, type[Line]] = {
    "ad": Ad,
    "post": Post,
    "story": Story,
    "video": Video,
    "live": Live,
    "landing_page": LandingPage,
    "storage": Storage,
    "influencer": Influencer,
    "travel": Travel,
    "ai": Ai,
}
LEAST: dict[str, dict[str, Any]] = {
    "ad": {"platform": "x", "format": "video", "impressions": Quantity(1000.0)},
    "post": {"platform": "x", "format": "video", "views": Quantity(1000.0)},
    "story": {"platform": "x", "views": Quantity(1000.0)},
    "video": {"platform": "x"},
    "live": {"platform": "x"},
    "landing_page": {"platform": "other", "visits": Quantity(1000.0), "weight": Quantity(0.002)},
    "storage": {"volume": Quantity(1000.0), "kept_for": Quantity(24.0)},
    "influencer": {"platform": "x", "format": "video", "views": Quantity(1000.0)},
    "travel": {"trip": Trip("coach", "staff", distance=Quantity(100.0), people=Quantity(2.0))},
    "ai": {"task": "text", "generated": Quantity(100.0), "output_tokens": Quantity(400.0)},
}


class Cell(NamedTuple):
    """A row of an inventory: its place, the variants of its flows, its inputs by name."""

    country: str
    device: str
    variants: dict[str, str]
    inputs: dict[str, Input]


def line(kind: str, **values: Any) -> Line:
    """A line of a kind with the least that it needs; `values` are in the units of the model."""
    return KINDS[kind](**({"id": kind, "country": {"FR": 1.0}} | LEAST[kind] | values))


def ad(**values: Any) -> Line:
    return line("ad", **({"devices": {"phone": 1.0}} | values))


def seconds(value: float, per: str = "impression") -> TimeOnScreen:
    return TimeOnScreen(Quantity(value * SECOND), per)  # type: ignore[arg-type]  # any of the three words


def inventory(*lines: Line, method: str = SCOPE3, start: date | None = None) -> Inventory:
    plan = Plan(name="plan", lines=lines, start=start, document={})
    return build(describe(plan), book().release(None), needs_of(METHODS[method]))


def cells(*lines: Line, method: str = SCOPE3, start: date | None = None) -> list[Cell]:
    """Every cell of some lines."""
    built = inventory(*lines, method=method, start=start)
    assert not built.faults
    return [
        Cell(
            table.country[row],
            table.device[row],
            dict(table.shape.bindings),
            {name: built.inputs[code] for name, code in zip(table.columns, table.codes[row].tolist(), strict=True)},
        )
        for table in built.tables
        for row in range(len(table.line))
    ]


def hours(one: Line, method: str = SCOPE3) -> float:
    """The screen hours of a line at central values."""
    priced = price(inventory(one, method=method), METHODS[method])
    return fsum(value for table in priced if "screen_time" in table.run for value in table.run["screen_time"].tolist())


def gigabytes(one: Line, method: str = SCOPE3) -> float:
    """The gigabytes that a line sends at central values, from its own cells."""
    built = inventory(one, method=method)
    amounts = []
    for table in built.tables:
        graph = METHODS[method].graph.bind(**dict(table.shape.bindings))
        values = built.values[table.codes]
        given = {name: values[:, place] for place, name in enumerate(table.columns)}
        amounts += graph.run(["data"], given)["data"].tolist()
    return fsum(amounts)
