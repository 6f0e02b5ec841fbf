"""What each kind of line does: how its views, screen time and data are described, and which values it gives.

An activity holds no number: lines that are described alike share it.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from carbon_api.inventory.compute import compute
from carbon_api.inventory.defaults import Context
from carbon_api.inventory.gives import Gives
from carbon_api.inventory.payload import is_image, payload
from carbon_api.inventory.screen_time import screen_time
from carbon_api.inventory.tables import Shape
from carbon_api.inventory.trips import TRIPS, parcels_context, parcels_give, trip_context, trip_gives
from carbon_api.plan.model import (
    Ad,
    Ai,
    Delivered,
    Influencer,
    LandingPage,
    Line,
    Live,
    Post,
    Quantity,
    Shares,
    Storage,
    Story,
    Travel,
    Trip,
    Video,
)
from carbon_api.plan.vocabulary import PLACEMENTS

DEFAULT_ASPECT = "vertical"
DEFAULT_MEDIUM = "hdd"
OF_MEDIUM = frozenset({"power_per_volume", "drive_footprint", "drive_capacity", "drive_lifetime"})


@dataclass(frozen=True, slots=True, eq=False)
class Activity:
    """One homogeneous activity: its shape, what a factor pattern may name, and what its lines give.

    `longest` reads the longest that a default time on screen may be; `coverage` says how much of the screen the
    creative takes: `full`, by its `ratio`, or `unknown`; `notes` are what a reader must know of it, by code and detail;
    `at` is where in its line it stands, such as `travel/0/`, and `country` its own, where it is not the line's.
    """

    shape: Shape
    context: Context
    gives: tuple[Gives, ...]
    longest: Callable[[Any], Quantity] | None = None
    coverage: str = "unknown"
    notes: tuple[tuple[str, str], ...] = ()
    at: str = ""
    country: Shares | None = None


def activities(line: Line) -> tuple[Activity, ...]:
    """The activities of a line: its delivery, its storage, its computing or its trip; or several, for a live kept as a
    replay and for influencers who travel or are sent parcels."""
    return tuple(_activities(line))


def _activities(line: Line) -> Iterator[Activity]:
    match line:
        case Storage():
            yield _kept(line)
        case Ai():
            yield _generated(line)
        case Travel():
            yield _travelled(line.trip, attrgetter("trip"))
        case Delivered():
            yield _delivery(line)
    if isinstance(line, Live) and line.replay_kept_for and line.live_duration:
        yield _replay(line)
    if isinstance(line, Influencer):
        yield from _moved(line)


def _delivery(line: Delivered) -> Activity:
    shown, sent = screen_time(line), payload(line)
    bindings = (("screen_time", shown.variant), ("data", sent.variant))
    shape = Shape("delivery", bindings, _classes(line))
    gives = (*_volume(line), *shown.gives, *sent.gives, *_network(line), *_paths(line), *_grid(line, "grid_audience"))
    return Activity(shape, _context(line), gives, shown.longest, _coverage(line), _notes(line))


def _notes(line: Delivered) -> tuple[tuple[str, str], ...]:
    """A weight alone does not say whether what it weighs is still or moves."""
    if not isinstance(line, Ad) or line.format:
        return ()
    detail = (
        "no format is given: read as video, for the time on screen that is published and for sri-2.1's auction paths"
    )
    return (("format-assumed", detail),)


def _volume(line: Delivered) -> tuple[Gives, ...]:
    """The line's total of views, where it is counted in views."""
    match line:
        case Ad():
            return (Gives("line_views", "impressions", attrgetter("impressions"), line.impressions_status),)
        case Post() | Story():
            return (Gives("line_views", "views", attrgetter("views"), line.views_status),)
        case Video(views=views) if views is not None:
            return (Gives("line_views", "views", attrgetter("views")),)
        case LandingPage():
            return (Gives("line_views", "visits", attrgetter("visits")),)
    return ()


def _network(line: Delivered) -> tuple[Gives, ...]:
    return () if line.mobile_share is None else (Gives("mobile_share", "network", _mobile_share),)


def _paths(line: Delivered) -> tuple[Gives, ...]:
    if not isinstance(line, Ad) or not line.auction_paths:
        return ()
    return (Gives("paths_per_view", "auction_paths", attrgetter("auction_paths")),)


def _mobile_share(line: Any) -> Quantity:
    return Quantity(line.mobile_share)


def _grid(line: Line, name: str) -> tuple[Gives, ...]:
    return (Gives(name, "grid_intensity", attrgetter("grid_intensity")),) if line.grid_intensity else ()


def buying(line: Ad) -> str:
    """A social ad is bought in its platform unless the plan, or an off-platform placement, says otherwise."""
    if line.buying:
        return line.buying
    return "programmatic" if _off_platform(line) else "direct"


def _off_platform(line: Delivered) -> bool:
    return isinstance(line, Ad) and bool(line.placement) and PLACEMENTS[line.placement or ""].off_platform


def _classes(line: Delivered) -> tuple[str, ...]:
    if not isinstance(line, Ad):
        return ("all",)
    return ("all", "ads", "in_platform_ads") if buying(line) == "direct" else ("all", "ads")


