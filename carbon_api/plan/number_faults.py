"""Why a number was refused, in words. Only what was refused comes here, so this may take its time."""

import re
from math import isfinite

from carbon_api.plan.findings import Refused, did_you_mean, nearest, quoted, refused
from carbon_api.plan.measures import MEASURES, Measure

_LOOSE = re.compile(
    r"(?P<sign>[-−+]?)\s*(?P<number>[0-9][0-9.,_'’ \u00a0\u202f]*(?:[eE][-+]?[0-9]+)?)(?P<unit>.*)", re.DOTALL
)
_AMBIGUOUS = re.compile(r",[0-9]{3}$")  # 1,500 is a thousand and a half to some, one and a half to others
_STRICT = re.compile(r"[0-9]+(\.[0-9]+)?")


def number_fault(measure: Measure, value: object) -> Refused:
    """Return what is wrong with a value that `measure` does not read."""
    if isinstance(value, str):
        return _text_fault(measure, value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return refused(
            "null" if value is None else "not-a-number", f"{quoted(value)} is not a number; write {_forms(measure)}"
        )
    return _bare_fault(measure, value, measure.maximum, measure.unit)


def limit_fault(measure: Measure, value: object, unit: str) -> Refused:
    """Return what is wrong with the number of {"value": number, "unit": unit}, the unit being a good one."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return refused(
            "not-a-number", f'{quoted(value)} is not a number; beside "unit" write a bare number, such as 12'
        )
    return _bare_fault(measure, value, measure.limits[unit], unit)


def unit_fault(measure: Measure, unit: str) -> Refused:
    """Return what is wrong with a unit: unknown, or of something else."""
    if not measure.scales:
        return refused(
            "unknown-unit", f"no unit may be written here; write the bare number instead of adding {quoted(unit)}"
        )
    known = nearest(unit, measure.scales)
    if any(unit in other.scales for other in MEASURES):
        return refused(
            "wrong-dimension", f"{quoted(unit)} measures something else; write one of {_units(measure)}", known
        )
    return refused(
        "unknown-unit",
        f"{quoted(unit)} is not a unit known here{did_you_mean(unit, known)}; write one of {_units(measure)}",
        known,
    )


def _bare_fault(measure: Measure, value: float, maximum: float, unit: str) -> Refused:
    of = f" {unit}" if unit else ""
    if isinstance(value, float) and not isfinite(value):
        return refused("not-finite", "a quantity is a finite number")
    if value < 0:
        return refused("negative", f"{quoted(value)} is negative; write zero or more")
    if value < measure.minimum:
        return refused(
            "too-small",
            f"{quoted(value)} is too small: write more than zero"
            if measure.minimum < 1
            else f"{quoted(value)} is too small: at least {measure.minimum:g}",
        )
    if value > maximum:
        return refused(
            "too-large", f"{quoted(value)} is too large: at most {maximum:.15g}{of}{_percent_hint(measure, value)}"
        )
    return refused("not-whole", f"{quoted(value)} is not a whole number")


def _percent_hint(measure: Measure, value: float) -> str:
    if "%" not in measure.scales or value > measure.limits["%"]:
        return ""
    return f'; a share is between 0 and 1: write {value / measure.limits["%"]:g} or "{value:g} %"'


def _text_fault(measure: Measure, text: str) -> Refused:
    loose = _LOOSE.fullmatch(text)
    if loose is None:
        return refused("not-a-number", f"{quoted(text)} is not a number; write {_forms(measure)}")
    number, unit = loose["number"].strip(" \u00a0\u202f"), loose["unit"].strip(" \u00a0\u202f")
    if loose["sign"] in {"-", "−"}:
        return refused("negative", f"{quoted(text)} is negative; write zero or more")
    if unit and unit not in measure.scales:
        return unit_fault(measure, unit)
    return _written_fault(measure, text, number, unit)


def _written_fault(measure: Measure, text: str, number: str, unit: str) -> Refused:
    """Return what is wrong with the digits, the unit being a good one or none at all."""
    plain = _plain(number)
    if plain is None or not _STRICT.fullmatch(number):
        detail = f"{quoted(text)} is not written as a number is here{_rewritten(measure, plain, unit)}"
    elif not unit:
        return refused("missing-unit", f"{quoted(text)} has no unit; write {_forms(measure, number)}")
    elif float(number) > measure.limits[unit] or (float(number) == 0 and measure.minimum):
        return _bare_fault(measure, float(number), measure.limits[unit], unit)
    else:
        detail = (
            f"{quoted(text)} is not written as a number with a unit is here; write for instance {measure.example()}, "
            "without spaces around, leading zeros or more than twenty decimals"
        )
    return refused("not-a-number", detail)


def _plain(number: str) -> str | None:
    """Return a number as we would write it, if a comma, a grouping space or an exponent is all that is wrong."""
    bare = re.sub(r"[_'’ \u00a0\u202f]", "", number)
    if _AMBIGUOUS.search(bare):
        return None
    bare = bare.replace(",", ".") if bare.count(",") == 1 and "." not in bare else bare.replace(",", "")
    return f"{float(bare):.15g}" if re.fullmatch(r"[0-9]+(\.[0-9]*)?([eE][-+]?[0-9]{1,2})?", bare) else None


def _rewritten(measure: Measure, plain: str | None, unit: str) -> str:
    if plain is None:
        return f"; write {_forms(measure)}"
    return f'; write "{plain} {unit}"' if unit else f"; write {_forms(measure, plain)}"


def _forms(measure: Measure, number: str = "12") -> str:
    of = f" ({measure.unit})" if measure.unit else ""
    bare = f"the bare number {number}{of}, without quotes"
    unit = next(iter(measure.scales), None)
    return f'{bare}, or a string with a unit such as "{number} {unit}"' if unit else bare


def _units(measure: Measure) -> str:
    return ", ".join(measure.scales) + measure.advice
