"""Monte Carlo of the parameters inside one method.

Rows that share every uncertain input are evaluated together, and among them rows that differ only in what every method
is linear in (views, hours, volume, shares) are evaluated once and scaled. Uncertain columns are one row of draws, the
others one value a row, and numpy broadcasts the two. Rows are taken in an order that depends on their content alone, so
that permuting a plan's lines changes no digit.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from typing import Any

import numpy as np

from carbon_api.estimate.bunches import Bunch, Draws, Rows, bunches, rank_of
from carbon_api.estimate.categories import category_of
from carbon_api.estimate.heap import Heap
from carbon_api.estimate.parts import NO_PART, part_places, parts_of
from carbon_api.estimate.pricing import Bound, bound
from carbon_api.estimate.sampling import draw, group_of
from carbon_api.inventory.tables import Inventory, Table, order_of, scales
from carbon_api.methods.method import ON_SCREEN, Method
from carbon_api.plan.model import Uncertainty

Uncertain = Mapping[int, Draws]
Run = tuple[Table, "Bunch", Bound, dict[str, Any]]


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


@dataclass(slots=True)
class Sample:
    """Draws of the footprint: by stage, by country, by line, by part of the lines that have several, by weighted
    subtotal (in the order of its weights), of production by category, and of the weighted flows. `places` are those of
    a line's parts, by activity; `groups` the draw groups at play."""

    names: tuple[str, ...]
    lines: Draws
    parts: Draws
    places: Mapping[str, Rows]
    groups: tuple[str, ...]
    subtotals: Draws = field(default_factory=lambda: np.zeros((0, 0)))
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
    uncertain, draws = _drawn(inventory, uncertainty), uncertainty.draws
    lines, parts = weights.rest.shape[1], parts_of(inventory.tables)
    countries = sorted({name for table in inventory.tables for name in table.country.tolist()})
    heap, places = Heap(len(weights.names) + len(countries), draws), {name: at for at, name in enumerate(countries)}
    sample = Sample(
        names=weights.names,
        lines=np.zeros((lines, draws)),
        parts=np.zeros((len(parts), draws)),
        places=part_places(parts, lines),
        groups=tuple(sorted({group_of(inventory.inputs[code]) for code in uncertain})),
    )
    for ran in _runs(inventory, method, uncertain):
        stages = _by_stage(ran, draws)
        seen = _as_weighed(stages, weights)
        _add_stages(sample, ran, stages)
        _add_lines(sample, ran, _total([rows for _, rows in seen]))
        _weigh(heap, ran, seen, places)
        _add_flows(sample, ran, weights)
    sample.subtotals = heap.sums[: len(weights.names)]
    sample.countries = dict(zip(countries, heap.sums[len(weights.names) :], strict=True))
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
    rank = rank_of(inventory.inputs, uncertain)
    for table in sorted(inventory.tables, key=lambda table: order_of(table.shape)):
        terms = bound(method, table.shape)
        for bunch in bunches(table, rank, inventory.values):
            yield table, bunch, terms, _evaluate(table, bunch, terms, inventory.values, uncertain)


def _used(tables: tuple[Table, ...]) -> list[int]:
    """The codes of the inputs that some cell uses; none where no line was priced."""
    codes: list[int] = np.unique(np.concatenate([table.codes.ravel() for table in tables])).tolist() if tables else []
    return codes


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


def _by_stage(ran: Run, draws: int) -> dict[str, Draws]:
    """Each stage of a bunch, its phases added up: distinct rows x draws."""
    _, bunch, terms, run = ran
    phases: dict[str, list[Draws]] = {}
    for stage in terms.stages:
        phases.setdefault(stage.stage, []).append(run[stage.target])
    return {name: _over(_total(several), (len(bunch.distinct), draws)) for name, several in phases.items()}


def _as_weighed(stages: Mapping[str, Draws], weights: Weights) -> list[tuple[Draws, Draws]]:
    """What counts alike in the subtotals, added up, with the weights of lines in them."""
    rest, watched = ([rows for name, rows in stages.items() if (name in ON_SCREEN) == seen] for seen in (False, True))
    return [(weight, _total(rows)) for weight, rows in ((weights.rest, rest), (weights.watched, watched)) if rows]


def _add_stages(sample: Sample, ran: Run, stages: Mapping[str, Draws]) -> None:
    """Adds a bunch to its stages."""
    table, bunch, _, _ = ran
    each = bunch.summed(np.ones(len(bunch.rows)))
    for name, rows in stages.items():
        added = each @ rows
        _accumulate(sample.stages, name, added)
        if name == "production":
            _accumulate(sample.production, category_of(table.shape), added)


def _add_lines(sample: Sample, ran: Run, whole: Draws) -> None:
    """Adds a bunch to its lines and their parts; a row at a time, which stays in the processor's cache."""
    table, bunch, _, _ = ran
    owners = table.line[bunch.rows]
    places = sample.places.get(table.shape.activity)
    parts = np.full(len(owners), NO_PART) if places is None else places[owners]
    for owner, part, member, scale in zip(
        owners.tolist(), parts.tolist(), bunch.member.tolist(), bunch.scale.tolist(), strict=True
    ):
        row = whole[member] * scale
        sample.lines[owner] += row
        if part != NO_PART:
            sample.parts[part] += row


def _weigh(heap: Heap, ran: Run, seen: list[tuple[Draws, Draws]], countries: Mapping[str, int]) -> None:
    """Adds a bunch to the weighted subtotals, those of delivery alone, and to the countries."""
    table, bunch, _, _ = ran
    where = np.array([countries[name] for name in table.country[bunch.rows]])
    there = (where == np.arange(len(countries))[:, None]).astype(np.float64)
    lines, is_weighed = table.line[bunch.rows], float(table.shape.activity == "delivery")
    for weight, rows in seen:
        heap.add(bunch.summed(np.concatenate([is_weighed * weight[:, lines], there])), rows)


def _add_flows(sample: Sample, ran: Run, weights: Weights) -> None:
    """Adds a bunch of delivery to the weighted flows."""
    table, bunch, terms, run = ran
    lines, shape = table.line[bunch.rows], (len(bunch.distinct), sample.lines.shape[1])
    for flow, (tracked, amounts) in weights.amounts.items():
        if tracked in terms.tracked:
            _accumulate(sample.flows, flow, bunch.summed(amounts[lines]) @ _over(run[tracked], shape))


def _total(several: Sequence[Draws]) -> Draws:
    return reduce(np.add, several)


def _over(values: Draws, shape: tuple[int, int]) -> Draws:
    return values if np.shape(values) == shape else np.broadcast_to(values, shape)


def _accumulate(sums: dict[str, Draws], name: str, values: Draws) -> None:
    sums[name] = sums[name] + values if name in sums else values
