"""Less television screen: the largest device there is, lit for each view."""

from math import fsum

from carbon_api.advice.lever import Edits, Lever, Parameter, Strength, each
from carbon_api.advice.levers.criteria import TERMINAL
from carbon_api.advice.situation import Said
from carbon_api.advice.text import Text
from carbon_api.plan import measures as m
from carbon_api.plan.model import Delivered
from carbon_api.plan.quantities import PlainField

TV = "tv"
NOT_SAID = Text(
    "The line does not say its devices, so its part on television is unknown.",
    "La ligne n’indique pas ses appareils : sa part sur téléviseur est inconnue.",
)
NONE = Text("None of the line is on television.", "Aucune part de la ligne n’est sur téléviseur.")
ALONE = Text(
    "The line names no other device that its views could move to.",
    "La ligne ne nomme aucun autre appareil où ses vues pourraient aller.",
)


def moved(said: Said, line: Delivered, strength: Strength) -> Edits | Text:
    """A share of the views on television, moved to the line's other devices in proportion."""
    if line.devices is None:
        return NOT_SAID
    on_tv = line.devices.get(TV, 0.0)
    others = fsum(share for device, share in line.devices.items() if device != TV)
    if not on_tv * strength["share"]:
        return NONE
    if not others:
        return ALONE
    stays = on_tv * (1 - strength["share"])
    more = (others + on_tv - stays) / others
    after = {device: stays if device == TV else share * more for device, share in line.devices.items()}
    return {"devices": {device: share for device, share in after.items() if share}}


LESS_TELEVISION = Lever(
    id="less-television",
    title=Text("Fewer views on television screens", "Moins de vues sur téléviseur"),
    explanation=Text(
        "Exclude television sets from part of the delivery: its views move to the other devices of the line, in the "
        "proportion that these have.",
        "Exclure les téléviseurs d’une partie de la diffusion : ses vues vont aux autres appareils de la ligne, dans "
        "la proportion qu’ils ont.",
    ),
    kinds=("ad", "post", "influencer", "story", "video", "live", "landing_page"),
    who=("agency", "platform"),
    effort="low",
    holds="views",
    criteria=(TERMINAL,),
    propose=each(Delivered, moved),
    parameters=(
        Parameter(
            name="share",
            field=PlainField(m.SHARE),
            about=Text("Share of the views on television that move", "Part des vues sur téléviseur qui se déplacent"),
            basis=Text(
                "assumed: half, since the audience decides where it watches",
                "hypothèse : la moitié, puisque le public décide où il regarde",
            ),
            default=0.5,
            ends=(0.25, 1),
        ),
    ),
    caveats=(
        Text(
            "Co-viewing: several people often watch one television, and the estimate counts one screen for each view. "
            "If each of them then watches on a screen of their own, there are more screens than it counts, and the "
            "saving is smaller.",
            "Co-visionnage : on regarde souvent un téléviseur à plusieurs, et l’estimation compte un écran par vue. Si "
            "chacun regarde ensuite sur son appareil, il y a plus d’écrans que l’estimation n’en compte, et la "
            "réduction est plus petite.",
        ),
        Text(
            "The same views, assumed to last as long on another screen.",
            "Les mêmes vues, supposées durer autant sur un autre écran.",
        ),
    ),
)
