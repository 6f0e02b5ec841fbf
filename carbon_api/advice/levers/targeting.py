"""Fewer impressions for the same people: tighter targeting, and lists of those to leave out."""

from collections.abc import Iterable
from math import fsum, inf

from carbon_api.advice.counts import contacts_of
from carbon_api.advice.lever import Edits, Lever, Parameter, Proposal, Strength, each
from carbon_api.advice.levers.booking import CPM_AFTER, NO_BIDS, PRICE, booked, part_of
from carbon_api.advice.levers.criteria import TARGETING
from carbon_api.advice.objective import all_but
from carbon_api.advice.situation import Said, Situation
from carbon_api.advice.text import Text
from carbon_api.plan import measures as m
from carbon_api.plan.model import Ad, OnTarget
from carbon_api.plan.quantities import PlainField

NOT_SAID = Text(
    "The line does not say its on_target_share, so its off-target part is unknown.",
    "La ligne n’indique pas sa part sur cible : sa part hors cible est inconnue.",
)
NOBODY = Text(
    "None of the line is on target, so it has no contacts to keep.",
    "Aucune part de la ligne n’est sur cible : elle n’a pas de contacts à garder.",
)
TIGHT = Text("The line is targeted at least as tightly already.", "La ligne est déjà ciblée au moins aussi finement.")
BEYOND = Text(
    "The plan has more contacts than its audience allows at this frequency cap: cut contacts before tightening the "
    "targeting.",
    "Le plan a plus de contacts que son audience n’en permet à ce plafond de répétition : réduisez les contacts avant "
    "de resserrer le ciblage.",
)
NO_SIZE = Text(
    "A frequency_cap is given, but the plan does not say the size of its audience.",
    "Un frequency_cap est donné, mais le plan ne dit pas la taille de son audience.",
)
EVERYBODY = Text("To leave everybody out is to buy nothing.", "Exclure tout le monde, c’est ne rien acheter.")
WHOLE = Text(
    "This share is larger than the off-target part of the line.",
    "Cette part est plus grande que la part hors cible de la ligne.",
)


def tighter(said: Said, line: Ad, strength: Strength) -> Edits | Text:
    """The same contacts from impressions of which a larger share is on target: impressions x share / share after."""
    if line.on_target is None:
        return NOT_SAID
    share = line.on_target.share.value
    after = share + (1 - share) * strength["part"] if strength["to"] is None else strength["to"]
    if not share:
        return NOBODY
    return _aimed(said, line, line.on_target, after, strength) if after > share else TIGHT


def without_converted(said: Said, line: Ad, strength: Strength) -> Edits | Text:
    """People who are already convinced are left out of the booking. They are taken to be off target."""
    kept = 1 - strength["share"]
    if not kept:
        return EVERYBODY
    if line.on_target is None or not line.on_target.share.value:
        return booked(said, line, kept, strength["cpm_after"])
    share = line.on_target.share.value
    return _aimed(said, line, line.on_target, share / kept, strength) if share <= kept else WHOLE


def _aimed(said: Said, line: Ad, on_target: OnTarget, after: float, strength: Strength) -> Edits:
    edits = booked(said, line, on_target.share.value / after, strength["cpm_after"])
    return {**edits, "on_target_share": {"value": after, "source": "assumption"}}


def within_audience(situation: Situation, strength: Strength) -> Proposal:
    """Tighter targeting, unless the contacts are more than the audience has at the frequency cap."""
    audience, ads = situation.plan.audience, [line for line in situation.plan.lines if isinstance(line, Ad)]
    if strength["frequency_cap"] is not None and not (audience and audience.size):
        return Proposal(edits={}, reasons=(NO_SIZE,))
    if audience and audience.size and _contacts(ads) > audience.size.value * _most_each(ads, strength):
        return Proposal(edits={}, reasons=(BEYOND,))
    return each(Ad, tighter)(situation, strength)


