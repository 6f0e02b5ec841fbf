"""Units: what they are worth, and that nothing unknown or of another dimension gets through."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carbon_api.units import UnitError, coherent, conversion, registry

NAMES = ("h", "min", "s", "day", "month", "year", "GB", "Mo", "MiB", "kbit", "kWh", "W", "gCO2e", "view", "px", "%")


@pytest.mark.parametrize(
    ("unit", "worth", "name"),
    [
        ("MB", 1e-3, "GB"),
        ("Mo", 1e-3, "GB"),
        ("MiB", 1.048576e-3, "GB"),
        ("GiB", 1.073741824, "GB"),
        ("TB", 1000, "GB"),
        ("kbps", 4.5e-4, "GB/h"),
        ("Mbit/s", 0.45, "GB/h"),
        ("MB/min", 0.06, "GB/h"),
        ("s", 1 / 3600, "h"),
        ("day", 24, "h"),
        ("month", 730.5, "h"),
        ("mois", 730.5, "h"),
        ("year", 8766, "h"),
        ("W", 1e-3, "kWh/h"),
        ("J", 1 / 3.6e6, "kWh"),
        ("W/TB", 1e-6, "kWh/GB/h"),
        ("gCO2e/kWh", 1e-3, "kgCO2e/kWh"),
        ("tCO2e", 1000, "kgCO2e"),
        ("impressions", 1, "view"),
        ("1/path", 1, "1/path"),
        ("h/calendar_day", 1, "h/calendar_day"),
        ("%", 0.01, "1"),
        ("1", 1, "1"),
    ],
)
def test_a_unit_is_worth(unit: str, worth: float, name: str) -> None:
    assert coherent(unit) == (pytest.approx(worth, rel=1e-14), name)


@pytest.mark.parametrize(
    "unit", ["ton", "Gb", "mb", "GBs", "hs", "lb", "", " ", "g*", "/h", "h^2", "h**9", "1e9", "2 GB", "GB GB", "x" * 99]
)
def test_what_is_no_unit_is_refused_by_name(unit: str) -> None:
    with pytest.raises(UnitError) as refusal:
        coherent(unit)
    assert unit.strip() in refusal.value.detail


@pytest.mark.parametrize(("unit", "to"), [("kg", "kgCO2e"), ("GB", "h"), ("h/calendar_day", "1"), ("view", "1")])
def test_dimensions_are_never_crossed(unit: str, to: str) -> None:
    with pytest.raises(UnitError, match=rf"'{unit}' cannot be turned into '{to}'"):
        conversion(unit, to)


def test_a_wrong_case_is_answered_with_the_right_one() -> None:
    with pytest.raises(UnitError, match="did you mean GB"):
        coherent("Gb")


@given(st.sampled_from(NAMES), st.sampled_from(NAMES), st.sampled_from(["*", "/"]))
def test_pint_agrees_on_every_pair(one: str, other: str, operation: str) -> None:
    worth, name = coherent(f"{one}{operation}{other}")
    first, second = (registry().Quantity(1.0, name.replace("%", "percent")) for name in (one, other))
    expected = (first * second if operation == "*" else first / second).to_root_units()
    assert worth == pytest.approx(expected.magnitude, rel=1e-14)
    assert conversion(f"{one}{operation}{other}", name) == worth


def test_importing_units_does_not_import_pint() -> None:
    code = "import sys, carbon_api.units; sys.exit('pint' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)
