"""A small set of levers that brings a plan under a ceiling, or the honest answer that none does.

Every set of up to three levers is tried at central values; the smallest size that reaches the ceiling is confirmed in
the draws. Beyond three, the lever that helps most is added, one after the other. How many levers a search can take
grows as the plan is short: a set costs a plan read and priced.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from math import comb, inf
from typing import Any

from carbon_api.advice.attempt import Written, attempt
from carbon_api.advice.catalog import LEVERS
from carbon_api.advice.goal import Goal
from carbon_api.advice.situation import Situation
from carbon_api.advice.text import Text
from carbon_api.estimate.run import outcome_of

EXACT = 3  # levers in a set up to which every set is tried
MOST_LINES_TRIED = 60_000  # lines of all the sets that are tried
CONFIRMED = 3  # sets of a size, those that come lowest, whose draws are looked at
Ids = tuple[str, ...]
THERE = Text("The plan is under the ceiling as it is.", "Le plan est sous le plafond tel quel.")
BY_SETS = Text(
    "The smallest set of levers that is under the ceiling: every set of up to three was tried at central values, and "
    "this one confirmed in the draws.",
    "Le plus petit ensemble de leviers sous le plafond : tous les ensembles d’un à trois ont été essayés aux valeurs "
    "centrales, et celui-ci confirmé dans les tirages.",
)
BY_STEPS = Text(
    "No set of up to three levers is enough, of all that were tried; more were added one by one, each time the one "
    "that helps most. A smaller set may exist.",
    "Aucun ensemble d’un à trois leviers ne suffit, parmi tous ceux qui ont été essayés ; d’autres ont été ajoutés "
    "un à un, chaque fois celui qui aide le plus. Il peut exister un ensemble plus petit.",
)
NONE = Text(
    "No set of these levers is under the ceiling with this confidence; this is the lowest that was reached.",
    "Aucun ensemble de ces leviers n’est sous le plafond avec cette confiance ; voici le plus bas qui ait été atteint.",
)
NO_SUCH = Text("The plan has no such intensity.", "Le plan n’a pas cette intensité.")


@dataclass
class Search:
    """Sets of levers pulled in the order of the catalogue, each on what those before it leave; each priced once."""

    start: Situation
    goal: Goal
    levers: Mapping[str, Written]
    seen: dict[Ids, Situation | None] = field(default_factory=dict)

    def after(self, ids: Ids) -> Situation | None:
        """The plan after a set; None where one of its levers no longer applies."""
        if not ids:
            return self.start
        if ids not in self.seen:
            before = self.after(ids[:-1])
            written = self.levers.get(ids[-1], {})
            saving = attempt(before, LEVERS[ids[-1]], written, ranged=False).saving if before else None
            self.seen[ids] = saving.after if saving else None
        return self.seen[ids]

    def central(self, ids: Ids) -> float:
        """What the ceiling is on after a set; infinite where the set has no such plan."""
        after = self.after(ids)
        found = self.goal.central(after.outcome) if after else None
        return inf if found is None else found

    def confirmed(self, ids: Ids) -> Situation | None:
        """The plan after a set with its range, where it is under the ceiling as surely as is asked for."""
        after = self.priced(ids)
        if self.central(ids) > self.goal.at_most:
            return None
        probability = self.goal.probability(after.outcome)
        return after if probability is None or probability >= self.goal.confidence else None

    def priced(self, ids: Ids) -> Situation:
        """The plan after a set with its range, where one was asked for."""
        after = self.after(ids) or self.start
        return Situation(after.plan, after.words, outcome_of(after.plan, after.basis))


def enough(start: Situation, goal: Goal, able: Sequence[str], levers: Mapping[str, Written]) -> dict[str, Any]:
    """The set of levers that is enough, among those that are able: they apply, and stand by what they save."""
    search = Search(start, goal, levers)
    if goal.central(start.outcome) is None:
        return _shown(search, None, (), NO_SUCH, ())
    ids = _in_order(able[: _affordable(len(start.said))])
    for found, how in _tried(search, ids):
        after = search.confirmed(found)
        if after:
            return _shown(search, after, found, how, ids)
    lowest = min(search.seen, key=search.central, default=())
    return _shown(search, None, lowest if search.central(lowest) < search.central(()) else (), NONE, ids)


def _tried(search: Search, ids: Ids) -> Iterator[tuple[Ids, Text]]:
    """Sets that may be enough, the smallest first; then ever larger ones."""
    yield (), THERE
    for size in range(1, EXACT + 1):
        for found in sorted(combinations(ids, size), key=search.central)[:CONFIRMED]:
            yield found, BY_SETS
    best = min(combinations(ids, min(EXACT, len(ids))), key=search.central, default=())
    while others := [_in_order({*best, one}) for one in ids if one not in best]:
        larger = min(others, key=search.central)
        if search.central(larger) >= search.central(best):
            return
        best = larger
        yield best, BY_STEPS


def _affordable(lines: int) -> int:
    """How many levers every set of up to three can be tried of, for a plan of so many lines; three at least."""
    most = EXACT
    while _sets(most + 1) * lines <= MOST_LINES_TRIED and most < len(LEVERS):
        most += 1
    return most


def _sets(levers: int) -> int:
    return sum(comb(levers, size) for size in range(1, EXACT + 1))


def _in_order(ids: Sequence[str] | set[str]) -> Ids:
    return tuple(id for id in LEVERS if id in ids)


def _shown(search: Search, after: Situation | None, ids: Ids, how: Text, considered: Ids) -> dict[str, Any]:
    last, goal = after or search.priced(ids), search.goal
    return {
        "goal": {"at_most": goal.at_most, "of": goal.of, "confidence": goal.confidence},
        "met": after is not None,
        "search": how._asdict(),
        "considered": list(considered),
        "sets_tried": len(search.seen),
        "levers": list(ids),
        "reached": goal.shown(last.outcome),
        "probability": goal.probability(last.outcome),
        "plan": last.words,
    }
