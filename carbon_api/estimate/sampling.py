"""Draws of an inventory's inputs: one stream per draw group, shared by every cell that uses it."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from carbon_api.factor_book.draws import quantile, spread_quantile, uniforms
from carbon_api.factor_book.entry import Row
from carbon_api.inventory.inputs import Input

Draws = NDArray[np.float64]


def draw(entry: Input, seed: int, draws: int) -> Draws:
    """The draws of one input that is not exact."""
    sample = _draw(entry, seed, draws)
    return sample if entry.most is None else np.minimum(sample, entry.most)


def _draw(entry: Input, seed: int, draws: int) -> Draws:
    if entry.row is None:
        return _given_draws(entry, seed, draws)
    if entry.mix:
        whole = np.sum([_row_draws(row, seed, draws) for row in entry.mix], axis=0)
        return np.asarray(_row_draws(entry.row, seed, draws) / whole)
    return _row_draws(entry.row, seed, draws)


def group_of(entry: Input) -> str:
    """The draw group of an input that is not exact."""
    return entry.row.group if entry.row else entry.group


@lru_cache(maxsize=4096)
def _row_draws(row: Row, seed: int, draws: int) -> Draws:
    sample = quantile(row, uniforms(seed, row.group, draws))
    sample.flags.writeable = False
    return sample


def _given_draws(entry: Input, seed: int, draws: int) -> Draws:
    """A caller's plus or minus is a lognormal whose 95 % ends are the value divided and multiplied by 1 + it.

    Drawn around 1, because the value may be 0.
    """
    widest = 1 + entry.plus_minus
    u = uniforms(seed, entry.group, draws)
    return entry.value * spread_quantile(1.0, 1 / widest, widest, "lognormal", u)
