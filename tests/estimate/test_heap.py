"""Sums that wait for one another are the sums of each."""

import numpy as np
from numpy.testing import assert_allclose

from carbon_api.estimate.heap import MOST_HELD, Heap

DRAWS = 20_000


def test_what_waits_is_added_up() -> None:
    dice = np.random.default_rng(1)
    added = [(dice.random((3, rows)), dice.random((rows, DRAWS))) for rows in (1, 40, 2, 30, 1)]
    assert sum(rows.size for _, rows in added) > MOST_HELD  # some is added up before the rest comes
    waiting = Heap(3, DRAWS)
    for weights, rows in added:
        waiting.add(weights, rows)
    wanted = sum(weights @ rows for weights, rows in added)
    assert_allclose(waiting.sums, wanted, rtol=1e-13)
    assert_allclose(waiting.sums, wanted, rtol=1e-13)  # asked again, nothing is added twice


def test_nothing_added_is_nothing() -> None:
    assert not Heap(2, 5).sums.any()
