"""What an answer names for programs, as people say it in English and French: warnings by code, draw groups by name.

A name that is not known here stands as it is in the answer.
"""

from collections.abc import Mapping

from carbon_api.wording import LANGUAGES, Language, say
from carbon_api.wording.sentences import SENTENCES

OUT = "-out-of-boundary"
WARNINGS: Mapping[str, tuple[str, str]] = {
    "borrowed-factor": ("figure of elsewhere", "chiffre d’ailleurs"),
    "central-outside-quartiles": ("skewed range", "fourchette décentrée"),
    "doubt-not-drawn": ("doubt not drawn", "doute non tiré"),
    "factor-later-than-period": ("factor of a later date", "facteur postérieur"),
    "factor-withdrawn": ("factor withdrawn", "facteur retiré"),
    "factor-withdrawn-perhaps": ("factor perhaps withdrawn", "facteur peut-être retiré"),
    "figure-instead-of-model": ("figure, not model", "chiffre, non modèle"),
    "format-assumed": ("format assumed", "format supposé"),
    "grid-of-the-method": ("electricity of the model", "électricité du modèle"),
    "line-out-of-boundary": ("line left out", "ligne hors périmètre"),
    "method-extended": ("method extended", "méthode étendue"),
    "other-scale": ("another scale", "autre échelle"),
    "published-figure": ("published figure", "chiffre publié"),
    "replaced-factor": ("factor replaced", "facteur remplacé"),
    "suspect-factor": ("suspect factor", "facteur douteux"),
    "time-on-screen-shortened": ("time on screen cut", "temps d’écran écourté"),
    "two-grids": ("two sources of electricity", "deux sources d’électricité"),
    "unlikely-quantity": ("unlikely quantity", "quantité peu vraisemblable"),
    "upstream-not-published": ("supply left out", "amont non compté"),
    "zero-quantity": ("quantity of zero", "quantité nulle"),
}
# The start of a group's name; what follows is the name of a study, a method or a platform.
GROUPS: Mapping[str, str] = {
    "ad selection": "sélection publicitaire",
    "air freight": "fret aérien",
    "answer of": "réponse de",
    "application study": "étude des applications",
    "auction model": "modèle d’enchères",
    "auction paths": "chemins d’enchère",
    "auction paths of a bid": "chemins d’enchère d’une offre",
    "auction paths of an ad call": "chemins d’enchère d’un appel publicitaire",
    "capacity of drives": "capacité des disques",
    "copies of stored data": "copies des données stockées",
    "creative coverage": "part d’écran de la création",
    "creative payload": "poids de la création",
    "creative payload, images": "poids de la création, images",
    "data centre efficiency": "efficacité des centres de données",
    "data centre equipment": "équipement des centres de données",
    "data centre overhead": "surcoût des centres de données",
    "data centre study": "étude des centres de données",
    "data rate": "débit",
    "data rate of live video": "débit des directs",
    "data rate of social video": "débit de la vidéo sociale",
    "data rate of video": "débit de la vidéo",
    "device mix, computers": "part des ordinateurs",
    "device mix, phones": "part des téléphones",
    "device mix, tablets": "part des tablettes",
    "device study": "étude des terminaux",
    "edge delivery study": "étude de la diffusion",
    "energy per byte": "énergie par octet",
    "fit of": "ajustement de",
    "flights": "vols",
    "freight": "fret",
    "given:": "du plan :",
    "grid": "électricité",
    "hotels": "hôtels",
    "images of": "images de",
    "impressions of a creative": "impressions d’une création",
    "inference of": "inférence de",
    "life of drives": "durée de vie des disques",
    "manufacture of drives": "fabrication des disques",
    "mobile share of traffic": "part du mobile dans le trafic",
    "network marginal power": "puissance marginale des réseaux",
    "network study": "étude des réseaux",
    "power of drives": "puissance des disques",
    "prompt of": "requête à",
    "query of": "requête à",
    "raw material of creatives": "rushes des créations",
    "road travel": "trajets routiers",
    "server study": "étude des serveurs",
    "storage of creatives": "stockage des créations",
    "time in view": "temps de vue",
    "time on screen, organic posts": "temps d’écran, publications organiques",
    "time on screen, organic video": "temps d’écran, vidéo organique",
    "trains": "trajets en train",
    "trains abroad": "trajets en train à l’étranger",
    "virtual machines on a server": "machines virtuelles d’un serveur",
    "world grid of": "électricité mondiale de",
}


def warning_title(code: str, language: Language) -> str:
    """A warning in a word or two."""
    stage = code.removesuffix(OUT)
    if stage != code and stage in SENTENCES:
        return say("left_out_stage", language, stage=say(stage, language))
    return WARNINGS[code][LANGUAGES.index(language)] if code in WARNINGS else code


def group_name(group: str, language: Language) -> str:
    """What is drawn together, which a range's width is put down to."""
    if language == "en":
        return group
    starts = [start for start in GROUPS if group.startswith(start) and group[len(start) :][:1] in {"", " ", ","}]
    start = max(starts, key=len, default="")
    return GROUPS.get(start, "") + group[len(start) :]
