"""A lower resolution, where the buyer controls what is delivered: what a live sends, what one's own player asks for."""

from carbon_api.advice.lever import Edits, Lever, Parameter, Strength
from carbon_api.advice.levers.by_line import by_line
from carbon_api.advice.levers.bytes import SHARED_OUT
from carbon_api.advice.levers.criteria import MEDIA, RESOLUTION
from carbon_api.advice.situation import Said, Situation
from carbon_api.advice.text import Text
from carbon_api.plan.fields import Choice
from carbon_api.plan.model import Delivered, Live, Video
from carbon_api.plan.vocabulary import RESOLUTIONS

# RGESN 2024, criterion 5.3, the largest screen first; a phone alone takes the last.
ALLOWED = {"tv": "1080p", "computer": "720p", "tablet": "720p"}
LOWEST = "480p"
UNSAID_DEVICES = {"computer": 1.0}
PUBLISHED = ("live.{platform}.{resolution}.bitrate", "resolution.{resolution}.bitrate")
NOT_OURS = Text(
    "The platform chooses the resolution of a video for each viewer: only that of a live, or of one’s own player "
    "(platform other), is the buyer’s to choose.",
    "La plateforme choisit la résolution d’une vidéo pour chaque spectateur : seule celle d’un direct, ou de "
    "votre lecteur (plateforme other), est au choix de l’acheteur.",
)
UNSAID = Text(
    "The line says neither resolution nor bitrate, so what there is to lower is unknown.",
    "La ligne n’indique ni résolution ni débit : ce qu’il y a à baisser est inconnu.",
)
LOW = Text(
    "The line is at {to} or below already, or at no more than its bitrate.",
    "La ligne est déjà à {to} ou moins, ou à un débit qui ne le dépasse pas.",
)


def lower(situation: Situation, said: Said, line: Delivered, strength: Strength) -> Edits | Text:
    """The line at a resolution: at no known bitrate of its own then, but at what is published of the resolution."""
    to: str = strength["to"] or _enough_for(line)
    if isinstance(line, Video) and line.platform != "other":
        return NOT_OURS
    if line.bitrate:
        above = line.bitrate.value > _published(situation, line, to)
        return {"bitrate": None, "resolution": to} if above else LOW.filled(to=to)
    if line.resolution is None:
        return UNSAID
    return {"resolution": to} if RESOLUTIONS.index(line.resolution) > RESOLUTIONS.index(to) else LOW.filled(to=to)


def _enough_for(line: Delivered) -> str:
    """What the criterion allows the largest screen that the line is said to be shown on."""
    return next((to for device, to in ALLOWED.items() if (line.devices or UNSAID_DEVICES).get(device)), LOWEST)


def _published(situation: Situation, line: Delivered, resolution: str) -> float:
    """The bitrate that is published of a resolution: of a live on its platform, else of video."""
    patterns = PUBLISHED if isinstance(line, Live) else PUBLISHED[1:]
    ids = (pattern.format(platform=line.platform, resolution=resolution) for pattern in patterns)
    return next(found.row.value for id in ids if (found := situation.outcome.release.find(id)))


LOWER_RESOLUTION = Lever(
    id="lower-resolution",
    title=Text("Stream at a lower resolution", "Diffuser en plus basse résolution"),
    explanation=Text(
        "RGESN 2024 caps a video at 480p on phones, 720p on computers and tablets, 1080p on television. Cap what the "
        "live sends and what your own player asks for.",
        "Le RGESN 2024 plafonne une vidéo à 480p sur téléphone, à 720p sur ordinateur et tablette, à 1080p sur "
        "téléviseur. Plafonnez ce qu’envoie le direct et ce que demande votre lecteur.",
    ),
    kinds=("live", "video"),
    who=("agency", "client"),
    effort="low",
    holds="content",
    criteria=(RESOLUTION, MEDIA),
    propose=by_line((Live, Video), lower),
    parameters=(
        Parameter(
            name="to",
            field=Choice(RESOLUTIONS, "resolution"),
            about=Text("Highest resolution after", "Résolution maximale après"),
            basis=Text(
                "RGESN 2024, criterion 5.3, for the largest screen that the line says: 480p on phones, 720p on tablets "
                "and computers, 1080p on television; 720p where it says none",
                "RGESN 2024, critère 5.3, pour le plus grand écran que dit la ligne : 480p sur téléphone, 720p sur "
                "tablette et ordinateur, 1080p sur télévision ; 720p si elle n’en dit aucun",
            ),
        ),
    ),
    caveats=(
        Text(
            "Viewers of a live may already get less than it sends: the platform makes lower versions of it.",
            "Les spectateurs d’un direct reçoivent peut-être déjà moins que ce qu’il envoie : la plateforme en fait "
            "des versions plus basses.",
        ),
        SHARED_OUT,
    ),
)
