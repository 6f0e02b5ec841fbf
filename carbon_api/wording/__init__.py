"""Numbers, units and sentences for people, in English and French.

French sets a narrow no-break space between thousands and before a percent sign, a comma before decimals and a no-break
space before a unit; English sets commas and a point. Masses of greenhouse gas are shown in the unit that keeps them
readable.
"""

from collections.abc import Mapping
from math import floor, log10
from typing import Any, Literal, NamedTuple

from carbon_api.wording.french import NARROW_NO_BREAK, NO_BREAK
from carbon_api.wording.sentences import SENTENCES

Language = Literal["en", "fr"]
LANGUAGES: tuple[Language, ...] = ("en", "fr")

MINUS = "\u2212"
WHOLE = 1 - 1e-9  # a share from here to 1 is whole but for the last digits of its sum


class MassUnit(NamedTuple):
    """A unit of greenhouse gas, and how many kilograms one of it is."""

    name: str
    kilograms: float


GRAM = MassUnit("gCO2e", 1e-3)
KILOGRAM = MassUnit("kgCO2e", 1.0)
TONNE = MassUnit("tCO2e", 1e3)


def say(key: str, language: Language, **values: str) -> str:
    """The sentence of this name in a language. KeyError for a name or a value that is not there."""
    return SENTENCES[key][LANGUAGES.index(language)].format(**values)


def retold(text: str, key: str, language: Language) -> str:
    """A text of an answer in a language: the sentence of this name, or of one of its kinds (`key_of_…`), if that is the
    text in English; else as it is."""
    kinds = (name for name in SENTENCES if name == key or name.startswith(f"{key}_of_"))
    return next((say(name, language) for name in kinds if text == SENTENCES[name][0]), text)


def number(value: float, language: Language, digits: int = 3) -> str:
    """A number to `digits` significant digits; the digits before the decimal sign are always all kept."""
    magnitude = floor(log10(abs(value))) if value else 0
    text = f"{value:,.{max(digits - 1 - magnitude, 0)}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return text if language == "en" else text.translate({ord(","): NARROW_NO_BREAK, ord("."): ","})


def with_unit(value: float, unit: str, language: Language, digits: int = 3) -> str:
    """A number and its unit, never parted by a line break; a plain number, of unit 1, stands alone."""
    text = number(value, language, digits)
    if unit == "%":
        return text + _percent_sign(language)
    return text if unit == "1" else f"{text}{NO_BREAK}{unit}"


def percent(share: float, language: Language) -> str:
    """A share of 1 as a percentage. One that is there but would round to nothing reads "<1%", one that is not whole but
    would round to it ">99%"; below zero the same after a minus."""
    text = f"{abs(share):.0%}".rstrip("%")
    text = "<1" if share and text == "0" else text
    text = ">99" if abs(share) < WHOLE and text == "100" else text
    return f"{MINUS if share < 0 else ''}{text}{_percent_sign(language)}"


def _percent_sign(language: Language) -> str:
    return "%" if language == "en" else f"{NARROW_NO_BREAK}%"


def mass_unit(kilograms: float) -> MassUnit:
    """The unit in which a mass reads best: grams below a kilogram, tonnes from a thousand."""
    if abs(kilograms) >= TONNE.kilograms:
        return TONNE
    return KILOGRAM if abs(kilograms) >= KILOGRAM.kilograms else GRAM


def mass(kilograms: float, language: Language, unit: MassUnit | None = None) -> str:
    """A mass of greenhouse gas given in kilograms, in `unit` or in the unit that suits it."""
    unit = unit or mass_unit(kilograms)
    return with_unit(kilograms / unit.kilograms, unit.name, language)


def mass_range(figure: Mapping[str, Any], language: Language, unit: MassUnit | None = None) -> str:
    """The low and high of a figure in kgCO2e as words, in the unit of its central value; empty when it has none."""
    if "low" not in figure:
        return ""
    unit = unit or mass_unit(figure["central"])
    ends = {end: number(figure[end] / unit.kilograms, language) for end in ("low", "high")}
    return say("between", language, **ends)
