"""What a line is for: a change that works against it is not proposed."""

from dataclasses import replace

from carbon_api.advice.lever import Lever, Proposal
from carbon_api.advice.situation import Situation
from carbon_api.advice.text import Text
from carbon_api.plan.french import folded
from carbon_api.plan.vocabulary import OBJECTIVES

AGAINST = Text(
    "The change works against what the line is for: {objective}.",
    "Le changement va contre l’objectif de la ligne : {objective}.",
)
_NAMES = {folded(one): name for name, others in OBJECTIVES.items() for one in (name, *others)}


def all_but(objective: str) -> tuple[str, ...]:
    """Every known objective but one."""
    return tuple(name for name in OBJECTIVES if name != objective)


def objective_of(said: str | None) -> str | None:
    """The known objective behind a caller's words; None where they are nothing, or words of his own."""
    return _NAMES.get(folded(said)) if said else None


def purpose(said: str | None) -> str | None:
    """What lines have in common that are for the same: the known objective, or the caller's words whatever their case
    and accents."""
    return objective_of(said) or (folded(said) if said else None)


def serving(situation: Situation, lever: Lever, proposal: Proposal) -> Proposal:
    """The proposal without the lines that are for something else than the lever's objectives."""
    lines = situation.plan.lines
    against = {index for index in proposal.edits if not _serves(lever, lines[index].objective)}
    if not against:
        return proposal
    edits = {index: one for index, one in proposal.edits.items() if index not in against}
    stays = tuple((index, AGAINST.filled(objective=lines[index].objective or "")) for index in sorted(against))
    return replace(proposal, edits=edits, stays=(*proposal.stays, *stays))


def _serves(lever: Lever, said: str | None) -> bool:
    objective = objective_of(said)
    return not lever.objectives or objective is None or objective in lever.objectives
