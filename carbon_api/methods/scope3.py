"""Scope3 open methodology of 7 July 2026, the framework it calls `gmsf`.

Publisher Scope3, Apache-2.0. Since its October 2025 model the device, network, edge, storage and time-in-view defaults
are the values of the Global Media Sustainability Framework v1.2 as Scope3 publishes them. The framework's own text was
not read, and v1.3 (June 2026) supersedes v1.2: this is not "GMSF-compliant".

Inside: ad selection on the platform, edge delivery, network (use and embodied), the audience's device (use and
embodied), storage of creatives. Outside: the content around the ad and its corporate overhead, production of the
creative, and open-programmatic selection, which needs a graph of ad-tech partners that no plan holds.

Where the published pages contradict themselves the evidently meant thing is done: the solid-state term of the storage
mix is multiplied by its share (the page multiplies it by itself); the covered seconds drive the device (the page names
a variable it never defines), and they are the seconds watched when these are known (the page takes the whole length);
edge energy is per megabyte (one table says per kilobyte). An unknown player downloads the whole video. The player and
page assets of web display are not added to in-app formats. France's published mobile share of traffic (48.97 %) is a
probable reporting artefact: the method's own world value stands in for it, flagged.

The method prices advertising alone. Organic lines (posts, stories, videos, lives) and landing pages borrow its delivery
formulas, without selection and storage of creatives: an extension of ours.
"""

from typing import Any

from carbon_api.methods import flows
from carbon_api.methods.creative import CREATIVE, MIX
from carbon_api.methods.method import Card, Energy, Stage

DEFAULTS = {
    **CREATIVE,
    "screen_coverage": ("scope3.{device}.coverage",),
    "mobile_share": ("scope3.{device}.mobile_share", "scope3.mobile_share"),
    "fixed_energy_per_data": ("scope3.network.fixed.energy_per_data",),
    "mobile_energy_per_data": ("scope3.network.mobile.energy_per_data",),
    "fixed_embodied_per_data": ("scope3.network.fixed.embodied_per_data",),
    "mobile_embodied_per_data": ("scope3.network.mobile.embodied_per_data",),
    "edge_energy_per_data": ("scope3.edge.energy_per_data",),
    "edge_embodied_per_data": ("scope3.edge.embodied_per_data",),
    "device_power": ("scope3.{device}.power",),
    "device_embodied_per_time": ("scope3.{device}.embodied_per_time",),
    "ad_server_per_view": ("scope3.selection.ad_server",),
    "platform_embodied_per_view": ("scope3.selection.platform_embodied",),
    "cloud_footprint": ("scope3.storage.cloud.footprint",),
    "cloud_storage_share": ("scope3.storage.cloud.share",),
    "hdd_footprint": ("scope3.storage.hdd.footprint",),
    "hdd_storage_share": ("scope3.storage.hdd.share",),
    "tape_footprint": ("scope3.storage.lto.footprint",),
    "tape_storage_share": ("scope3.storage.lto.share",),
    "ssd_footprint": ("scope3.storage.ssd.footprint",),
    "ssd_storage_share": ("scope3.storage.ssd.share",),
    "raw_material_factor": ("scope3.storage.raw_factor",),
    "iterations": ("scope3.storage.iterations",),
    "impressions_per_creative": ("scope3.storage.impressions_per_creative",),
}

CARD = Card(
    id="scope3-2026.07",
    revision=1,
    title="Scope3 open methodology, gmsf framework",
    publisher="Scope3",
    version="7 July 2026 (GMSF v1.2 values)",
    opening=__doc__,
    included=(
        "ad selection on the platform's own ad server",
        "edge delivery, use and embodied",
        "network, use and embodied",
        "audience device, use and embodied",
        "storage of creatives",
    ),
    excluded=(
        "content around the ad and corporate overhead (media distribution)",
        "production of the creative",
        "open-programmatic ad selection",
        "clicks and what follows them, unless a landing_page line says it",
    ),
    stages=(
        Stage("selection", "unsplit", "selection_ad_server", "in_platform_ads"),
        Stage("selection", "embodied", "selection_embodied", "in_platform_ads"),
        Stage("data_centre", "use", "edge_use"),
        Stage("data_centre", "embodied", "edge_embodied"),
        Stage("data_centre", "unsplit", "creative_storage", "ads"),
        Stage("network", "use", "network_use"),
        Stage("network", "embodied", "network_embodied"),
        Stage("device", "use", "device_use"),
        Stage("device", "embodied", "device_embodied"),
    ),
    energy=(Energy("edge_energy"), Energy("network_energy"), Energy("device_energy")),
    defaults=DEFAULTS,
    grid="grid.ember",
    variants=flows.VARIANTS,
    mix=MIX,
    screen={
        "width": "scope3.{device}.screen_width",
        "height": "scope3.{device}.screen_height",
        "height_per_width": "creative.{aspect}.height_per_width",
    },
    out_of_boundary={
        "selection": "open-programmatic selection needs a graph of ad-tech partners that no plan holds; "
        "price this line with sri-2.1 to see it"
    },
    made_for=("ad",),
    extension="the method is made for advertising: organic lines and landing pages borrow its delivery formulas, "
    "without ad selection, an extension of ours",
)


def edge_energy(data: Any, edge_energy_per_data: Any) -> Any:
    return data * edge_energy_per_data


def edge_use(edge_energy: Any, grid_audience: Any) -> Any:
    return edge_energy * grid_audience


def edge_embodied(data: Any, edge_embodied_per_data: Any) -> Any:
    return data * edge_embodied_per_data


def network_use(network_energy: Any, grid_audience: Any) -> Any:
    return network_energy * grid_audience


def covered_time(screen_time: Any, screen_coverage: Any) -> Any:
    return screen_time * screen_coverage


def device_energy(covered_time: Any, device_power: Any) -> Any:
    return covered_time * device_power


def device_use(device_energy: Any, grid_audience: Any) -> Any:
    return device_energy * grid_audience


def device_embodied(covered_time: Any, device_embodied_per_time: Any) -> Any:
    return covered_time * device_embodied_per_time


def selection_ad_server(views: Any, ad_server_per_view: Any) -> Any:
    return views * ad_server_per_view


def selection_embodied(views: Any, platform_embodied_per_view: Any) -> Any:
    return views * platform_embodied_per_view


def disk_storage_footprint(
    hdd_footprint: Any, hdd_storage_share: Any, ssd_footprint: Any, ssd_storage_share: Any
) -> Any:
    return hdd_footprint * hdd_storage_share + ssd_footprint * ssd_storage_share


def archive_storage_footprint(
    cloud_footprint: Any, cloud_storage_share: Any, tape_footprint: Any, tape_storage_share: Any
) -> Any:
    return cloud_footprint * cloud_storage_share + tape_footprint * tape_storage_share


def stored_data(data: Any, raw_material_factor: Any, iterations: Any, impressions_per_creative: Any) -> Any:
    return data * (raw_material_factor + iterations) / impressions_per_creative


def creative_storage(stored_data: Any, disk_storage_footprint: Any, archive_storage_footprint: Any) -> Any:
    return stored_data * (disk_storage_footprint + archive_storage_footprint)
