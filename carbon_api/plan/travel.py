"""Trips: of a line of their own, or of an influencer's. What a trip is counted in follows from its mode."""

from collections.abc import Container, Iterator, Mapping

from carbon_api.errors import Finding, step
from carbon_api.plan import measures as m
from carbon_api.plan import vocabulary as words
from carbon_api.plan.common import LineSchema, kind_field
from carbon_api.plan.fields import Choice, Flag, Whole
from carbon_api.plan.given import Given
from carbon_api.plan.mixes import Country
from carbon_api.plan.model import Travel, Trip
from carbon_api.plan.parts import Part
from carbon_api.plan.quantities import QuantityField

Refusal = tuple[str, str, str, tuple[str, ...]]  # field, code, detail, valid values

_NUMBERS = ("distance", "people", "vehicles", "nights")
_OPTIONS: Mapping[str, tuple[str, ...]] = {  # what only some modes have -> those modes
    "cabin": ("plane",),
    "flights": ("plane",),
    "haul": ("plane",),
    "rail": ("train",),
    "fuel": ("car",),
    "round_trip": tuple(mode for mode, counted in words.MODES.items() if counted != "nights"),
}
_PRICED: Mapping[str, str] = {
    "people": "a trip by {mode} is priced by the passenger: write people, and the distance of each",
    "vehicles": "a trip by {mode} is priced by the vehicle, however many ride in it: write vehicles, and the distance "
    "of each",
    "nights": "a hotel is priced by the room and night: write nights, 6 for two rooms over three nights",
}
_WHERE = "Where it starts, or where the hotel is; it decides whose figures price it"


def haul_field() -> Choice:
    """Return the field of a flight's haul, by which the figures for the United Kingdom go."""
    return Choice(
        words.HAULS, "haul", "Of a flight to or from the United Kingdom (country GB): inside it, to Europe, or further"
    )


class TripPart(Part):
    """What a trip may say."""

    mode = Choice(words.MODES, "mode", "How: by plane, train, coach, car, taxi; or nights at a hotel", required=True)
    distance = QuantityField(
        m.DISTANCE, "Distance of each traveller or vehicle, there and back in all [km]; or one way, with round_trip"
    )
    round_trip = Flag("Is the distance one way of a trip there and back? It then counts twice; false by default")
    people = QuantityField(m.COUNT, "Travellers; by plane, train and coach")
    vehicles = QuantityField(m.COUNT, "Vehicles; by car and taxi")
    nights = QuantityField(m.COUNT, "Nights at a hotel, one for each room and night: two rooms for three nights are 6")
    cabin = Choice(words.CABINS, "cabin", "Class of a flight; the average seat by default")
    flights = Whole(
        1,
        1000,
        "All the flights of the trip, there and back: 2 for a direct round trip. The whole distance over them is the "
        "length of each; needed where figures go by it (FR)",
    )
    haul = haul_field()
    rail = Choice(words.RAILS, "rail", "Kind of train; national by default, and needed in France")
    fuel = Choice(words.FUELS, "fuel", "What a car runs on; the average car by default")
    traveller = Choice(
        words.TRAVELLERS,
        "traveller",
        "Own staff (GHG Protocol 3.6), or a supplier's, such as a creator (3.1); on a travel line staff by default, "
        "on an influencer's supplier",
    )


class TripItem(TripPart):
    """A trip inside a line."""

    title = "trip"

    country = Country(f"{_WHERE}; the line's by default")

    def trip(self, value: object) -> Trip:
        """Return the trip written. Raises Refused."""
        given = Given(self.read(value))
        trip = trip_of(given, "supplier")
        given.faults.stop()
        return trip._replace(country=given.get("country"))


class TravelSchema(TripPart, LineSchema):
    """A trip, or nights at a hotel."""

    title = "line of kind travel"
    makes = Travel

    class Meta:
        exclude = ("grid_intensity",)  # the figures hold their own electricity

    kind = kind_field("travel")
    country = Country(f"{_WHERE}; here or in defaults", required=True)

    def build(self, given: Given) -> Travel | None:
        """Return the trip."""
        self.check(given)
        if "mode" not in given:
            return None
        trip = trip_of(given, "staff")
        given.faults.extend(haul_elsewhere(given.get("haul"), given.get("country", {})))
        if given.faults:
            return None
        return Travel(**self.arguments(given), trip=trip)


def trip_of(given: Given, traveller: str) -> Trip:
    """Return the trip that some values say, after refusing what does not go with its mode. Not sound with faults."""
    mode = given["mode"]
    for name, code, detail, valid in _refused(mode, given):
        given.refuse(name, code, detail, valid)
    twice, distance = given.get("round_trip", False), given.get("distance")
    whole = distance._replace(value=2 * distance.value) if distance and twice else distance
    names = ("people", "vehicles", "nights", "cabin", "flights", "haul", "rail", "fuel")
    trip = Trip(
        mode=mode,
        traveller=given.get("traveller", traveller),
        distance=whole,
        distance_status="derived" if twice else "given",
        **given.take(*names),
    )
    return trip._replace(length=_length(trip.flight_length))


def _refused(mode: str, given: Given) -> Iterator[Refusal]:
    """Yield what a mode needs and is not given, then what it has no use for."""
    counted = words.MODES[mode]
    needed = ("nights",) if counted == "nights" else ("distance", counted)
    priced = _PRICED[counted].format(mode=mode)
    for name in needed:
        if name not in given:
            yield "", "missing-field", f"{name} is missing: {priced}", (name,)
    for name in _NUMBERS:
        if name in given and name not in needed:
            yield name, "contradiction", f"{priced}; leave {name} out", ()
    for name, modes in _OPTIONS.items():
        if name in given and mode not in modes:
            yield name, "contradiction", f"{name} is for mode {', '.join(modes)}, not {mode}; leave it out", ()
    if mode == "plane" and given.get("round_trip") and given.get("flights") == 1:
        yield "flights", "contradiction", "a trip there and back takes at least two flights; write them all", ()


def _length(each: float | None) -> str | None:
    """Return the class of length of a flight of so many km, where it is known."""
    if each is None:
        return None
    return next(name for name, end in words.FLIGHT_LENGTHS.items() if each < end)


def haul_elsewhere(haul: str | None, country: Container[str], at: str = "") -> Iterator[Finding]:
    """Yield the fault of a haul said of a flight that has none: the classes are those of the United Kingdom."""
    if haul and "GB" not in country:
        detail = "haul is of flights to or from the United Kingdom (country GB); leave it out elsewhere"
        yield Finding(f"{at}{step('haul')}", "contradiction", detail)
