"""Draws: stratified, keyed by seed and group alone, and turned into factors by quantiles checked against other code."""

from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from carbon_api.factor_book.book import book
from carbon_api.factor_book.draws import normal_quantile, quantile, spread_quantile, uniforms
from carbon_api.factor_book.entry import Shape

SHAPES: tuple[Shape, ...] = ("lognormal", "triangular", "uniform", "exact")
positive = st.floats(1e-9, 1e9)
ratio = st.floats(1.01, 20)
FIRST_DRAWS = [0.023940556799061596, 0.2434233853360638, 0.7975895023671911, 0.9998054336523637, 0.5784871183102951]


@given(seed=st.integers(0, 2**63), group=st.text(max_size=20), draws=st.integers(1, 500))
def test_one_draw_falls_in_each_stratum(seed: int, group: str, draws: int) -> None:
    u = uniforms(seed, group, draws)
    assert u.dtype == np.float64
    assert ((u > 0) & (u < 1)).all()
    assert_array_equal(np.sort(np.floor(u * draws)), np.arange(draws))


def test_streams_are_keyed_by_seed_and_group_and_do_not_follow_one_another() -> None:
    a, b, c = uniforms(1, "grid ember", 2000), uniforms(1, "network", 2000), uniforms(2, "grid ember", 2000)
    assert_array_equal(a, uniforms(1, "grid ember", 2000))
    for one, other in ((a, b), (a, c), (b, c)):
        assert abs(np.corrcoef(one, other)[0, 1]) < 0.1
    assert uniforms(1, "1 grid", 3).tolist() != uniforms(11, " grid", 3).tolist()


def test_draws_never_change() -> None:
    """The first draws of a stream, as they were when it was made: they must read the same for ever."""
    assert uniforms(20261123, "grid ember", 5).tolist() == FIRST_DRAWS


def test_the_normal_quantile_agrees_with_the_standard_library() -> None:
    tails = 10.0 ** -np.arange(1.0, 18.0)
    u = np.concatenate([np.linspace(1e-6, 1 - 1e-6, 5001), tails, 1 - tails[:15]])
    assert_allclose(normal_quantile(u), [NormalDist().inv_cdf(p) for p in u.tolist()], rtol=1e-14, atol=1e-15)


@given(value=positive, below=ratio, above=ratio)
def test_a_lognormal_meets_low_value_and_high_where_it_says(value: float, below: float, above: float) -> None:
    low, high = value / below, value * above
    points = spread_quantile(value, low, high, "lognormal", np.array([0.025, 0.5, 0.975]))
    assert_allclose(points, [low, value, high], rtol=1e-9)


@given(low=st.floats(0, 1), mode=st.sampled_from([0.0, 1.0]) | st.floats(0.01, 0.99), width=st.floats(0.01, 1))
def test_a_triangle_inverts_its_closed_form(low: float, mode: float, width: float) -> None:
    high, value = low + width, low + mode * width
    u = np.linspace(0.001, 0.999, 99)
    x = spread_quantile(value, low, high, "triangular", u)
    with np.errstate(divide="ignore", invalid="ignore"):
        rising = (x - low) ** 2 / (high - low) / (value - low)
        falling = 1 - (high - x) ** 2 / (high - low) / (high - value)
    assert_allclose(
        np.where(x < value, rising, np.where(x > value, falling, (value - low) / (high - low))), u, atol=1e-6
    )


def test_a_uniform_has_the_spread_that_its_source_prints() -> None:
    """Mytton's Monte Carlo of YouTube at 720p: 1.94 GB an hour, plus or minus a standard deviation of 0.43."""
    found = book().release("2026.11").find("resolution.720p.bitrate")
    assert found
    drawn = quantile(found.row, uniforms(1, "any", 20_000))
    assert (drawn.mean(), drawn.std()) == (pytest.approx(1.95, abs=0.001), pytest.approx(0.433, abs=0.001))
    assert_allclose(np.quantile(drawn, [0, 0.25, 0.5, 0.75, 1]), [1.2, 1.575, 1.95, 2.325, 2.7], atol=1e-3)


@pytest.mark.parametrize("shape", SHAPES)
def test_quantiles_rise_with_probability(shape: Shape) -> None:
    x = spread_quantile(3.0, 1.0, 7.0, shape, np.linspace(1e-6, 1 - 1e-6, 1001))
    assert (np.diff(x) >= 0).all()
    assert (np.unique(x).size == 1) == (shape == "exact")


def test_every_row_of_the_book_can_be_drawn() -> None:
    u = uniforms(0, "any", 200)
    for row in book().release().rows:
        drawn = quantile(row, u)
        assert np.isfinite(drawn).all()
        assert (drawn >= 0).all()
        inside = np.mean((drawn >= row.low) & (drawn <= row.high))
        assert inside >= 0.945, row.id
