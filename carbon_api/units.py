"""The units of the project: one pint registry built from factors/units.txt alone, used at the edges only.

Inside, every number is in coherent units (h, GB, kWh, kgCO2e, view, path, px and the counts), so no formula converts.
Importing this module costs nothing; pint itself is imported by the first conversion.
"""

import re
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from carbon_api.errors import UsageError

if TYPE_CHECKING:
    import pint

_NAME = r"(?:[A-Za-z_]\w*|%)"
_EXPRESSION = re.compile(rf"(?:1|{_NAME})(?:\s*[*/]\s*{_NAME})*")
_LONGEST = 80  # characters; no unit of the field comes near
_CACHED = 1024  # spellings kept: callers' own strings come through here, so the cache has a bound


class UnitError(UsageError, ValueError):
    """A unit is unknown, or of another dimension than the one asked for."""

    code, title = "unit", "A unit is not known here"


def factors_folder() -> Path:
    """Return the folder of the factor data: inside the package when installed, beside it in a checkout."""
    package = Path(__file__).parent
    inside = package / "factors"
    return inside if inside.is_dir() else package.parent / "factors"


@cache
def registry() -> "pint.UnitRegistry[Any]":
    """Return the one registry. Quantities of two registries cannot be added, so nothing else may build one."""
    import pint

    units: pint.UnitRegistry[Any] = pint.UnitRegistry(None, on_redefinition="raise")
    units.load_definitions(factors_folder() / "units.txt")
    return units


@lru_cache(_CACHED)
def coherent(unit: str) -> tuple[float, str]:
    """Return what one `unit` is worth in coherent units, and their name: ("MB/min" -> 0.06, "GB/h").

    Products and quotients of the names in units.txt are read from left to right; "1" is a plain number.
    Raises UnitError for anything else. pint's tolerance for plural endings is not used: "Gb" and "ton" stay unknown.
    """
    text = unit.strip()
    if len(text) > _LONGEST or not _EXPRESSION.fullmatch(text):
        raise UnitError(f"{unit!r} is not a unit: write names from units.txt joined by / or *, such as kgCO2e/kWh")
    for name in re.findall(_NAME, text):
        if name != "%" and name not in _names():
            raise UnitError(f"unit {name!r} is not known here; {_meant(name)}")
    factor, root = registry().get_root_units(text.replace("%", "percent"))
    return float(f"{factor:.15g}"), _spelt(root)  # 15 digits: 1 kbps is 4.5e-4 GB/h, not 4.500000000000001e-4


@lru_cache(_CACHED)
def conversion(unit: str, to: str) -> float:
    """Return the factor from `unit` to `to`. Raises UnitError, naming both, when their dimensions differ."""
    factor, dimension = coherent(unit)
    wanted, target = coherent(to)
    if dimension != target:
        raise UnitError(f"unit {unit!r} cannot be turned into {to!r}: it is of dimension {dimension}, not {target}")
    return factor / wanted


@cache
def _names() -> frozenset[str]:
    """Return every name that units.txt gives a unit, aliases included."""
    lines = (factors_folder() / "units.txt").read_text("utf-8").splitlines()
    written = [line.split("=") for line in lines if line and not line.startswith("#")]
    return frozenset(part.strip() for first, _, *rest in written for part in (first, *rest)) - {"_"}


def _meant(name: str) -> str:
    """Return a hint: the names that differ by case only, else where the names are."""
    alike = sorted(known for known in _names() if known.lower() == name.lower())
    if alike:
        return f"did you mean {' or '.join(alike)}?"
    return "the names are listed in units.txt (GB, MB, s, h, kWh, kgCO2e and others)"


def _spelt(root: "pint.Unit") -> str:
    """Return a coherent unit in one line: kgCO2e/GB, h/calendar_day, 1/path; "1" when it is a plain number."""
    from pint.util import to_units_container

    powers = sorted((name, cast("int", power)) for name, power in to_units_container(root).items())
    above = "*".join(name for name, power in powers for _ in range(power))
    below = "".join(f"/{name}" for name, power in powers for _ in range(-power))
    return (above or "1") + below
