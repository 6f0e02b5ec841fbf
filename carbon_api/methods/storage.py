"""Data kept: Cloud Carbon Footprint's energy, plus the drives themselves. Shared by every media method.

Energy: Cloud Carbon Footprint (Apache-2.0, repository of March 2024): watts per terabyte kept, times copies (once),
times PUE, on the grid of the region, from the source of the method beside it where that has the country, else from
Ember; a total that holds both says so. Manufacture: Boavizta's drive
footprint divided by the drive's capacity and life, which are assumptions and marked so. Outside: the servers around the
drives, moving the data, backups that the plan does not name. No energy figure is published for tape.
"""

from typing import Any

from carbon_api.methods.method import Card, Energy, Stage

DEFAULTS = {
    "bitrate": (
        "live.{live}.{resolution}.bitrate",
        "resolution.{resolution}.bitrate",
        "platform.{feed}.{organic}.bitrate",
        "social.{organic}.bitrate",
    ),
    "copies": ("ccf.copies",),
    "pue": ("ccf.pue",),
    "power_per_volume": ("ccf.{medium}.power_per_volume",),
    "drive_footprint": ("storage.{medium}.embodied_per_drive",),
    "drive_capacity": ("storage.{medium}.capacity",),
    "drive_lifetime": ("storage.{medium}.lifetime",),
}

VARIANTS = {"volume": ("kept_volume", "recorded_volume")}

CARD = Card(
    id="storage",
    revision=1,
    title="Energy and drives of data kept",
    publisher="Cloud Carbon Footprint; Boavizta",
    version="Cloud Carbon Footprint, March 2024; Boavizta 2.5.0",
    opening=__doc__,
    included=("energy of the drives that keep the data", "manufacture of these drives"),
    excluded=("servers around the drives", "moving the data"),
    stages=(Stage("storage", "use", "storage_use"), Stage("storage", "embodied", "storage_embodied")),
    energy=(Energy("storage_energy"),),
    defaults=DEFAULTS,
    grid="",
    variants=VARIANTS,
)


def kept_volume(line_volume: Any, country_share: Any) -> Any:
    return line_volume * country_share


def recorded_volume(line_duration: Any, country_share: Any, bitrate: Any) -> Any:
    return line_duration * country_share * bitrate


def stored_time(volume: Any, kept_for: Any, copies: Any) -> Any:
    return volume * kept_for * copies


def storage_energy(stored_time: Any, power_per_volume: Any, pue: Any) -> Any:
    return stored_time * power_per_volume * pue


def storage_use(storage_energy: Any, grid_region: Any) -> Any:
    return storage_energy * grid_region


def storage_embodied(stored_time: Any, drive_footprint: Any, drive_capacity: Any, drive_lifetime: Any) -> Any:
    return stored_time * drive_footprint / drive_capacity / drive_lifetime
