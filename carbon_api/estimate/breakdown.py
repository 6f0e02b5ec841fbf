"""Central sums of what was priced: in all, by stage and phase, line, platform, country.

A line's cells are added in their own order, and everything above a line by `math.fsum`, so that no sum depends on the
order of the lines.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from math import fsum

import numpy as np
from numpy.typing import NDArray

from carbon_api.estimate.pricing import Priced
from carbon_api.methods.method import MEDIA_DELIVERY, PHASES, STAGES

Column = NDArray[np.float64]
StagePhase = tuple[str, str]
KEYS: tuple[StagePhase, ...] = tuple(product(STAGES, PHASES))
PLACES = {key: place for place, key in enumerate(KEYS)}
REST = [place for place, (stage, _) in enumerate(KEYS) if stage in MEDIA_DELIVERY and stage != "device"]
DEVICE = [place for place, (stage, _) in enumerate(KEYS) if stage == "device"]


@dataclass(frozen=True)
class Breakdown:
    """kgCO2e, and kWh for `energy`. `terms` is lines x stages and phases (KEYS); `priced` says which apply."""

    terms: Column
    priced: NDArray[np.bool_]
    countries: dict[str, float]
    energy: float

    @cached_property
    def total(self) -> float:
        """The whole footprint."""
        return fsum(self.terms.ravel().tolist())

    @cached_property
    def lines(self) -> list[float]:
        """The whole of each line."""
        return [fsum(terms) for terms in self.terms.tolist()]

    @cached_property
    def delivery(self) -> list[tuple[float, float]]:
        """Each line's delivery: every stage but the device's, and the device's."""
        return [(fsum(rest), fsum(device)) for rest, device in zip(*self._parts(), strict=True)]

    @cached_property
    def stages(self) -> dict[StagePhase, float]:
        """The stages and phases that some line has."""
        return {
            key: fsum(self.terms[:, place].tolist()) for key, place in PLACES.items() if self.priced[:, place].any()
        }

    def of_stages(self, names: Iterable[str]) -> float:
        """The sum of some stages."""
        chosen = set(names)
        return fsum(value for (stage, _), value in self.stages.items() if stage in chosen)

    def by_line(self) -> Iterator[list[tuple[StagePhase, float]]]:
        """The stages and phases of each line, in order."""
        places = np.flatnonzero(self.priced.any(axis=0)).tolist()
        keys = [KEYS[place] for place in places]
        terms, priced = self.terms[:, places].tolist(), self.priced[:, places].tolist()
        for values, applies in zip(terms, priced, strict=True):
            yield [(key, value) for key, value, one in zip(keys, values, applies, strict=True) if one]

    def _parts(self) -> tuple[list[list[float]], list[list[float]]]:
        return self.terms[:, REST].tolist(), self.terms[:, DEVICE].tolist()


def break_down(priced: tuple[Priced, ...], lines: int) -> Breakdown:
    """The central sums of a priced inventory of that many lines."""
    terms = np.zeros((lines, len(KEYS)))
    applies = np.zeros(terms.shape, dtype=bool)
    countries: dict[str, list[float]] = {}
    for table in priced:
        cells, owners = np.array(table.terms), table.table.line
        starts = np.flatnonzero(np.diff(owners, prepend=-1))
        sums = np.add.reduceat(cells, starts, axis=1)
        for stage, by_line in zip(table.stages, sums, strict=True):
            place = PLACES[stage.stage, stage.phase]
            terms[owners[starts], place] += by_line
            applies[owners[starts], place] = True
        _add_countries(countries, table.table.country, cells.sum(axis=0))
    energy = fsum(value for table in priced for value in table.energy.tolist())
    return Breakdown(terms, applies, {name: fsum(parts) for name, parts in countries.items()}, energy)


def _add_countries(countries: dict[str, list[float]], names: Sequence[str], cells: Column) -> None:
    for name, cell in zip(names, cells.tolist(), strict=True):
        countries.setdefault(name, []).append(cell)


def flow(priced: tuple[Priced, ...], name: str, weights: Column) -> float:
    """The sum of a tracked flow (views, screen hours), each line weighted."""
    return fsum(
        value
        for table in priced
        if name in table.flows
        for value in (table.flows[name] * weights[table.table.line]).tolist()
    )
