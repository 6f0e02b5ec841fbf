"""Draws of a factor that are the same for ever: a raw counter stream and our own quantiles, in float64.

numpy promises its bit generators across versions, not its distributions; so only raw words are taken from it. A stream
is keyed by seed and draw group, never by position: what one group draws does not depend on which others there are.
"""

import hashlib
from functools import lru_cache
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from carbon_api.factor_book.entry import Shape

Array = NDArray[np.float64]

Z_95 = 1.959963984540054  # the 97.5 point of the standard normal, where `low` and `high` of a lognormal lie
_HALF = 32  # of 64 raw bits the upper half places a draw in its stratum: exact in float64, and never on an edge

# Wichura, Algorithm AS 241 (PPND16), Applied Statistics 37 (1988) 477-484: numerator and denominator, falling degree
_CENTRE_UP_TO, _MIDDLE_UP_TO = 0.425, 5.0
_CENTRE = (
    (2509.0809287301226727, 33430.575583588128105, 67265.770927008700853, 45921.953931549871457),
    (13731.693765509461125, 1971.5909503065514427, 133.14166789178437745, 3.387132872796366608),
    (5226.495278852854561, 28729.085735721942674, 39307.89580009271061, 21213.794301586595867),
    (5394.1960214247511077, 687.1870074920579083, 42.313330701600911252, 1.0),
)
_MIDDLE = (
    (7.7454501427834140764e-4, 0.0227238449892691845833, 0.24178072517745061177, 1.27045825245236838258),
    (3.64784832476320460504, 5.7694972214606914055, 4.6303378461565452959, 1.42343711074968357734),
    (1.05075007164441684324e-9, 5.475938084995344946e-4, 0.0151986665636164571966, 0.14810397642748007459),
    (0.68976733498510000455, 1.6763848301838038494, 2.05319162663775882187, 1.0),
)
_TAIL = (
    (2.01033439929228813265e-7, 2.71155556874348757815e-5, 0.0012426609473880784386, 0.026532189526576123093),
    (0.29656057182850489123, 1.7848265399172913358, 5.4637849111641143699, 6.6579046435011037772),
    (2.04426310338993978564e-15, 1.4215117583164458887e-7, 1.8463183175100546818e-5, 7.868691311456132591e-4),
    (0.0148753612908506148525, 0.13692988092273580531, 0.59983220655588793769, 1.0),
)


class Ranged(Protocol):
    """What has a central value, a range and a shape: a row of the book, or anything like it."""

    @property
    def value(self) -> float: ...
    @property
    def low(self) -> float: ...
    @property
    def high(self) -> float: ...
    @property
    def shape(self) -> Shape: ...


def uniforms(seed: int, group: str, draws: int) -> Array:
    """Return `draws` numbers strictly inside (0, 1), shape (draws,), one in each of `draws` equal strata, shuffled.

    The same for the same seed, group and number of draws, whatever else is drawn.
    """
    key = int.from_bytes(hashlib.sha256(f"{seed}\0{group}".encode()).digest()[:16], "little")
    raw = np.random.Philox(key=key).random_raw(2 * draws)
    within = ((raw[:draws] >> _HALF) + 0.5) / 2.0**_HALF
    order = np.argsort(raw[draws:], kind="stable")
    return np.asarray((order + within) / draws, dtype=np.float64)


@lru_cache(maxsize=256)
def rising(seed: int, group: str, draws: int) -> NDArray[np.intp]:
    """Return the order in which the numbers of `uniforms` rise: the place of the least first; read-only."""
    order = np.argsort(uniforms(seed, group, draws), kind="stable")
    order.setflags(write=False)
    return order


def quantile(row: Ranged, u: Array) -> Array:
    """Return the values of a row at the probabilities `u`, of the same shape as `u`."""
    return spread_quantile(row.value, row.low, row.high, row.shape, u)


def spread_quantile(value: float, low: float, high: float, shape: Shape, u: Array) -> Array:
    """Return the values at the probabilities `u` of a distribution around `value`, of the same shape as `u`.

    lognormal: two pieces that meet at their median `value`, with `low` and `high` at 2.5 and 97.5 %.
    triangular: between `low` and `high` with mode `value`, which may be one of them. uniform: between them, all alike.
    exact: `value` throughout.
    """
    if shape == "exact":
        return np.full_like(u, value)
    if shape == "uniform":
        return np.asarray(low + u * (high - low))
    return _lognormal(value, low, high, u) if shape == "lognormal" else _triangular(value, low, high, u)


def _lognormal(value: float, low: float, high: float, u: Array) -> Array:
    z = normal_quantile(u) / Z_95
    return np.asarray(value * np.exp(np.where(z < 0, -np.log(low / value), np.log(high / value)) * z))


def _triangular(value: float, low: float, high: float, u: Array) -> Array:
    width, below, above = high - low, value - low, high - value
    rising = low + np.sqrt(u * width * below)
    falling = high - np.sqrt((1 - u) * width * above)
    return np.asarray(np.where(u * width < below, rising, falling))


def normal_quantile(u: Array) -> Array:
    """Return the standard normal quantile of probabilities strictly inside (0, 1), to about 1e-16 relative."""
    centred = u - 0.5
    quantiles = np.asarray(centred * _ratio(_CENTRE, _CENTRE_UP_TO**2 - centred * centred))
    outer = np.abs(centred) > _CENTRE_UP_TO
    distance = np.sqrt(-np.log(np.minimum(u[outer], 1 - u[outer])))
    far = np.where(distance <= _MIDDLE_UP_TO, _ratio(_MIDDLE, distance - 1.6), _ratio(_TAIL, distance - _MIDDLE_UP_TO))
    quantiles[outer] = np.copysign(far, centred[outer])
    return quantiles


def _ratio(coefficients: tuple[tuple[float, ...], ...], x: Array) -> Array:
    """Return the quotient of two polynomials of degree seven, each written in two halves."""
    above, below = coefficients[0] + coefficients[1], coefficients[2] + coefficients[3]
    return np.asarray(_polynomial(above, x) / _polynomial(below, x))


def _polynomial(coefficients: tuple[float, ...], x: Array) -> Array:
    total = np.full_like(x, coefficients[0])
    for coefficient in coefficients[1:]:
        total *= x
        total += coefficient
    return total
