"""Data kept for less time, in fewer copies."""

from carbon_api.advice.lever import Edits, Lever, Parameter, Strength, each
from carbon_api.advice.levers.criteria import CONTENT_DELETED, COPIES, RETENTION, STORING, TRACKER_LIFE
from carbon_api.advice.levers.unpaid import unpaid
from carbon_api.advice.situation import Said
from carbon_api.advice.text import Text
from carbon_api.plan import measures as m
from carbon_api.plan.fields import Whole
from carbon_api.plan.model import Storage
from carbon_api.plan.quantities import PlainField

SHORT = Text("The line is already kept for no longer than this.", "La ligne est déjà gardée cette durée ou moins.")
UNSAID = Text(
    "The line does not say its copies: the number that the estimate takes is an assumption, and cutting it would cut "
    "no more than that assumption.",
    "La ligne n’indique pas ses copies : le nombre que prend l’estimation est une hypothèse, et le réduire ne "
    "réduirait que cette hypothèse.",
)
FEW = Text("The line already has this many copies or fewer.", "La ligne a déjà ce nombre de copies ou moins.")


def shorter(said: Said, line: Storage, strength: Strength) -> Edits | Text:
    """The data deleted after some time."""
    to: float = strength["to"]
    return {"kept_for": m.MONTHS.written(to), **unpaid(said)} if line.kept_for.value > to else SHORT


def fewer(said: Said, line: Storage, strength: Strength) -> Edits | Text:
    """The data in so many copies at most."""
    if line.copies is None:
        return UNSAID
    return {"copies": strength["to"], **unpaid(said)} if line.copies.value > strength["to"] else FEW


SHORTER_RETENTION = Lever(
    id="shorter-retention",
    title=Text("Keep data for less time", "Garder les données moins longtemps"),
    explanation=Text(
        "Set a date on which raw footage and audience data are deleted. Data kept on consent may be kept only as long "
        "as the consent holds: that is a data protection requirement, whatever the footprint of the data.",
        "Fixez la date où les rushes et les données d’audience sont supprimés. Des données gardées sur consentement "
        "ne peuvent l’être que tant que celui-ci vaut : c’est une exigence de protection des données, quelle que soit "
        "leur empreinte.",
    ),
    kinds=("storage",),
    who=("agency", "client"),
    effort="low",
    holds="content",
    criteria=(CONTENT_DELETED, RETENTION, STORING, TRACKER_LIFE),
    propose=each(Storage, shorter),
    parameters=(
        Parameter(
            name="to",
            field=PlainField(m.MONTHS),
            about=Text("Longest retention after", "Conservation maximale après"),
            basis=Text(
                "value taken: 13 months, the life that the CNIL recommends for audience trackers that need no consent "
                "(2020-092, article 5), where what they collected is kept for 25 at most; neither is a rule for raw "
                "footage",
                "valeur retenue : 13 mois, la durée de vie que la CNIL recommande pour les traceurs d’audience "
                "exemptés de consentement (2020-092, article 5), ce qu’ils ont collecté étant gardé 25 mois au plus ; "
                "ni l’une ni l’autre n’est une règle pour des rushes",
            ),
            default=13,
            ends=(6, 25),
        ),
    ),
    caveats=(
        Text(
            "Check contracts and image rights first: some data must be kept, and a shoot done again may undo the "
            "saving.",
            "Vérifiez d’abord les contrats et les droits à l’image : certaines données doivent être gardées, et un "
            "tournage à refaire peut annuler la réduction.",
        ),
    ),
)

FEWER_COPIES = Lever(
    id="fewer-copies",
    title=Text("Keep fewer copies", "Garder moins de copies"),
    explanation=Text(
        "Each copy needs drives of its own. Count those on laptops, shared drives and the post-production house’s "
        "servers, and keep one beside the original.",
        "Chaque copie a besoin de ses disques. Comptez celles des portables, des espaces partagés et des serveurs de "
        "la postproduction, et gardez-en une à côté de l’original.",
    ),
    kinds=("storage",),
    who=("agency", "client"),
    effort="low",
    holds="content",
    criteria=(COPIES, STORING),
    propose=each(Storage, fewer),
    parameters=(
        Parameter(
            name="to",
            field=Whole(1, 1000),
            about=Text("Most copies after, the original included", "Nombre maximal de copies après, original compris"),
            basis=Text(
                "assumed: two, the original and one backup",
                "hypothèse : deux, l’original et une sauvegarde",
            ),
            default=2,
            ends=(1, 3),
        ),
    ),
    caveats=(
        Text(
            "One copy alone is lost with its drive: keep two of what cannot be made again.",
            "Une copie seule est perdue avec son disque : gardez-en deux de ce qui ne peut être refait.",
        ),
    ),
)
