"""The GHG Protocol's categories of an advertiser's scope 3: which of them each stage, trip and parcel counts in."""

from collections.abc import Collection, Iterator, Sequence
from math import fsum
from typing import NamedTuple

from carbon_api.estimate.pricing import Priced
from carbon_api.inventory.tables import Shape

PURCHASED, FREIGHT, BUSINESS_TRAVEL = "3.1", "3.4", "3.6"


class Category(NamedTuple):
    """A category, and the stages that count in it: of production, what `category_of` puts there."""

    name: str
    label: str
    stages: tuple[str, ...]


ALWAYS = (
    Category(
        PURCHASED,
        "purchased services: media, platforms, AI, cloud, creators",
        ("selection", "data_centre", "network", "production", "storage"),
    ),
    Category("audience devices", "use and manufacture of the audience's devices, shown separately", ("device",)),
)
MOVED = (
    Category(FREIGHT, "transport and distribution paid for: parcels sent", ("production",)),
    Category(BUSINESS_TRAVEL, "business travel of own staff", ("production",)),
)
UNSPLIT = Category(
    "3.1 and audience devices",
    "whole minutes in an application: platforms, networks and the audience's devices, which the method does not split",
    ("whole",),
)


def shown(priced: Collection[str], production: Collection[str]) -> Iterator[Category]:
    """The categories to show of the stages that are priced, and of what production counts in.

    Minutes that are priced whole hold platforms and devices: beside their own category, none is shown at zero.
    """
    for category in ALWAYS:
        own = set(category.stages) - ({"production"} if category.name not in production else set())
        if "whole" not in priced or own.intersection(priced):
            yield category
    yield from (category for category in MOVED if category.name in production)
    if "whole" in priced:
        yield UNSPLIT


def category_of(shape: Shape) -> str:
    """The category of what an activity produces: parcels, own staff's travel, or a service that was bought."""
    if shape.activity == "shipping":
        return FREIGHT
    return BUSINESS_TRAVEL if "staff" in shape.classes else PURCHASED


def production_of(priced: Sequence[Priced]) -> dict[str, float]:
    """kgCO2e of production by category."""
    cells: dict[str, list[float]] = {}
    for one in priced:
        for stage, term in zip(one.bound.stages, one.terms, strict=True):
            if stage.stage == "production":
                cells.setdefault(category_of(one.table.shape), []).extend(term.tolist())
    return {category: fsum(values) for category, values in cells.items()}
