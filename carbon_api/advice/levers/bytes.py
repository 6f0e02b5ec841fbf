"""Fewer bytes for the same content, where the buyer chooses what is sent: a page of the brand's own, a file served as
it was sent. Social platforms encode again what is uploaded to them."""

from carbon_api.advice.lever import Edits, Lever, Parameter, Strength, each
from carbon_api.advice.levers.criteria import (
    CREATIVES,
    IMAGE_COMPRESSION,
    IMAGE_FORMAT,
    MEDIA,
    PAGE_WEIGHT,
    VIDEO_COMPRESSION,
)
from carbon_api.advice.situation import Said
from carbon_api.advice.text import Text
from carbon_api.inventory.activity import buying
from carbon_api.plan import measures as m
from carbon_api.plan.model import Ad, LandingPage
from carbon_api.plan.quantities import PlainField
from carbon_api.plan.writing import scaled

LIGHT = Text("The page is already at or below this weight.", "La page est déjà à ce poids ou en dessous.")
ENCODED = Text(
    "A social platform encodes again what is uploaded to it: the buyer does not choose what is sent.",
    "Une plateforme sociale réencode ce qui y est déposé : l’acheteur ne choisit pas ce qui est envoyé.",
)
DIRECT = Text(
    "The line does not say that it is bought programmatically, so whether its file is served as it was sent is "
    "unknown.",
    "La ligne n’indique pas d’achat programmatique : on ignore si son fichier est servi tel quel.",
)
UNWEIGHED = Text(
    "The line does not say its weight, so what there is to cut is unknown.",
    "La ligne n’indique pas son poids : ce qu’il y a à réduire est inconnu.",
)
NO_LIGHTER = Text(
    "At this factor the file would weigh as much, or nothing.",
    "Avec ce facteur, le fichier pèserait autant, ou rien.",
)
SHARED_OUT = Text(
    "Methods share whole networks out by the gigabyte. In one published model (Malmodin 2020), fewer bytes lower "
    "network power only by the marginal term of the split; the screen stays on as long.",
    "Les méthodes répartissent les réseaux entiers au gigaoctet. Dans un modèle publié (Malmodin 2020), moins d’octets "
    "ne réduisent la puissance des réseaux que du terme marginal de cette répartition ; l’écran reste allumé aussi "
    "longtemps.",
)


def page(said: Said, line: LandingPage, strength: Strength) -> Edits | Text:
    """The page down to a weight."""
    to: float = strength["to"]
    return {"weight": m.WEIGHT.written(to)} if line.weight and line.weight.value > to else LIGHT


def file(said: Said, line: Ad, strength: Strength) -> Edits | Text:
    """The file times a factor, where it is served as it was sent."""
    if line.platform != "other":
        return ENCODED
    if buying(line) != "programmatic":
        return DIRECT
    if line.weight is None:
        return UNWEIGHED
    after = m.WEIGHT.written(line.weight.value * strength["factor"])
    if strength["factor"] == 1 or after < m.WEIGHT.minimum:
        return NO_LIGHTER
    return {"weight": scaled(said.kind, "weight", said.words["weight"], strength["factor"])}


LIGHTER_PAGE = Lever(
    id="lighter-page",
    title=Text("Make the landing page lighter", "Alléger la page d’arrivée"),
    explanation=Text(
        "The page is the brand’s: send smaller pictures in today’s formats, fewer scripts and no embedded video that "
        "starts by itself.",
        "La page est à la marque : envoyez des images plus petites dans des formats récents, moins de scripts, et pas "
        "de vidéo intégrée qui démarre seule.",
    ),
    kinds=("landing_page",),
    who=("client", "agency"),
    effort="medium",
    holds="content",
    criteria=(PAGE_WEIGHT, MEDIA),
    propose=each(LandingPage, page),
    parameters=(
        Parameter(
            name="to",
            field=PlainField(m.WEIGHT),
            about=Text("Weight of the page after", "Poids de la page après"),
            basis=Text(
                "RGESN 2024, criterion 6.1: the lower of its two weights of a page",
                "RGESN 2024, critère 6.1 : le plus bas de ses deux poids de page",
            ),
            default="1 MB",
        ),
    ),
    caveats=(SHARED_OUT,),
)

LIGHTER_FILE = Lever(
    id="lighter-file",
    title=Text("Send lighter files", "Envoyer des fichiers plus légers"),
    explanation=Text(
        "An ad on the open market is served as it was sent: encode it better, size it for the slot, drop what is not "
        "seen.",
        "Sur le marché ouvert, une publicité est servie telle quelle : encodez-la mieux, à la taille de "
        "l’emplacement, sans ce qui ne se voit pas.",
    ),
    kinds=("ad",),
    who=("agency", "client"),
    effort="low",
    holds="impressions",
    criteria=(IMAGE_FORMAT, IMAGE_COMPRESSION, VIDEO_COMPRESSION, MEDIA, CREATIVES),
    propose=each(Ad, file),
    parameters=(
        Parameter(
            name="factor",
            field=PlainField(m.SHARE),
            about=Text("Weight after, as a share of the weight before", "Poids après, en part du poids avant"),
            basis=Text(
                "assumed: half the weight, since what is left to gain depends on how the file was encoded",
                "hypothèse : la moitié du poids, car ce qui reste à gagner dépend de l’encodage du fichier",
            ),
            default=0.5,
            ends=(0.3, 0.8),
        ),
    ),
    caveats=(SHARED_OUT,),
)
