"""A refused number is answered with ways to write it, and each of them, when sent, means what the caller wrote."""

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from refusing import line, the_refusal

from carbon_api.plan.findings import Refused
from carbon_api.plan.measures import MEASURES, SHARE, Measure
from carbon_api.plan.quantities import QuantityField

GROUPS = (" ", "\u202f", "_", "'")


def answer(measure: Measure, value: object) -> str:
    """What is said of a value that is refused; nothing when it is read."""
    try:
        QuantityField(measure).read(value)
    except Refused as error:
        [finding] = error.findings
        return finding.detail
    return ""


def suggestions(detail: str) -> list[float | str]:
    """The ways of writing a number that a message offers."""
    offered = detail.partition("write ")[2]
    bare = re.findall(r"(?<![\w.\"])[0-9]+(?:\.[0-9]+)?(?![\w.\"])", offered.split(", or")[0].split(" or ")[0])
    return [*map(float, bare), *re.findall(r'"([^"]*)"', offered)]


@st.composite
def slips(draw: st.DrawFn) -> tuple[str, Decimal]:
    """A number as a spreadsheet shows it, and what it is."""
    number = draw(st.decimals(0, 2_000_000, places=draw(st.integers(0, 4))))
    grouped = f"{number:,}".replace(",", draw(st.sampled_from(GROUPS)))
    written = draw(st.sampled_from((f"{number:f}", grouped, f"{number:e}", f"0{number:f}", f" {number:f}")))
    comma = number.as_tuple().exponent != -3  # 1,500 may be either
    return (written.replace(".", ",") if comma and draw(st.booleans()) else written), number


@pytest.mark.parametrize("measure", MEASURES, ids=lambda measure: measure.name)
@given(slip=slips())
def test_a_number_without_its_unit_is_offered_in_the_documented_one(
    measure: Measure, slip: tuple[str, Decimal]
) -> None:
    written, number = slip
    means = measure.read(float(number))
    offered = [] if means is None else suggestions(answer(measure, written))
    assert len(offered) == (0 if means is None else 1 + bool(measure.unit))
    assert [measure.read(each) for each in offered] == pytest.approx([means] * len(offered), rel=1e-14)


@pytest.mark.parametrize("measure", [each for each in MEASURES if each.scales], ids=lambda measure: measure.name)
@given(slip=slips(), data=st.data())
def test_a_badly_written_number_keeps_its_unit(
    measure: Measure, slip: tuple[str, Decimal], data: st.DataObject
) -> None:
    written, number = slip
    unit = data.draw(st.sampled_from(sorted(measure.scales)))
    detail, means = answer(measure, f"{written} {unit}"), measure.in_unit(float(number), unit)
    if detail and means is not None:
        assert [measure.read(each) for each in suggestions(detail)] == pytest.approx([means], rel=1e-14)


@given(st.floats(1, 200, exclude_min=True))
def test_a_percentage_is_offered_where_one_was_meant(number: float) -> None:
    offered = suggestions(answer(SHARE, number))
    assert len(offered) == (2 if 2 <= number <= 100 else 0)
    assert [SHARE.read(each) for each in offered] == pytest.approx([number / 100] * len(offered), rel=1e-14)


@pytest.mark.parametrize("measure", MEASURES, ids=lambda measure: measure.name)
@pytest.mark.parametrize("value", [None, "many", "1,500", "00:15", [3]])
def test_an_example_can_be_sent(measure: Measure, value: object) -> None:
    detail = answer(measure, value)
    assert "write for instance" in detail
    assert suggestions(detail)
    assert None not in map(measure.read, suggestions(detail))


@pytest.mark.parametrize(
    ("field", "value", "offered"),
    [
        ("impressions", "1000", "write the bare number 1000, without quotes"),
        ("impressions", "1 200 000", "write the bare number 1200000, without quotes"),
        ("weight", "1.5", 'write the bare number 1.5 (MB), without quotes, or "1.5 MB"'),
        ("weight", "1,5 Mo", 'write "1.5 Mo"'),
        ("on_target_share", "0.6", "write the bare number 0.6, without quotes"),
        ("on_target_share", "60", 'write 0.6 or "60 %"'),
        ("cpm", "5", "write the bare number 5, without quotes"),
    ],
)
def test_the_callers_digits_stay_as_they_are(field: str, value: str, offered: str) -> None:
    assert the_refusal(line("ad", **{field: value})).detail.endswith(offered)


def test_a_share_a_little_above_one_is_no_percentage() -> None:
    assert the_refusal(line("ad", country={"FR": 1.0000001})).detail == "1.0000001 is too large: at most 1"
