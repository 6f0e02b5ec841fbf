"""Data kept for less time, in fewer copies."""

from carbon_api.advice.lever import Criterion, Edits, Lever, Parameter, Strength, each
from carbon_api.advice.levers.unpaid import unpaid
from carbon_api.advice.situation import Said
from carbon_api.advice.text import Text
from carbon_api.plan import measures as m
from carbon_api.plan.fields import Whole
from carbon_api.plan.model import Storage
from carbon_api.plan.quantities import PlainField

STORING = Criterion("W3C WSG", "storing data (Group Note draft of 28 July 2026)")
SHORT = Text("The line is kept no longer already.", "La ligne n’est déjà pas gardée plus longtemps.")
UNSAID = Text(
    "The line does not say its copies: the number that the estimate takes is an assumption, and cutting it would save "
    "an assumption.",
    "La ligne ne dit pas ses copies : le nombre que prend l’estimation est une hypothèse, et le réduire "
    "économiserait une hypothèse.",
)
FEW = Text("The line has no more copies already.", "La ligne n’a déjà pas plus de copies.")


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
        "Set a date on which rushes and audience data are deleted. Data kept on consent may be kept only as long as "
        "the consent holds: that is its just use, whatever its footprint.",
        "Fixez la date où les rushes et les données d’audience sont supprimés. Des données gardées sur consentement "
        "ne le sont que tant que celui-ci vaut : c’est leur juste usage, quelle que soit leur empreinte.",
    ),
    kinds=("storage",),
    who=("agency", "client"),
    effort="low",
    holds="content",
    criteria=(
        Criterion("RGESN 2024", "5.8, 7.2"),
        STORING,
        Criterion("CNIL, délibération n° 2020-092 du 17 septembre 2020 (recommandation)", "article 5"),
    ),
    propose=each(Storage, shorter),
    parameters=(
        Parameter(
            name="to",
            field=PlainField(m.MONTHS),
            about=Text("Longest retention after", "Conservation maximale après"),
            basis=Text(
                "stated: 13 months, the life that the CNIL recommends for audience trackers that need no consent "
                "(2020-092, article 5), where what they collected is kept for 25 at most; neither is a rule for rushes",
                "posé : 13 mois, la durée de vie que la CNIL recommande pour les traceurs d’audience exemptés de "
                "consentement (2020-092, article 5), ce qu’ils ont collecté étant gardé 25 mois au plus ; ni l’une ni "
                "l’autre n’est une règle pour des rushes",
            ),
            default=13,
            ends=(6, 25),
        ),
    ),
    caveats=(
        Text(
            "Check contracts and image rights first: some data must be kept, and a shoot redone costs more than it "
            "saved.",
            "Vérifiez d’abord les contrats et les droits à l’image : certaines données doivent être gardées, et un "
            "tournage refait coûte plus qu’il n’a économisé.",
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
    criteria=(Criterion("RGESN 2024", "5.8"), STORING),
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
