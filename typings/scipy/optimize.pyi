from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

class OptimizeResult:
    status: int
    message: str
    fun: float
    x: NDArray[np.float64]

def linprog(
    c: Sequence[float],
    a_ub: Sequence[Sequence[float]] | None = ...,
    b_ub: Sequence[float] | None = ...,
    /,
    *,
    bounds: Sequence[tuple[float, float]],
    method: str = ...,
) -> OptimizeResult: ...
