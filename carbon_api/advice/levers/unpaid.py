"""What a change costs or spares, where nobody can say: the spend of a line is then left out, and not invented."""

from carbon_api.advice.lever import Edits
from carbon_api.advice.situation import Said
from carbon_api.advice.text import Text

UNPAID = Text(
    "What it costs or saves in money is not estimated: a line that says its spend no longer says one after.",
    "Ce que cela change au budget n’est pas estimé : une ligne qui indique sa dépense n’en indique plus après.",
)


def unpaid(said: Said) -> Edits:
    """A spend is unknown once what it pays for has changed."""
    return {"spend": None} if "spend" in said.words else {}
