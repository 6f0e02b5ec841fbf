"""Sums of draws that wait for one another: many small products of matrices cost more than a large one."""

from functools import cache

import numpy as np
from numpy.typing import NDArray

Draws = NDArray[np.float64]
MOST_HELD = 1_000_000  # draws: 8 MB


class Heap:
    """Weighted sums of rows of draws: outputs x draws."""

    def __init__(self, outputs: int, draws: int) -> None:
        _one_thread()
        self._sums = np.zeros((outputs, draws))
        self._weights: list[Draws] = []
        self._rows: list[Draws] = []
        self._held = 0

    def add(self, weights: Draws, rows: Draws) -> None:
        """Adds rows x draws, each weighted in every output: outputs x rows."""
        self._weights.append(weights)
        self._rows.append(rows)
        self._held += rows.size
        if self._held >= MOST_HELD:
            self._add_up()

    @property
    def sums(self) -> Draws:
        """All that was added."""
        if self._held:
            self._add_up()
        return self._sums

    def _add_up(self) -> None:
        self._sums += np.concatenate(self._weights, axis=1) @ np.concatenate(self._rows)
        self._weights, self._rows, self._held = [], [], 0


@cache
def _one_thread() -> None:
    """Have products of matrices worked out by the thread that asks: others would wait for one another, and for the
    service's own, ten times as long as the work takes."""
    from threadpoolctl import threadpool_limits

    threadpool_limits(1, "blas")
