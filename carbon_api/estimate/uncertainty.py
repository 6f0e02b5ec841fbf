"""Monte Carlo of the parameters inside one method.

Rows that share every uncertain input are evaluated together: their uncertain columns are one row of draws, their given
columns one value a row, and numpy broadcasts the two. Rows are taken in an order that depends on their content alone,
so that permuting a plan's lines changes no digit.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from carbon_api.estimate.pricing import Bound, bound
from carbon_api.estimate.sampling import draw, group_of
from carbon_api.inventory.inputs import Input
from carbon_api.inventory.tables import Inventory, Table
from carbon_api.methods.method import Method
from carbon_api.plan.model import Uncertainty

Draws = NDArray[np.float64]
Rows = NDArray[np.intp]
Uncertain = Mapping[int, Draws]
ROWS_AT_A_TIME = 64


@dataclass(frozen=True, slots=True)
class Weights:
    """How much of each line's delivery counts in each subtotal: subtotals x lines, in the order of `names`.

    `rest` weighs every stage but the device's, which `device` weighs. `flows` names weighted sums of a tracked flow:
    the flow, and the weight of each line in it.
    """

    names: tuple[str, ...]
    rest: Draws
    device: Draws
    flows: Mapping[str, tuple[str, Draws]]


@dataclass(slots=True)
class Sample:
    """Draws of the footprint: by stage, by country, by line, by weighted subtotal (in the order of its weights), and of
    the weighted flows. `groups` are the draw groups at play."""

    names: tuple[str, ...]
    lines: Draws
    subtotals: Draws
    groups: tuple[str, ...]
    stages: dict[str, Draws] = field(default_factory=dict)
    countries: dict[str, Draws] = field(default_factory=dict)
    flows: dict[str, Draws] = field(default_factory=dict)

    @property
    def total(self) -> Draws:
        """Draws of the whole footprint."""
        return np.asarray(np.sum(list(self.stages.values()), axis=0))

    def subtotal(self, name: str) -> Draws:
        """Draws of one weighted subtotal."""
        return np.asarray(self.subtotals[self.names.index(name)])


def simulate(inventory: Inventory, method: Method, uncertainty: Uncertainty, weights: Weights) -> Sample:
    """The draws of an inventory under a method."""
    inputs = inventory.inputs
    uncertain = {
        code: draw(entry, uncertainty.seed, uncertainty.draws)
        for code, entry in enumerate(inputs)
        if not entry.is_exact
    }
    sample = Sample(
        names=weights.names,
        lines=np.zeros((weights.rest.shape[1], uncertainty.draws)),
        subtotals=np.zeros((len(weights.names), uncertainty.draws)),
        groups=tuple(sorted({group_of(inputs[code]) for code in uncertain})),
    )
    rank = _rank(inputs)
    for table in sorted(inventory.tables, key=lambda table: repr(table.shape)):
        terms = bound(method, table.shape)
        for rows in _alike(table, uncertain, rank, inventory.values):
            run = _evaluate(table, rows, terms, inventory.values, uncertain)
            _add(sample, table, rows, terms, run)
            if table.shape.activity == "delivery":
                _weigh(sample, table.line[rows], terms, run, weights)
    return sample


def _rank(inputs: tuple[Input, ...]) -> Rows:
    """A number for each input that depends on its content, not on the order of the plan."""
    order = sorted(range(len(inputs)), key=lambda code: _content(inputs[code]))
    rank = np.empty(len(inputs), dtype=np.intp)
    rank[order] = np.arange(len(inputs))
    return rank


def _content(entry: Input) -> tuple[int, float, float, str]:
    return (entry.row.index if entry.row else -1, entry.value, entry.plus_minus, entry.group)


def _alike(table: Table, uncertain: Uncertain, rank: Rows, values: Draws) -> Iterator[Rows]:
    """The table's rows in bunches that share every uncertain input, at most so many at a time."""
    is_uncertain = np.zeros(len(rank), dtype=bool)
    is_uncertain[list(uncertain)] = True
    keys = np.where(is_uncertain[table.codes], rank[table.codes], -1)
    cells = values[table.codes]
    order = np.lexsort((*cells.T[::-1], *keys.T[::-1]))
    changes = np.flatnonzero(np.any(np.diff(keys[order], axis=0), axis=1)) + 1
    for bunch in np.split(order, changes):
        for start in range(0, len(bunch), ROWS_AT_A_TIME):
            yield bunch[start : start + ROWS_AT_A_TIME]


def _evaluate(table: Table, rows: Rows, terms: Bound, values: Draws, uncertain: Uncertain) -> dict[str, Any]:
    """The method on rows that share their uncertain inputs: every result is rows x draws, or broadcasts to it."""
    codes = table.codes[rows]
    given = {}
    for place, name in enumerate(table.columns):
        code = int(codes[0, place])
        given[name] = uncertain[code][None, :] if code in uncertain else values[codes[:, place]][:, None]
    return terms.graph.run((*(stage.target for stage in terms.stages), *terms.tracked), given)


def _add(sample: Sample, table: Table, rows: Rows, terms: Bound, run: Mapping[str, Any]) -> None:
    """Adds rows to their stages, lines and countries."""
    for stage in terms.stages:
        _accumulate(sample.stages, stage.stage, _over(run[stage.target], sample).sum(axis=0))
    whole = _sum(run, [stage.target for stage in terms.stages], sample)
    np.add.at(sample.lines, table.line[rows], whole)
    countries = [table.country[row] for row in rows]
    for country in sorted(set(countries)):
        _accumulate(sample.countries, country, whole[[name == country for name in countries]].sum(axis=0))


def _weigh(sample: Sample, lines: Rows, terms: Bound, run: Mapping[str, Any], weights: Weights) -> None:
    """Adds rows of delivery to the weighted subtotals and flows."""
    device = [stage.target for stage in terms.stages if stage.stage == "device"]
    rest = [stage.target for stage in terms.stages if stage.stage != "device"]
    sample.subtotals += weights.rest[:, lines] @ _sum(run, rest, sample)
    sample.subtotals += weights.device[:, lines] @ _sum(run, device, sample)
    for flow, (tracked, weight) in weights.flows.items():
        if tracked in terms.tracked:
            _accumulate(sample.flows, flow, weight[lines] @ _over(run[tracked], sample))


def _sum(run: Mapping[str, Any], targets: list[str], sample: Sample) -> Draws:
    return _over(sum(run[target] for target in targets), sample)


def _over(values: Draws, sample: Sample) -> Draws:
    return np.broadcast_to(values, (values.shape[0], sample.lines.shape[1]))


def _accumulate(sums: dict[str, Draws], name: str, values: Draws) -> None:
    sums[name] = sums[name] + values if name in sums else values
