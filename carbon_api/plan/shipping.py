"""Parcels sent, such as products to creators: priced by their weight and the distance they go."""

from carbon_api.plan import measures as m
from carbon_api.plan import vocabulary as words
from carbon_api.plan.fields import Choice
from carbon_api.plan.given import Given
from carbon_api.plan.mixes import Country
from carbon_api.plan.model import Parcels
from carbon_api.plan.parts import Part
from carbon_api.plan.quantities import QuantityField
from carbon_api.plan.travel import haul_field


class ParcelsItem(Part):
    """Parcels of one weight that go one way."""

    title = "shipping"

    mode = Choice(words.CARRIERS, "carrier", "How they go: by van, truck or plane", required=True)
    parcels = QuantityField(m.COUNT, "How many parcels", required=True)
    weight = QuantityField(m.MASS, "Weight of each, packing included [kg]", required=True)
    distance = QuantityField(m.DISTANCE, "How far each goes [km]", required=True)
    haul = haul_field()
    country = Country("Where they are sent from; the line's by default")

    def parcels_of(self, value: object) -> Parcels:
        """Return the parcels written. Raises Refused."""
        given = Given(self.read(value))
        if "haul" in given and given["mode"] != "plane":
            detail = f"haul is for mode plane, not {given['mode']}; leave it out"
            given.refuse("haul", "contradiction", detail)
        given.faults.stop()
        return Parcels(**given.take("mode", "parcels", "weight", "distance", "haul", "country"))
