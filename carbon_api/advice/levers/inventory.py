"""The same ads elsewhere or otherwise bought: where they can be seen, on the platform itself, without open auctions."""

from carbon_api.advice.lever import Edits, Lever, Parameter, Propose, Strength, each
from carbon_api.advice.levers.booking import CPM_AFTER, NO_BIDS, PRICE, PRICES, booked, part_of
from carbon_api.advice.levers.criteria import SUPPLY_PATHS, VIEWABILITY
from carbon_api.advice.situation import Said
from carbon_api.advice.text import Text
from carbon_api.inventory.activity import buying
from carbon_api.plan import measures as m
from carbon_api.plan.model import Ad, Quantity
from carbon_api.plan.quantities import PlainField
from carbon_api.plan.vocabulary import PLACEMENTS
from carbon_api.plan.writing import written

NOT_SAID = Text(
    "The line does not say its viewable_share, so its part that cannot be seen is unknown.",
    "La ligne n’indique pas son taux de visibilité : sa part non visible est inconnue.",
)
UNSEEN = Text(
    "None of the line can be seen, so it has no viewable impressions to keep.",
    "Aucune part de la ligne n’est visible : elle n’a pas d’impressions visibles à garder.",
)
TOO_LONG = Text(
    "The line’s time on screen for each impression is more than its viewable share of the creative’s length: one of "
    "them is not what it says.",
    "Le temps à l’écran par impression de la ligne dépasse la part visible de la durée de la création : "
    "l’un des deux n’est pas ce qu’il dit.",
)
SEEN = Text("The line is at least as viewable already.", "La ligne est déjà au moins aussi visible.")
INSIDE = Text(
    "The line names no placement outside its platform.", "La ligne ne nomme aucun emplacement hors de sa plateforme."
)
NO_PLATFORM = Text(
    "The line names no platform that has a feed of its own.", "La ligne ne nomme aucune plateforme qui ait son fil."
)
DIRECT = Text(
    "The line is taken to be bought directly: write buying: programmatic if it is not.",
    "La ligne est considérée comme achetée en direct : indiquez l’achat programmatique si ce n’est pas le cas.",
)
SAME_TIME = Text(
    "The same impressions, assumed to be seen as long, as viewable and as well targeted as before.",
    "Les mêmes impressions, supposées vues aussi longtemps, aussi visibles et aussi bien ciblées qu’avant.",
)
OTHER_PRICE = Text(
    "The CPM is another: without cpm_after the spend after is unknown, and shown as unknown.",
    "Le CPM n’est plus le même : sans cpm_after, la dépense après changement est inconnue et affichée comme telle.",
)
OF_AUCTIONS = ("buying", "auction_paths")
NO_PATHS = Text(
    "Nobody publishes how many paths a curated deal asks: give paths, as your seller or your buying platform counts "
    "them.",
    "Personne ne publie combien de chemins interroge un deal sélectionné : donnez paths, tel que votre vendeur ou "
    "votre plateforme d’achat les compte.",
)
CURATED_ALREADY = Text(
    "The line already asks this many paths or fewer.", "La ligne interroge déjà ce nombre de chemins ou moins."
)
BOUNDARY = Text(
    "A method that leaves open auctions out can say nothing of it: sri-2.1 prices them.",
    "Une méthode qui laisse de côté les enchères ouvertes n’en peut rien dire : sri-2.1 les chiffre.",
)


def viewable(said: Said, line: Ad, strength: Strength) -> Edits | Text:
    """The same viewable impressions from fewer: impressions x share / share after. What is seen is seen as before."""
    if line.viewable_share is None:
        return NOT_SAID
    share = line.viewable_share.value
    after = share + (1 - share) * strength["part"] if strength["to"] is None else strength["to"]
    if not share:
        return UNSEEN
    if after <= share:
        return SEEN
    if _outlasts(line, share / after):
        return TOO_LONG
    edits = booked(said, line, share / after, strength["cpm_after"])
    return {**edits, **_seen_as_before(said, line, share / after), "viewable_share": after}


def _seen_as_before(said: Said, line: Ad, factor: float) -> Edits:
    """What is not bought was not seen: the plays and the time in all stay, and the average of an impression rises."""
    words = said.words
    edits = {name: words[name] for name in ("plays", "time_on_screen_total") if name in words}
    most = line.impressions.value * factor
    if line.plays and line.plays.value > most:
        edits["plays"] = written(said.kind, "plays", line.plays._replace(value=most))
    time = line.time_on_screen
    if time and time.per == "impression":
        longer = time.value._replace(value=time.value.value / factor)
        edits["time_on_screen"] = written(said.kind, "time_on_screen", longer, time.per)
    return edits


def _outlasts(line: Ad, factor: float) -> bool:
    """Whether the average of what stays would be longer than the creative."""
    time, length = line.time_on_screen, line.creative_length
    if not time or not length or time.per != "impression":
        return False
    return min(time.value.value, length.value) / factor > length.value


def on_platform(said: Said, line: Ad, strength: Strength) -> Edits | Text:
    """The same impressions in the feed of the platform itself, bought there."""
    if not line.placement or not PLACEMENTS[line.placement].off_platform:
        return INSIDE
    if line.platform == "other":
        return NO_PLATFORM
    bought = dict.fromkeys(name for name in OF_AUCTIONS if name in said.words)
    return {"placement": "feed", **bought, **_as_many(said, line, strength)}


def direct(said: Said, line: Ad, strength: Strength) -> Edits | Text:
    """The same impressions bought without an open auction."""
    if buying(line) == "direct":
        return DIRECT
    paths = {"auction_paths": None} if "auction_paths" in said.words else {}
    return {"buying": "direct", **paths, **_as_many(said, line, strength)}


