"""Generated content from less work: a smaller model, or an image instead of a video."""

from functools import lru_cache

from carbon_api.advice.lever import Edits, Lever, Parameter, Proposal, Strength, each
from carbon_api.advice.levers.criteria import INFERENCE, RESPONSIBLE_AI, SOBEREST_MEDIUM
from carbon_api.advice.levers.unpaid import UNPAID, unpaid
from carbon_api.advice.situation import Said, Situation
from carbon_api.advice.text import Text
from carbon_api.factor_book.asked import Asked, NotPriced
from carbon_api.factor_book.book import Release
from carbon_api.factor_book.ecologits import made, names
from carbon_api.inventory.compute import compute
from carbon_api.plan.fields import Choice
from carbon_api.plan.fields import Text as TextField
from carbon_api.plan.model import Ai
from carbon_api.plan.vocabulary import FIGURES

MOST_KEPT = 256  # providers and clips whose least model is kept
PER = {"text": "energy_per_token", "video": "energy_per_output"}
IMAGES = tuple(name for name, figure in FIGURES.items() if figure.task == "image")
OF_VIDEO = ("provider", "model", "size", "seconds", "audio")
BY_FIGURE = Text(
    "A line is priced by a published figure and not by a model.",
    "Une ligne est chiffrée par une valeur publiée et non par un modèle.",
)
MANY_MAKERS = Text(
    "{provider} holds the models of many makers, some of which write nothing: name one in model.",
    "{provider} réunit les modèles de nombreux auteurs, dont certains n’écrivent rien : nommez-en un dans model.",
)
LEAST = Text(
    "{model} already uses the least energy of its provider’s models.",
    "{model} est déjà le modèle de son fournisseur qui consomme le moins d’énergie.",
)
SAME = Text("{model} uses as much energy as {after}.", "{model} consomme autant d’énergie que {after}.")
UNKNOWN = Text(
    "EcoLogits prices no model {model} of {provider}.", "EcoLogits ne chiffre aucun modèle {model} de {provider}."
)
NO_VIDEO = Text("A line generates no video.", "Une ligne ne génère pas de vidéo.")


def smaller(situation: Situation, strength: Strength) -> Proposal:
    """Each line by the model asked for, or by its provider's least."""
    release = situation.basis.release
    return each(Ai, lambda said, line, strength: _by(said, line, strength["model"], release))(situation, strength)


def _by(said: Said, line: Ai, model: str | None, release: Release) -> Edits | Text:
    asked = compute(line).asked
    if asked is None:
        return BY_FIGURE
    after = model or _least(asked, release)
    if after is None:
        return MANY_MAKERS.filled(provider=asked.provider)
    try:
        is_same = _energy(asked, release) == _energy(asked._replace(model=after), release)
    except NotPriced:
        return UNKNOWN.filled(model=after, provider=asked.provider)
    if is_same:
        return SAME.filled(model=asked.model, after=after) if model else LEAST.filled(model=asked.model)
    return {"model": after, **unpaid(said)}


@lru_cache(MOST_KEPT)
def _least(asked: Asked, release: Release) -> str | None:
    """The model, of those of the provider and of the one in use, that takes the least for a token or a clip. None
    where a provider holds the models of several makers."""
    known = names(asked, release)
    if len({name.rpartition("/")[0] for name in known}) > 1:
        return None
    return min((asked.model, *known), key=lambda name: _energy(asked._replace(model=name), release))


def _energy(asked: Asked, release: Release) -> float:
    return made(asked, release).rows[PER[asked.task]].value


def as_images(said: Said, line: Ai, strength: Strength) -> Edits | Text:
    """As many images as there were videos."""
    if line.task != "video":
        return NO_VIDEO
    of_video = dict.fromkeys(name for name in OF_VIDEO if name in said.words)
    return {"task": "image", "figure": strength["figure"], **of_video, **unpaid(said)}


