"""ADEME numérique: the video streaming of the French environment agency's model of digital uses, behind Impact CO2.

Publisher ADEME with its Incubateur; constants and rules of the npm package `@incubateur-ademe/publicodes-acv-numerique`
2.1.0 (MIT), whose results this file reproduces, run by publicodes 1.10.1. Factors of NégaOctet and Base Empreinte 2025.
The package's model was read and run; the studies behind it (NégaOctet, ADEME-Arcep) were not.

Inside: data centre (use by the gigabyte, manufacture by the hour watched), network (one figure a gigabyte, fixed or
mobile, that holds use, manufacture and the box, and is not split), terminal (use, and manufacture spread over its hours
of life). Outside: ad selection, storage of creatives (left out by the package, as shared by very many views), the share
of the screen that a creative takes (a terminal counts whole), production of the creative. The electricity of networks
is not told: `energy` is that of data centres and terminals.

France and the European Union alone, which is the average of its networks for each of its other members. As in the
package, its European rows keep French electricity (51.9 g/kWh, Base Empreinte 2024) for terminals and data centres; a
plan's own `grid_intensity` replaces it for terminals. Data kept and AI in France take the 51.9 as well, and elsewhere
Ember's grid of their country; warnings tell both. ADEME's newer 46.1 g/kWh for 2025 is not in that version.

The package knows five terminals and a plan four: a television is its TV and a computer its laptop, which its own mixes
of streaming and of video calls take, without a desktop; the other reading, a desktop with its screen, is shown beside.
Its averages over terminals (70 % TV) are of films at home, and are not used. Unless the plan says otherwise a video
takes its HD, 3 GB/h, and its fixed network. 480p, 1080p and 2160p are its SD, HD and 4K; other pictures take the rate
measured for them. It has no weight of images and no time in view: those of Scope3 stand in.

Organic lines (posts, stories, videos, lives) and landing pages borrow its delivery formulas, and so do ads: the package
prices the watching of videos, and no campaign. That is an extension of ours.
"""

from typing import Any

from carbon_api.methods import flows
from carbon_api.methods.creative import CREATIVE, MIX
from carbon_api.methods.method import Card, Energy, Reading, Stage

DEFAULTS = {
    **CREATIVE,
    "bitrate": (
        "live.{live}.{resolution}.bitrate",
        "ademe.{resolution}.bitrate",
        "resolution.{resolution}.bitrate",
        "ademe.1080p.bitrate",
    ),
    "mobile_share": ("ademe.mobile_share",),
    "grid_servers": ("ademe.grid",),
    "direct_energy_per_year": ("ademe.streaming.direct_energy",),
    "indirect_energy_per_year": ("ademe.streaming.indirect_energy",),
    "streaming_users": ("ademe.streaming.users",),
    "daily_viewing": ("ademe.streaming.daily_viewing",),
    "data_per_viewing_time": ("ademe.streaming.data_per_time",),
    "pue": ("ademe.streaming.pue",),
    "days_per_year": ("ademe.days_per_year",),
    "hours_per_day": ("ademe.hours_per_day",),
    "server_power": ("ademe.server.power",),
    "server_lifetime": ("ademe.server.lifetime",),
    "server_footprint": ("ademe.server.footprint",),
    "firewall_footprint": ("ademe.firewall.footprint",),
    "firewalls_per_server": ("ademe.firewall.per_server",),
    "switch_footprint": ("ademe.switch.footprint",),
    "switches_per_server": ("ademe.switch.per_server",),
    "router_footprint": ("ademe.router.footprint",),
    "routers_per_server": ("ademe.router.per_server",),
    "area_per_server": ("ademe.support.area_per_server",),
    "support_footprint_per_area": ("ademe.support.footprint_per_area",),
    "support_lifetime": ("ademe.support.lifetime",),
    "fixed_footprint_per_data": ("ademe.network.fixed.footprint",),
    "mobile_footprint_per_data": ("ademe.network.mobile.footprint",),
    "device_power": ("ademe.{device}.power",),
    "device_footprint": ("ademe.{device}.footprint",),
    "device_lifetime": ("ademe.{device}.lifetime",),
    "device_daily_use": ("ademe.{device}.daily_use",),
    "device_days_per_year": ("ademe.days_per_year",),
}

