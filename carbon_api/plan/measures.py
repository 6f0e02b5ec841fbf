"""What a number of a plan may be: its documented unit, the units it may be written in, its bounds.

A string such as "1.5 MB" is matched by its shape, then held against the bound of its unit like the number of
{"value": 1.5, "unit": "MB"}, so both take the same.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from math import floor, isclose
from typing import Any, NamedTuple

from carbon_api.units import conversion

TINIEST = 1e-18  # of anything that a formula may divide by: nothing underflows when it is converted
_NUMBER = r"(?:0|[1-9][0-9]{0,19})(?:\.[0-9]{1,20})?"
_SPACE = "[ \u00a0\u202f]?"  # French puts a no-break space before the unit


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
        """The largest number that may stand before each unit, free of the last digit's rounding."""
        own = self.scale.times / self.scale.over
        exact = {spelt: self.maximum * own * scale.over / scale.times for spelt, scale in self.scales.items()}
        return {spelt: float(f"{limit:.15g}") for spelt, limit in exact.items()}

    @cached_property
    def _units(self) -> str:
        return "|".join(re.escape(spelt) for spelt in self.scales)

    @cached_property
    def _split(self) -> re.Pattern[str]:
        return re.compile(f"({_NUMBER}){_SPACE}({self._units})")

    @cached_property
    def read(self) -> Callable[[object], float | None]:
        """What returns a number or a string with a unit in the stored unit, or None when it is not one of ours."""
        least, most, whole, times, over, text = self.minimum, self.maximum, self.whole, *self.scale, self._text

        def read(value: object) -> float | None:
            if type(value) is int or type(value) is float:
                return value * times / over if least <= value <= most and (not whole or value == floor(value)) else None
            return text(value) if type(value) is str else None

        return read

    def _text(self, text: str) -> float | None:
        written = self._split.fullmatch(text) if self.scales else None
        return self.in_unit(float(written[1]), written[2]) if written else None

    def in_unit(self, value: float, unit: str) -> float | None:
        """Return so many of a unit that may be written in the stored unit, or None beyond the bounds."""
        if not self.minimum <= value <= self.limits[unit]:
            return None
        times, over = self.scales[unit]
        return value * times / over

    def written(self, stored: float) -> float:
        """Return a number in the stored unit as it is written in the documented one."""
        times, over = self.scale
        return stored * over / times

    def number_schema(self, maximum: float | None = None) -> dict[str, Any]:
        """Return the JSON Schema of the bare number."""
        kind = "integer" if self.whole else "number"
        return {"type": kind, "minimum": self.minimum, "maximum": self.maximum if maximum is None else maximum}

    def schemas(self) -> list[dict[str, Any]]:
        """Return the JSON Schemas of what `read` takes: the number, and the string if any unit may be written.

        A pattern cannot compare numbers: the string's own bound is told in words.
        """
        most = " ".join(filter(None, (f"{self.maximum:.15g}", self.unit)))
        text = {
            "type": "string",
            "pattern": f"^{_NUMBER}{_SPACE}(?:{self._units})$",
            "description": f"Worth at most {most}",
        }
        return [self.number_schema(), text] if self.scales else [self.number_schema()]

    def _known(self, spelt: str) -> str:
        return self.spellings.get(spelt, spelt)


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
_GAS = {f"{short}{end}": f"{short}CO2e" for end in ("CO2e", "") for short in ("kg", "g", "t")}
_WAY = _same("km", "mi", "miles")
_MASS = _same("g", "kg", "t")
_THOUSANDS = {"k": 1e3, "M": 1e6, "Md": 1e9, "bn": 1e9}

SHARE = Measure("Share", 1.0, multiples={"%": 0.01})
COUNT = Measure("Count", 1e15, multiples=_THOUSANDS)
PEOPLE = Measure("People", 1e12, minimum=TINIEST, multiples=_THOUSANDS)
MONEY = Measure("Money", 1e12, multiples=_THOUSANDS, advice="; the currency is the plan's, written once in currency")
FREQUENCY = Measure("Frequency", 1e6, minimum=TINIEST)
CAP = Measure("FrequencyCap", 1e6, minimum=1.0)
PATHS = Measure("AuctionPaths", 1e5, minimum=1.0)
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
DISTANCE = Measure("Distance", 1e7, "km", "km", spellings=_WAY)
MASS = Measure("Mass", 1e5, "kg", "kg", minimum=TINIEST, spellings=_MASS)
GENERATED = Measure("Generated", 1e12, multiples=_THOUSANDS)
TOKENS = Measure("Tokens", 1e9, minimum=TINIEST, multiples=_THOUSANDS)
CLIP = Measure("Clip", 3600.0, "s", "s", minimum=TINIEST, spellings=_same("s", "sec", "min"))
GRID = Measure("GridIntensity", 10_000.0, "g/kWh", "kgCO2e/kWh", spellings=_GRID)
EMISSIONS = Measure("Emissions", 1e12, "kgCO2e", "kgCO2e", spellings=_GAS)
INTENSITY = Measure("Intensity", 1e12, "gCO2e", "gCO2e", spellings=_GAS)
MEASURES = (
    SHARE,
    COUNT,
    PEOPLE,
    MONEY,
    FREQUENCY,
    CAP,
    PATHS,
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
    DISTANCE,
    MASS,
    GENERATED,
    TOKENS,
    CLIP,
    GRID,
    EMISSIONS,
    INTENSITY,
)
