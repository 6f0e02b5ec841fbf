"""Rows in bunches that share every uncertain input, so that a method is run on many rows at once.

Rows are taken in an order that depends on their content alone.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from carbon_api.inventory.inputs import Input
from carbon_api.inventory.tables import Table, scales

Draws = NDArray[np.float64]
Rows = NDArray[np.intp]
ROWS_AT_A_TIME = 32


@dataclass(frozen=True, slots=True)
class Bunch:
    """Rows that share every uncertain input: `distinct` the ones to evaluate, `member` the place of each row's among
    them (rising), `starts` where each begins, `scale` what each row multiplies it by."""

    rows: Rows
    distinct: Rows
    member: Rows
    starts: Rows
    scale: Draws

    def summed(self, weights: Draws) -> Draws:
        """Weights of rows (the last axis), scaled and added up over the rows that share a distinct one."""
        return np.asarray(np.add.reduceat(weights * self.scale, self.starts, axis=-1))


def rank_of(inputs: Sequence[Input], uncertain: Iterable[int]) -> Rows:
    """A number for each uncertain input, by code, that depends on its content and not on the order of the plan; -1 for
    every other."""
    order = sorted(uncertain, key=lambda code: _content(inputs[code]))
    rank = np.full(len(inputs), -1, dtype=np.intp)
    rank[order] = np.arange(len(order))
    return rank


def _content(entry: Input) -> tuple[int, float, float, str, float]:
    row = entry.row
    place, named = (row.index, f"{row.id} {row.group}") if row else (-1, entry.group)
    return place, entry.value, entry.plus_minus, named, entry.most or 0.0


def bunches(table: Table, rank: Rows, values: Draws) -> Iterator[Bunch]:
    """The table's rows in bunches that share every uncertain input, at most so many rows to evaluate at a time."""
    keys, cells = rank[table.codes], values[table.codes]
    drawn = keys >= 0
    scaling = np.isin(table.columns, list(scales(table.columns))) & ~drawn
    scale = np.where(scaling, cells, 1.0).prod(axis=1)
    kept = np.where(drawn | scaling, 0.0, cells)
    order = np.lexsort((scale, *kept.T[::-1], *keys.T[::-1]))
    starts_bunch, starts_row = _starts(keys[order]), _starts(kept[order])
    starts_row[starts_bunch] = True
    for first, last in pairwise([*np.flatnonzero(starts_bunch).tolist(), len(order)]):
        yield from _split(order[first:last], starts_row[first:last], scale)


def _starts(keys: NDArray[Any]) -> NDArray[np.bool_]:
    """Where sorted rows differ from the one before."""
    return np.concatenate([[True], np.any(keys[1:] != keys[:-1], axis=1)])


def _split(rows: Rows, starts: NDArray[np.bool_], scale: Draws) -> Iterator[Bunch]:
    """A bunch, cut where it has too many rows to evaluate."""
    member = np.cumsum(starts) - 1
    for first in range(0, int(member[-1]) + 1, ROWS_AT_A_TIME):
        inside = (member >= first) & (member < first + ROWS_AT_A_TIME)
        places = np.flatnonzero(starts[inside])
        yield Bunch(rows[inside], rows[inside][places], member[inside] - first, places, scale[rows[inside]])
