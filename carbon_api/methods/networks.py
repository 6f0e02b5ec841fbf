"""Networks by the gigabyte, fixed and mobile, as the methods that tell them apart share it. Units: GB, kWh, kgCO2e."""

from typing import Any


def network_energy_per_data(mobile_share: Any, mobile_energy_per_data: Any, fixed_energy_per_data: Any) -> Any:
    return mobile_share * mobile_energy_per_data + (1 - mobile_share) * fixed_energy_per_data


def network_energy(data: Any, network_energy_per_data: Any) -> Any:
    return data * network_energy_per_data


def network_embodied_per_data(mobile_share: Any, mobile_embodied_per_data: Any, fixed_embodied_per_data: Any) -> Any:
    return mobile_share * mobile_embodied_per_data + (1 - mobile_share) * fixed_embodied_per_data


def network_embodied(data: Any, network_embodied_per_data: Any) -> Any:
    return data * network_embodied_per_data
