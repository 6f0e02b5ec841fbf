"""How often people see an ad under a cap, against the law added up person by person."""

from itertools import count, takewhile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carbon_api.advice.frequency import capped
from carbon_api.advice.frequency_report import FrequencyReport, reported
from carbon_api.plan.findings import Refused

CAPS = st.integers(1, 40)


def masses(untruncated: float, shape: float) -> list[float]:
    """The shares of people who see it 0, 1, 2 times and so on, by the recurrence of the negative binomial."""
    found = [(shape / (shape + untruncated)) ** shape]
    for times in takewhile(lambda times: times < 50 or found[-1] > 1e-15, count()):
        found.append(found[-1] * (times + shape) / (times + 1) * untruncated / (shape + untruncated))
    return found


@given(untruncated=st.floats(0.05, 20), shape=st.floats(0.2, 20), cap=CAPS)
def test_it_is_the_average_of_the_lesser_of_times_and_cap(untruncated: float, shape: float, cap: int) -> None:
    law = masses(untruncated, shape)
    reached = sum(law[1:])
    mean = sum(times * mass for times, mass in enumerate(law)) / reached
    expected = sum(min(times, cap) * mass for times, mass in enumerate(law)) / reached
    assert capped(mean, cap, shape) == pytest.approx(expected, rel=1e-6)


def test_a_geometric_law_has_a_closed_form() -> None:
    """mean x (1 - (1 - 1/mean)^cap); capping the mean of 4 at 4 would change nothing."""
    assert capped(4, 4, 1) == pytest.approx(4 * (1 - 0.75**4))


@given(mean=st.floats(1.001, 1000), cap=st.integers(1, 1000), shape=st.floats(0.01, 100))
def test_never_above_the_mean_nor_the_cap(mean: float, cap: int, shape: float) -> None:
    stays = capped(mean, cap, shape)
    assert 1 - 1e-9 <= stays <= min(mean, cap) * (1 + 1e-9)


def test_a_report_is_averaged_as_it_stands() -> None:
    report = FrequencyReport().read([0.5, "30 %", 0.2])
    assert reported(report) == pytest.approx(1.7)
    assert reported(report, 2) == pytest.approx(1.5)


@pytest.mark.parametrize("wrong", [[], None, [0.5, 0.4], [0.5, "half"], {"1": 1}])
def test_what_is_no_report_is_refused(wrong: object) -> None:
    with pytest.raises(Refused):
        FrequencyReport().read(wrong)
