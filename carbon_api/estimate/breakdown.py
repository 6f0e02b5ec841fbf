"""Central sums of what was priced: in all, by stage and phase, line, platform, country.

A line's cells are added in their own order, and everything above a line by `math.fsum`, so that no sum depends on the
order of the lines.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import compress, product
from math import fsum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from carbon_api.estimate.pricing import Bound, Priced
from carbon_api.inventory.tables import order_of
from carbon_api.methods.method import MEDIA_DELIVERY, ON_SCREEN, PHASES, STAGES

Column = NDArray[np.float64]
StagePhase = tuple[str, str]
KEYS: tuple[StagePhase, ...] = tuple(product(STAGES, PHASES))
PLACES = {key: place for place, key in enumerate(KEYS)}
DELIVERED = len(MEDIA_DELIVERY) * len(PHASES)  # the keys of media delivery, which come first
WATCHED = [MEDIA_DELIVERY.index(stage) for stage in ON_SCREEN]
REST = [place for place in range(len(MEDIA_DELIVERY)) if place not in WATCHED]


@dataclass(frozen=True)
class Breakdown:
    """kgCO2e. `terms` is lines x stages and phases (KEYS); `priced` says which apply."""

    terms: Column
    priced: NDArray[np.bool_]

    @cached_property
    def stages(self) -> dict[StagePhase, float]:
        """The stages and phases that some line has."""
        places = np.flatnonzero(self.priced.any(axis=0)).tolist()
        return {KEYS[place]: fsum(self.terms[:, place].tolist()) for place in places}

    @cached_property
    def total(self) -> float:
        """The whole footprint."""
        return fsum(self.stages.values())

    @cached_property
    def lines(self) -> list[float]:
        """The whole of each line."""
        return [fsum(terms) for terms in self.terms[:, self.priced.any(axis=0)].tolist()]

    @cached_property
    def delivery(self) -> Column:
        """Each line's stages of delivery: lines x MEDIA_DELIVERY."""
        return np.asarray(_by_stage(self.terms).sum(axis=2))

    @cached_property
    def priced_lines(self) -> NDArray[np.bool_]:
        """Which lines have any stage at all."""
        return np.asarray(self.priced.any(axis=1))

    @cached_property
    def priced_stages(self) -> NDArray[np.bool_]:
        """Which stages of delivery each line has: lines x MEDIA_DELIVERY."""
        return np.asarray(_by_stage(self.priced).any(axis=2))

    @cached_property
    def priced_deliveries(self) -> NDArray[np.bool_]:
        """Which lines have any stage of delivery."""
        return np.asarray(self.priced_stages.any(axis=1))

    @cached_property
    def delivered(self) -> list[frozenset[str]]:
        """The stages of delivery that each line has."""
        return [_delivered(tuple(applies)) for applies in self.priced_stages.tolist()]

    @cached_property
    def rest(self) -> Column:
        """Each line's delivery but what is in proportion to the time on screen."""
        return np.asarray(self.delivery.take(REST, axis=1).sum(axis=1))

    @cached_property
    def watched(self) -> Column:
        """Each line's delivery in proportion to the time on screen: the device, or whole minutes."""
        return np.asarray(self.delivery[:, WATCHED].sum(axis=1))

    def of_stages(self, names: Iterable[str]) -> float:
        """The sum of some stages."""
        chosen = set(names)
        return fsum(value for (stage, _), value in self.stages.items() if stage in chosen)

    def by_line(self) -> Iterator[list[tuple[StagePhase, float]]]:
        """The stages and phases of each line, in order."""
        places = np.flatnonzero(self.priced.any(axis=0))
        keys = [KEYS[place] for place in places.tolist()]
        terms, priced = self.terms[:, places].tolist(), self.priced[:, places].tolist()
        for values, applies in zip(terms, priced, strict=True):
            yield [*compress(zip(keys, values, strict=True), applies)]


def break_down(priced: tuple[Priced, ...], lines: int) -> Breakdown:
    """The central sums of a priced inventory of that many lines."""
    terms = np.zeros((lines, len(KEYS)))
    applies = np.zeros(terms.shape, dtype=bool)
    for one in sorted(priced, key=lambda one: order_of(one.table.shape)):
        cells = np.add.reduceat(one.terms, one.table.starts, axis=1)
        by_line = np.zeros((cells.shape[1], len(KEYS)))
        for place, of_stage in zip(_places(one.bound), cells, strict=True):
            by_line[:, place] += of_stage
        owners = one.table.line[one.table.starts]
        if (owners[1:] > owners[:-1]).all():
            terms[owners] += by_line
        else:  # a line stands twice among them where it has two trips of one shape
            np.add.at(terms, owners, by_line)
        applies[owners[:, None], _places(one.bound)] = True
    return Breakdown(terms, applies)


def _by_stage(cells: NDArray[Any]) -> NDArray[Any]:
    """The cells of media delivery: lines x MEDIA_DELIVERY x PHASES."""
    return cells[:, :DELIVERED].reshape(-1, len(MEDIA_DELIVERY), len(PHASES))


@cache
def _delivered(applies: tuple[bool, ...]) -> frozenset[str]:
    return frozenset(compress(MEDIA_DELIVERY, applies))


@cache
def _places(bound: Bound) -> list[int]:
    return [PLACES[stage.stage, stage.phase] for stage in bound.stages]


def of_countries(priced: tuple[Priced, ...]) -> dict[str, float]:
    """kgCO2e by the country where it was emitted for."""
    cells: dict[str, list[float]] = {}
    for one in priced:
        for name, cell in zip(one.table.country, one.terms.sum(axis=0).tolist(), strict=True):
            cells.setdefault(name, []).append(cell)
    return {name: fsum(cells[name]) for name in sorted(cells)}


def energy(priced: tuple[Priced, ...]) -> float | None:
    """kWh of the stages whose electricity is published; None where none is."""
    if not any(one.bound.energy for one in priced):
        return None
    return fsum(value for one in priced for name in one.bound.energy for value in one.run[name].tolist())


def flow(priced: tuple[Priced, ...], name: str, weights: Column) -> float:
    """The sum of a tracked flow (views, screen hours), each line weighted."""
    return fsum(
        value
        for one in priced
        if name in one.bound.tracked
        for value in (one.run[name] * weights[one.table.line]).tolist()
    )
