"""1byte, the model of The Shift Project, as co2.js carries it.

Publisher The Shift Project ("Lean ICT", 2018); constants of the package co2.js 0.19.0 (Apache-2.0), whose results
this file reproduces. A model by the byte: electricity in data centres and in networks, the network being the plain
mean of wired, wireless at home and mobile, whatever the plan says of its own. The package takes the world's intensity
of its time; a plan's own `grid_intensity` replaces it for the network, a country alone does not, and a warning says so.
Data kept and AI take Ember's grid of their country beside it, with a warning too.

Inside: data centre and network, in use. Outside: devices (a figure is published and the package does not use it), all
manufacture, ad selection, time on screen, storage of creatives. It was made for data sent; ads, organic lines and
lives borrow its formulas, an extension of ours. Old (2015 to 2018) and often contested; here because so many printed
figures rest on it.
"""

from typing import Any

from carbon_api.methods import flows
from carbon_api.methods.creative import CREATIVE, MIX
from carbon_api.methods.method import Card, Energy, Stage

DEFAULTS = {
    **CREATIVE,
    "grid_servers": ("one_byte.grid",),
    "server_energy_per_data": ("one_byte.data_centre",),
    "wired_energy_per_data": ("one_byte.network.wired",),
    "wifi_energy_per_data": ("one_byte.network.wifi",),
    "cellular_energy_per_data": ("one_byte.network.cellular",),
    "networks": ("one_byte.networks",),
}

CARD = Card(
    id="one-byte",
    revision=1,
    title="1byte model",
    publisher="The Shift Project",
    version="2018, as in co2.js 0.19.0",
    opening=__doc__,
    included=("data centres by the byte, in use", "networks by the byte, in use"),
    excluded=(
        "devices",
        "all manufacture",
        "ad selection",
        "time on screen",
        "storage of creatives",
        "clicks, unless a landing_page line says them",
    ),
    stages=(Stage("data_centre", "use", "server_use"), Stage("network", "use", "transfer_use")),
    energy=(Energy("server_energy"), Energy("transfer_energy")),
    defaults=DEFAULTS,
    grid="one_byte.grid",
    storage_grid="grid.ember",
    own_grid="networks",
    accounting="accounting_of_the_world",
    variants=flows.VARIANTS,
    mix=MIX,
    out_of_boundary={
        "selection": "the model counts the bytes of a page, not the auction of an ad",
        "device": "the model counts data centres and networks; it has a figure for devices and leaves it out",
    },
    life_cycle=False,
    made_for=("landing_page",),
    extension="the model is made for data sent: ads, organic lines and lives borrow its formulas, an extension of ours",
)


def server_energy(data: Any, server_energy_per_data: Any) -> Any:
    return data * server_energy_per_data


def server_use(server_energy: Any, grid_servers: Any) -> Any:
    return server_energy * grid_servers


def transfer_energy_per_data(
    wired_energy_per_data: Any, wifi_energy_per_data: Any, cellular_energy_per_data: Any, networks: Any
) -> Any:
    return (wired_energy_per_data + wifi_energy_per_data + cellular_energy_per_data) / networks


def transfer_energy(data: Any, transfer_energy_per_data: Any) -> Any:
    return data * transfer_energy_per_data


def transfer_use(transfer_energy: Any, grid_audience: Any) -> Any:
    return transfer_energy * grid_audience
