"""Terminals by the hour on screen, as the methods share it that spread a device's making over its hours of life.

Units: h, kWh, kgCO2e; a life in calendar years, of days that are used so many hours.
"""

from typing import Any


def device_energy(screen_time: Any, device_power: Any) -> Any:
    return screen_time * device_power


def device_use(device_energy: Any, grid_audience: Any) -> Any:
    return device_energy * grid_audience


def device_hours_of_life(device_lifetime: Any, device_days_per_year: Any, device_daily_use: Any) -> Any:
    return device_lifetime * device_days_per_year * device_daily_use


def device_embodied(screen_time: Any, device_footprint: Any, device_hours_of_life: Any) -> Any:
    return screen_time * device_footprint / device_hours_of_life
