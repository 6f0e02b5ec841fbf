"""Influencer content: creators' posts, and what was travelled and sent for them."""

from carbon_api.plan import measures as m
from carbon_api.plan.common import aspect_ratio_field, cards_field, cards_of, format_field, format_of, kind_field
from carbon_api.plan.given import Given, Status, times
from carbon_api.plan.model import Influencer, Quantity
from carbon_api.plan.organic import OrganicSchema
from carbon_api.plan.parts import PartsField
from carbon_api.plan.quantities import QuantityField
from carbon_api.plan.shipping import ParcelsItem
from carbon_api.plan.travel import TripItem, haul_elsewhere

_WAYS = ("creators", "posts_per_creator", "views_per_post")
_TRIP, _PARCELS = TripItem(), ParcelsItem()


class InfluencerSchema(OrganicSchema):
    """Posts that creators publish for the brand; paid impressions of them are an ad, with the same content_id."""

    title = "line of kind influencer"
    makes = Influencer

    kind = kind_field("influencer")
    creators = QuantityField(m.POSTS, "How many creators")
    posts_per_creator = QuantityField(m.POSTS, "Posts that each publishes; with creators and views_per_post, the views")
    views_per_post = QuantityField(m.COUNT, "Views of each post; never with views")
    format = format_field()
    aspect_ratio = aspect_ratio_field()
    cards = cards_field()
    travel = PartsField(_TRIP, _TRIP.trip, "What was travelled for it: trips, and nights at hotels")
    shipping = PartsField(_PARCELS, _PARCELS.parcels_of, "What was sent for it, such as products to creators")

    def build(self, given: Given) -> Influencer | None:
        """Return the posts, their views in all."""
        self.check(given)
        views, status = _views_of(given)
        shape = format_of(given)
        cards = cards_of(given, shape)
        _check_hauls(given)
        if given.faults or views is None:
            return None
        moved = {name: tuple(given.get(name, ())) for name in ("travel", "shipping")}
        found = {"views": views, "views_status": status, "format": shape, "cards": cards}
        return Influencer(**self.arguments(given) | moved | found)


def _views_of(given: Given) -> tuple[Quantity | None, Status]:
    """Return the views and their status, after refusing both ways or neither of giving them."""
    if "views" in given:
        if "views_per_post" in given:
            detail = "views is the total already; leave it or views_per_post out"
            given.refuse("views_per_post", "contradiction", detail)
        return given["views"], "given"
    if given.has(*_WAYS):
        posts = times(given["creators"], given["posts_per_creator"])
        return given.derived("views", times(posts, given["views_per_post"])), "derived"
    detail = "views is missing: write the total views, or creators, posts_per_creator and views_per_post"
    given.refuse("", "missing-field", detail, ("views", *_WAYS))
    return None, "given"


def _check_hauls(given: Given) -> None:
    """Refuse the haul of a flight elsewhere than in the United Kingdom."""
    for name in ("travel", "shipping"):
        for place, one in enumerate(given.get(name, ())):
            country = one.country or given.get("country", {})
            given.faults.extend(haul_elsewhere(one.haul, country, f"/{name}/{place}"))
