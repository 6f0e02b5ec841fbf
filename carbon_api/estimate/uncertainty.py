"""Monte Carlo of the parameters inside one method.

Rows that share every uncertain input are evaluated together, and among them rows that differ only in what every method
is linear in (views, hours, volume, shares) are evaluated once and scaled. Uncertain columns are one row of draws, the
others one value a row, and numpy broadcasts the two. Rows are taken in an order that depends on their content alone, so
that permuting a plan's lines changes no digit.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from carbon_api.estimate.categories import category_of
from carbon_api.estimate.parts import part_places, parts_of
from carbon_api.estimate.pricing import Bound, bound
from carbon_api.estimate.sampling import draw, group_of
from carbon_api.inventory.inputs import Input
from carbon_api.inventory.tables import Inventory, Table, scales
from carbon_api.methods.method import ON_SCREEN, Method
from carbon_api.plan.model import Uncertainty

Draws = NDArray[np.float64]
Rows = NDArray[np.intp]
Uncertain = Mapping[int, Draws]
Run = tuple[Table, "Bunch", Bound, dict[str, Any]]
ROWS_AT_A_TIME = 32


@dataclass(frozen=True, slots=True)
class Weights:
    """How much of each line's delivery counts in each subtotal: subtotals x lines, in the order of `names`.

    `watched` weighs the stages in proportion to the time on screen, `rest` all others. `amounts` names what subtotals
    are divided by: a tracked flow with the weight of each line in it, or no flow (an empty name) and each line's own
    amount.
    """

    names: tuple[str, ...]
    rest: Draws
    watched: Draws
    amounts: dict[str, tuple[str, Draws]]


@dataclass(frozen=True, slots=True)
class Bunch:
    """Rows that share every uncertain input: `distinct` the ones to evaluate, `member` the place of each row's among
    them (rising), `starts` where each begins, `scale` what each row multiplies it by."""

    rows: Rows
    distinct: Rows
    member: Rows
    starts: Rows
    scale: Draws

    def summed(self, weights: Draws) -> Draws:
        """Weights of rows (the last axis), scaled and added up over the rows that share a distinct one."""
        return np.asarray(np.add.reduceat(weights * self.scale, self.starts, axis=-1))


@dataclass(slots=True)
class Sample:
    """Draws of the footprint: by stage, by country, by line, by part of the lines that have several, by weighted
    subtotal (in the order of its weights), of production by category, and of the weighted flows. `places` are those of
    a line's parts, by activity; `groups` the draw groups at play."""

    names: tuple[str, ...]
    lines: Draws
    parts: Draws
    places: Mapping[str, Rows]
    subtotals: Draws
    groups: tuple[str, ...]
    stages: dict[str, Draws] = field(default_factory=dict)
    countries: dict[str, Draws] = field(default_factory=dict)
    production: dict[str, Draws] = field(default_factory=dict)
    flows: dict[str, Draws] = field(default_factory=dict)

    @property
    def total(self) -> Draws:
        """Draws of the whole footprint."""
        return self.of_stages(self.stages)

    def of_stages(self, names: Iterable[str]) -> Draws:
        """Draws of the sum of some stages; zero of those that no line has."""
        zero = np.zeros(self.lines.shape[1])
        return np.asarray(sum((self.stages.get(name, zero) for name in names), zero))

    def subtotal(self, name: str) -> Draws:
        """Draws of one weighted subtotal."""
        return np.asarray(self.subtotals[self.names.index(name)])


def simulate(inventory: Inventory, method: Method, uncertainty: Uncertainty, weights: Weights) -> Sample:
    """The draws of an inventory under a method."""
    uncertain = _drawn(inventory, uncertainty)
    lines, parts = weights.rest.shape[1], parts_of(inventory.tables)
    sample = Sample(
        names=weights.names,
        lines=np.zeros((lines, uncertainty.draws)),
        parts=np.zeros((len(parts), uncertainty.draws)),
        places=part_places(parts, lines),
        subtotals=np.zeros((len(weights.names), uncertainty.draws)),
        groups=tuple(sorted({group_of(inventory.inputs[code]) for code in uncertain})),
    )
    for table, bunch, terms, run in _runs(inventory, method, uncertain):
        _add(sample, table, bunch, terms, run)
        if table.shape.activity == "delivery":
            _weigh(sample, table.line[bunch.rows], bunch, terms, run, weights)
    return sample


