"""A live stream: the minutes that all viewers watched, and the replay that is kept."""

from carbon_api.plan import measures as m
from carbon_api.plan.common import DeliveredSchema, bitrate_field, kind_field, resolution_field
from carbon_api.plan.given import Given, Status, times
from carbon_api.plan.model import Live, Quantity
from carbon_api.plan.quantities import QuantityField


class LiveSchema(DeliveredSchema):
    """A live stream."""

    title = "line of kind live"
    makes = Live

    kind = kind_field("live")
    viewer_minutes = QuantityField(
        m.MINUTES, "Minutes watched by all viewers; or give average_viewers and live_duration"
    )
    average_viewers = QuantityField(m.COUNT, "Viewers on average")
    live_duration = QuantityField(m.DURATION, "How long it lasts [min]")
    bitrate = bitrate_field()
    resolution = resolution_field()
    replay_kept_for = QuantityField(m.MONTHS, "How long the replay is kept [months]; needs live_duration")

    def build(self, given: Given) -> Live | None:
        """Return the live stream, its watched time derived when it was not given."""
        self.check(given)
        watched, status = _watched(given)
        if given.has("replay_kept_for") and not given.has("live_duration"):
            given.refuse("replay_kept_for", "missing-field", "replay_kept_for needs live_duration", ("live_duration",))
        if given.faults or watched is None:
            return None
        return Live(**self.arguments(given), watched=watched, watched_status=status)


def _watched(given: Given) -> tuple[Quantity | None, Status]:
    """Return the hours watched and their status, after refusing two ways of giving them that contradict each other."""
    ways = given.has("average_viewers", "live_duration")
    derived = times(given["average_viewers"], given["live_duration"]) if ways else None
    stated: Quantity | None = given.get("viewer_minutes")
    if stated is None and derived is None:
        detail = "viewer_minutes is missing: write it, or average_viewers and live_duration"
        given.refuse("", "missing-field", detail, ("viewer_minutes", "average_viewers", "live_duration"))
    if stated and derived:
        both = (stated.value, "viewer_minutes in hours", derived.value, "average_viewers x live_duration")
        given.agree("viewer_minutes", *both)
    return (stated, "given") if stated else (derived and given.derived("viewer_minutes", derived), "derived")
