"""Every stage of every method comes out in kgCO2e, at the magnitude that floats give, when run on quantities.

The quantities are the factors as printed (watts, grams, kilobytes, seconds), so a wrong scale shows as well as a wrong
dimension.
"""

from collections.abc import Mapping
from itertools import product
from typing import Any

import pytest

from carbon_api.estimate.pricing import bound, leaves
from carbon_api.factor_book.asked import Asked
from carbon_api.factor_book.book import book
from carbon_api.factor_book.entry import Row
from carbon_api.inventory.defaults import ids
from carbon_api.inventory.tables import Shape
from carbon_api.methods.catalog import METHODS, SHARED
from carbon_api.methods.flows import VARIANTS
from carbon_api.methods.graph import Graph
from carbon_api.methods.method import Method
from carbon_api.plan.vocabulary import FIGURES
from carbon_api.units import registry

# What a plan gives, in the units an agency would write.
GIVEN = {
    "line_views": (250_000.0, "view"),
    "country_share": (0.6, "1"),
    "device_share": (0.8, "1"),
    "seen_share": (0.9, "1"),
    "time_per_view": (6.0, "s/view"),
    "line_watched": (5_000.0, "min"),
    "line_plays": (200_000.0, "view"),
    "data_per_view": (1.5, "MB/view"),
    "streamed_time_per_view": (15.0, "s/view"),
    "images_per_view": (2.0, "1/view"),
    "line_volume": (2.0, "TB"),
    "line_duration": (90.0, "min"),
    "kept_for": (12.0, "month"),
    "line_people": (3.0, "person"),
    "line_vehicles": (2.0, "vehicle"),
    "line_nights": (4.0, "night"),
    "line_distance": (250.0, "mile"),
    "line_parcels": (40.0, "parcel"),
    "weight_per_parcel": (1200.0, "g/parcel"),
    "line_outputs": (30.0, "output"),
    "tokens_per_output": (400.0, "token/output"),
}
KNOWN = {
    "device": "tablet",
    "platform": "tiktok",
    "slot": "ad_video",
    "aspect": "square",
    "buying": "programmatic",
    "creative": "display",
    "surface": "browser",
    "medium": "ssd",
    "resolution": "720p",
    "cabin": "business",
    "contrails": "contrails",
    "rail": "tgv",
    "ride": "coach",
    "fuel": "electric",
    "carrier": "truck",
}
ASKED = Asked("text", "openai", "gpt-4o")
CLASSES = ("all", "ads", "in_platform_ads")
DELIVERY = [
    Shape("delivery", (("screen_time", time), ("data", data)), CLASSES)
    for time, data in product(VARIANTS["screen_time"], VARIANTS["data"])
]
BESIDE = [
    Shape(activity, tuple(zip(one.card.variants, chosen, strict=True)), (rows,))
    for activity, one in SHARED.items()
    for chosen in product(*one.card.variants.values())
    for rows in dict.fromkeys(stage.rows for stage in one.card.stages)
]
PROOFS = [(method, shape) for method in METHODS.values() for shape in [*DELIVERY, *BESIDE]]


def row_of(method: Method, shape: Shape, name: str) -> Row:
    card = SHARED.get(shape.activity, method).card
    release = book().release(None)
    grids = {"grid_audience": method.card.grid, "grid_region": method.card.storage_grid or method.card.grid}
    patterns = (grids[name],) if name in grids else card.defaults.get(name, ())
    named = [id for figure in FIGURES for id in ids(patterns, KNOWN | {"figure": figure})]
    found = [release.find(id, "FR") or release.find(id) for id in named]
    rows = [one.row for one in found if one]
    return rows[0] if rows or not card.made else card.made(ASKED, release).rows[name]


def as_floats(method: Method, shape: Shape) -> dict[str, float]:
    units = registry()
    return {
        name: units.Quantity(*GIVEN[name]).to_root_units().magnitude
        if name in GIVEN
        else row_of(method, shape, name).value
        for name in leaves(method, shape)
    }


def as_quantities(method: Method, shape: Shape) -> dict[str, Any]:
    units = registry()
    return {
        name: units.Quantity(*(GIVEN[name] if name in GIVEN else printed(row_of(method, shape, name))))
        for name in leaves(method, shape)
    }


def printed(row: Row) -> tuple[float, str]:
    return row.printed, row.unit.replace("%", "percent")


def prove(graph: Graph, targets: Mapping[str, str], floats: dict[str, float], quantities: dict[str, Any]) -> None:
    plain, measured = graph.run(targets, floats), graph.run(targets, quantities)
    for target, unit in targets.items():
        assert measured[target].to(unit).magnitude == pytest.approx(plain[target], rel=1e-12), target


def named(part: Method | Shape) -> str:
    return part.id if isinstance(part, Method) else f"{part.activity} {part.classes[-1]} {part.bindings}"


@pytest.mark.parametrize(("method", "shape"), PROOFS, ids=named)
def test_every_stage_is_kgco2e(method: Method, shape: Shape) -> None:
    terms = bound(method, shape)
    targets = {stage.target: "kgCO2e" for stage in terms.stages} | dict.fromkeys(terms.energy, "kWh")
    prove(terms.graph, targets, as_floats(method, shape), as_quantities(method, shape))


def test_every_term_of_what_is_shared_is_proven() -> None:
    proven = {(shape.activity, one.target) for method, shape in PROOFS for one in bound(method, shape).stages}
    shared = {(activity, stage.target) for activity, one in SHARED.items() for stage in one.card.stages}
    assert shared <= proven


@pytest.mark.parametrize("name", ["device_power", "fixed_energy_per_data", "grid_audience"])
def test_the_proof_fails_on_a_wrong_scale(name: str) -> None:
    method, shape = METHODS["scope3-2026.07"], DELIVERY[0]
    quantities = as_quantities(method, shape)
    quantities[name] = quantities[name] * 1000
    with pytest.raises(AssertionError):
        prove(
            bound(method, shape).graph,
            {"device_use": "kgCO2e", "network_use": "kgCO2e"},
            as_floats(method, shape),
            quantities,
        )


@pytest.mark.parametrize(
    ("paths", "count"), [("bid_paths", ("bids", 7.0, "1")), ("ad_call_paths", ("ad_calls", 9.0, "view"))]
)
def test_bids_and_ad_calls_are_kgco2e(paths: str, count: tuple[str, float, str]) -> None:
    method, shape = METHODS["sri-2.1"], DELIVERY[0]
    graph = method.graph.bind(paths=paths)
    targets = {stage.target: "kgCO2e" for stage in method.card.stages if stage.stage == "selection"}
    name, number, unit = count
    rows = {leaf: row_of(method, shape, leaf) for leaf in graph.leaves(targets) if leaf != name}
    floats = {leaf: row.value for leaf, row in rows.items()} | {name: number}
    units = registry()
    quantities = {leaf: units.Quantity(*printed(row)) for leaf, row in rows.items()} | {
        name: units.Quantity(number, unit)
    }
    prove(graph, targets, floats, quantities)


def test_the_proof_fails_on_a_wrong_dimension() -> None:
    from pint import DimensionalityError

    method, shape = METHODS["sri-2.1"], DELIVERY[0]

    def device_use(screen_time: Any, grid_audience: Any) -> Any:
        return screen_time * grid_audience

    broken = Graph(bound(method, shape).graph.functions | {"device_use": device_use})
    with pytest.raises(DimensionalityError):
        prove(broken, {"device_use": "kgCO2e"}, as_floats(method, shape), as_quantities(method, shape))
