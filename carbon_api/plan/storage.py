"""Data kept: how much, how long, in how many copies, where and on what."""

from carbon_api.plan import measures as m
from carbon_api.plan.common import LineSchema, kind_field
from carbon_api.plan.fields import Choice
from carbon_api.plan.given import Given
from carbon_api.plan.model import Storage
from carbon_api.plan.quantities import QuantityField
from carbon_api.plan.vocabulary import MEDIA


class StorageSchema(LineSchema):
    """Data kept."""

    title = "line of kind storage"
    makes = Storage

    kind = kind_field("storage")
    volume = QuantityField(m.VOLUME, "How much is kept [TB]", required=True)
    kept_for = QuantityField(m.MONTHS, "How long [months]", required=True)
    copies = QuantityField(m.COPIES, "Copies, the original included")
    medium = Choice(MEDIA, "medium", "What it is kept on")

    def build(self, given: Given) -> Storage | None:
        """Return the data kept."""
        self.check(given)
        if given.faults:
            return None
        return Storage(**self.arguments(given))
