"""Every number an inventory uses, once: where it comes from and how sure it is.

A code is an input's place in a ledger. What a release and its fixed choices give comes first, at the same codes for
every plan, so that what a line leaves open is worked out once; the caller's own numbers follow.
"""

from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from carbon_api.factor_book.entry import Row
from carbon_api.plan.model import Quantity

Status = Literal["given", "derived", "default", "factor"]
OF_ROWS: tuple[Status, ...] = ("factor", "default", "derived")
Number = TypeVar("Number", bound=np.generic)
OPEN = -1  # the code of a value that is yet to be filled


class Input(NamedTuple):
    """A number with its status: the caller's (`given`, `derived`), a default, or an emission factor.

    `row` is its row of the factor book; `mix` the rows it shares a whole with (a default device mix, normalised when
    drawn); `behind` those whose central values it was worked out from; `plus_minus` and `group` say how a caller's own
    uncertainty is drawn; no draw goes over `most`.
    """

    value: float
    status: Status
    row: Row | None = None
    mix: tuple[Row, ...] = ()
    plus_minus: float = 0.0
    group: str = ""
    most: float | None = None
    behind: tuple[Row, ...] = ()

    @property
    def rows(self) -> tuple[Row, ...]:
        """Every row of the factor book that it rests on."""
        return (*((self.row,) if self.row else ()), *self.mix, *self.behind)

    @property
    def is_exact(self) -> bool:
        """Whether every draw of it is its central value."""
        return not self.plus_minus and (self.row is None or self.row.shape == "exact")


class Ledger:
    """Inputs by code; equal inputs share one, but for a caller's exact numbers, which nothing shares."""

    def __init__(self, inputs: Iterable[Input] = ()) -> None:
        self.inputs = list(inputs)
        self._codes: dict[Input, int] = {}
        self._values: NDArray[np.float64] = np.zeros(0)
        self._defaults: NDArray[np.bool_] = np.zeros(0, dtype=bool)

    def shared(self, entry: Input) -> int:
        """The code of an input that others may share."""
        if entry not in self._codes:
            self._codes[entry] = self._add(entry)
        return self._codes[entry]

    def quantity(self, quantity: Quantity, field: str, status: Status) -> int:
        """The code of a number the caller gave, drawn once per field over the plan unless the caller groups it.

        A share is never drawn above 1.
        """
        if not quantity.plus_minus:
            return self._add(Input(quantity.value, status))
        group = f"given: {quantity.uncertainty_group or field}"
        most = 1.0 if field.endswith("_share") else None
        return self.shared(Input(quantity.value, status, plus_minus=quantity.plus_minus, group=group, most=most))

    def values(self) -> NDArray[np.float64]:
        """The central value of every input, by code."""
        if len(self._values) != len(self.inputs):
            self._values = _fixed(np.array([entry.value for entry in self.inputs], dtype=np.float64))
        return self._values

    def defaults(self) -> NDArray[np.bool_]:
        """Whether each input is a default, by code."""
        if len(self._defaults) != len(self.inputs):
            self._defaults = _fixed(np.array([entry.status == "default" for entry in self.inputs], dtype=bool))
        return self._defaults

    def lay_out(self) -> None:
        """Make the arrays of what is known so far."""
        self.values()
        self.defaults()

    def _add(self, entry: Input) -> int:
        self.inputs.append(entry)
        return len(self.inputs) - 1


def _fixed(column: NDArray[Number]) -> NDArray[Number]:
    """The column, which nobody can change: every plan reads it."""
    column.setflags(write=False)
    return column


def of_rows(rows: Iterable[Row]) -> Iterable[Input]:
    """The inputs of a release: each row under each status it can have."""
    return (Input(row.value, status, row) for row in rows for status in OF_ROWS)


def row_of(inputs: Sequence[Input], index: int) -> Row:
    """The row at that place of the release whose rows the inputs start with."""
    row = inputs[index * len(OF_ROWS)].row
    if row is None:
        raise LookupError(f"no row of the release at {index}")
    return row


def code_of(row: Row, status: Status = "factor") -> int:
    """The code of a row of the release under a status, the same in every ledger that starts with its rows."""
    return row.index * len(OF_ROWS) + OF_ROWS.index(status)
