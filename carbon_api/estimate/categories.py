"""The GHG Protocol's categories of an advertiser's scope 3: which of them each stage, trip and parcel counts in."""

from collections.abc import Sequence
from math import fsum

from carbon_api.estimate.pricing import Priced
from carbon_api.inventory.tables import Shape

PURCHASED, FREIGHT, BUSINESS_TRAVEL, DEVICES = "3.1", "3.4", "3.6", "audience devices"
LABELS = {
    PURCHASED: "purchased services: media, platforms, cloud, creators",
    FREIGHT: "transport and distribution paid for: parcels sent",
    BUSINESS_TRAVEL: "business travel of own staff",
    DEVICES: "use and manufacture of the audience's devices, shown separately",
}
# The stages that count in one category, whatever the line; production counts in the category of its activity.
STAGES = {PURCHASED: ("selection", "data_centre", "network", "storage"), DEVICES: ("device",)}


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
