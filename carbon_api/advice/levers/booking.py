"""A smaller booking: fewer impressions, and all that is booked or counted with them."""

from carbon_api.advice.counts import price
from carbon_api.advice.lever import Edits, Parameter
from carbon_api.advice.situation import Said
from carbon_api.advice.text import Text
from carbon_api.plan import measures as m
from carbon_api.plan.kinds import KINDS
from carbon_api.plan.model import Ad
from carbon_api.plan.quantities import PlainField, QuantityField
from carbon_api.plan.writing import scaled, written

COUNTED = ("impressions", "plays", "reach", "time_on_screen_total")
PRICES = ("spend", "cpm")
LAST_DIGITS = 1e-12  # of a number that is multiplied and divided again
CPM_AFTER = Parameter(
    name="cpm_after",
    field=PlainField(m.MONEY),
    about=Text(
        "CPM of the reduced volume, in the plan's currency",
        "CPM du volume réduit, dans la devise du plan",
    ),
    basis=Text(
        "nobody publishes it: without it the spend after is unknown",
        "personne ne le publie : sans lui, la dépense après changement est inconnue",
    ),
)


def part_of(english: str, french: str) -> Parameter:
    """How much of what is bought for nothing is no longer bought: half of it, unless something else is given."""
    return Parameter(
        name="part",
        field=PlainField(m.SHARE),
        about=Text(
            "Part of {what} that is no longer bought, where `to` is not given",
            "Part de {what} qui n’est plus achetée, si `to` n’est pas donné",
        ).filled(what=(english, french)),
        basis=Text("assumed: half of it", "hypothèse : la moitié"),
        default=0.5,
        ends=(0.25, 0.75),
    )


PRICE = Text(
    "The spend falls only if the impressions fall by more than the CPM rises. Without cpm_after the spend after is "
    "unknown, and shown as unknown.",
    "Le budget ne baisse que si les impressions baissent plus que le CPM n’augmente. Sans cpm_after, la dépense après "
    "changement est inconnue et affichée comme telle.",
)
NO_BIDS = Text(
    "No published factor links the precision of targeting to the number of bids: only the impressions change.",
    "Aucun facteur publié ne relie la précision du ciblage au nombre d’enchères : seules les impressions changent.",
)


def booked(said: Said, line: Ad, factor: float, cpm_after: float | None) -> Edits:
    """The booking of an ad times a factor. Its spend is unknown unless the new CPM is known."""
    words, kind = said.words, said.kind
    edits = {name: scaled(kind, name, words[name], factor) for name in COUNTED if name in words}
    impressions = line.impressions._replace(value=line.impressions.value * factor)
    if "impressions" not in words and ("cpm" in words or cpm_after is not None):
        edits["impressions"] = written(kind, "impressions", impressions)
    return {**edits, **_paid(said, impressions.value, cpm_after)}


def _paid(said: Said, impressions: float, cpm_after: float | None) -> Edits:
    """What is paid for so many impressions; unknown without a CPM, or where it is more than a plan may say."""
    if cpm_after is None:
        return dict.fromkeys(name for name in PRICES if name in said.words)
    spend = price(impressions, cpm_after)
    return {"cpm": cpm_after, "spend": spend if spend <= m.MONEY.maximum else None}


def room(said: Said, line: Ad) -> float:
    """How many times the booking of an ad may be taken before its line says more than a plan may."""
    fields = ((KINDS[said.kind].readers[name], said.words[name]) for name in (*COUNTED, "spend") if name in said.words)
    spoken = ((field.read(words).value, field.measure) for field, words in fields if isinstance(field, QuantityField))
    most = [measure.maximum / measure.written(value) for value, measure in spoken if value]
    return min([m.COUNT.maximum / line.impressions.value, *most]) * (1 - LAST_DIGITS)


def moved(said: Said, factor: float) -> Edits:
    """The booking of an ad times a factor, at the CPM that it has."""
    names = (*COUNTED, "spend")
    return {name: scaled(said.kind, name, said.words[name], factor) for name in names if name in said.words}
