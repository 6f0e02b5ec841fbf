"""Wi-Fi first: a smaller share of the same bytes over mobile networks."""

from carbon_api.advice.lever import Edits, Lever, Parameter, Strength, each
from carbon_api.advice.levers.criteria import CONNECTION
from carbon_api.advice.situation import Said
from carbon_api.advice.text import Text
from carbon_api.plan import measures as m
from carbon_api.plan.model import Delivered
from carbon_api.plan.quantities import PlainField

UNSAID = Text(
    "The line does not say its network, so its mobile part is unknown.",
    "La ligne n’indique pas son réseau : sa part mobile est inconnue.",
)
FIXED = Text(
    "None of the line goes over mobile networks, or the factor leaves as much there.",
    "Aucune part de la ligne ne passe par les réseaux mobiles, ou le facteur y en laisse autant.",
)


def wifi(said: Said, line: Delivered, strength: Strength) -> Edits | Text:
    """The mobile share times a factor; the rest goes over fixed networks."""
    if line.mobile_share is None:
        return UNSAID
    after = line.mobile_share * strength["factor"]
    return {"network": {"fixed": 1 - after, "mobile": after}} if after < line.mobile_share else FIXED


WIFI_FIRST = Lever(
    id="wifi-first",
    title=Text("Wi-Fi first", "Le Wi-Fi d’abord"),
    explanation=Text(
        "Aim heavy content at people on Wi-Fi, or let the platform load it there beforehand: a gigabyte uses less "
        "energy on a fixed network than on a mobile one, in the averages that methods use.",
        "Adressez les contenus lourds aux personnes en Wi-Fi, ou laissez la plateforme les y précharger : un gigaoctet "
        "consomme moins d’énergie sur un réseau fixe que sur un réseau mobile, dans les moyennes que les méthodes "
        "utilisent.",
    ),
    kinds=("ad", "post", "influencer", "story", "video", "live", "landing_page"),
    who=("agency", "platform"),
    effort="low",
    holds="impressions",
    criteria=(CONNECTION,),
    propose=each(Delivered, wifi),
    parameters=(
        Parameter(
            name="factor",
            field=PlainField(m.SHARE),
            about=Text("Mobile share after, as a share of that before", "Part mobile après, en part de celle d’avant"),
            basis=Text(
                "assumed: half of what goes over mobile networks can wait for Wi-Fi; nobody publishes a share",
                "hypothèse : la moitié de ce qui passe par le mobile peut attendre le Wi-Fi ; personne ne publie de "
                "part",
            ),
            default=0.5,
            ends=(0.25, 0.8),
        ),
    ),
    caveats=(
        Text(
            "The base load of both networks is unchanged: only the marginal term of the split is not emitted.",
            "La charge de base des deux réseaux ne change pas : seul le terme marginal de la répartition n’est pas "
            "émis.",
        ),
        Text(
            "People without a fixed line would see less of the campaign, and buying aimed at Wi-Fi may have another "
            "CPM: what the plan says of people and of spend is left as it was.",
            "Les personnes sans ligne fixe verraient moins la campagne, et un achat limité au Wi-Fi peut avoir "
            "un autre CPM : ce que le plan dit des personnes et de la dépense est laissé tel quel.",
        ),
    ),
)
