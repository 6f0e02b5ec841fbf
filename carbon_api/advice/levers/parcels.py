"""Parcels that take their time: by truck instead of by plane."""

from carbon_api.advice.changed import edited
from carbon_api.advice.lever import Edits, Lever, Parameter, Strength, each
from carbon_api.advice.levers.criteria import PRODUCTION
from carbon_api.advice.levers.unpaid import UNPAID, unpaid
from carbon_api.advice.situation import Said
from carbon_api.advice.text import Text
from carbon_api.plan import measures as m
from carbon_api.plan.model import Influencer
from carbon_api.plan.quantities import PlainField

BY_ROAD = {"mode": "truck", "haul": None}
NOT_FLOWN = Text(
    "The line sends nothing by plane over a distance that a truck is taken for.",
    "La ligne n’envoie rien par avion sur une distance pour laquelle le camion est retenu.",
)


def slower(said: Said, line: Influencer, strength: Strength) -> Edits | Text:
    """The same parcels over the same distance by truck."""
    is_changed = [sent.mode == "plane" and sent.distance.value <= strength["most_km"] for sent in line.shipping]
    if not any(is_changed):
        return NOT_FLOWN
    pairs = zip(said.words["shipping"], is_changed, strict=True)
    return {"shipping": [edited(words, BY_ROAD) if flown else words for words, flown in pairs], **unpaid(said)}


SLOWER = Lever(
    id="slower-shipping",
    title=Text("Send products by truck instead of by plane", "Envoyer les produits par camion plutôt que par avion"),
    explanation=Text(
        "Send products early enough to go by road: a parcel in no hurry needs no plane.",
        "Envoyer les produits assez tôt pour qu’ils aillent par la route : un colis qui n’est pas pressé n’a pas "
        "besoin d’avion.",
    ),
    kinds=("influencer",),
    who=("agency", "client"),
    effort="low",
    holds="views",
    criteria=(PRODUCTION,),
    propose=each(Influencer, slower),
    parameters=(
        Parameter(
            name="most_km",
            field=PlainField(m.DISTANCE),
            about=Text(
                "Longest way that parcels go by truck instead, in km", "Plus long chemin fait par camion, en km"
            ),
            basis=Text(
                "assumed: a few days by road, across most of Europe",
                "hypothèse : quelques jours de route, à travers la plus grande part de l’Europe",
            ),
            default=2500,
            ends=(1500, 3500),
        ),
    ),
    caveats=(
        Text(
            "The distance stays that of the flight: roads are often longer, and some flights cross a sea.",
            "La distance reste celle du vol : la route est souvent plus longue, et certains vols franchissent une mer.",
        ),
        UNPAID,
    ),
)
