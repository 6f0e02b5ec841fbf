"""What a number of a plan may be: its documented unit, the units it may be written in, its bounds.

The pattern of a string such as "1.5 MB" is built from the bounds, so what the pattern lets through is within them, and
the published schema is exactly what is read.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from math import floor, isclose, log10
from typing import Any, NamedTuple

from carbon_api.units import conversion

TINIEST = 1e-18  # of anything that a formula may divide by: nothing underflows when it is converted
_DECIMALS = 20
_SPACE = "[ \u00a0\u202f]?"  # French puts a no-break space before the unit
_WRITTEN = re.compile(rf"([0-9.]+){_SPACE}(.+)")


class Scale(NamedTuple):
    """A conversion as value * times / over, so that 12 s is 12/3600 h to the last digit."""

    times: float
    over: float


@dataclass(frozen=True)
class Measure:
    """A kind of quantity. Numbers are in `unit`, results in `stored`; `maximum` and `minimum` are in `unit`.

    `spellings` maps what may follow a number to a name of units.txt; `multiples` to a plain factor (k, M, %).
    `advice` is added to the message when a unit is refused.
    """

    name: str
    maximum: float
    unit: str = ""
    stored: str = ""
    minimum: float = 0.0
    whole: bool = False
    spellings: Mapping[str, str] = field(default_factory=dict)
    multiples: Mapping[str, float] = field(default_factory=dict)
    advice: str = ""

    @cached_property
    def scale(self) -> Scale:
        """The scale from the documented unit to the stored one."""
        return _scale(conversion(self._known(self.unit), self.stored) if self.unit else 1.0)

    @cached_property
    def scales(self) -> dict[str, Scale]:
        """The scale to the stored unit, for each unit that may be written."""
        physical = {spelt: _scale(conversion(unit, self.stored)) for spelt, unit in self.spellings.items()}
        return physical | {spelt: _scale(factor) for spelt, factor in self.multiples.items()}

    @cached_property
    def limits(self) -> dict[str, float]:
        """The largest number that may stand before each unit."""
        own = self.scale.times / self.scale.over
        return {spelt: self.maximum * own * scale.over / scale.times for spelt, scale in self.scales.items()}

    @cached_property
    def pattern(self) -> str:
        """The regular expression, without anchors, of a string with a unit."""
        groups: dict[float, list[str]] = {}
        for spelt, limit in self.limits.items():
            groups.setdefault(limit, []).append(re.escape(spelt).replace("\\ ", " "))
        return "|".join(f"(?:{self._number(limit)}){_SPACE}(?:{'|'.join(units)})" for limit, units in groups.items())

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return re.compile(self.pattern)

    def read(self, value: object) -> float | None:
        """Return a number or a string with a unit in the stored unit, or None when it is not one of ours."""
        if type(value) is int or type(value) is float:
            if self.minimum <= value <= self.maximum and not (self.whole and value != floor(value)):
                times, over = self.scale
                return value * times / over
        elif type(value) is str and self.scales and self._compiled.fullmatch(value):
            number, unit = _WRITTEN.fullmatch(value).groups()  # type: ignore[union-attr]  # the pattern is stricter
            times, over = self.scales[unit]
            return float(number) * times / over
        return None

    def number_schema(self, maximum: float | None = None) -> dict[str, Any]:
        """Return the JSON Schema of the bare number."""
        kind = "integer" if self.whole else "number"
        return {"type": kind, "minimum": self.minimum, "maximum": self.maximum if maximum is None else maximum}

    def schemas(self) -> list[dict[str, Any]]:
        """Return the JSON Schemas of what `read` takes: the number, and the string if any unit may be written."""
        text = {"type": "string", "pattern": f"^(?:{self.pattern})$"}
        return [self.number_schema(), text] if self.scales else [self.number_schema()]

    def example(self) -> str:
        """Return how to write a value with its unit."""
        return next((f'"12 {spelt}"' for spelt in self.scales), "12")

    def _known(self, spelt: str) -> str:
        return self.spellings.get(spelt, spelt)

    def _number(self, limit: float) -> str:
        """Return the pattern of a number up to `limit`, cut to a whole number of digits unless it is a power of ten."""
        digits = floor(log10(limit) + 1e-12)
        above = f"[1-9][0-9]{{0,{digits - 1}}}(?:\\.[0-9]{{1,{_DECIMALS}}})?"
        below = "0\\.0{0,8}[1-9][0-9]{0,19}" if self.minimum else f"0(?:\\.[0-9]{{1,{_DECIMALS}}})?"
        last = [f"1{'0' * digits}(?:\\.0{{1,{_DECIMALS}}})?"] if 10**digits == limit else []
        return "|".join([above, below, *last])


def _scale(factor: float) -> Scale:
    """Return the scale of a factor, as a division where its inverse is a whole number."""
    inverse = round(1 / factor)
    return (
        Scale(1.0, float(inverse))
        if inverse > 1 and isclose(inverse * factor, 1, rel_tol=1e-12)
        else Scale(factor, 1.0)
    )


def _same(*names: str) -> dict[str, str]:
    return {name: name for name in names}


_SHORT = _same("s", "sec", "min", "h")
_LONG = _same(
    "h", "day", "days", "jours", "week", "weeks", "semaines", "month", "months", "mois", "year", "years", "ans"
)
_FILE = _same("kB", "ko", "MB", "Mo", "GB", "Go", "KiB", "MiB", "GiB")
_STORE = _same("MB", "Mo", "GB", "Go", "TB", "To", "GiB", "TiB")
_RATE = {"Mbit/s": "Mbit/s", "Mbps": "Mbps", "kbit/s": "kbit/s", "kbps": "kbps", "GB/h": "GB/h", "Go/h": "Go/h"}
_GRID = {"g/kWh": "gCO2e/kWh", "gCO2e/kWh": "gCO2e/kWh", "kg/kWh": "kgCO2e/kWh", "kgCO2e/kWh": "kgCO2e/kWh"}
_THOUSANDS = {"k": 1e3, "M": 1e6, "Md": 1e9, "bn": 1e9}

SHARE = Measure("Share", 1.0, multiples={"%": 0.01})
COUNT = Measure("Count", 1e15, multiples=_THOUSANDS)
PEOPLE = Measure("People", 1e12, minimum=TINIEST, multiples=_THOUSANDS)
MONEY = Measure("Money", 1e12, multiples=_THOUSANDS, advice="; the currency is the plan's, written once in currency")
FREQUENCY = Measure("Frequency", 1e6, minimum=TINIEST)
POSTS = Measure("Posts", 1e9, whole=True)
COPIES = Measure("Copies", 1000.0, minimum=1.0, whole=True)
SECONDS = Measure("Seconds", 1e5, "s", "h", spellings=_SHORT)
LENGTH = Measure("Length", 1e5, "s", "h", minimum=TINIEST, spellings=_SHORT)
DURATION = Measure("Duration", 1e5, "min", "h", minimum=TINIEST, spellings=_SHORT)
HOURS = Measure("Hours", 1e13, "h", "h", spellings=_SHORT)
MINUTES = Measure("Minutes", 1e15, "min", "h", spellings=_SHORT)
MONTHS = Measure("Months", 1200.0, "months", "h", spellings=_LONG)
WEIGHT = Measure("Weight", 1e5, "MB", "GB", minimum=TINIEST, spellings=_FILE)
VOLUME = Measure("Volume", 1e9, "TB", "GB", spellings=_STORE)
BITRATE = Measure("Bitrate", 1000.0, "Mbit/s", "GB/h", minimum=TINIEST, spellings=_RATE)
GRID = Measure("GridIntensity", 10_000.0, "g/kWh", "kgCO2e/kWh", spellings=_GRID)
MEASURES = (
    SHARE,
    COUNT,
    PEOPLE,
    MONEY,
    FREQUENCY,
    POSTS,
    COPIES,
    SECONDS,
    LENGTH,
    DURATION,
    HOURS,
    MINUTES,
    MONTHS,
    WEIGHT,
    VOLUME,
    BITRATE,
    GRID,
)