def _context(line: Delivered) -> Context:
    paid = isinstance(line, Ad)
    return Context(
        kind=KINDS[type(line)],
        placement=getattr(line, "placement", None),
        platform=line.platform,
        slot=_slot(line),
        organic=_organic(line),
        feed=None if paid else line.platform,
        live=line.platform if isinstance(line, Live) else None,
        aspect=getattr(line, "aspect_ratio", None) or DEFAULT_ASPECT,
        creative="display" if is_image(line) else "video",
        surface=_surface(line),
        buying=buying(line) if isinstance(line, Ad) else None,
        resolution=line.resolution,
        stated=_stated(line),
        left_open=_left_open(line),
    )


def _organic(line: Delivered) -> str | None:
    """What an organic line is watched as: a video, or one post of a feed."""
    if isinstance(line, Ad):
        return None
    return "video" if isinstance(line, (Video, Live)) else "post"


def _surface(line: Delivered) -> str:
    """A phone shows a social platform in its app, and everything else in a browser."""
    elsewhere = isinstance(line, LandingPage) or line.platform == "other" or _off_platform(line)
    return "browser" if elsewhere else "app"


def _stated(line: Delivered) -> frozenset[str]:
    """The values whose choice the caller stated, though the number behind it is the book's."""
    stated = {
        "bitrate": line.resolution,
        "pixels_per_image": getattr(line, "aspect_ratio", None),
        "paths_per_view": isinstance(line, Ad) and _is_bought(line) and not _left_open(line),
    }
    return frozenset(name for name, is_stated in stated.items() if is_stated)


def _is_bought(line: Ad) -> bool:
    """Whether the line says how it is bought."""
    return bool(line.buying) or _off_platform(line)


def _left_open(line: Delivered) -> Mapping[str, str]:
    """An open auction has as many paths as its format asks for; bought directly, an ad takes one whatever it is."""
    by_format = isinstance(line, Ad) and not line.format and buying(line) == "programmatic"
    return {"paths_per_view": "format"} if by_format else {}


def _slot(line: Delivered) -> str:
    """The place whose published time on screen applies: `ad_image`, `ad_video`, or the kind."""
    if isinstance(line, Ad):
        return "ad_image" if is_image(line) else "ad_video"
    return "post" if isinstance(line, Influencer) else KINDS[type(line)]


def _coverage(line: Delivered) -> str:
    if isinstance(line, Ad) and line.placement and PLACEMENTS[line.placement].full_screen:
        return "full"
    if isinstance(line, (Story, Video, Live, LandingPage)):
        return "full"
    return "ratio" if getattr(line, "aspect_ratio", None) else "unknown"


def _kept(line: Storage) -> Activity:
    volume = Gives("line_volume", "volume", attrgetter("volume"))
    kept_for = Gives("kept_for", "kept_for", attrgetter("kept_for"))
    copies = (Gives("copies", "copies", attrgetter("copies")),) if line.copies else ()
    stated = OF_MEDIUM if line.medium else frozenset()
    context = Context("storage", medium=line.medium or DEFAULT_MEDIUM, stated=stated)
    gives = (volume, kept_for, *copies, *_grid(line, "grid_region"))
    return Activity(Shape("storage", (("volume", "kept_volume"),)), context, gives)


def _replay(line: Live) -> Activity:
    """A replay is kept at the live's bitrate for its whole duration."""
    bitrate = (Gives("bitrate", "bitrate", attrgetter("bitrate")),) if line.bitrate else ()
    duration = Gives("line_duration", "live_duration", attrgetter("live_duration"))
    kept_for = Gives("kept_for", "replay_kept_for", attrgetter("replay_kept_for"))
    context = _context(line)._replace(medium=DEFAULT_MEDIUM)
    gives = (*bitrate, duration, kept_for, *_grid(line, "grid_region"))
    return Activity(Shape("storage", (("volume", "recorded_volume"),)), context, gives)


def _generated(line: Ai) -> Activity:
    made = compute(line)
    context = Context("ai", figure=line.figure, asked=made.asked)
    return Activity(made.shape, context, (*made.gives, *_grid(line, "grid_region")), notes=made.notes)


def _moved(line: Influencer) -> Iterator[Activity]:
    """The trips and the parcels of an influencer's line."""
    for place, trip in enumerate(line.travel):
        yield _travelled(trip, _item("travel", place), f"travel/{place}/")
    for place, parcels in enumerate(line.shipping):
        gives = parcels_give(_item("shipping", place))
        shape = Shape("shipping", (), ("by_air",) if parcels.mode == "plane" else ("by_road",))
        yield Activity(shape, parcels_context(parcels), gives, at=f"shipping/{place}/", country=parcels.country)


def _travelled(trip: Trip, read: Callable[[Any], Trip], at: str = "") -> Activity:
    shape = Shape("travel", (), (TRIPS[trip.mode], trip.traveller))
    return Activity(shape, trip_context(trip), trip_gives(trip, read), at=at, country=trip.country)


def _item(name: str, place: int) -> Callable[[Any], Any]:
    return lambda line: getattr(line, name)[place]


KINDS: Mapping[type[Line], str] = {
    Ad: "ad",
    Post: "post",
    Influencer: "influencer",
    Story: "story",
    Video: "video",
    Live: "live",
    LandingPage: "landing_page",
    Storage: "storage",
    Ai: "ai",
    Travel: "travel",
}
