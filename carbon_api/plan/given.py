"""What one line gives, defaults under its own values, and the arithmetic that derives what is missing."""

from collections.abc import Iterable, Mapping
from math import expm1, hypot, log1p
from typing import Any, Literal

from carbon_api.errors import step
from carbon_api.plan.findings import Faults
from carbon_api.plan.model import Quantity

Status = Literal["given", "derived"]

AGREEMENT = 0.01  # two ways to say the same number may differ by one per cent, as rounded figures do
_MOST = 1e15  # of anything derived, as of anything given


class Given(dict[str, Any]):
    """A line's values by English name, and the faults found among them, with pointers relative to the line."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        super().__init__(values)
        self.faults = Faults()

    def refuse(self, name: str, code: str, detail: str, valid_values: Iterable[str] = ()) -> None:
        """Note a fault of the value `name`, or of the whole line when `name` is empty."""
        self.faults.note(code, detail, valid_values, step(name) if name else "")

    def has(self, *names: str) -> bool:
        """Say whether all these are given."""
        return self.keys() >= set(names)

    def take(self, *names: str) -> dict[str, Any]:
        """Return the values of these names, None where one was not given."""
        return {name: self.get(name) for name in names}

    def at_most_one(self, *names: str) -> None:
        """Refuse all but the first of these when several are given."""
        first, *others = [name for name in names if name in self] or [""]
        for other in others:
            self.refuse(other, "contradiction", f"{other} and {first} say the same thing; keep one of the two")

    def agree(self, name: str, one: float, what_one_is: str, other: float, what_other_is: str) -> None:
        """Refuse the value `name` when two ways of saying the same number differ by more than one per cent."""
        if abs(one - other) > AGREEMENT * max(one, other):
            detail = f"{what_one_is} is {one:.6g} but {what_other_is} is {other:.6g}; correct one, or leave one out"
            self.refuse(name, "contradiction", detail)

    def at_most(self, name: str, most: float, why: str) -> None:
        """Refuse the value `name` when it is more than one per cent above `most`."""
        value = self[name].value
        if value > most * (1 + AGREEMENT):
            self.refuse(name, "contradiction", f"{name} is {value:.6g} but {why} {most:.6g}; correct one of the two")

    def derived(self, name: str, amount: Quantity) -> Quantity | None:
        """Return an amount derived for `name`, or None after refusing one beyond any count."""
        if amount.value <= _MOST:
            return amount
        self.refuse("", "too-large", f"{name} comes to {amount.value:.3g}; at most {_MOST:g}")
        return None


def times(one: Quantity, other: Quantity) -> Quantity:
    """Return the product, as unsure as its factors are together."""
    return Quantity(one.value * other.value, *_doubt(one, other))


def over(one: Quantity, other: Quantity) -> Quantity:
    """Return the quotient, as unsure as its terms are together. `other` is not zero."""
    inverse = other
    if other.uncertainty_group:  # it falls where its group rises: so says a half-width below zero
        inverse = other._replace(plus_minus=-other.plus_minus / (1 + other.plus_minus))
    return Quantity(one.value / other.value, *_doubt(one, inverse))


def _doubt(one: Quantity, other: Quantity) -> tuple[float, str | None]:
    """Return the half-width and the group of a product of lognormals.

    Factors of one named group move together, so the logarithms of their widths add up, or cancel out. Others move
    apart, and add their variances; the product then belongs to no group: its whole width is kept, not the part of it
    that moves with a group's other members.
    """
    unsure = [quantity for quantity in (one, other) if quantity.plus_minus]
    if not one.plus_minus or not other.plus_minus:
        return (unsure[0].plus_minus, unsure[0].uncertainty_group) if unsure else (0.0, None)
    first, second, group = log1p(one.plus_minus), log1p(other.plus_minus), one.uncertainty_group
    if group and group == other.uncertainty_group:
        return expm1(first + second), group
    return expm1(hypot(first, second)), None