SMALLER = Lever(
    id="smaller-model",
    title=Text("Use a smaller model", "Utiliser un plus petit modèle"),
    explanation=Text(
        "Most captions and drafts do not need the largest model: try the smallest one that does the work, and keep "
        "the large one for what it alone can do.",
        "La plupart des légendes et des brouillons ne demandent pas le plus grand modèle : essayez le plus petit qui "
        "fait le travail, et gardez le grand pour ce que lui seul sait faire.",
    ),
    kinds=("ai",),
    who=("agency",),
    effort="medium",
    holds="nothing",
    criteria=(INFERENCE, RESPONSIBLE_AI),
    propose=smaller,
    parameters=(
        Parameter(
            name="model",
            field=TextField(120),
            about=Text(
                "Model that generates instead, of the same provider, as it writes the name",
                "Modèle qui génère à la place, du même fournisseur, tel qu’il en écrit le nom",
            ),
            basis=Text(
                "assumed: of the models of the same provider that EcoLogits prices for the task, the one that uses "
                "the least energy for a token, or for a clip as long and as large",
                "hypothèse : parmi les modèles du même fournisseur qu’EcoLogits chiffre pour la tâche, celui qui "
                "consomme le moins d’énergie par jeton, ou par vidéo aussi longue et aussi grande",
            ),
        ),
    ),
    caveats=(
        Text(
            "Its quality is not the same, and nobody has tested it on your work: test it before you choose it.",
            "Sa qualité n’est pas la même, et personne ne l’a essayé sur votre travail : essayez-le avant de le "
            "choisir.",
        ),
        Text(
            "As many outputs, as long, are taken to be generated: a model that reasons at length, or that needs more "
            "tries, uses more.",
            "Autant de résultats, aussi longs, sont supposés générés : un modèle qui raisonne longuement, ou à qui il "
            "faut plus d’essais, consomme davantage.",
        ),
        Text(
            "Whether its provider still offers it, and whether it makes the sound or the size that you need, is not "
            "checked.",
            "Que son fournisseur le propose encore, et qu’il sache faire le son ou la taille voulus, n’est pas "
            "vérifié.",
        ),
        UNPAID,
    ),
)

IMAGE = Lever(
    id="image-instead-of-ai-video",
    title=Text("Generate an image instead of a video", "Générer une image plutôt qu’une vidéo"),
    explanation=Text(
        "Where a still image says the same, generate no video: the energy published for one image is below what "
        "EcoLogits estimates for one video.",
        "Quand une image fixe dit la même chose, ne générez pas de vidéo : l’énergie publiée pour une image est "
        "inférieure à ce qu’EcoLogits estime pour une vidéo.",
    ),
    kinds=("ai",),
    who=("agency",),
    effort="low",
    holds="nothing",
    criteria=(SOBEREST_MEDIUM, RESPONSIBLE_AI),
    propose=each(Ai, as_images),
    parameters=(
        Parameter(
            name="figure",
            field=Choice(IMAGES, "figure"),
            about=Text(
                "Published figure that prices one image",
                "Valeur publiée qui chiffre une image",
            ),
            basis=Text(
                "assumed: the largest of the published figures of an image, so as not to flatter the saving",
                "hypothèse : la plus grande des valeurs publiées pour une image, pour ne pas flatter la réduction",
            ),
            default="luccioni_image",
            ends=tuple(name for name in IMAGES if name != "luccioni_image"),
        ),
    ),
    caveats=(
        Text(
            "One image is taken to stand for one video. It is another content: what it does for the audience is not "
            "estimated.",
            "Une image est supposée remplacer une vidéo. C’est un autre contenu : son effet sur le public n’est "
            "pas estimé.",
        ),
        Text(
            "Only the generating changes here: the lines that show the content stay as they are.",
            "Seule la génération change ici : les lignes qui montrent le contenu restent telles quelles.",
        ),
        Text(
            "The figure of the image counts electricity alone, in some cases of the GPU alone; the estimate of the "
            "video counts the manufacture of servers too. The boundaries differ, and the saving is overstated by what "
            "the first leaves out.",
            "La valeur de l’image ne compte que l’électricité, parfois celle du seul GPU ; l’estimation de la vidéo "
            "compte aussi la fabrication des serveurs. Les périmètres diffèrent, et la réduction est surestimée de ce "
            "que la première laisse de côté.",
        ),
        UNPAID,
    ),
)