def _contacts(ads: Iterable[Ad]) -> float:
    return fsum(contacts_of(line) or 0.0 for line in ads)


def _most_each(ads: Iterable[Ad], strength: Strength) -> float:
    """The most contacts of one person: the cap asked for, or the caps of the ads, each its own; no end without one."""
    if strength["frequency_cap"] is not None:
        return float(strength["frequency_cap"])
    return fsum(line.frequency_cap.value if line.frequency_cap else inf for line in ads if line.on_target)


TIGHTER = Lever(
    id="tighter-targeting",
    title=Text("Target more tightly", "Cibler plus finement"),
    explanation=Text(
        "Buy fewer impressions, a larger share of them on target: the same contacts from a smaller volume. Prefer "
        "geography, language, context and the exclusion of people already converted; never special-category data, "
        "never minors.",
        "Acheter moins d’impressions, dont une plus grande part sur cible : les mêmes contacts pour un volume acheté "
        "plus petit. Préférez la géographie, la langue, le contexte et l’exclusion des personnes déjà converties ; "
        "jamais de données sensibles, jamais de mineurs.",
    ),
    kinds=("ad",),
    who=("agency",),
    effort="medium",
    holds="contacts",
    criteria=(TARGETING,),
    propose=within_audience,
    parameters=(
        Parameter(
            name="to",
            field=PlainField(m.SHARE),
            about=Text("On-target share after", "Part sur cible après"),
            basis=Text("what `part` leaves, unless given", "ce que laisse `part`, sauf si elle est donnée"),
        ),
        part_of("what is off target", "ce qui est hors cible"),
        Parameter(
            name="frequency_cap",
            field=PlainField(m.FREQUENCY),
            about=Text(
                "Most contacts for each person of the audience, whose size the plan says",
                "Nombre maximal de contacts par personne de l’audience, dont le plan dit la taille",
            ),
            basis=Text(
                "the lines’ own caps together, unless given", "les plafonds des lignes ensemble, sauf s’il est donné"
            ),
        ),
        CPM_AFTER,
    ),
    caveats=(
        Text(
            "The volume bought must fall as the share rises: a better share of the same impressions saves nothing.",
            "Le volume acheté doit baisser quand la part monte : une meilleure part des mêmes impressions ne réduit "
            "rien.",
        ),
        NO_BIDS,
        PRICE,
    ),
)

EXCLUSIONS = Lever(
    id="exclusion-lists",
    title=Text("Leave out people already converted", "Exclure les personnes déjà converties"),
    explanation=Text(
        "Do not pay to show the campaign to customers and to people who have already converted: they are impressions "
        "without use. The lists rest on consent and are kept no longer than needed.",
        "Ne payez pas pour montrer la campagne aux clients et aux personnes déjà converties : ce sont des impressions "
        "sans utilité. Les listes reposent sur le consentement et ne sont gardées que le temps nécessaire.",
    ),
    kinds=("ad",),
    objectives=all_but("loyalty"),
    who=("agency", "client"),
    effort="low",
    holds="contacts",
    criteria=(TARGETING,),
    propose=each(Ad, without_converted),
    parameters=(
        Parameter(
            name="share",
            field=PlainField(m.SHARE),
            about=Text(
                "Share of impressions that reach people already converted",
                "Part des impressions qui touchent des personnes déjà converties",
            ),
            basis=Text(
                "assumed: 5%, since nobody publishes one; your own platform reports it",
                "hypothèse : 5 %, faute de valeur publiée ; votre plateforme donne la vôtre",
            ),
            default=0.05,
            ends=(0.02, 0.15),
        ),
        CPM_AFTER,
    ),
    caveats=(
        Text(
            "People already converted are assumed to be off target: contacts stay only if that is so.",
            "Les personnes déjà converties sont supposées hors cible : les contacts ne restent les mêmes qu’à cette "
            "condition.",
        ),
        NO_BIDS,
        PRICE,
    ),
)
