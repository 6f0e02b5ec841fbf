"""The time watched of a shorter video, against curves added up second by second."""

from math import exp, log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carbon_api.advice.retention import by_average, by_quartiles, seen

SHARES = st.floats(0.01, 1)
STEPS = 20_000


def test_straight_lines_between_quartiles() -> None:
    """0.8, 0.6, 0.5, 0.4 reach the quarters: 9.75 s of 15 are watched, 5.04 s of them in the first six."""
    reached = (0.8, 0.6, 0.5, 0.4)
    assert 15 * seen(reached, 1) == pytest.approx(9.75)
    assert 15 * seen(reached, 6 / 15) == pytest.approx(3.375 + (0.8 + 0.68) / 2 * 2.25)
    assert by_quartiles(reached, 6 / 15) == pytest.approx(5.04 / 9.75)


def test_people_leave_at_a_constant_rate() -> None:
    """Where a quarter reaches the end, half reaches the middle: the first half holds two thirds of the time."""
    assert by_average(0.75 / log(4), 0.5) == pytest.approx(2 / 3)


@given(rate=st.floats(0.05, 40), stays=SHARES)
def test_the_assumed_curve_has_the_mean_that_was_given(rate: float, stays: float) -> None:
    curve = [exp(-rate * (step + 0.5) / STEPS) for step in range(STEPS)]
    kept = sum(curve[: round(stays * STEPS)]) / sum(curve)
    assert by_average(sum(curve) / STEPS, stays) == pytest.approx(kept, abs=2e-3)


@given(watched=st.floats(0, 1.5), stays=SHARES)
def test_never_less_than_the_ratio_of_the_lengths(watched: float, stays: float) -> None:
    kept = by_average(watched, stays)
    assert stays * (1 - 1e-9) <= kept <= 1
    assert watched < 1 or kept == stays


@given(drawn=st.lists(st.floats(0, 1), min_size=4, max_size=4), stays=SHARES)
def test_quartiles_never_give_less_either(drawn: list[float], stays: float) -> None:
    kept = by_quartiles(sorted(drawn, reverse=True), stays)
    assert stays * (1 - 1e-9) <= kept <= 1 + 1e-9
