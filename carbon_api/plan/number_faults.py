"""Why a number was refused, in words. Only what was refused comes here, so this may take its time."""

import re
from decimal import Decimal
from math import isfinite

from carbon_api.plan.findings import Refused, did_you_mean, nearest, quoted, refused
from carbon_api.plan.measures import MEASURES, Measure
from carbon_api.units import coherent

_LOOSE = re.compile(
    r"(?P<sign>[-−+]?)\s*(?P<number>[0-9][0-9.,_'’ \u00a0\u202f]*(?:[eE][-+]?[0-9]+)?)(?P<unit>.*)", re.DOTALL
)
_AMBIGUOUS = re.compile(r",[0-9]{3}$")  # 1,500 is a thousand and a half to some, one and a half to others
_CLOCK = re.compile(r":[0-9]")
_LEAST_PERCENT = 2  # what is a little above 1 is a slip of the pen, not a percentage


def number_fault(measure: Measure, value: object) -> Refused:
    """Return what is wrong with a value that `measure` does not read."""
    if isinstance(value, str):
        return _text_fault(measure, value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return refused(
            "null" if value is None else "not-a-number", f"{quoted(value)} is not a number; {_for_instance(measure)}"
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
    if _is_alike(measure, unit):
        return refused("unknown-unit", f"{quoted(unit)} is not taken here; write one of {_units(measure)}", known)
    if any(unit in other.scales for other in MEASURES):
        return refused(
            "wrong-dimension", f"{quoted(unit)} measures something else; write one of {_units(measure)}", known
        )
    return refused(
        "unknown-unit",
        f"{quoted(unit)} is not a unit known here{did_you_mean(unit, known)}; write one of {_units(measure)}",
        known,
    )


def _is_alike(measure: Measure, unit: str) -> bool:
    """Whether a unit that another measure takes measures the same thing: hours, where seconds and minutes may stand."""
    names = {other.spellings[unit] for other in MEASURES if unit in other.spellings}
    return bool(measure.stored) and any(coherent(name)[1] == coherent(measure.stored)[1] for name in names)


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
    if "%" not in measure.scales or not _LEAST_PERCENT <= value <= measure.limits["%"]:
        return ""
    return f'; a share is between 0 and 1: write {value / measure.limits["%"]:.15g} or "{value:.15g} %"'


def _text_fault(measure: Measure, text: str) -> Refused:
    loose = _LOOSE.fullmatch(text)
    if loose is None or _CLOCK.match(loose["unit"]):
        return refused("not-a-number", f"{quoted(text)} is not a number; {_for_instance(measure)}")
    unit = loose["unit"].strip()
    if loose["sign"] in {"-", "−"}:
        return refused("negative", f"{quoted(text)} is negative; write zero or more")
    if unit and unit not in measure.scales:
        return unit_fault(measure, unit)
    digits = _digits(loose["number"].strip())
    if digits is None:
        return refused("not-a-number", f"{quoted(text)} is not written as a number is here; {_for_instance(measure)}")
    return _in_unit_fault(measure, text, digits, unit) if unit else _without_unit_fault(measure, text, digits)


def _in_unit_fault(measure: Measure, text: str, digits: str, unit: str) -> Refused:
    """Return what is wrong with digits before a good unit: the number, else how it is written."""
    if measure.in_unit(float(digits), unit) is None:
        return _bare_fault(measure, float(digits), measure.limits[unit], unit)
    rewritten = f"{digits} {unit}"
    mend = f'write "{rewritten}"' if measure.read(rewritten) is not None else _for_instance(measure)
    return refused("not-a-number", f"{quoted(text)} is not written as a number with a unit is here; {mend}")


def _without_unit_fault(measure: Measure, text: str, digits: str) -> Refused:
    """Return what is wrong with a text of digits alone: the number, else that it is a text without a unit."""
    if measure.read(float(digits)) is None:
        return _bare_fault(measure, float(digits), measure.maximum, measure.unit)
    code, what = ("missing-unit", "has no unit") if measure.unit else ("not-a-number", "is text, not a number")
    return refused(code, f"{quoted(text)} {what}; write {_forms(measure, digits)}")


def _digits(number: str) -> str | None:
    """Return a number as we would write it, if commas, grouping, an exponent or leading zeros are all that is wrong."""
    bare = re.sub(r"[_'’ \u00a0\u202f]", "", number)
    if _AMBIGUOUS.search(bare):
        return None
    bare = bare.replace(",", ".") if bare.count(",") == 1 and "." not in bare else bare.replace(",", "")
    return f"{Decimal(bare):f}" if re.fullmatch(r"[0-9]+(\.[0-9]{0,20})?([eE][-+]?[0-9]{1,2})?", bare) else None


def _forms(measure: Measure, digits: str) -> str:
    """Return the ways to write these digits in the documented unit; no other unit would mean what the caller meant."""
    of = f" ({measure.unit})" if measure.unit else ""
    bare, with_unit = f"the bare number {digits}{of}, without quotes", f"{digits} {measure.unit}"
    return f'{bare}, or "{with_unit}"' if measure.unit and measure.read(with_unit) is not None else bare


def _for_instance(measure: Measure) -> str:
    return f"write for instance {_forms(measure, '12' if measure.read(12) is not None else '0.6')}"


def _units(measure: Measure) -> str:
    return ", ".join(measure.scales) + measure.advice
