"""Central sums of what was priced, each an exact `math.fsum`: in all, by stage and phase, line, platform, country."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from math import fsum
from typing import TypeVar

from carbon_api.estimate.pricing import Priced
from carbon_api.methods.method import MEDIA_DELIVERY

StagePhase = tuple[str, str]
Key = TypeVar("Key")
Terms = Mapping[StagePhase, float]


@dataclass(frozen=True, slots=True)
class Breakdown:
    """kgCO2e, and kWh for `energy`. `lines` gives each priced line's stages and phases."""

    total: float
    energy: float
    stages: Mapping[StagePhase, float]
    lines: Mapping[int, Terms]
    countries: Mapping[str, float]

    def of_line(self, line: int) -> float:
        """The whole of a line."""
        return fsum(self.lines.get(line, {}).values())

    def delivery(self, line: int) -> tuple[float, float]:
        """A line's delivery: every stage but the device's, and the device's."""
        terms = self.lines.get(line, {})
        rest = fsum(value for (stage, _), value in terms.items() if stage in MEDIA_DELIVERY and stage != "device")
        return rest, fsum(value for (stage, _), value in terms.items() if stage == "device")

    def of_stages(self, names: Iterable[str]) -> float:
        """The sum of some stages."""
        chosen = set(names)
        return fsum(value for (stage, _), value in self.stages.items() if stage in chosen)


def break_down(priced: tuple[Priced, ...]) -> Breakdown:
    """The central sums of a priced inventory."""
    stages: defaultdict[StagePhase, list[float]] = defaultdict(list)
    lines: defaultdict[int, defaultdict[StagePhase, list[float]]] = defaultdict(lambda: defaultdict(list))
    countries: defaultdict[str, list[float]] = defaultdict(list)
    for table in priced:
        owners = table.table.line.tolist()
        for stage, term in zip(table.stages, table.terms, strict=True):
            values, key = term.tolist(), (stage.stage, stage.phase)
            stages[key] += values
            for owner, country, value in zip(owners, table.table.country, values, strict=True):
                lines[owner][key].append(value)
                countries[country].append(value)
    return Breakdown(
        total=fsum(value for values in stages.values() for value in values),
        energy=fsum(value for table in priced for value in table.energy.tolist()),
        stages=_sums(stages),
        lines={line: _sums(terms) for line, terms in lines.items()},
        countries=_sums(countries),
    )


def _sums(values: Mapping[Key, list[float]]) -> dict[Key, float]:
    return {key: fsum(parts) for key, parts in values.items()}


def flow(priced: tuple[Priced, ...], name: str, weight: Callable[[int], float]) -> float:
    """The weighted sum of a tracked flow (views, screen hours) over lines."""
    return fsum(
        value * weight(line)
        for table in priced
        if name in table.flows
        for line, value in zip(table.table.line.tolist(), table.flows[name].tolist(), strict=True)
    )
