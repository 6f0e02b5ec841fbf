"""Electricity to its emissions, as both versions of the Sustainable Web Design Model have it. Units: kWh, kgCO2e."""

from typing import Any


def server_use(server_energy: Any, grid_servers: Any) -> Any:
    return server_energy * grid_servers


def transfer_use(transfer_energy: Any, grid_audience: Any) -> Any:
    return transfer_energy * grid_audience


def terminal_use(terminal_energy: Any, grid_audience: Any) -> Any:
    return terminal_energy * grid_audience
