"""Our quantiles are numpy's, to the bit."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_array_equal

from carbon_api.estimate.figures import TAILS, quantiles

PARTS = (*TAILS, 0.25, 0.75)


@pytest.mark.parametrize("count", [2, 3, 5, 100, 101, 121, 2000, 2001])
@given(data=st.data())
def test_quantiles_are_those_of_numpy(count: int, data: st.DataObject) -> None:
    seed = data.draw(st.integers(0, 2**32 - 1))
    draws = np.random.default_rng(seed).lognormal(sigma=3, size=(2, count)).round(data.draw(st.integers(0, 12)))
    assert_array_equal(quantiles(draws, PARTS), np.quantile(draws, PARTS, axis=1))
    assert_array_equal(quantiles(draws[0], PARTS), np.quantile(draws[0], PARTS))


@pytest.mark.parametrize("wrong", [np.nan, np.inf])
def test_what_is_not_finite_is_not_hidden(wrong: float) -> None:
    draws = np.arange(200.0)
    draws[7:17] = wrong
    with np.errstate(invalid="ignore"):
        assert_array_equal(quantiles(draws, PARTS), np.quantile(draws, PARTS))
