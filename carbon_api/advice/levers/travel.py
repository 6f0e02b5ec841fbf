"""Trips otherwise: by train instead of by plane, in economy instead of in front."""

from carbon_api.advice.lever import Edits, Lever, Parameter, Strength
from carbon_api.advice.levers.criteria import PRODUCTION
from carbon_api.advice.levers.trips import Leg, each_trip
from carbon_api.advice.levers.unpaid import UNPAID
from carbon_api.advice.text import Text
from carbon_api.factor_book.book import Release
from carbon_api.methods.travel import DEFAULTS
from carbon_api.plan import measures as m
from carbon_api.plan.model import Shares, Trip
from carbon_api.plan.quantities import PlainField
from carbon_api.wording.names import countries

NATIONAL = "national"  # what a train is where nobody says its kind
RAILS = (NATIONAL, "tgv")  # kinds that go far, as they are looked for
OF_RAIL = tuple(DEFAULTS[name][0] for name in ("ride_per_distance", "ride_upstream_per_distance"))
IN_FRONT = frozenset({"premium_economy", "business", "first"})
OF_FLIGHT = ("cabin", "flights", "haul")
GROUND = Text("A trip that is not by plane stays as it is.", "Un trajet qui ne se fait pas en avion reste tel quel.")
FAR = Text(
    "A flight is longer than the train is taken for.", "Un vol est plus long que ce pour quoi le train est retenu."
)
NO_RAIL = Text(
    "The factor book has no one kind of train for {country}.",
    "La base de facteurs n’a pas de type de train unique pour : {country}.",
)
BEHIND = Text(
    "A flight is in economy already, or its cabin is not said.",
    "Un vol est déjà en classe économique, ou sa classe n’est pas dite.",
)


def by_train(leg: Leg, strength: Strength, release: Release) -> Edits | Text:
    """The same distance by the train of the country, where each flight is short."""
    if leg.trip.mode != "plane":
        return GROUND
    if _flight(leg) > strength["most_km"]:
        return FAR
    rail = _rail(leg.country, release)
    if rail is None:
        return NO_RAIL.filled(country=countries(leg.country))
    kind = {} if rail == NATIONAL else {"rail": rail}
    return {"mode": "train", **kind, **dict.fromkeys(name for name in OF_FLIGHT if name in leg.words)}


def in_economy(leg: Leg, strength: Strength, release: Release) -> Edits | Text:
    """The same flight, further back."""
    if leg.trip.mode != "plane":
        return GROUND
    return {"cabin": "economy"} if leg.trip.cabin in IN_FRONT else BEHIND


def _flight(leg: Leg) -> float:
    """km of each flight; of the distance as it is written where nobody says how many there are."""
    known = leg.trip.flight_length
    return _written_distance(leg.trip) if known is None else known


def _written_distance(trip: Trip) -> float:
    distance = trip.distance.value if trip.distance else 0.0
    return distance / 2 if trip.distance_status == "derived" else distance


def _rail(country: Shares, release: Release) -> str | None:
    """The kind of train that the book has figures for in all these countries."""
    return next((rail for rail in RAILS if all(_is_priced(rail, place, release) for place in country)), None)


def _is_priced(rail: str, country: str, release: Release) -> bool:
    ids = (pattern.format(rail=rail) for pattern in OF_RAIL)
    return all({country, "world"} & {*release.countries(id)} for id in ids)


TRAIN = Lever(
    id="train-instead-of-plane",
    title=Text("Take the train instead of the plane", "Prendre le train plutôt que l’avion"),
    explanation=Text(
        "Go by train where each flight is short enough for it. No fuel is burnt at altitude, and most trains run on "
        "electricity.",
        "Y aller en train quand chaque vol est assez court pour cela : pas de carburant brûlé en altitude, et la "
        "plupart des trains roulent à l’électricité.",
    ),
    kinds=("travel", "influencer"),
    who=("agency", "client"),
    effort="medium",
    holds="content",
    criteria=(PRODUCTION,),
    propose=each_trip(by_train),
    parameters=(
        Parameter(
            name="most_km",
            field=PlainField(m.DISTANCE),
            about=Text(
                "Longest flight that becomes a train, in km; a distance whose number of flights nobody says counts "
                "as one",
                "Vol le plus long qui devient un train, en km ; une distance dont personne ne dit le nombre de vols "
                "compte pour un seul",
            ),
            basis=Text(
                "assumed: about a day by train, such as Paris to Nice or to Berlin",
                "hypothèse : environ une journée de train, comme Paris-Nice ou Paris-Berlin",
            ),
            default=1000,
            ends=(500, 1500),
        ),
    ),
    caveats=(
        Text(
            "The distance stays that of the flight: rails are often longer, and some flights cross a sea that no train "
            "crosses.",
            "La distance reste celle du vol : le rail est souvent plus long, et certains vols franchissent une mer "
            "qu’aucun train ne traverse.",
        ),
        Text(
            "The whole way is counted as the average train of the country of the trip: in France the TGV, in the "
            "United Kingdom the national trains, which emit more than the Eurostar.",
            "Tout le trajet est compté comme le train moyen de son pays : en France le TGV, au Royaume-Uni les trains "
            "nationaux, plus émetteurs que l’Eurostar.",
        ),
        Text(
            "A longer trip may add nights at a hotel, which are not added here.",
            "Un trajet plus long peut ajouter des nuits d’hôtel, qui ne sont pas ajoutées ici.",
        ),
        UNPAID,
    ),
)

ECONOMY = Lever(
    id="economy-class",
    title=Text("Fly in economy", "Voyager en classe économique"),
    explanation=Text(
        "A seat in the front cabins takes the room of several: it bears a larger share of the flight. Where people "
        "must fly, they fly in economy.",
        "Un siège en cabine avant prend la place de plusieurs : il porte une plus grande part du vol. Quand il faut "
        "prendre l’avion, on le prend en classe économique.",
    ),
    kinds=("travel", "influencer"),
    who=("agency", "client"),
    effort="low",
    holds="content",
    criteria=(PRODUCTION,),
    propose=each_trip(in_economy),
    moves=True,
    caveats=(
        Text(
            "The plane flies as it did: what falls is the share that the seat bears, and fewer seats in the front "
            "cabins only save fuel once airlines fly fewer planes.",
            "L’avion vole comme avant : ce qui baisse est la part que porte le siège, et moins de sièges en cabine "
            "avant ne réduisent le carburant que si les compagnies font voler moins d’avions.",
        ),
        UNPAID,
    ),
)
