"""What the bytes of a plan add to the power of networks, whose base load runs whatever is sent.

Malmodin's power model (2020): so many watts for each Mbit/s beside a base that does not move. It prices no estimate:
methods share out whole networks by the gigabyte, and this stands beside what they save when fewer bytes are sent.
Units: GB, kWh, kgCO2e; a watt for each Mbit/s is a kWh for each GB.
"""

from typing import Any

DEFAULTS = {
    "mobile_marginal_power": ("network.marginal_power.mobile",),
    "fixed_marginal_power": ("network.marginal_power.fixed",),
}


def marginal_energy_per_data(mobile_share: Any, mobile_marginal_power: Any, fixed_marginal_power: Any) -> Any:
    return mobile_share * mobile_marginal_power + (1 - mobile_share) * fixed_marginal_power


def marginal_energy(data: Any, marginal_energy_per_data: Any) -> Any:
    return data * marginal_energy_per_data


def marginal_use(marginal_energy: Any, grid_audience: Any) -> Any:
    return marginal_energy * grid_audience
