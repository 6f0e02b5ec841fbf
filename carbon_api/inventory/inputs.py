"""Every number an inventory uses, once: where it comes from and how sure it is."""

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from carbon_api.factor_book.entry import Row
from carbon_api.plan.model import Quantity

Status = Literal["given", "derived", "default", "factor"]


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


@dataclass(slots=True)
class Ledger:
    """The inputs of one inventory. A code is an input's place; equal inputs share one."""

    inputs: list[Input] = field(default_factory=list)
    codes: dict[Input | tuple[int, Status], int] = field(default_factory=dict)

    def exact(self, value: float, status: Status = "derived") -> int:
        """The code of a number that carries no uncertainty."""
        return self._code(Input(value, status))

    def quantity(self, quantity: Quantity, name: str, status: Status = "given") -> int:
        """The code of a number the caller gave, drawn once per field over the plan unless the caller groups it."""
        if not quantity.plus_minus:
            return self._code(Input(quantity.value, status))
        group = f"given: {quantity.uncertainty_group or name}"
        return self._code(Input(quantity.value, status, plus_minus=quantity.plus_minus, group=group))

    def factor(self, row: Row, status: Status = "factor") -> int:
        """The code of a row of the factor book."""
        key = (row.index, status)
        if key not in self.codes:
            self.codes[key] = self._add(Input(row.value, status, row))
        return self.codes[key]

    def share_of_mix(self, row: Row, mix: tuple[Row, ...]) -> int:
        """The code of one share of a default mix."""
        return self._code(Input(row.value, "default", row, mix))

    def values(self) -> NDArray[np.float64]:
        """The central value of every input, by code."""
        return np.array([entry.value for entry in self.inputs], dtype=np.float64)

    def _code(self, entry: Input) -> int:
        if entry not in self.codes:
            self.codes[entry] = self._add(entry)
        return self.codes[entry]

    def _add(self, entry: Input) -> int:
        self.inputs.append(entry)
        return len(self.inputs) - 1
