"""SRI x Alliance Digitale framework v2.1 (May-June 2023, Oneframe Digital), the French reference for digital campaigns.

The constants are those of the public Apache-2.0 package `digital-carbon-framework` 1.1.0, which rounds the published
database (same model, 3rd or 4th digit). The database and the package were read and run; the guide's text was not.

Inside: allocation of ad space (servers and network), delivery (servers, network, audience terminals), all of them use
and manufacture with end of life. Outside: production of the creative, operation of ad-tech companies and sales houses,
cookie syncing, third-party tracking, what follows a click unless a landing_page line says it.

As in the package: the server grid follows the audience's country for the local share of servers, devices count 365
days a year and servers 365.25, the phone takes its in-app power on a social platform and its browser power elsewhere,
and the package's key that says seconds for an auction's time holds hours. Its two shares that are 1 (auction traffic
wholly on fixed networks, in the data centre's country) are left out of the formulas. The +50 % "uncertainty margin" on
auction traffic is a multiplier of the published central value, kept as such: it is not a range.

A social ad bought inside a platform is read as `direct` (one path) unless the plan says `programmatic` or its placement
is an off-platform audience network; the framework gives social media no value of its own, so the other reading is shown
beside. The framework publishes no payload: bitrates and image weights are borrowed from Scope3 and named as such.
The framework prices advertising alone. Organic lines (posts, stories, videos, lives) and landing pages borrow its
delivery formulas, without allocation: an extension of ours.

As in the package, counts of bids and of ad calls are paths too (`bid_paths`, `ad_call_paths`); no line of a plan holds
them.
"""

from typing import Any

from carbon_api.methods import flows
from carbon_api.methods.creative import CREATIVE, MIX
from carbon_api.methods.method import Card, Energy, Reading, Stage

DEFAULTS = {
    **CREATIVE,
    "time_per_view": (
        "platform.{platform}.{slot}.time_on_screen",
        "social.{organic}.time_on_screen",
        "sri.display_exposure",
    ),
    "mobile_share": ("sri.mobile_share",),
    "paths_per_view": ("sri.paths.{buying}.{creative}",),
    "paths_per_bid": ("sri.paths_per_bid",),
    "platforms_per_ad_call": ("sri.platforms_per_ad_call",),
    "publisher_activation": ("sri.publisher_activation",),
    "ssp_activation": ("sri.ssp_activation",),
    "server_requests_per_path": ("sri.auction.server_requests_per_path",),
    "time_per_request": ("sri.auction.time_per_request",),
    "other_server_use": ("sri.auction.other_use",),
    "vm_power": ("sri.auction.vm_power",),
    "vms_per_server": ("sri.auction.vms_per_server",),
    "network_requests_per_path": ("sri.auction.network_requests_per_path",),
    "request_weight": ("sri.auction.request_weight",),
    "auction_margin": ("sri.auction.margin",),
    "pue": ("sri.pue",),
    "local_server_share": ("sri.server.local_share",),
    "foreign_server_share": ("sri.server.foreign_share",),
    "foreign_server_grid": ("sri.grid.foreign_servers",),
    "network_server_grid": ("sri.grid.network_servers",),
    "server_embodied_per_year": ("sri.server.embodied_per_year",),
    "server_hours_per_year": ("sri.server.hours_per_year",),
    "server_bandwidth": ("sri.server.bandwidth",),
    "local_energy_per_data": ("sri.server.local_energy_per_data",),
    "foreign_energy_per_data": ("sri.server.foreign_energy_per_data",),
    "fixed_energy_per_data": ("sri.network.fixed.energy_per_data",),
    "mobile_energy_per_data": ("sri.network.mobile.energy_per_data",),
    "fixed_embodied_per_data": ("sri.network.fixed.embodied_per_data",),
    "mobile_embodied_per_data": ("sri.network.mobile.embodied_per_data",),
    "network_local_share": ("sri.network.local_share",),
    "network_foreign_share": ("sri.network.foreign_share",),
    "device_power": ("sri.{device}.{surface}.power", "sri.{device}.power"),
    "device_lifetime": ("sri.{device}.lifetime",),
    "device_daily_use": ("sri.{device}.daily_use",),
    "device_days_per_year": ("sri.days_per_year",),
    "device_footprint": ("sri.{device}.embodied",),
}

