"""A linear programme over factors of what is there: the least cost at which enough is kept. Solved by HiGHS."""

from collections.abc import Sequence
from typing import NamedTuple

INFEASIBLE = 2


class Limit(NamedTuple):
    """The sum of coefficients times factors is at most so much."""

    coefficients: Sequence[float]
    most: float


class Unsolved(ArithmeticError):
    """HiGHS gave up; the text is its own."""


def least(costs: Sequence[float], limits: Sequence[Limit], bounds: Sequence[tuple[float, float]]) -> list[float] | None:
    """The factors within their bounds at which the costs are least; None where nothing fits.

    Raises Unsolved where the solver fails.
    """
    from scipy.optimize import linprog  # not imported before it is asked for: it takes as long as an estimate

    found = linprog(
        costs,
        [limit.coefficients for limit in limits] or None,
        [limit.most for limit in limits] or None,
        bounds=bounds,
        method="highs",
    )
    if found.status == INFEASIBLE:
        return None
    if found.status:
        raise Unsolved(found.message)
    return [float(factor) for factor in found.x]