def curated(said: Said, line: Ad, strength: Strength) -> Edits | Text:
    """The same impressions through fewer paths of the auction."""
    paths = strength["paths"]
    if buying(line) == "direct":
        return DIRECT
    if paths is None:
        return NO_PATHS
    if line.auction_paths and line.auction_paths.value <= paths:
        return CURATED_ALREADY
    return {"auction_paths": written(said.kind, "auction_paths", Quantity(paths)), **_as_many(said, line, strength)}


def _as_many(said: Said, line: Ad, strength: Strength) -> Edits:
    """As many impressions at another price."""
    edits = booked(said, line, 1.0, strength["cpm_after"])
    return {name: value for name, value in edits.items() if name in PRICES or name not in said.words}


def _bought_otherwise(
    id: str,
    title: Text,
    explanation: Text,
    propose: Propose,
    caveats: tuple[Text, ...],
    placements: tuple[str, ...] = (),
    parameters: tuple[Parameter, ...] = (),
) -> Lever:
    """A lever that moves as many impressions to another way of buying."""
    return Lever(
        id=id,
        title=title,
        explanation=explanation,
        kinds=("ad",),
        placements=placements,
        who=("agency",),
        effort="low",
        holds="impressions",
        criteria=(SUPPLY_PATHS,),
        propose=propose,
        parameters=(*parameters, CPM_AFTER),
        caveats=caveats,
    )


VIEWABLE_ONLY = Lever(
    id="viewable-inventory",
    title=Text("Buy what can be seen", "Acheter ce qui peut être vu"),
    explanation=Text(
        "The same viewable impressions from a smaller volume bought. An impression that cannot be seen has no screen, "
        "but it is chosen, sent and stored all the same: only that part is saved.",
        "Les mêmes impressions visibles pour un volume acheté plus petit. Une impression non visible n’occupe pas "
        "d’écran, mais elle est tout de même choisie, envoyée et stockée : seule cette part est évitée.",
    ),
    kinds=("ad",),
    who=("agency",),
    effort="low",
    holds="viewable_impressions",
    criteria=(VIEWABILITY,),
    propose=each(Ad, viewable),
    parameters=(
        Parameter(
            name="to",
            field=PlainField(m.SHARE),
            about=Text("Viewable share after", "Taux de visibilité après"),
            basis=Text("what `part` leaves, unless given", "ce que laisse `part`, sauf si elle est donnée"),
        ),
        part_of("what cannot be seen", "ce qui ne peut être vu"),
        CPM_AFTER,
    ),
    caveats=(
        Text(
            "The volume bought must fall as the share rises: a better share of the same impressions saves nothing.",
            "Le volume acheté doit baisser quand le taux monte : un meilleur taux pour les mêmes impressions ne réduit "
            "rien.",
        ),
        Text(
            "Total time on screen stays the same: what is no longer bought was not seen. Impressions on target fall "
            "with the volume bought.",
            "Le temps total à l’écran ne change pas : ce qui n’est plus acheté n’était pas vu. Les impressions sur "
            "cible baissent avec le volume acheté.",
        ),
        NO_BIDS,
        PRICE,
    ),
)
ON_PLATFORM = _bought_otherwise(
    "on-platform-inventory",
    Text("Leave the audience network for the platform", "Quitter le réseau d’audience pour la plateforme"),
    Text(
        "Show the same impressions in the platform’s own feed rather than on other publishers’ pages, where open "
        "auctions pick them.",
        "Montrer les mêmes impressions dans le fil de la plateforme plutôt que sur les pages d’autres éditeurs, où des "
        "enchères ouvertes les choisissent.",
    ),
    each(Ad, on_platform),
    (SAME_TIME, BOUNDARY, OTHER_PRICE),
    tuple(name for name, placement in PLACEMENTS.items() if placement.off_platform),
)
DIRECT_BUYING = _bought_otherwise(
    "direct-buying",
    Text("Buy directly instead of in open auctions", "Acheter en direct plutôt qu’aux enchères ouvertes"),
    Text(
        "Buy from the publisher outside any auction, so that none asks its many paths for each impression.",
        "Acheter à l’éditeur, hors de toute mise en concurrence, pour qu’aucune enchère n’interroge ses nombreux "
        "chemins à chaque impression.",
    ),
    each(Ad, direct),
    (
        Text(
            "A direct deal that still competes with open auctions counts as programmatic under the SRI framework and "
            "saves none of this.",
            "Un achat direct encore en concurrence avec les enchères ouvertes compte comme programmatique dans le "
            "référentiel SRI et n’évite rien de cela.",
        ),
        SAME_TIME,
        BOUNDARY,
        OTHER_PRICE,
    ),
)
CURATED_BUYING = _bought_otherwise(
    "curated-buying",
    Text("Buy from few chosen sellers", "Acheter à quelques vendeurs choisis"),
    Text(
        "Keep the auction but choose its sellers: a curated deal, or a shorter supply path, asks fewer paths for each "
        "impression.",
        "Garder l’enchère mais en choisir les vendeurs : un deal sélectionné, ou un chemin d’achat plus court, "
        "interroge moins de chemins pour chaque impression.",
    ),
    each(Ad, curated),
    (
        SAME_TIME,
        BOUNDARY,
        Text(
            "Each path is taken to emit as much as any other.", "Chaque chemin est supposé émettre autant qu’un autre."
        ),
        OTHER_PRICE,
    ),
    parameters=(
        Parameter(
            name="paths",
            field=PlainField(m.PATHS),
            about=Text("Auction paths of an impression after", "Chemins d’enchères d’une impression après"),
            basis=Text(
                "nobody publishes it: without it nothing can be said",
                "personne ne le publie : sans lui, rien ne peut être dit",
            ),
        ),
    ),
)
