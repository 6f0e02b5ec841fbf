"""The same plan with one line less: the one watched for the least time, or the least useful."""

from collections.abc import Callable, Iterable

from carbon_api.advice.counts import contacts_of, hours_of, impressions_of, views_of
from carbon_api.advice.lever import Lever, Proposal, Strength
from carbon_api.advice.levers.criteria import USEFUL
from carbon_api.advice.objective import purpose
from carbon_api.advice.situation import Said, Situation
from carbon_api.advice.text import Text
from carbon_api.inventory.screen_time import screen_time
from carbon_api.plan.model import Ad, Delivered, Post, Story, Video

NOT_TIMED = Text(
    "The line does not say both its views and how long they last, so it is not compared.",
    "La ligne ne dit pas à la fois ses vues et leur durée : elle n’est pas comparée.",
)
NOT_COUNTED = Text(
    "The line counts no contacts and no views, so it is not compared.",
    "La ligne ne compte ni contacts ni vues : elle n’est pas comparée.",
)
TOO_FEW = Text(
    "No two lines can be compared, and a line is left out only beside another.",
    "Aucune ligne n’est comparable à une autre, et une ligne n’est retirée qu’à côté d’une autre.",
)
TOO_FEW_ALIKE = Text(
    "No two lines with the same objective can be compared, and a line is left out only beside another.",
    "Aucune ligne n’est comparable à une autre de même objectif, et une ligne n’est retirée qu’à côté d’une autre.",
)
FEWEST = 2  # lines, for one of them to be the least of all
Worth = Callable[[Said], float | None]  # what a line is compared by: the least goes; None where it does not say


def least_watched(situation: Situation, _: Strength) -> Proposal:
    """Without the line whose views are watched for the fewest seconds, of those that say how long."""
    hours = hours_of(situation.outcome)

    def each_view(said: Said) -> float | None:
        views = _views(said)
        return hours[said.index] / views if hours is not None and views and _is_timed(said) else None

    known, unsaid = _known(situation, each_view, NOT_TIMED)
    if len(known) < FEWEST:
        return Proposal(edits={}, stays=unsaid, reasons=(TOO_FEW,))
    return Proposal(edits={}, gone=frozenset({_least(known)}), stays=unsaid)


def least_useful(situation: Situation, _: Strength) -> Proposal:
    """Without the line that emits the most for each contact among those of its objective; for each impression or view,
    where some line counts no contacts: the two do not compare. Of several objectives, the line that emits the most."""
    kilograms = situation.outcome.breakdown.lines
    has_contacts = all(isinstance(said.line, Ad) and said.line.on_target for said in _counted(situation))
    people = _contacts if has_contacts else _views

    def each_kilogram(said: Said) -> float | None:
        worth, emits = people(said), kilograms[said.index]
        return None if worth is None or not emits else worth / emits

    known, unsaid = _known(situation, each_kilogram, NOT_COUNTED)
    least = [_least(group) for group in _by_objective(situation, known) if len(group) >= FEWEST]
    if not least:
        return Proposal(edits={}, stays=unsaid, reasons=(TOO_FEW_ALIKE,))
    return Proposal(edits={}, gone=frozenset({max(least, key=lambda index: kilograms[index])}), stays=unsaid)


def _counted(situation: Situation) -> list[Said]:
    return [said for said in situation.said if isinstance(said.line, Ad | Post | Story | Video)]


def _known(situation: Situation, worth: Worth, unsaid: Text) -> tuple[dict[int, float], tuple[tuple[int, Text], ...]]:
    """What the lines that say it are worth, by line; and why others are not compared."""
    found = {said.index: worth(said) for said in _counted(situation)}
    known = {index: one for index, one in found.items() if one is not None}
    return known, tuple((index, unsaid) for index in found if index not in known)


def _least(known: dict[int, float]) -> int:
    return min(known, key=lambda index: known[index])


def _by_objective(situation: Situation, known: dict[int, float]) -> Iterable[dict[int, float]]:
    """The lines of each objective."""
    groups: dict[str | None, dict[int, float]] = {}
    for index, worth in known.items():
        groups.setdefault(purpose(situation.plan.lines[index].objective), {})[index] = worth
    return groups.values()


def _is_timed(said: Said) -> bool:
    """Whether the line says how long it is watched, in all or on average."""
    gives = screen_time(said.line).gives if isinstance(said.line, Delivered) else ()
    return any(give.name in {"line_watched", "time_per_view"} for give in gives)


def _contacts(said: Said) -> float | None:
    return contacts_of(said.line)


def _views(said: Said) -> float | None:
    return impressions_of(said.line) if isinstance(said.line, Ad) else views_of(said.line)


LEAST_WATCHED = Lever(
    id="drop-least-watched",
    title=Text("Leave out the least-watched line", "Retirer la ligne la moins regardée"),
    explanation=Text(
        "Of the lines that say how long they are watched, leave out the one whose impressions or views last the "
        "fewest seconds.",
        "Parmi les lignes qui disent combien de temps elles sont regardées, retirer celle dont les impressions ou les "
        "vues durent le moins.",
    ),
    kinds=("ad", "post", "influencer", "story", "video"),
    who=("agency", "client"),
    effort="low",
    holds="nothing",
    criteria=(USEFUL,),
    propose=least_watched,
    caveats=(
        Text(
            "Seconds are not attention, and lines differ in what they are for: look at the objective first. A line of "
            "few seconds may also emit little: what it saves is said, and may be small.",
            "Des secondes ne sont pas de l’attention, et les lignes n’ont pas toutes le même but : regardez d’abord "
            "l’objectif. Une ligne de peu de secondes émet parfois peu : ce que son retrait évite est dit, et peut "
            "être faible.",
        ),
    ),
)

LESS = Lever(
    id="do-less",
    title=Text("Do without the least useful line", "Se passer de la ligne la moins utile"),
    explanation=Text(
        "The same plan without the line that emits the most for each contact among those with its objective; for each "
        "impression or view, where not every line counts contacts.",
        "Le même plan sans la ligne qui émet le plus par contact parmi celles de même objectif ; par impression ou "
        "vue, quand toutes les lignes ne comptent pas des contacts.",
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
