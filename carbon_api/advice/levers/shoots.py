"""Fewer trips: shoots that serve several contents, and creators who live where they publish."""

from carbon_api.advice.lever import Edits, Lever, Parameter, Strength, each
from carbon_api.advice.levers.criteria import PRODUCTION
from carbon_api.advice.levers.trips import Leg, each_trip, legs
from carbon_api.advice.levers.unpaid import UNPAID, unpaid
from carbon_api.advice.situation import Said
from carbon_api.advice.text import Text
from carbon_api.factor_book.book import Release
from carbon_api.plan.fields import Whole
from carbon_api.plan.model import Influencer
from carbon_api.plan.vocabulary import MODES
from carbon_api.plan.writing import scaled

FROM_AFAR = frozenset({"plane", "hotel"})
NOBODY = Text(
    "This trip counts no traveller, vehicle or night.", "Ce trajet ne compte aucun voyageur, véhicule ni nuit."
)
LOCAL_ALREADY = Text("The line has no flight and no night at a hotel.", "La ligne n’a ni vol ni nuit d’hôtel.")


def shared(leg: Leg, strength: Strength, release: Release) -> Edits | Text:
    """The people, vehicles or nights of a trip, over the contents that its shoot serves."""
    counted = MODES[leg.trip.mode]
    if not getattr(leg.trip, counted).value:
        return NOBODY
    return {counted: scaled("travel", counted, leg.words[counted], 1 / strength["shared_by"])}


def local(said: Said, line: Influencer, strength: Strength) -> Edits | Text:
    """The creators' line without what they came from afar for."""
    kept = [leg.words for leg in legs(said) if leg.trip.mode not in FROM_AFAR]
    if len(kept) == len(line.travel):
        return LOCAL_ALREADY
    return {"travel": kept or None, **unpaid(said)}


SHOOTS = Lever(
    id="fewer-shoots",
    title=Text("Share each shoot between several contents", "Partager chaque tournage entre plusieurs contenus"),
    explanation=Text(
        "Plan the shoots together, so that one trip brings back what several contents need: fewer trips for the same "
        "contents.",
        "Préparer les tournages ensemble, pour qu’un même déplacement rapporte de quoi faire plusieurs contenus : "
        "moins de déplacements pour les mêmes contenus.",
    ),
    kinds=("travel", "influencer"),
    who=("agency", "client"),
    effort="medium",
    holds="content",
    criteria=(PRODUCTION,),
    propose=each_trip(shared),
    parameters=(
        Parameter(
            name="shared_by",
            field=Whole(2, 100),
            about=Text("Contents that share one shoot", "Contenus qui partagent un tournage"),
            basis=Text(
                "assumed: two contents from one shoot, where each had its own",
                "hypothèse : deux contenus par tournage, là où chacun avait le sien",
            ),
            default=2,
            ends=(3, 4),
        ),
    ),
    caveats=(
        Text(
            "Every trip of these lines is taken to be for a shoot, and each content to have had its own.",
            "Chaque trajet de ces lignes est supposé servir un tournage, et chaque contenu avoir eu le sien.",
        ),
        Text(
            "Only what is no longer travelled is saved: a shoot shared with another campaign moves part of its trips "
            "to that campaign’s account.",
            "Seul ce qui n’est plus parcouru est évité : un tournage partagé avec une autre campagne déplace une "
            "part de ses trajets dans le compte de celle-ci.",
        ),
        UNPAID,
    ),
)

LOCAL = Lever(
    id="local-creators",
    title=Text("Work with creators who live where they shoot", "Travailler avec des créateurs qui vivent sur place"),
    explanation=Text(
        "Choose creators near where they publish: the flights and the nights at hotels that brought others from afar "
        "fall away.",
        "Choisir des créateurs proches de l’endroit où ils publient : les vols et les nuits d’hôtel qui faisaient "
        "venir les autres de loin disparaissent.",
    ),
    kinds=("influencer",),
    who=("agency", "client"),
    effort="high",
    holds="views",
    criteria=(PRODUCTION,),
    propose=each(Influencer, local),
    caveats=(
        Text(
            "The views are taken to stay the same with other creators, which nobody can promise.",
            "Les vues sont supposées rester les mêmes avec d’autres créateurs, ce que personne ne peut promettre.",
        ),
        Text(
            "What local creators travel themselves is unknown and left out: the saving is at most this.",
            "Ce que les créateurs sur place parcourent eux-mêmes est inconnu et laissé de côté : la réduction est "
            "au plus celle-ci.",
        ),
        UNPAID,
    ),
)
