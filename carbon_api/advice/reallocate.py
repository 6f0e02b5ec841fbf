"""Impressions moved between the plan's own ads: the least footprint at the same contacts and within the spend.

A line keeps its CPM. Contacts are traded inside a format and an objective alone, unless the caller allows more.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import asdict, dataclass
from math import fsum
from typing import Any

from carbon_api.advice.changed import changes
from carbon_api.advice.counts import contacts_of, price_of
from carbon_api.advice.lever import Proposal
from carbon_api.advice.levers.booking import moved, room
from carbon_api.advice.objective import purpose
from carbon_api.advice.programme import Movable, Programme, Staying
from carbon_api.advice.reach import after, got
from carbon_api.advice.saving import save, split
from carbon_api.advice.situation import Said, Situation
from carbon_api.advice.text import Text
from carbon_api.plan.model import Ad, Line

UNMOVED = 1e-6  # of a line's impressions: what the solver's last digits move
FOUND = Text(
    "The least that these bounds allow, found by a linear programme (HiGHS). Each line keeps its CPM, its format and "
    "its share on target, which no one promises at another volume.",
    "Le minimum que permettent ces bornes, trouvé par un programme linéaire (HiGHS). Chaque ligne garde son CPM, son "
    "format et sa part sur cible, ce que personne ne promet à un autre volume.",
)
NOTHING = Text(
    "Nothing can be moved: no two ads to come that say their on_target_share may trade contacts.",
    "Rien ne peut être déplacé : il n’y a pas deux publicités à venir disant leur part sur cible qui puissent échanger "
    "des contacts.",
)
NO_LESS = Text(
    "Within these bounds no reallocation emits less.",
    "Dans ces bornes, aucune réallocation n’émet moins.",
)
TOO_FEW = Text(
    "Not possible: within these bounds and this spend the lines give at most {most} contacts, and {wanted} are asked "
    "for. Widen the bounds, raise the spend or ask for fewer.",
    "Impossible : dans ces bornes et avec cette dépense, les lignes donnent au plus {most} contacts, et il en est "
    "demandé {wanted}. Élargissez les bornes, augmentez la dépense ou demandez-en moins.",
)
TOO_DEAR = Text(
    "Not possible: at the least that these bounds allow, the lines cost {least}, and {wanted} are allowed. Widen the "
    "bounds or raise the spend.",
    "Impossible : au minimum que permettent ces bornes, les lignes coûtent {least}, et {wanted} sont autorisés. "
    "Élargissez les bornes ou augmentez la dépense.",
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a reallocation must hold: how far each line may move, the least contacts and the most spend (as they are,
    where None), and whether contacts may be traded across formats and objectives."""

    within: float = 0.3
    contacts: float | None = None
    spend: float | None = None
    across: bool = False


def reallocate(situation: Situation, wanted: Wanted) -> dict[str, Any]:
    """The reallocation, re-estimated; or why there is none, in words."""
    moving = _moving(situation)
    programme = _programme(situation, moving, wanted)
    factors = programme.factors()
    if factors is None:
        return _answer(wanted, _why_not(programme))
    pairs = zip(moving, factors, strict=True)
    edits = {index: moved(situation.said[index], one) for index, one in pairs if abs(one - 1) > UNMOVED}
    if edits:
        return _answer(wanted, FOUND, _shown(situation, Proposal(edits=edits)))
    return _answer(wanted, NO_LESS if programme.can_trade else NOTHING)


def _answer(wanted: Wanted, detail: Text, found: Mapping[str, Any] | None = None) -> dict[str, Any]:
    return {"asked": asdict(wanted), "found": found is not None, "detail": detail._asdict(), **(found or _NONE)}


_NONE: Mapping[str, Any] = dict.fromkeys(
    ("changes", "saving", "share_of_total", "probability_saves", "split", "before", "after")
)


def _shown(situation: Situation, proposal: Proposal) -> dict[str, Any]:
    saving = save(situation, proposal)
    return {
        "changes": changes(situation, proposal),
        **saving.shown(),
        "split": split(saving)._asdict(),
        "before": got(situation.outcome),
        "after": after(situation.outcome, saving.after.outcome),
    }


def _moving(situation: Situation) -> dict[int, Ad]:
    """The ads to come that are priced, are shown to somebody and say their share on target, by their place."""
    ads = ((index, line) for index, line in enumerate(situation.plan.lines) if isinstance(line, Ad))
    is_priced = situation.outcome.breakdown.priced_lines
    return {
        index: line
        for index, line in ads
        if line.on_target and line.impressions.value and line.volumes == "planned" and is_priced[index]
    }


def _programme(situation: Situation, moving: Mapping[int, Ad], wanted: Wanted) -> Programme:
    """What is wanted of the whole plan, and what the lines that stay cost and bring of it."""
    emits = situation.outcome.breakdown.lines
    lines = [_movable(situation.said[index], line, emits[index], wanted) for index, line in moving.items()]
    staying = _staying([line for index, line in enumerate(situation.plan.lines) if index not in moving])
    contacts, spend = wanted.contacts, wanted.spend
    if contacts is None:
        contacts = fsum([staying.contacts, *(line.contacts for line in lines)])
    prices = [line.price for line in lines if line.price is not None]
    if spend is None and prices:
        spend = fsum([staying.price, *prices])
    return Programme(lines, staying, wanted.within, contacts, spend)


def _movable(said: Said, line: Ad, emits: float, wanted: Wanted) -> Movable:
    group = None if wanted.across else _group(line)
    return Movable(emits, contacts_of(line) or 0.0, price_of(line), group, room(said, line))


def _staying(lines: Sequence[Line]) -> Staying:
    contacts, price = (fsum(count(line) or 0.0 for line in lines) for count in (contacts_of, price_of))
    return Staying(contacts, price)


def _group(line: Ad) -> Hashable:
    """Ads of one group trade contacts: those with the same format and objective, however it is written."""
    return line.format, purpose(line.objective)


def _why_not(programme: Programme) -> Text:
    """Which of the wishes cannot be held: the spend, or the contacts that are possible within it."""
    most = programme.most_contacts()
    if most is None:
        return TOO_DEAR.filled(least=programme.cheapest(), wanted=programme.spend or 0.0)
    return TOO_FEW.filled(most=most, wanted=programme.contacts)