def simulate_total(inventory: Inventory, method: Method, uncertainty: Uncertainty) -> Draws:
    """The draws of the total alone, in half the time; up to the order of additions those that `simulate` sums to."""
    total = np.zeros(uncertainty.draws)
    for _, bunch, terms, run in _runs(inventory, method, _drawn(inventory, uncertainty)):
        whole = sum(run[stage.target] for stage in terms.stages)
        over = np.broadcast_to(whole, (len(bunch.distinct), uncertainty.draws))
        total += bunch.summed(np.ones(len(bunch.rows))) @ over
    return total


def _drawn(inventory: Inventory, uncertainty: Uncertainty) -> Uncertain:
    """The draws of every input that some cell uses and that is not exact, by code."""
    inputs = inventory.inputs
    return {
        code: draw(inputs[code], uncertainty.seed, uncertainty.draws)
        for code in _used(inventory.tables)
        if not inputs[code].is_exact
    }


def _runs(inventory: Inventory, method: Method, uncertain: Uncertain) -> Iterator[Run]:
    """The method run on every bunch of every table."""
    rank = _rank(inventory.inputs)
    for table in sorted(inventory.tables, key=lambda table: repr(table.shape)):
        terms = bound(method, table.shape)
        for bunch in _bunches(table, uncertain, rank, inventory.values):
            yield table, bunch, terms, _evaluate(table, bunch, terms, inventory.values, uncertain)


def _used(tables: tuple[Table, ...]) -> list[int]:
    """The codes of the inputs that some cell uses; none where no line was priced."""
    codes: list[int] = np.unique(np.concatenate([table.codes.ravel() for table in tables])).tolist() if tables else []
    return codes


def _rank(inputs: tuple[Input, ...]) -> Rows:
    """A number for each input that depends on its content, not on the order of the plan."""
    order = sorted(range(len(inputs)), key=lambda code: _content(inputs[code]))
    rank = np.empty(len(inputs), dtype=np.intp)
    rank[order] = np.arange(len(inputs))
    return rank


def _content(entry: Input) -> tuple[int, float, float, str, float]:
    row = entry.row
    place, named = (row.index, f"{row.id} {row.group}") if row else (-1, entry.group)
    return place, entry.value, entry.plus_minus, named, entry.most or 0.0


def _bunches(table: Table, uncertain: Uncertain, rank: Rows, values: Draws) -> Iterator[Bunch]:
    """The table's rows in bunches that share every uncertain input, at most so many rows to evaluate at a time."""
    is_uncertain = np.zeros(len(rank), dtype=bool)
    is_uncertain[list(uncertain)] = True
    drawn, cells = is_uncertain[table.codes], values[table.codes]
    scaling = np.isin(table.columns, list(scales(table.columns))) & ~drawn
    scale = np.where(scaling, cells, 1.0).prod(axis=1)
    keys = np.where(drawn, rank[table.codes], -1)
    kept = np.where(drawn | scaling, 0.0, cells)
    order = np.lexsort((scale, *kept.T[::-1], *keys.T[::-1]))
    starts_bunch, starts_row = _starts(keys[order]), _starts(kept[order])
    starts_row[starts_bunch] = True
    for first, last in pairwise([*np.flatnonzero(starts_bunch).tolist(), len(order)]):
        yield from _split(order[first:last], starts_row[first:last], scale)


def _starts(keys: NDArray[Any]) -> NDArray[np.bool_]:
    """Where sorted rows differ from the one before."""
    return np.concatenate([[True], np.any(keys[1:] != keys[:-1], axis=1)])


