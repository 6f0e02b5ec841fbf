"""Every number an inventory uses, once: where it comes from and how sure it is.

A code is an input's place in the ledger. The rows of a release come first, at the same codes for every plan, so that
what a line leaves open is worked out once per release; the caller's own numbers follow.
"""

from functools import cache
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from carbon_api.factor_book.book import Release
from carbon_api.factor_book.entry import Row
from carbon_api.plan.model import Quantity

Status = Literal["given", "derived", "default", "factor"]
OF_ROWS: tuple[Status, ...] = ("factor", "default", "derived")


class Input(NamedTuple):
    """A number with its status: the caller's (`given`, `derived`), a default, or an emission factor.

    `row` is its row of the factor book; `mix` the rows it shares a whole with (a default device mix, normalised when
    drawn); `plus_minus` and `group` say how a caller's own uncertainty is drawn.
    """

    value: float
    status: Status
    row: Row | None = None
    mix: tuple[Row, ...] = ()
    plus_minus: float = 0.0
    group: str = ""

    @property
    def is_exact(self) -> bool:
        """Whether every draw of it is its central value."""
        return not self.plus_minus and (self.row is None or self.row.shape == "exact")


@cache
def _of_release(release: Release) -> tuple[Input, ...]:
    return tuple(Input(row.value, status, row) for row in release.rows for status in OF_ROWS)


def code_of(row: Row, status: Status = "factor") -> int:
    """The code of a row of the release under a status, the same in every ledger."""
    return row.index * len(OF_ROWS) + OF_ROWS.index(status)


class Ledger:
    """The inputs of one inventory; equal inputs share a code."""

    def __init__(self, release: Release) -> None:
        self.inputs = list(_of_release(release))
        self._codes: dict[object, int] = {}

    def exact(self, value: float, status: Status = "derived") -> int:
        """The code of a number that carries no uncertainty."""
        key = (value, status)
        if key not in self._codes:
            self._codes[key] = self._add(Input(value, status))
        return self._codes[key]

    def quantity(self, quantity: Quantity, name: str, status: Status = "given") -> int:
        """The code of a number the caller gave, drawn once per field over the plan unless the caller groups it."""
        if not quantity.plus_minus:
            return self.exact(quantity.value, status)
        group = f"given: {quantity.uncertainty_group or name}"
        return self._code(Input(quantity.value, status, plus_minus=quantity.plus_minus, group=group))

    def share_of_mix(self, row: Row, mix: tuple[Row, ...]) -> int:
        """The code of one share of a default mix."""
        return self._code(Input(row.value, "default", row, mix))

    def values(self) -> NDArray[np.float64]:
        """The central value of every input, by code."""
        return np.array([entry.value for entry in self.inputs], dtype=np.float64)

    def _code(self, entry: Input) -> int:
        if entry not in self._codes:
            self._codes[entry] = self._add(entry)
        return self._codes[entry]

    def _add(self, entry: Input) -> int:
        self.inputs.append(entry)
        return len(self.inputs) - 1
