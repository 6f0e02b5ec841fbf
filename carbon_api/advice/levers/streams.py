"""A live that is watched with fewer bytes and leaves no data behind: an audio option, no replay."""

from carbon_api.advice.lever import Edits, Lever, Parameter, Strength, each
from carbon_api.advice.levers.by_line import by_line
from carbon_api.advice.levers.bytes import SHARED_OUT
from carbon_api.advice.levers.criteria import CONTENT_DELETED, MEDIA, RETENTION, SOUND_ALONE, STORING
from carbon_api.advice.situation import Said, Situation
from carbon_api.advice.text import Text
from carbon_api.plan import measures as m
from carbon_api.plan.model import Live, Video
from carbon_api.plan.quantities import PlainField
from carbon_api.plan.writing import scaled

LEAST = 1e-9  # of a bitrate: less is rounding
NOT_KEPT = Text("The line keeps no replay.", "La ligne ne garde pas de rediffusion.")
WATCHED = Text(
    "Another line says that its replay is watched: it has to be kept for that.",
    "Une autre ligne dit que sa rediffusion est regardée : il faut la garder pour cela.",
)
UNSAID = Text(
    "The line does not say its bitrate, so what listening would save is unknown.",
    "La ligne n’indique pas son débit : ce que l’écoute éviterait est inconnu.",
)
REPLAYED = Text(
    "The replay is kept at the bitrate of the line, which the audio option would not lower: drop the replay first "
    "(no-replay), or write the replay as a storage line.",
    "La rediffusion est gardée au débit de la ligne, que l’option audio ne baisserait pas : renoncez d’abord à "
    "la rediffusion (no-replay), ou écrivez la rediffusion comme une ligne de stockage.",
)
NOTHING_SPARED = Text(
    "Nobody listens only, or the sound alone would take as many bytes.",
    "Personne ne fait qu’écouter, ou le son seul prendrait autant d’octets.",
)


def unkept(situation: Situation, said: Said, line: Live, strength: Strength) -> Edits | Text:
    """The live without its replay, unless a line counts the views of that."""
    if line.replay_kept_for is None or not line.replay_kept_for.value:
        return NOT_KEPT
    watched = {other.replay_of for other in situation.plan.lines if isinstance(other, Video)}
    return WATCHED if line.id in watched else {"replay_kept_for": None}


def listened(said: Said, line: Live, strength: Strength) -> Edits | Text:
    """The mean bitrate of those who watch and of those who listen only."""
    if line.bitrate is None:
        return UNSAID
    if line.replay_kept_for and line.replay_kept_for.value:
        return REPLAYED
    saved = strength["share"] * (1 - strength["audio"] / line.bitrate.value)
    if saved < LEAST:
        return NOTHING_SPARED
    return {"bitrate": scaled(said.kind, "bitrate", said.words["bitrate"], 1 - saved)}


NO_REPLAY = Lever(
    id="no-replay",
    title=Text("Keep no replay of a live", "Ne pas garder la rediffusion d’un direct"),
    explanation=Text(
        "A replay that nobody watches is data kept for nothing. Publish a short extract instead, or set a date on "
        "which it goes.",
        "Une rediffusion que personne ne regarde, ce sont des données gardées pour rien. Publiez plutôt un court "
        "extrait, ou fixez la date où elle disparaît.",
    ),
    kinds=("live",),
    who=("agency", "client"),
    effort="low",
    holds="views",
    criteria=(CONTENT_DELETED, RETENTION, STORING),
    propose=by_line((Live,), unkept),
    caveats=(
        Text(
            "Whoever missed the live cannot see it later. What is saved is the storage alone: a replay weighs by its "
            "views, which are a line of their own.",
            "Qui a manqué le direct ne pourra plus le voir. Seul le stockage est évité : une rediffusion pèse par "
            "ses vues, qui sont une ligne à part.",
        ),
    ),
)

AUDIO_OPTION = Lever(
    id="audio-option",
    title=Text("Offer a live as sound alone", "Proposer le direct en audio seul"),
    explanation=Text(
        "Some people follow a live while doing something else: with an audio option they are not sent pictures that "
        "they do not look at.",
        "Certaines personnes suivent un direct en faisant autre chose : avec une option audio, on ne leur envoie pas "
        "des images qu’elles ne regardent pas.",
    ),
    kinds=("live",),
    who=("agency", "platform"),
    effort="medium",
    holds="views",
    criteria=(SOUND_ALONE, MEDIA),
    propose=each(Live, listened),
    parameters=(
        Parameter(
            name="share",
            field=PlainField(m.SHARE),
            about=Text("Share of the time watched that is listened to only", "Part du temps passé en écoute seule"),
            basis=Text(
                "assumed: a fifth, since nobody publishes one",
                "hypothèse : un cinquième, faute de valeur publiée",
            ),
            default=0.2,
            ends=(0.05, 0.4),
        ),
        Parameter(
            name="audio",
            field=PlainField(m.BITRATE),
            about=Text("Bitrate of the sound alone", "Débit du son seul"),
            basis=Text(
                "value taken: 128 kbit/s, a usual rate of stereo sound",
                "valeur retenue : 128 kbit/s, un débit courant du son stéréo",
            ),
            default=0.128,
            ends=(0.064, 0.256),
        ),
    ),
    caveats=(
        Text(
            "The screens of those who listen are counted as if they stayed on: with them off, the saving would be "
            "larger.",
            "Les écrans de ceux qui écoutent sont comptés comme allumés : éteints, la réduction serait plus grande.",
        ),
        SHARED_OUT,
    ),
)