CARD = Card(
    id="sri-2.1",
    revision=1,
    title="SRI x Alliance Digitale framework for the footprint of digital campaigns (Oneframe Digital)",
    publisher="SRI and Alliance Digitale",
    version="2.1, constants of digital-carbon-framework 1.1.0",
    opening=__doc__,
    included=(
        "allocation of ad space, servers and network, use and manufacture",
        "delivery servers, use and manufacture",
        "network, use and manufacture",
        "audience terminals, use and manufacture",
    ),
    excluded=(
        "production of the creative",
        "operation of ad-tech companies and sales houses",
        "cookie syncing, third-party tracking",
        "clicks and what follows them, unless a landing_page line says it",
    ),
    stages=(
        Stage("selection", "use", "auction_server_use", "ads"),
        Stage("selection", "use", "auction_network_use", "ads"),
        Stage("selection", "embodied", "auction_server_embodied", "ads"),
        Stage("selection", "embodied", "auction_network_embodied", "ads"),
        Stage("data_centre", "use", "server_use"),
        Stage("data_centre", "embodied", "server_embodied"),
        Stage("network", "use", "network_use"),
        Stage("network", "embodied", "network_embodied"),
        Stage("device", "use", "device_use"),
        Stage("device", "embodied", "device_embodied"),
    ),
    energy=(
        Energy("auction_server_energy", "ads"),
        Energy("auction_network_energy", "ads"),
        Energy("local_server_energy"),
        Energy("foreign_server_energy"),
        Energy("network_energy"),
        Energy("device_energy"),
    ),
    defaults=DEFAULTS,
    grid="grid.dcf",
    accounting="accounting_of_sri",
    variants=flows.VARIANTS,
    mix=MIX,
    readings=(
        Reading("direct", "every ad bought directly, without competition: 1 path an impression", {"buying": "direct"}),
        Reading(
            "programmatic",
            "every ad bought in open auctions: 350 paths an impression for display, 100 for video and other",
            {"buying": "programmatic"},
        ),
    ),
    made_for=("ad",),
    extension="the method is made for advertising: organic lines and landing pages borrow its delivery formulas, "
    "without ad selection, an extension of ours",
)


def paths(views: Any, paths_per_view: Any, publisher_activation: Any, ssp_activation: Any) -> Any:
    return views * paths_per_view * publisher_activation * ssp_activation


def bid_paths(bids: Any, paths_per_bid: Any) -> Any:
    return bids * paths_per_bid


def ad_call_paths(ad_calls: Any, paths_per_view: Any, platforms_per_ad_call: Any) -> Any:
    return ad_calls * paths_per_view / platforms_per_ad_call


def auction_server_time(paths: Any, server_requests_per_path: Any, time_per_request: Any, other_server_use: Any) -> Any:
    return paths * server_requests_per_path * time_per_request * (1 + other_server_use)


def auction_server_energy(auction_server_time: Any, vm_power: Any, pue: Any) -> Any:
    return auction_server_time * vm_power * pue


def server_grid(
    local_server_share: Any, grid_audience: Any, foreign_server_share: Any, foreign_server_grid: Any
) -> Any:
    return local_server_share * grid_audience + foreign_server_share * foreign_server_grid


def auction_server_use(auction_server_energy: Any, server_grid: Any) -> Any:
    return auction_server_energy * server_grid


def server_embodied_per_time(server_embodied_per_year: Any, server_hours_per_year: Any) -> Any:
    return server_embodied_per_year / server_hours_per_year


def auction_server_embodied(auction_server_time: Any, server_embodied_per_time: Any, vms_per_server: Any) -> Any:
    return auction_server_time * server_embodied_per_time / vms_per_server


def auction_data(paths: Any, network_requests_per_path: Any, request_weight: Any, auction_margin: Any) -> Any:
    return paths * network_requests_per_path * request_weight * (1 + auction_margin)


def auction_network_energy(auction_data: Any, fixed_energy_per_data: Any) -> Any:
    return auction_data * fixed_energy_per_data


def auction_network_use(auction_network_energy: Any, network_server_grid: Any) -> Any:
    return auction_network_energy * network_server_grid


def auction_network_embodied(auction_data: Any, fixed_embodied_per_data: Any) -> Any:
    return auction_data * fixed_embodied_per_data


def local_server_energy(data: Any, pue: Any, local_server_share: Any, local_energy_per_data: Any) -> Any:
    return data * pue * local_server_share * local_energy_per_data


def foreign_server_energy(data: Any, pue: Any, foreign_server_share: Any, foreign_energy_per_data: Any) -> Any:
    return data * pue * foreign_server_share * foreign_energy_per_data


def server_use(
    local_server_energy: Any, grid_audience: Any, foreign_server_energy: Any, foreign_server_grid: Any
) -> Any:
    return local_server_energy * grid_audience + foreign_server_energy * foreign_server_grid


def server_embodied(data: Any, server_bandwidth: Any, server_embodied_per_time: Any) -> Any:
    return data / server_bandwidth * server_embodied_per_time


def network_grid(
    network_local_share: Any, grid_audience: Any, network_foreign_share: Any, network_server_grid: Any
) -> Any:
    return network_local_share * grid_audience + network_foreign_share * network_server_grid


def network_use(network_energy: Any, network_grid: Any) -> Any:
    return network_energy * network_grid
