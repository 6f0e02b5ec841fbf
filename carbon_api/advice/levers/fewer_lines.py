"""The same plan with one line less: the least watched for its footprint, or the least useful."""

from collections.abc import Callable
from math import inf

import numpy as np
from numpy.typing import NDArray

from carbon_api.advice.lever import Lever, Proposal, Strength
from carbon_api.advice.levers.criteria import USEFUL
from carbon_api.advice.situation import Said, Situation
from carbon_api.advice.text import Text
from carbon_api.inventory.screen_time import screen_time
from carbon_api.plan.model import Ad, Delivered, Live, Post, Story, Video

NEEDED = Text(
    "Line {id} is the live that a replay names: the replay needs it.",
    "La ligne {id} est le direct que nomme une rediffusion : celle-ci en a besoin.",
)
NOT_TIMED = Text(
    "Line {id} does not say how long it is watched, so it is not compared.",
    "La ligne {id} ne dit pas combien de temps elle est regardée : elle n’est pas comparée.",
)
NOT_COUNTED = Text(
    "Line {id} counts no contacts and no views, so it is not compared.",
    "La ligne {id} ne compte ni contacts ni vues : elle n’est pas comparée.",
)
TOO_FEW = Text(
    "Fewer than two lines can be compared, and the only one is never left out.",
    "Moins de deux lignes sont comparables, et la seule n’est jamais retirée.",
)
FEWEST = 2  # lines, for one of them to be the least of all
Worth = Callable[[Said], float | None]  # what a line gives: seconds, contacts; None where it does not say


def least_watched(situation: Situation, _: Strength) -> Proposal:
    """Without the line that has the fewest seconds watched for each kilogram, of those that say how long."""
    hours = _hours(situation)
    lines = [said for said in situation.said if isinstance(said.line, Ad | Post | Story | Video | Live)]
    return _without_least(situation, lines, lambda said: hours[said.index] if _is_timed(said) else None, NOT_TIMED)


def least_useful(situation: Situation, _: Strength) -> Proposal:
    """Without the line that emits the most for each contact; for each impression or view, where some line counts no
    contacts: the two do not compare."""
    lines = [said for said in situation.said if isinstance(said.line, Ad | Post | Story | Video)]
    has_contacts = all(isinstance(said.line, Ad) and said.line.on_target for said in lines)
    return _without_least(situation, lines, _contacts if has_contacts else _views, NOT_COUNTED)


def _without_least(situation: Situation, lines: list[Said], worth: Worth, unsaid: Text) -> Proposal:
    """Without the line that is worth least for each kilogram, unless another needs it or there is no other."""
    needed = {said.line.replay_of for said in situation.said if isinstance(said.line, Video)}
    free = [said for said in lines if said.line.id not in needed]
    known = {said.index: worth(said) for said in free}
    reasons = (
        *(NEEDED.filled(id=said.line.id) for said in lines if said.line.id in needed),
        *(unsaid.filled(id=said.line.id) for said in free if known[said.index] is None),
    )
    kilograms = situation.outcome.breakdown.lines
    scores = {index: _for_each(one, kilograms[index]) for index, one in known.items() if one is not None}
    if len(scores) < FEWEST:
        return Proposal(edits={}, reasons=(*reasons, TOO_FEW))
    return Proposal(edits={}, gone=frozenset({min(scores, key=lambda index: scores[index])}), reasons=reasons)


def _for_each(worth: float, kilograms: float) -> float:
    return worth / kilograms if kilograms else inf


def _hours(situation: Situation) -> NDArray[np.float64]:
    """The hours on screen of each line, as the method prices them."""
    hours = np.zeros(len(situation.said))
    for one in situation.outcome.priced:
        if "screen_time" in one.bound.tracked:
            np.add.at(hours, one.table.line, one.run["screen_time"])
    return hours


def _is_timed(said: Said) -> bool:
    """Whether the line says how long it is watched, in all or on average."""
    gives = screen_time(said.line).gives if isinstance(said.line, Delivered) else ()
    return any(give.name in {"line_watched", "time_per_view"} for give in gives)


def _contacts(said: Said) -> float | None:
    line = said.line
    return line.impressions.value * line.on_target.share.value if isinstance(line, Ad) and line.on_target else None


def _views(said: Said) -> float | None:
    line = said.line
    if isinstance(line, Ad):
        return line.impressions.value
    return line.views.value if isinstance(line, Post | Story | Video) and line.views else None


LEAST_WATCHED = Lever(
    id="drop-least-watched",
    title=Text("Leave out the least-watched line", "Retirer la ligne la moins regardée"),
    explanation=Text(
        "Of the lines that say how long they are watched, leave out the one with the fewest seconds watched for each "
        "kilogram of its estimate.",
        "Parmi les lignes qui disent combien de temps elles sont regardées, retirer celle qui a le moins de secondes "
        "regardées par kilogramme de son estimation.",
    ),
    kinds=("ad", "post", "influencer", "story", "video", "live"),
    who=("agency", "client"),
    effort="low",
    holds="nothing",
    criteria=(USEFUL,),
    propose=least_watched,
    caveats=(
        Text(
            "Seconds are not attention, and lines differ in what they are for: look at the objective first.",
            "Des secondes ne sont pas de l’attention, et les lignes n’ont pas toutes le même but : regardez d’abord "
            "l’objectif.",
        ),
    ),
)

LESS = Lever(
    id="do-less",
    title=Text("Do without the least useful line", "Se passer de la ligne la moins utile"),
    explanation=Text(
        "The same plan without the line that emits the most for each contact; for each impression or view, where not "
        "every line counts contacts.",
        "Le même plan sans la ligne qui émet le plus par contact ; par impression ou vue, quand toutes les lignes ne "
        "comptent pas des contacts.",
    ),
    kinds=("ad", "post", "influencer", "story", "video"),
    who=("client",),
    effort="low",
    holds="nothing",
    criteria=(USEFUL,),
    propose=least_useful,
    caveats=(
        Text(
            "Its people are no longer reached, and an impression of one platform or format is not worth that of "
            "another.",
            "Ses personnes ne sont plus touchées, et une impression d’une plateforme ou d’un format ne vaut pas celle "
            "d’un autre.",
        ),
    ),
)
