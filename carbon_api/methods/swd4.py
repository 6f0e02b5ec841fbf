"""Sustainable Web Design Model, version 4.

Publisher Sustainable Web Design and the Green Web Foundation; constants of its package co2.js 0.19.0 (Apache-2.0),
whose results this file reproduces. A model by the byte: every gigabyte sent costs so much electricity in data
centres, in networks and on devices, whatever the screen and however long it is watched. Each part has a share in use,
on the grid where it happens, and one in manufacture, on the world's grid always.

The package takes the world's intensity everywhere unless it is told another. So does this file: a plan's own
`grid_intensity` replaces it for networks and devices, where the audience is; a country alone does not, and a warning
says so. Data kept and AI take Ember's grid of their country beside it, with a warning too. Green hosting, and visits
that come back to a cache, are not read: a social platform says neither.

Inside: data centre, network and device, use and manufacture. Outside: ad selection, time on screen, storage of
creatives. It was made for web pages: ads, organic lines and lives borrow its formulas, an extension of ours.
"""

from typing import Any

from carbon_api.methods import flows
from carbon_api.methods.creative import CREATIVE, MIX
from carbon_api.methods.method import Card, Energy, Stage

DEFAULTS = {
    **CREATIVE,
    "grid_servers": ("swd4.grid",),
    "grid_manufacture": ("swd4.grid_manufacture",),
    "server_energy_per_data": ("swd4.data_centre.use",),
    "server_manufacture_per_data": ("swd4.data_centre.manufacture",),
    "transfer_energy_per_data": ("swd4.network.use",),
    "transfer_manufacture_per_data": ("swd4.network.manufacture",),
    "terminal_energy_per_data": ("swd4.device.use",),
    "terminal_manufacture_per_data": ("swd4.device.manufacture",),
}

CARD = Card(
    id="swd-4",
    revision=1,
    title="Sustainable Web Design Model, version 4",
    publisher="Sustainable Web Design; Green Web Foundation",
    version="4, co2.js 0.19.0",
    opening=__doc__,
    included=("data centres by the byte", "networks by the byte", "devices by the byte", "manufacture of all three"),
    excluded=("ad selection", "time on screen", "storage of creatives", "clicks, unless a landing_page line says them"),
    stages=(
        Stage("data_centre", "use", "server_use"),
        Stage("data_centre", "embodied", "server_manufacture"),
        Stage("network", "use", "transfer_use"),
        Stage("network", "embodied", "transfer_manufacture"),
        Stage("device", "use", "terminal_use"),
        Stage("device", "embodied", "terminal_manufacture"),
    ),
    energy=(Energy("server_energy"), Energy("transfer_energy"), Energy("terminal_energy")),
    defaults=DEFAULTS,
    grid="swd4.grid",
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


def server_energy(data: Any, server_energy_per_data: Any) -> Any:
    return data * server_energy_per_data


def server_manufacture(data: Any, server_manufacture_per_data: Any, grid_manufacture: Any) -> Any:
    return data * server_manufacture_per_data * grid_manufacture


def transfer_energy(data: Any, transfer_energy_per_data: Any) -> Any:
    return data * transfer_energy_per_data


def transfer_manufacture(data: Any, transfer_manufacture_per_data: Any, grid_manufacture: Any) -> Any:
    return data * transfer_manufacture_per_data * grid_manufacture


def terminal_energy(data: Any, terminal_energy_per_data: Any) -> Any:
    return data * terminal_energy_per_data


def terminal_manufacture(data: Any, terminal_manufacture_per_data: Any, grid_manufacture: Any) -> Any:
    return data * terminal_manufacture_per_data * grid_manufacture
