"""Fewer posts: those that hardly anybody sees cost almost nothing to deliver and something to make."""

from math import floor

from carbon_api.advice.lever import Edits, Lever, Parameter, Strength
from carbon_api.advice.levers.by_line import by_line
from carbon_api.advice.levers.criteria import BY_CHANNEL
from carbon_api.advice.levers.unpaid import unpaid
from carbon_api.advice.situation import Said, Situation
from carbon_api.advice.text import Text
from carbon_api.plan import measures as m
from carbon_api.plan.model import Delivered, Post, Story
from carbon_api.plan.quantities import PlainField
from carbon_api.plan.writing import scaled, written

EXACT = 9  # decimals of a number of posts: 0.29 x 100 is 29
UNSAID = Text(
    "The line does not say both posts and views_per_post, so how many there are to leave out is unknown.",
    "La ligne n’indique pas à la fois publications et vues par publication : on ignore combien en retirer.",
)
TOO_FEW = Text(
    "So small a share of the line’s posts is not one, or would leave none.",
    "Une si petite part des publications de la ligne n’en fait pas une, ou n’en laisserait aucune.",
)


def fewer(situation: Situation, said: Said, line: Delivered, strength: Strength) -> Edits | Text:
    """Whole posts left out, and the views that they had; where fewer are left out than asked, so are fewer views."""
    posts = line.posts if isinstance(line, Post | Story) else None
    if posts is None or "views_per_post" not in said.words:
        return UNSAID
    asked = posts.value * strength["share"]
    cut = floor(round(asked, EXACT))
    left = posts.value - cut
    if not cut or not left:
        return TOO_FEW
    kept = 1 - min(strength["lost"] * cut / asked, 1)
    each = scaled(said.kind, "views_per_post", said.words["views_per_post"], kept * posts.value / left)
    edits = {"posts": written(said.kind, "posts", posts._replace(value=left)), "views_per_post": each}
    return {**edits, **_total(said, kept), **unpaid(said)}


def _total(said: Said, kept: float) -> Edits:
    """A time that is said of all views together falls with them."""
    name = "time_on_screen_total"
    return {name: scaled(said.kind, name, said.words[name], kept)} if name in said.words else {}


FEWER_POSTS = Lever(
    id="fewer-posts",
    title=Text("Publish fewer posts", "Publier moins de contenus"),
    explanation=Text(
        "Leave out the posts that are least seen. Posts that nobody sees emit almost nothing to deliver and something "
        "to make: their making is not in the plan unless a line says it, so most of what this saves may not show here.",
        "Retirez les publications les moins vues. Celles que personne ne voit n’émettent presque rien à la diffusion, "
        "mais il a fallu les produire : leur production n’est pas dans le plan sauf si une ligne l’indique, et "
        "l’essentiel de la réduction peut donc ne pas se voir ici.",
    ),
    kinds=("post", "story"),
    who=("agency", "client"),
    effort="low",
    holds="nothing",
    criteria=(BY_CHANNEL,),
    propose=by_line((Post, Story), fewer),
    parameters=(
        Parameter(
            name="share",
            field=PlainField(m.SHARE),
            about=Text("Share of posts left out, the least seen", "Part des publications retirées, les moins vues"),
            basis=Text("assumed: a quarter of the posts", "hypothèse : un quart des publications"),
            default=0.25,
            ends=(0.1, 0.5),
        ),
        Parameter(
            name="lost",
            field=PlainField(m.SHARE),
            about=Text("Share of views that these posts had", "Part des vues qu’avaient ces publications"),
            basis=Text(
                "assumed: 5% of the views, since the least seen posts have few; your own account’s statistics tell",
                "hypothèse : 5 % des vues, car les publications les moins vues en ont peu ; les statistiques de votre "
                "compte le disent",
            ),
            default=0.05,
            ends=(0.01, 0.1),
        ),
    ),
    caveats=(
        Text(
            "Views fall with the posts: the saving estimated here is what these views emitted, and no more.",
            "Les vues baissent avec les publications : la réduction estimée ici est ce que ces vues émettaient, pas "
            "plus.",
        ),
    ),
)
