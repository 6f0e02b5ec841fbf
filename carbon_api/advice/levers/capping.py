"""A cap on how often each person sees an ad."""

from math import ceil

from carbon_api.advice.frequency import capped
from carbon_api.advice.frequency_report import MOST_TIMES, FrequencyReport, reported
from carbon_api.advice.lever import Edits, Lever, Parameter, Strength, each
from carbon_api.advice.levers.booking import CPM_AFTER, NO_BIDS, PRICE, booked
from carbon_api.advice.levers.criteria import CAPPING
from carbon_api.advice.situation import Said
from carbon_api.advice.text import Text
from carbon_api.plan.fields import Whole
from carbon_api.plan.measures import Measure
from carbon_api.plan.model import Ad
from carbon_api.plan.quantities import PlainField
from carbon_api.plan.writing import scaled

SHAPE = Measure("FrequencyShape", 100.0, minimum=0.01)
NO_FREQUENCY = Text(
    "The line does not say how often each person sees it: it needs two of reach, frequency and impressions.",
    "La ligne ne dit pas combien de fois chaque personne la voit : il faut deux valeurs parmi couverture, répétition "
    "et impressions.",
)
ONCE_EACH = Text(
    "Each person reached sees it once or less on average: there is nothing to cap.",
    "Chaque personne touchée la voit une fois au plus en moyenne : il n’y a rien à limiter.",
)
TOO_OFTEN = Text(
    "The line says more than a thousand times a person: check its reach.",
    "La ligne indique plus de mille répétitions par personne : vérifiez sa couverture.",
)
NOBODY_BEYOND = Text(
    "Next to nobody sees it more often than the cap.", "Presque personne ne la voit au-delà du plafond."
)
CAPPED = Text("The line is capped at least as tightly already.", "La ligne est déjà plafonnée au moins aussi bas.")
CONTRADICTED = Text(
    "The report’s average is not the line’s own impressions per person: it is of another line, or the reach is wrong.",
    "La moyenne du rapport n’est pas celle des impressions par personne de la ligne : il est d’une autre ligne, ou la "
    "couverture est fausse.",
)
ALIKE = 0.05  # of the line's own average, as rounded figures of a report may differ
NEXT_TO_NOTHING = 1e-9  # of the impressions


def cap(said: Said, line: Ad, strength: Strength) -> Edits | Text:
    """The impressions beyond the cap are no longer booked; the same people are reached, less often."""
    report, own = strength["report"], _mean(line)
    mean = reported(report) if report else own
    if mean is None:
        return NO_FREQUENCY
    if report and own and abs(mean / own - 1) > ALIKE:
        return CONTRADICTED
    if mean <= 1:
        return ONCE_EACH
    if mean > MOST_TIMES:
        return TOO_OFTEN
    return _capped(said, line, mean, ceil(mean) if strength["cap"] is None else strength["cap"], strength)


def _capped(said: Said, line: Ad, mean: float, most: int, strength: Strength) -> Edits | Text:
    if line.frequency_cap and line.frequency_cap.value <= most:
        return CAPPED
    report = strength["report"]
    stays = (reported(report, most) if report else capped(mean, most, strength["shape"])) / mean
    if stays >= 1 - NEXT_TO_NOTHING:
        return NOBODY_BEYOND
    return {**_less_often(said, line, stays, strength), "frequency_cap": most}


def _mean(line: Ad) -> float | None:
    """How often each person reached sees it, on average."""
    if line.reach and line.reach.value:
        return line.impressions.value / line.reach.value
    return line.frequency.value if line.frequency else None


def _less_often(said: Said, line: Ad, stays: float, strength: Strength) -> Edits:
    """The booking times what stays, the same reach."""
    edits = {name: value for name, value in booked(said, line, stays, strength["cpm_after"]).items() if name != "reach"}
    frequency = said.words.get("frequency")
    return edits if frequency is None else {**edits, "frequency": scaled(said.kind, "frequency", frequency, stays)}


CAP = Lever(
    id="frequency-cap",
    title=Text("Cap how often each person sees it", "Limiter la répétition par personne"),
    explanation=Text(
        "Impressions beyond the cap are no longer bought: the people reached stay, those who saw it most see it less. "
        "What stays is the average of min(times, cap), from how unequal the times are, and not the mean capped.",
        "Les impressions au-delà du plafond ne sont plus achetées : les personnes touchées restent les mêmes, celles "
        "qui voyaient le plus la publicité la voient moins. Ce qui reste est la moyenne de min(répétitions, plafond), "
        "selon l’inégalité des répétitions, et non la moyenne plafonnée.",
    ),
    kinds=("ad",),
    who=("agency",),
    effort="low",
    holds="people_reached",
    criteria=(CAPPING,),
    propose=each(Ad, cap),
    parameters=(
        Parameter(
            name="cap",
            field=Whole(1, MOST_TIMES),
            about=Text("Most impressions for each person", "Nombre maximal d’impressions par personne"),
            basis=Text(
                "assumed: each line’s own average frequency, rounded up",
                "hypothèse : la répétition moyenne de chaque ligne, arrondie à l’entier supérieur",
            ),
        ),
        Parameter(
            name="shape",
            field=PlainField(SHAPE),
            about=Text(
                "Shape of the zero-truncated negative binomial: the lower, the more unequal the times",
                "Forme de la loi binomiale négative tronquée en zéro : plus elle est basse, plus les répétitions sont "
                "inégales",
            ),
            basis=Text(
                "assumed: 1, a geometric law; fit it to the frequency report of your platform",
                "hypothèse : 1, une loi géométrique ; ajustez-la au rapport de répétition de votre plateforme",
            ),
            default=1,
            ends=(0.3, 3),
        ),
        Parameter(
            name="report",
            field=FrequencyReport(),
            about=Text(
                "Shares of the people reached who see it once, twice and so on, from a frequency report, instead of a "
                "shape",
                "Parts des personnes touchées qui la voient une fois, deux fois, etc., selon un rapport de répétition, "
                "à la place d’une forme",
            ),
            basis=Text("none unless given", "aucun sauf s’il est donné"),
        ),
        CPM_AFTER,
    ),
    caveats=(
        Text(
            "The volume bought must fall with the cap: capped impressions that go to other people save nothing.",
            "Le volume acheté doit baisser avec le plafond : des impressions plafonnées mais montrées à d’autres "
            "n’évitent rien.",
        ),
        Text(
            "Contacts fall: the same people, fewer times each.",
            "Les contacts baissent : les mêmes personnes, moins souvent chacune.",
        ),
        NO_BIDS,
        PRICE,
    ),
)
