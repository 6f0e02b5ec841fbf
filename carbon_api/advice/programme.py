"""The linear programme of a reallocation: a factor for each line that may move, times the impressions that it has.

What a line emits [kgCO2e], its contacts [on-target impressions] and its price [the plan's currency] are in proportion
to its impressions. Contacts and spend are those of the whole plan, with the lines that stay as they are.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from math import fsum, inf
from typing import NamedTuple

from carbon_api.advice.linear import Limit, least

SLACK = 1e-9  # what is there already always fits, whatever the last digits of its sums
NEXT_TO_NOTHING = 1e-7  # of what the lines emit: what the solver's last digits save


class Movable(NamedTuple):
    """A line that may move: what it emits [kgCO2e], its contacts [on-target impressions], its price [the plan's
    currency], None where it says none, the group inside which it trades contacts, the most it may grow to [1]."""

    emits: float
    contacts: float
    price: float | None
    group: Hashable
    most: float = inf


class Staying(NamedTuple):
    """The lines that stay: their contacts [on-target impressions] and what they cost [the plan's currency]."""

    contacts: float = 0.0
    price: float = 0.0


@dataclass(frozen=True, slots=True)
class Programme:
    """The lines that may move, by at most `within` of their impressions [1]; those that stay; and what must hold of
    all: the least contacts [on-target impressions] and the most spend [the plan's currency], None for any."""

    lines: Sequence[Movable]
    staying: Staying
    within: float
    contacts: float
    spend: float | None

    @property
    def can_trade(self) -> bool:
        """Whether two lines are in one group."""
        return len({line.group for line in self.lines}) < len(self.lines)

    @property
    def bounds(self) -> list[tuple[float, float]]:
        """The factors allowed to each line [1]: one that says no price does not grow where spend is held."""
        low, high = max(0.0, 1 - self.within), 1 + self.within
        tops = (1.0 if line.price is None and self.spend is not None else min(high, line.most) for line in self.lines)
        return [(low, top) for top in tops]

    def factors(self) -> list[float] | None:
        """The factors [1] at which the lines emit least; None where nothing fits, the plan's own where none is less."""
        own = [1.0] * len(self.lines)
        if not self._can_fit():
            return None
        found = least([line.emits for line in self.lines], self._limits(), self.bounds) if self.lines else own
        return own if found and self._fits_as_it_is() and self._saves_nothing(found) else found

    def cheapest(self) -> float:
        """What the plan costs at the least that the bounds allow [the plan's currency]."""
        lows = (low for low, _ in self.bounds)
        moving = fsum(price * low for price, low in zip(self._prices(), lows, strict=True))
        return self.staying.price + moving

    def most_contacts(self) -> float | None:
        """The most contacts [on-target impressions] of the plan within the bounds and the spend, each group keeping the
        same share; None where nothing fits the spend."""
        keeping = [Limit([*(-contacts for contacts in group), fsum(group)], 0.0) for group in self._groups()]
        paying = [limit._replace(coefficients=[*limit.coefficients, 0.0]) for limit in self._paying()]
        costs = [0.0] * len(self.lines) + [-1.0]
        found = least(costs, [*keeping, *paying], [*self.bounds, (0.0, 1 + self.within)])
        return self.staying.contacts + found[-1] * self._held() if found else None

    def _limits(self) -> list[Limit]:
        """Each group keeps its share of the contacts, and the spend is not passed."""
        kept = self._needed() / self._held() if self._held() else 0.0
        keeping = [Limit([-contacts for contacts in group], -kept * fsum(group)) for group in self._groups()]
        return [*keeping, *self._paying()]

    def _paying(self) -> list[Limit]:
        """The moving lines cost at most what those that stay leave of the spend."""
        room = self._room()
        return [] if room is None else [Limit(self._prices(), room)]

    def _groups(self) -> list[list[float]]:
        """The contacts of each group that trades among itself, line by line [on-target impressions]."""
        names = dict.fromkeys(line.group for line in self.lines)
        return [[line.contacts if line.group == name else 0.0 for line in self.lines] for name in names]

    def _can_fit(self) -> bool:
        """Whether there is room for any spend, and somebody to bring the contacts that are needed."""
        room = self._room()
        return (room is None or room >= 0) and (self._held() > 0 or not self._needed())

    def _fits_as_it_is(self) -> bool:
        room = self._room()
        return self._needed() <= self._held() and (room is None or fsum(self._prices()) <= room)

    def _saves_nothing(self, factors: Sequence[float]) -> bool:
        saved = fsum(line.emits * (1 - factor) for line, factor in zip(self.lines, factors, strict=True))
        return saved <= NEXT_TO_NOTHING * fsum(line.emits for line in self.lines)

    def _held(self) -> float:
        """The contacts of the moving lines [on-target impressions]."""
        return fsum(line.contacts for line in self.lines)

    def _needed(self) -> float:
        """The contacts that the moving lines must bring [on-target impressions]: what those that stay do not."""
        return max(0.0, self.contacts * (1 - SLACK) - self.staying.contacts)

    def _room(self) -> float | None:
        """What the moving lines may cost [the plan's currency]."""
        return None if self.spend is None else self.spend * (1 + SLACK) - self.staying.price

    def _prices(self) -> list[float]:
        """What each moving line costs [the plan's currency]; 0 where it says no price."""
        return [line.price or 0.0 for line in self.lines]
