"""An ad: paid impressions, however the caller knows their number."""

from collections.abc import Mapping
from typing import Any, ClassVar

from carbon_api.plan import measures as m
from carbon_api.plan import vocabulary as words
from carbon_api.plan.common import (
    CreativeSchema,
    Per,
    aspect_ratio_field,
    cards_field,
    cards_of,
    format_field,
    format_of,
    kind_field,
    time_field,
)
from carbon_api.plan.fields import Choice
from carbon_api.plan.given import AGREEMENT, Given, Status, over, times
from carbon_api.plan.mixes import Quartiles
from carbon_api.plan.model import Ad, Quantity
from carbon_api.plan.quantities import QuantityField

_THOUSAND = Quantity(1000.0)
_BOUGHT, _REACHED = "spend / cpm x 1000", "reach x frequency"
_WAYS = ("impressions", "spend", "cpm", "reach", "frequency")


class AdSchema(CreativeSchema):
    """An ad, bought on a platform or programmatically."""

    title = "line of kind ad"
    per: ClassVar[Per] = "impression"
    makes = Ad

    kind = kind_field("ad")
    impressions = QuantityField(m.COUNT, "Paid impressions; or give spend and cpm, or reach and frequency")
    cpm = QuantityField(m.MONEY, "Cost of a thousand impressions, in the plan's currency")
    reach = QuantityField(m.COUNT, "Persons reached")
    frequency = QuantityField(m.FREQUENCY, "Impressions for each person reached")
    frequency_cap = QuantityField(m.CAP, "The most impressions that one person is shown, where the purchase is capped")
    plays = QuantityField(m.COUNT, "Times that the video started, replays left out: at most the impressions")
    quartiles = Quartiles(
        "Shares of plays that reach 25, 50, 75 and 100 % of the video; with creative_length and plays"
    )
    time_on_screen = time_field("TimePerImpression", "impression", "play", "view")
    placement = Choice(words.PLACEMENTS, "placement", "Where on the platform it is shown")
    format = format_field()
    aspect_ratio = aspect_ratio_field()
    cards = cards_field()
    buying = Choice(words.BUYING, "buying", "Bought inside the platform (direct) or on the open market (programmatic)")
    auction_paths = QuantityField(
        m.PATHS, "Paths from sellers to buyers that each impression asks, where it is programmatic; the seller knows"
    )

    def build(self, given: Given) -> Ad | None:
        """Return the ad, its impressions derived when they were not given."""
        self.check(given)
        impressions, status = _impressions(given)
        _check_plays(given, impressions)
        _check_paths(given)
        _check_cap(given, impressions)
        shape = format_of(given)
        cards = cards_of(given, shape)
        if given.faults or impressions is None:
            return None
        found = {"impressions": impressions, "impressions_status": status, "format": shape, "cards": cards}
        return Ad(**self.arguments(given) | found)


def is_programmatic(said: Mapping[str, Any]) -> bool:
    """Whether an ad that says this is bought on the open market: it says so, or it is shown off its platform."""
    placement = words.PLACEMENTS.get(said.get("placement", ""))
    usual = "programmatic" if placement and placement.off_platform else "direct"
    return bool(said.get("buying", usual) == "programmatic")


def _check_paths(given: Given) -> None:
    """Refuse paths of auctions that an ad bought directly does not go through."""
    if "auction_paths" in given and not is_programmatic(given):
        detail = "only an ad bought programmatically has auction_paths; write buying: programmatic, or leave them out"
        given.refuse("auction_paths", "contradiction", detail)


def _check_cap(given: Given, impressions: Quantity | None) -> None:
    """Refuse an average of impressions a person that is above the most that one may be shown."""
    if "frequency_cap" not in given or impressions is None:
        return
    mean = given.get("frequency") or (over(impressions, given["reach"]) if given.get("reach") else None)
    if mean and mean.value > given["frequency_cap"].value * (1 + AGREEMENT):
        detail = f"each person is shown {mean.value:.6g} on average, above the cap; correct one of the two"
        given.refuse("frequency_cap", "contradiction", detail)


def _impressions(given: Given) -> tuple[Quantity | None, Status]:
    """Return the impressions and their status, after refusing ways of giving them that contradict each other."""
    ways = (("impressions", given.get("impressions")), (_BOUGHT, _bought(given)), (_REACHED, _reached(given)))
    known = [(way, amount) for way, amount in ways if amount is not None]
    if not known:
        _refuse_none(given)
        return None, "given"
    (first, amount), *others = known
    for way, other in others:
        pointed = "impressions" if first == "impressions" else "frequency"
        given.agree(pointed, amount.value, first, other.value, way)
    return (amount, "given") if first == "impressions" else (given.derived("impressions", amount), "derived")


def _refuse_none(given: Given) -> None:
    """Refuse an ad without impressions, unless its cpm was refused already."""
    if not any(finding.pointer == "/cpm" for finding in given.faults):
        detail = "impressions is missing: write it, or spend and cpm, or reach and frequency"
        given.refuse("", "missing-field", detail, _WAYS)


def _bought(given: Given) -> Quantity | None:
    """Return the impressions that the spend buys; none can be said when a thousand cost nothing."""
    if not given.has("spend", "cpm"):
        return None
    if given["cpm"].value > 0:
        return over(times(given["spend"], _THOUSAND), given["cpm"])
    if "impressions" not in given:
        given.refuse("cpm", "too-small", "cpm is 0, so spend does not say how many impressions; write impressions")
    elif given["spend"].value > 0:
        given.refuse("cpm", "contradiction", "cpm is 0 but spend is not; correct one, or leave one out")
    return None


def _reached(given: Given) -> Quantity | None:
    return times(given["reach"], given["frequency"]) if given.has("reach", "frequency") else None


def _check_plays(given: Given, impressions: Quantity | None) -> None:
    """Refuse averages over plays without the plays, quartiles without their length, and plays beyond impressions."""
    if "plays" in given and impressions:
        given.at_most("plays", impressions.value, "a video starts at most once an impression, and impressions is")
    time = given.get("time_on_screen")
    if time and time[1] in {"play", "view"} and "plays" not in given:
        detail = f"an average per {time[1]} needs plays: how many times the video started"
        given.refuse("time_on_screen", "missing-field", detail, ("plays",))
    if "quartiles" in given:
        for name in ("creative_length", "plays"):
            if name not in given:
                given.refuse("quartiles", "missing-field", f"quartiles need {name}", (name,))
