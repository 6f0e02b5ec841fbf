"""Less time on screen for each view: a shorter video, or an image instead of one."""

from typing import Any

from carbon_api.advice.lever import Edits, Lever, Parameter, Strength, each
from carbon_api.advice.levers.criteria import CREATIVES, MEDIA, SOBEREST_MEDIUM, VIDEO_THAT_INFORMS
from carbon_api.advice.objective import all_but
from carbon_api.advice.retention import by_average, by_quartiles, seen
from carbon_api.advice.situation import Said
from carbon_api.advice.text import Text
from carbon_api.inventory.payload import is_image
from carbon_api.plan import measures as m
from carbon_api.plan.fields import Whole
from carbon_api.plan.model import Ad, Delivered, Post, Quantity, Story, Video
from carbon_api.plan.quantities import PlainField
from carbon_api.plan.vocabulary import PLACEMENTS
from carbon_api.plan.writing import scaled, written

OF_VIDEO = (
    *("bitrate", "resolution", "creative_length", "quartiles", "plays", "weight", "cards"),
    *("time_on_screen", "time_on_screen_total"),
)
STILL = Text("The line shows images already.", "La ligne montre déjà des images.")
UNSAID = Text(
    "The line does not say its format: what it shows may be an image already.",
    "La ligne ne dit pas son format : ce qu’elle montre est peut-être déjà une image.",
)
VIDEO_ONLY = ("in_stream", "in_stream_non_skippable")
IN_STREAM = Text(
    "The ad is shown inside a video, where an image has no place.",
    "La publicité passe dans une vidéo, où une image n’a pas sa place.",
)
ONE_CARD = Text("A story shows one image at a time.", "Une story montre une image à la fois.")
NO_LENGTH = Text(
    "The line does not say its creative_length, so whether its video is longer than that is unknown.",
    "La ligne n’indique pas la durée de sa création : on ignore si sa vidéo dépasse cette durée.",
)
SHORT = Text("The video is that short already.", "La vidéo est déjà aussi courte.")
UNCOUNTED = Text(
    "The line says a total time on screen but not of how many views, so how long each of them lasts is unknown.",
    "La ligne indique un temps total à l’écran mais pas de combien de vues : on ignore combien dure chacune.",
)


def shorter(said: Said, line: Delivered, strength: Strength) -> Edits | Text:
    """The video cut to a length, its time on screen the average of min(watched, length)."""
    if is_image(line):
        return STILL
    if line.creative_length is None:
        return NO_LENGTH
    length, after = line.creative_length.value, strength["to"]
    if length <= after:
        return SHORT
    watched = _watched(line, length)
    if watched is None:
        return UNCOUNTED
    kept = _kept(line, watched / length, after / length)
    return {**_sized(said, after, after / length), **_timed(said, line, line.creative_length, after, kept)}


def _watched(line: Delivered, length: float) -> float | None:
    """The average time that one view lasts, at most the length; None where a total is of nobody knows how many."""
    total = line.watched if isinstance(line, Video) and line.watched else line.time_on_screen_total
    if total:
        count = _count(line)
        return min(total.value / count, length) if count else None
    return min(line.time_on_screen.value.value, length) if line.time_on_screen else length


def _count(line: Delivered) -> float | None:
    """What a total time is the time of: the plays of an ad, its impressions, the views of what is organic."""
    counted = (line.plays or line.impressions) if isinstance(line, Ad) else getattr(line, "views", None)
    return counted.value if counted else None


def _kept(line: Delivered, watched: float, stays: float) -> float:
    """The part of the watched time that falls in the share of the video that stays."""
    if isinstance(line, Ad) and line.quartiles:
        return by_quartiles(line.quartiles, stays)
    return by_average(watched, stays)


def _sized(said: Said, after: float, stays: float) -> Edits:
    """The new length, and a file whose weight is in proportion to it."""
    length = {"creative_length": written(said.kind, "creative_length", Quantity(after))}
    weight = said.words.get("weight")
    return {**length, "weight": scaled(said.kind, "weight", weight, stays)} if weight is not None else length


def _timed(said: Said, line: Delivered, length: Quantity, after: float, kept: float) -> Edits:
    """The times on screen after. Quartiles of the longer video are not the shorter one's: their average stands in."""
    edits: dict[str, Any] = {}
    if isinstance(line, Ad) and line.quartiles:
        time = length._replace(value=length.value * seen(line.quartiles, after / length.value))
        edits = {"quartiles": None, "time_on_screen": written(said.kind, "time_on_screen", time, "play")}
    if line.time_on_screen:
        time, per = line.time_on_screen
        time = time._replace(value=min(time.value, length.value) * kept)
        edits["time_on_screen"] = written(said.kind, "time_on_screen", time, per)
    total = said.words.get("time_on_screen_total")
    if total is not None:
        edits["time_on_screen_total"] = scaled(said.kind, "time_on_screen_total", total, kept)
    return edits


