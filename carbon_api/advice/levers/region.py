"""Data kept and content generated where electricity emits less, on one grid basis for both."""

from math import fsum
from typing import NamedTuple

from carbon_api.advice.lever import Edits, Lever, Parameter, Strength
from carbon_api.advice.levers.by_line import by_line
from carbon_api.advice.levers.criteria import HOSTED_WHERE
from carbon_api.advice.levers.unpaid import unpaid
from carbon_api.advice.situation import Said, Situation
from carbon_api.advice.text import Text
from carbon_api.estimate.pricing import needs_of
from carbon_api.inventory.defaults import Context, Defaults, Unpriced
from carbon_api.plan.fields import Choice
from carbon_api.plan.model import Ai, Line, Shares, Storage
from carbon_api.plan.vocabulary import COUNTRIES, FIGURES
from carbon_api.wording.names import countries

GIVEN = Text(
    "The line gives its own grid_intensity: that of another region on the same basis is unknown.",
    "La ligne donne l’intensité de son électricité : celle d’une autre région sur la même base est inconnue.",
)
NO_GRID = Text(
    "The line is priced by a figure of a whole footprint, in which no electricity can be moved.",
    "La ligne est chiffrée par une empreinte publiée entière, dont aucune électricité ne se déplace.",
)
UNKNOWN = Text(
    "The grid source of this method has no value for {to}.",
    "La source d’électricité de cette méthode n’a pas de valeur pour ce lieu : {to}.",
)
TWO_SOURCES = Text(
    "This method has the electricity of the line from one source and that of {to} from another: their difference is no "
    "saving.",
    "Cette méthode prend l’électricité de la ligne dans une source et celle du nouveau lieu ({to}) dans une autre : "
    "leur écart n’est pas une réduction.",
)
AS_LOW = Text(
    "The electricity of the line already emits no more than that of {to}, in the grid source of this method.",
    "L’électricité de la ligne n’émet déjà pas plus que celle du nouveau lieu ({to}), dans la source de cette méthode.",
)


class Grid(NamedTuple):
    """kgCO2e/kWh, and the grid sources that it is read from."""

    intensity: float
    sources: frozenset[str]


def elsewhere(situation: Situation, said: Said, line: Line, strength: Strength) -> Edits | Text:
    """The line in a country, where its electricity emits less in the method's own source."""
    to: str = strength["to"]
    if isinstance(line, Ai) and line.figure and FIGURES[line.figure].of == "footprint":
        return NO_GRID
    if line.grid_intensity:
        return GIVEN
    try:
        before, after = (_grid(situation, line, where) for where in (line.country, {to: 1.0}))
    except Unpriced:
        return UNKNOWN.filled(to=countries([to]))
    if before.sources != after.sources:
        return TWO_SOURCES.filled(to=countries([to]))
    return {"country": to, **unpaid(said)} if after.intensity < before.intensity else AS_LOW.filled(to=countries([to]))


def _grid(situation: Situation, line: Line, countries: Shares) -> Grid:
    """The electricity of a mix of countries, as the method finds it for data kept and computing. Raises Unpriced."""
    grids = Defaults(situation.outcome.release, needs_of(situation.outcome.method)["storage"])
    on = line.start or situation.plan.start
    rows = {code: grids.fill("grid_region", Context("storage"), (None, code, on)).row for code in countries}
    intensity = fsum(share * rows[code].value for code, share in countries.items())
    return Grid(intensity, frozenset(row.id for row in rows.values()))


LOWER_CARBON_REGION = Lever(
    id="lower-carbon-region",
    title=Text("Store and compute where electricity emits less", "Stocker et calculer là où l’électricité émet moins"),
    explanation=Text(
        "Storage and generation can often run in another region of the same cloud provider: choose one whose "
        "electricity emits less. Both regions are read from the same source.",
        "Le stockage et la génération peuvent souvent se faire dans une autre région du même fournisseur cloud : "
        "choisissez-en une dont l’électricité émet moins. Les deux régions sont lues dans la même source.",
    ),
    kinds=("storage", "ai"),
    who=("client", "agency"),
    effort="medium",
    holds="content",
    criteria=(HOSTED_WHERE,),
    propose=by_line((Storage, Ai), elsewhere),
    moves=True,
    parameters=(
        Parameter(
            name="to",
            field=Choice(COUNTRIES, "country"),
            about=Text("Country of the region after", "Pays de la région après"),
            basis=Text(
                "assumed: Sweden, where large cloud providers have regions and the published intensity is low",
                "hypothèse : la Suède, où les grands fournisseurs cloud ont des régions et où l’intensité publiée est "
                "basse",
            ),
            default="SE",
            ends=("NO", "FR"),
        ),
    ),
    caveats=(
        Text(
            "The intensities are averages: in the short run the move changes who uses which power station, not how "
            "many run. Less data and fewer outputs save more surely.",
            "Les intensités sont des moyennes : à court terme, le déplacement change qui utilise quelle centrale, pas "
            "combien tournent. Moins de données et moins de contenus générés réduisent plus sûrement.",
        ),
        Text(
            "Moving the data once is not counted, nor whether the law or the contract lets them leave their country.",
            "Le déplacement des données n’est pas compté, ni si la loi ou le contrat leur permet de quitter leur pays.",
        ),
    ),
)