CARD = Card(
    id="ademe-2025",
    revision=1,
    title="ADEME numérique (Impact CO2), streaming",
    publisher="ADEME",
    version="publicodes-acv-numerique 2.1.0",
    opening=__doc__,
    included=(
        "data centres of streaming, use and manufacture",
        "network with the home's box, use and manufacture, unsplit",
        "audience terminals, use and manufacture",
    ),
    excluded=(
        "ad selection",
        "storage of creatives",
        "production of the creative",
        "clicks and what follows them, unless a landing_page line says it",
    ),
    stages=(
        Stage("data_centre", "use", "server_use"),
        Stage("data_centre", "embodied", "server_embodied"),
        Stage("network", "unsplit", "network_footprint"),
        Stage("device", "use", "device_use"),
        Stage("device", "embodied", "device_embodied"),
    ),
    energy=(Energy("server_energy"), Energy("device_energy")),
    defaults=DEFAULTS,
    grid="ademe.grid",
    storage_grid="grid.ember",
    own_grid="terminals",
    accounting="accounting_of_france",
    regions={"EU": "region.eu"},
    variants=flows.VARIANTS,
    mix=MIX,
    devices={"computer": "laptop"},
    readings=(Reading("desktop", "every computer is a desktop with its screen", devices={"computer": "desktop"}),),
    out_of_boundary={"selection": "the model prices the watching of a video, not the auction of an ad"},
    made_for=("video", "live"),
    extension="the model is made for streaming: ads, posts, stories and landing pages borrow its formulas, an "
    "extension of ours",
)


def viewing_time_per_year(streaming_users: Any, daily_viewing: Any, days_per_year: Any) -> Any:
    return streaming_users * daily_viewing * days_per_year


def streaming_energy_per_year(direct_energy_per_year: Any, indirect_energy_per_year: Any) -> Any:
    return direct_energy_per_year + indirect_energy_per_year


def server_energy_per_data(
    streaming_energy_per_year: Any, viewing_time_per_year: Any, data_per_viewing_time: Any
) -> Any:
    return streaming_energy_per_year / (viewing_time_per_year * data_per_viewing_time)


def server_energy(data: Any, server_energy_per_data: Any) -> Any:
    return data * server_energy_per_data


def server_use(server_energy: Any, grid_servers: Any) -> Any:
    return server_energy * grid_servers


def servers(streaming_energy_per_year: Any, pue: Any, days_per_year: Any, hours_per_day: Any, server_power: Any) -> Any:
    return streaming_energy_per_year / pue / days_per_year / hours_per_day / server_power


def servers_per_viewing_time(servers: Any, viewing_time_per_year: Any, server_lifetime: Any) -> Any:
    return servers / viewing_time_per_year / server_lifetime


def equipment_footprint(server_footprint: Any, firewalls: Any, switches: Any, routers: Any) -> Any:
    return server_footprint + firewalls + switches + routers


def firewalls(firewall_footprint: Any, firewalls_per_server: Any) -> Any:
    return firewall_footprint * firewalls_per_server


def switches(switch_footprint: Any, switches_per_server: Any) -> Any:
    return switch_footprint * switches_per_server


def routers(router_footprint: Any, routers_per_server: Any) -> Any:
    return router_footprint * routers_per_server


def support_footprint(
    area_per_server: Any, support_footprint_per_area: Any, server_lifetime: Any, support_lifetime: Any
) -> Any:
    return area_per_server * support_footprint_per_area * server_lifetime / support_lifetime


def server_embodied(
    screen_time: Any, servers_per_viewing_time: Any, equipment_footprint: Any, support_footprint: Any
) -> Any:
    return screen_time * servers_per_viewing_time * (equipment_footprint + support_footprint)


def network_footprint_per_data(mobile_share: Any, mobile_footprint_per_data: Any, fixed_footprint_per_data: Any) -> Any:
    return mobile_share * mobile_footprint_per_data + (1 - mobile_share) * fixed_footprint_per_data


def network_footprint(data: Any, network_footprint_per_data: Any) -> Any:
    return data * network_footprint_per_data