def _split(rows: Rows, starts: NDArray[np.bool_], scale: Draws) -> Iterator[Bunch]:
    """A bunch, cut where it has too many rows to evaluate."""
    member = np.cumsum(starts) - 1
    for first in range(0, int(member[-1]) + 1, ROWS_AT_A_TIME):
        inside = (member >= first) & (member < first + ROWS_AT_A_TIME)
        places = np.flatnonzero(starts[inside])
        yield Bunch(rows[inside], rows[inside][places], member[inside] - first, places, scale[rows[inside]])


def _evaluate(table: Table, bunch: Bunch, terms: Bound, values: Draws, uncertain: Uncertain) -> dict[str, Any]:
    """The method on a bunch, before scaling: every result is distinct rows x draws, or broadcasts to it."""
    codes, scaling = table.codes[bunch.distinct], scales(table.columns)
    given: dict[str, Any] = {}
    for place, name in enumerate(table.columns):
        code = int(codes[0, place])
        if code in uncertain:
            given[name] = uncertain[code][None, :]
        else:
            given[name] = 1.0 if name in scaling else values[codes[:, place]][:, None]
    return terms.graph.run((*(stage.target for stage in terms.stages), *terms.tracked), given)


def _add(sample: Sample, table: Table, bunch: Bunch, terms: Bound, run: Mapping[str, Any]) -> None:
    """Adds a bunch to its stages, lines and countries."""
    each = bunch.summed(np.ones(len(bunch.rows)))
    for stage in terms.stages:
        added = each @ _over(run[stage.target], bunch, sample)
        _accumulate(sample.stages, stage.stage, added)
        if stage.stage == "production":
            _accumulate(sample.production, category_of(table.shape), added)
    whole = _sum(run, [stage.target for stage in terms.stages], bunch, sample)
    owners, rows = table.line[bunch.rows], bunch.scale[:, None] * whole[bunch.member]
    _add_lines(sample.lines, owners, rows)
    if table.shape.activity in sample.places:
        parts = sample.places[table.shape.activity][owners]
        _add_lines(sample.parts, parts[parts >= 0], rows[parts >= 0])
    countries = np.array([table.country[row] for row in bunch.rows])
    for country in sorted(set(countries.tolist())):
        _accumulate(sample.countries, country, bunch.summed((countries == country).astype(float)) @ whole)


def _add_lines(lines: Draws, owners: Rows, whole: Draws) -> None:
    """Plain addition is many times quicker than `add.at`, and right as long as no line stands twice."""
    if len(np.unique(owners)) == len(owners):
        lines[owners] += whole
    else:
        np.add.at(lines, owners, whole)


def _weigh(sample: Sample, lines: Rows, bunch: Bunch, terms: Bound, run: Mapping[str, Any], weights: Weights) -> None:
    """Adds a bunch of delivery to the weighted subtotals and flows."""
    watched = [stage.target for stage in terms.stages if stage.stage in ON_SCREEN]
    rest = [stage.target for stage in terms.stages if stage.stage not in ON_SCREEN]
    sample.subtotals += bunch.summed(weights.rest[:, lines]) @ _sum(run, rest, bunch, sample)
    sample.subtotals += bunch.summed(weights.watched[:, lines]) @ _sum(run, watched, bunch, sample)
    for flow, (tracked, weight) in weights.amounts.items():
        if tracked in terms.tracked:
            _accumulate(sample.flows, flow, bunch.summed(weight[lines]) @ _over(run[tracked], bunch, sample))


def _sum(run: Mapping[str, Any], targets: list[str], bunch: Bunch, sample: Sample) -> Draws:
    return _over(sum(run[target] for target in targets), bunch, sample)


def _over(values: Any, bunch: Bunch, sample: Sample) -> Draws:
    return np.broadcast_to(values, (len(bunch.distinct), sample.lines.shape[1]))


def _accumulate(sums: dict[str, Draws], name: str, values: Draws) -> None:
    sums[name] = sums[name] + values if name in sums else values