def image(said: Said, line: Delivered, strength: Strength) -> Edits | Text:
    """An image, or a carousel, at its own seconds: what is said of the video and its watching is left out."""
    if is_image(line):
        return STILL
    if getattr(line, "format", None) is None:
        return UNSAID
    if isinstance(line, Ad) and line.placement in VIDEO_ONLY:
        return IN_STREAM
    if isinstance(line, Story) and strength["cards"] > 1:
        return ONE_CARD
    time = strength["time_on_screen"]
    own = {} if time is None else {"time_on_screen": written(said.kind, "time_on_screen", Quantity(time))}
    still = {"format": "image"} if strength["cards"] == 1 else {"format": "carousel", "cards": strength["cards"]}
    return {**{name: None for name in OF_VIDEO if name in said.words}, **still, **own}


SHORTER = Lever(
    id="shorter-video",
    title=Text("Show a shorter video", "Montrer une vidéo plus courte"),
    explanation=Text(
        "Cut the creative: whoever would have watched on leaves the screen at the new end. Time on screen is the "
        "average of the time watched or the new length, whichever is shorter, and never the ratio of the lengths.",
        "Raccourcir la création : qui aurait continué à regarder quitte l’écran à la nouvelle fin. Le temps à l’écran "
        "est la moyenne du plus court entre le temps regardé et la nouvelle durée, jamais le rapport des durées.",
    ),
    kinds=("ad", "post", "influencer", "story", "video"),
    who=("agency", "client"),
    effort="medium",
    holds="impressions",
    criteria=(CREATIVES, MEDIA),
    propose=each((Ad, Post, Story, Video), shorter),
    parameters=(
        Parameter(
            name="to",
            field=PlainField(m.LENGTH),
            about=Text("Length of the video after", "Durée de la vidéo après"),
            basis=Text(
                "assumed: 6 s, the length of a bumper ad; no published value says what a message needs",
                "hypothèse : 6 s, la durée d’un bumper ; aucune valeur publiée ne dit ce qu’il faut à un message",
            ),
            default="6 s",
            ends=("10 s", "15 s"),
        ),
    ),
    caveats=(
        Text(
            "Where the plan gives quartiles, retention is taken as linear between them. Where it gives an average "
            "alone, people are assumed to leave at a constant rate until the end (exponential retention, truncated at "
            "the length).",
            "Quand le plan donne des quartiles, la rétention est supposée linéaire de l’un à l’autre. Quand il ne "
            "donne qu’une moyenne, le public est supposé partir à un rythme constant jusqu’à la fin (rétention "
            "exponentielle, tronquée à la durée).",
        ),
        Text(
            "Where the plan gives no time on screen, the factor book’s own stands, at most the new length, which "
            "understates the cut.",
            "Quand le plan ne donne pas de temps à l’écran, celui de la base de facteurs est retenu, dans la limite de "
            "la nouvelle durée, ce qui sous-estime la réduction.",
        ),
        Text(
            "It assumes that the same people start the shorter video and leave it as they left the longer one.",
            "On suppose que les mêmes personnes lancent la vidéo courte et la quittent comme elles quittaient la "
            "longue.",
        ),
    ),
)

IMAGE = Lever(
    id="image-instead-of-video",
    title=Text("Show an image instead of a video", "Montrer une image plutôt qu’une vidéo"),
    explanation=Text(
        "An image, or a carousel, is looked at for its own seconds and weighs its own bytes. All that the plan says of "
        "the video and of how long it is watched is left out.",
        "Une image, ou un carrousel, est regardée le temps d’une image et pèse le poids de ses images. Tout ce que le "
        "plan dit de la vidéo et de la durée où elle est regardée est retiré.",
    ),
    kinds=("ad", "post", "influencer", "story"),
    placements=tuple(name for name in PLACEMENTS if name not in VIDEO_ONLY),
    objectives=all_but("video views"),
    who=("agency", "client"),
    effort="medium",
    holds="impressions",
    criteria=(VIDEO_THAT_INFORMS, SOBEREST_MEDIUM, MEDIA),
    propose=each((Ad, Post, Story), image),
    parameters=(
        Parameter(
            name="time_on_screen",
            field=PlainField(m.SECONDS),
            about=Text("Average time on screen of the image", "Temps moyen à l’écran de l’image"),
            basis=Text(
                "the factor book’s own for an image in this place, unless given",
                "celui de la base de facteurs pour une image à cet endroit, sauf s’il est donné",
            ),
        ),
        Parameter(
            name="cards",
            field=Whole(1, 10),
            about=Text("Images: one, or the cards of a carousel", "Images : une, ou les cartes d’un carrousel"),
            basis=Text("assumed: one image", "hypothèse : une seule image"),
            default=1,
            ends=(3,),
        ),
    ),
    caveats=(
        Text(
            "An image may not tell what the video tells: the estimate says nothing of what people remember.",
            "Une image ne raconte pas forcément ce que raconte la vidéo : l’estimation ne dit rien de la mémorisation.",
        ),
        Text(
            "In open auctions the SRI and Alliance Digitale framework gives an image more paths than a video.",
            "Aux enchères ouvertes, le référentiel SRI et Alliance Digitale donne plus de chemins à une image qu’à une "
            "vidéo.",
        ),
    ),
)
