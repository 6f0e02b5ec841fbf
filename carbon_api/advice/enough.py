"""A small set of levers that brings a plan under a ceiling, or the honest answer that none of those tried does.

Sets are sought at central values; those under the ceiling are then priced anew with their range, one after the other,
until one is under it as surely as is asked for. How many levers and draws a search can take hangs on the plan's lines:
its work is counted, not timed, so that the same plan has the same answer.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from carbon_api.advice.attempt import Written
from carbon_api.advice.catalog import LEVERS
from carbon_api.advice.goal import Goal
from carbon_api.advice.search import Candidate, Ids, affordable, candidates
from carbon_api.advice.sets import Sets
from carbon_api.advice.situation import Situation, situation_of
from carbon_api.advice.text import Text
from carbon_api.plan.model import Plan

MOST_TRIED = 80_000  # lines of the sets that are tried: some 2 s
OF_A_SET = 60  # lines that are worth the work of a set beside its lines
MOST_LOOKED_AT = 7_000_000  # lines x draws of the sets of a size that are looked at in the draws: some 0.4 s
OF_DRAWS = 500  # lines that are worth the work of drawing beside the lines
MOST_OF_A_SIZE = 5
THERE = Text("The plan is under the ceiling as it is.", "Le plan est sous le plafond tel quel.")
BY_SETS = Text(
    "Every set of up to {size} of the levers considered was tried; this is the first that holds, smaller sets before "
    "larger ones, lower ones before higher ones.",
    "Tous les ensembles d’au plus {size} des leviers considérés ont été essayés ; celui-ci est le premier qui tienne, "
    "les petits avant les grands, les plus bas avant les plus hauts.",
)
BY_STEPS = Text(
    "No set of up to three that was looked at holds. To the lowest of all that were tried, others were added one by "
    "one, each time the one that helps most. A smaller set may hold.",
    "Aucun des ensembles d’un à trois leviers examinés ne tient. Au plus bas de tous ceux qui ont été essayés, "
    "d’autres ont été ajoutés un à un, chaque fois celui qui aide le plus. Un ensemble plus petit peut tenir.",
)
EVERY = Text(
    "No smaller set that was looked at holds: these are all the levers that help, each on what those before it leave. "
    "A smaller set may hold.",
    "Aucun ensemble plus petit examiné ne tient : voici tous les leviers qui aident, chacun sur ce que laissent les "
    "précédents. Un ensemble plus petit peut tenir.",
)
NONE = Text(
    "None of the sets tried holds, all the levers that help among them; this is the lowest at central values. A set "
    "that was not tried may hold.",
    "Aucun des ensembles essayés ne tient, pas même tous les leviers qui aident ; voici le plus bas aux valeurs "
    "centrales. Un ensemble qui n’a pas été essayé peut tenir.",
)
HOW = {"steps": BY_STEPS, "all": EVERY}
COUNTED = Text(
    "Levers considered: {levers}, of {able} that save something by themselves, the largest savings first. Sets tried "
    "at central values: {tried}. Looked at in the draws: {looked}, at most {most} of each size.",
    "Leviers considérés : {levers}, sur {able} qui économisent quelque chose à eux seuls, les plus grosses économies "
    "d’abord. Ensembles essayés aux valeurs centrales : {tried}. Examinés dans les tirages : {looked}, au plus {most} "
    "de chaque taille.",
)
NO_SUCH = Text("The plan has no such intensity.", "Le plan n’a pas cette intensité.")


@dataclass(frozen=True, slots=True)
class Found:
    """The set that holds, or the lowest; the plan after it with its range; how it was found, and what was tried."""

    met: bool
    ids: Ids
    after: Situation
    how: Text
    considered: Ids = ()
    tried: int = 0
    looked: int = 0


def enough(start: Situation, goal: Goal, able: Sequence[str], levers: Mapping[str, Written]) -> dict[str, Any]:
    """The set of levers that is enough, among those that are able: they apply, and stand by what they save. How sure it
    is comes from draws, which are made for it even where the plan asks for none."""
    start = start if start.outcome.sample else situation_of(_ranged(start.plan), start.basis)
    if goal.central(start.outcome) is None:
        return _shown(Found(met=False, ids=(), after=start, how=NO_SUCH), goal)
    return _shown(_sought(Sets(start, goal, levers), able), goal)


def _ranged(plan: Plan) -> Plan:
    return replace(plan, uncertainty=replace(plan.uncertainty, range=True))


def _sought(sets: Sets, able: Sequence[str]) -> Found:
    """The first set that holds in the draws, or the lowest of all that were tried."""
    plan, goal = sets.start.plan, sets.goal
    ids, most, looked = considered(able, len(plan.lines)), most_of_a_size(plan), 0
    for one in candidates(ids, tuple(id for id in LEVERS if id in able), sets.central, goal.at_most, most):
        after, looked = sets.whole(one.ids), looked + 1
        if goal.is_met(after.outcome):
            how = _told(_how(one), sets, len(ids), len(able), looked) if one.ids else THERE
            return Found(
                met=True, ids=one.ids, after=after, how=how, considered=ids, tried=len(sets.seen), looked=looked
            )
    lowest = min(((), *sets.seen), key=sets.central)
    how = _told(NONE, sets, len(ids), len(able), looked)
    after = sets.whole(lowest)
    return Found(met=False, ids=lowest, after=after, how=how, considered=ids, tried=len(sets.seen), looked=looked)


def considered(able: Sequence[str], lines: int) -> Ids:
    """The levers that a search can take on a plan of so many lines, those that save most, in the catalogue's order."""
    chosen = able[: affordable(len(able), MOST_TRIED // (OF_A_SET + lines))]
    return tuple(id for id in LEVERS if id in chosen)


def most_of_a_size(plan: Plan) -> int:
    """How many sets of each size are looked at in the draws of a plan; one at least."""
    work = (OF_DRAWS + len(plan.lines)) * plan.uncertainty.draws
    return max(1, min(MOST_OF_A_SIZE, MOST_LOOKED_AT // work))


def _how(found: Candidate) -> Text:
    return HOW.get(found.how) or BY_SETS.filled(size=str(len(found.ids)))


def _told(how: Text, sets: Sets, levers: int, able: int, looked: int) -> Text:
    """How a set was found, and how much was tried."""
    plan = sets.start.plan
    numbers = {"levers": levers, "able": able, "tried": len(sets.seen), "looked": looked, "most": most_of_a_size(plan)}
    said = COUNTED.filled(**{name: str(number) for name, number in numbers.items()})
    return Text(f"{how.en} {said.en}", f"{how.fr} {said.fr}")


def _shown(found: Found, goal: Goal) -> dict[str, Any]:
    outcome = found.after.outcome
    return {
        "goal": {"at_most": goal.at_most, "unit": goal.unit, "of": goal.of, "confidence": goal.confidence},
        "met": found.met,
        "search": found.how._asdict(),
        "considered": list(found.considered),
        "sets_tried": found.tried,
        "sets_looked_at": found.looked,
        "levers": list(found.ids),
        "reached": goal.shown(outcome),
        "probability": goal.probability(outcome),
        "plan": found.after.words,
    }
