"""Generated content: fewer variants for each one that is kept."""

from carbon_api.advice.lever import Edits, Lever, Parameter, Strength, each
from carbon_api.advice.levers.criteria import INFERENCE, RESPONSIBLE_AI
from carbon_api.advice.levers.unpaid import UNPAID, unpaid
from carbon_api.advice.situation import Said
from carbon_api.advice.text import Text
from carbon_api.plan.fields import Whole
from carbon_api.plan.model import Ai
from carbon_api.plan.writing import written

NOT_SAID = Text(
    "The line does not say how many outputs are kept.", "La ligne ne dit pas combien de résultats sont gardés."
)
NONE_KEPT = Text(
    "None of the line’s outputs are kept, so variants have nothing to count by.",
    "Aucun résultat de la ligne n’est gardé : les variantes n’ont rien à quoi se rapporter.",
)
FEW = Text(
    "The line already generates as few variants for each one kept.",
    "La ligne génère déjà aussi peu de variantes pour chacune qui est gardée.",
)


def fewer(said: Said, line: Ai, strength: Strength) -> Edits | Text:
    """So many generated for each one kept."""
    if line.kept is None:
        return NOT_SAID
    generated = line.kept.value * strength["per_kept"]
    if not generated:
        return NONE_KEPT
    if generated >= line.generated.value:
        return FEW
    return {"generated": written(said.kind, "generated", line.kept._replace(value=generated)), **unpaid(said)}


VARIANTS = Lever(
    id="fewer-variants",
    title=Text("Generate fewer variants", "Générer moins de variantes"),
    explanation=Text(
        "Settle the brief before generating, and stop at a few variants for each one kept: those that nobody keeps "
        "use the same machines and electricity.",
        "Valider le brief avant de générer, et s’en tenir à quelques variantes pour chacune qui est gardée : celles "
        "que personne ne garde utilisent les mêmes machines et la même électricité.",
    ),
    kinds=("ai",),
    who=("agency",),
    effort="low",
    holds="content",
    criteria=(INFERENCE, RESPONSIBLE_AI),
    propose=each(Ai, fewer),
    parameters=(
        Parameter(
            name="per_kept",
            field=Whole(1, 1000),
            about=Text("Outputs generated for each one kept", "Résultats générés pour chacun qui est gardé"),
            basis=Text(
                "assumed: one to choose from beside the one kept",
                "hypothèse : un autre, pour choisir, à côté de celui qui est gardé",
            ),
            default=2,
            ends=(1, 4),
        ),
    ),
    caveats=(
        Text(
            "As many are kept as before: whether they please as much is not estimated.",
            "Autant de résultats sont gardés qu’avant : qu’ils plaisent autant n’est pas estimé.",
        ),
        UNPAID,
    ),
)
