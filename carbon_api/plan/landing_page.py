"""Visits to a page of the brand's own."""

from carbon_api.plan import measures as m
from carbon_api.plan.common import ViewedSchema, kind_field, platform_field
from carbon_api.plan.given import Given
from carbon_api.plan.model import LandingPage
from carbon_api.plan.quantities import QuantityField

_NO_DEFAULT = {
    "weight": "weight is missing: what one visit loads, as a browser shows it; no published default exists for a page",
    "time_on_screen": "time_on_screen is missing: take it from web analytics; no published default exists for a page",
}


class LandingPageSchema(ViewedSchema):
    """Visits to a page. `platform`, where the visitors come from, may be left out: the page itself is on none."""

    title = "line of kind landing_page"
    makes = LandingPage

    kind = kind_field("landing_page")
    platform = platform_field("Where the visitors come from, if from one platform")
    visits = QuantityField(m.COUNT, "Visits, in all", required=True)

    def build(self, given: Given) -> LandingPage | None:
        """Return the visits."""
        self.check(given)
        for name, detail in _NO_DEFAULT.items():
            if name not in given:
                given.refuse("", "missing-field", detail, (name,))
        if given.faults:
            return None
        return LandingPage(**self.arguments(given))
