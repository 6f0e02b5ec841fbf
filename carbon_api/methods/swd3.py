"""Sustainable Web Design Model, version 3.

Publisher Sustainable Web Design and the Green Web Foundation; constants of its package co2.js 0.19.0 (Apache-2.0),
whose results this file reproduces. A model by the byte, superseded by version 4 in 2024 and still quoted: one figure
of electricity a gigabyte, shared out between data centres, networks, devices in use, and the manufacture of all
hardware.

The manufacture is not told apart by what is made: it stands in the device's stage, which makes most of it. The
package takes the world's intensity everywhere unless it is told another. So does this file: a plan's own
`grid_intensity` replaces it for networks and devices; a country alone does not, and a warning says so. Data kept and AI
take Ember's grid of their country beside it, with a warning too. Green hosting, and visits that come back to a cache,
are not read: a social platform says neither.

Inside: data centre, network, device, manufacture. Outside: ad selection, time on screen, storage of creatives. It was
made for web pages: ads, organic lines and lives borrow its formulas, an extension of ours.
"""

from typing import Any

from carbon_api.methods import flows
from carbon_api.methods.creative import CREATIVE, MIX
from carbon_api.methods.method import Card, Energy, Stage

DEFAULTS = {
    **CREATIVE,
    "grid_servers": ("swd3.grid",),
    "energy_per_data": ("swd3.energy_per_data",),
    "server_part": ("swd3.data_centre.share",),
    "transfer_part": ("swd3.network.share",),
    "terminal_part": ("swd3.device.share",),
    "manufacture_part": ("swd3.manufacture.share",),
}

CARD = Card(
    id="swd-3",
    revision=1,
    title="Sustainable Web Design Model, version 3",
    publisher="Sustainable Web Design; Green Web Foundation",
    version="3, co2.js 0.19.0",
    opening=__doc__,
    included=("data centres by the byte", "networks by the byte", "devices by the byte", "manufacture of all hardware"),
    excluded=("ad selection", "time on screen", "storage of creatives", "clicks, unless a landing_page line says them"),
    stages=(
        Stage("data_centre", "use", "server_use"),
        Stage("network", "use", "transfer_use"),
        Stage("device", "use", "terminal_use"),
        Stage("device", "embodied", "manufacture"),
    ),
    energy=(Energy("server_energy"), Energy("transfer_energy"), Energy("terminal_energy")),
    defaults=DEFAULTS,
    grid="swd3.grid",
    storage_grid="grid.ember",
    own_grid="networks and devices",
    accounting="accounting_of_the_world",
    variants=flows.VARIANTS,
    mix=MIX,
    out_of_boundary={"selection": "the model counts the bytes of a page, not the auction of an ad"},
    life_cycle=False,
    made_for=("landing_page",),
    extension="the model is made for web pages: ads, organic lines and lives borrow its formulas, an extension of ours",
)


def system_energy(data: Any, energy_per_data: Any) -> Any:
    return data * energy_per_data


def server_energy(system_energy: Any, server_part: Any) -> Any:
    return system_energy * server_part


def transfer_energy(system_energy: Any, transfer_part: Any) -> Any:
    return system_energy * transfer_part


def terminal_energy(system_energy: Any, terminal_part: Any) -> Any:
    return system_energy * terminal_part


def manufacture(system_energy: Any, manufacture_part: Any, grid_servers: Any) -> Any:
    return system_energy * manufacture_part * grid_servers
