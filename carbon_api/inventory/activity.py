"""What each kind of line does: how its views, screen time and data are described, and with which given numbers."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from carbon_api.inventory.defaults import Context
from carbon_api.inventory.inputs import Ledger
from carbon_api.inventory.payload import payload
from carbon_api.inventory.screen_time import screen_time
from carbon_api.inventory.tables import Shape
from carbon_api.plan.model import Ad, Delivered, LandingPage, Line, Live, Post, Storage, Story, Video
from carbon_api.plan.vocabulary import PLACEMENTS

DEFAULT_ASPECT = "vertical"
DEFAULT_MEDIUM = "hdd"


@dataclass(slots=True)
class Activity:
    """One homogeneous activity of a line: its shape, what a factor pattern may name, and its given values by name."""

    shape: Shape
    context: Context
    given: dict[str, int]
    longest_time: float | None = None
    coverage: str = "unknown"
    notes: list[tuple[str, str]] = field(default_factory=list)


def activities(line: Line, ledger: Ledger) -> list[Activity]:
    """The activities of a line: its delivery, or its storage, or both for a live kept as a replay."""
    if isinstance(line, Storage):
        return [_kept(line, ledger)]
    if isinstance(line, Live) and line.replay_kept_for and line.live_duration:
        return [_delivery(line, ledger), _replay(line, ledger)]
    return [_delivery(line, ledger)] if isinstance(line, Delivered) else []


def _delivery(line: Delivered, ledger: Ledger) -> Activity:
    shown, sent = screen_time(line, ledger), payload(line, ledger)
    given = _volume(line, ledger) | shown.given | sent.given
    if line.mobile_share is not None:
        given["mobile_share"] = ledger.exact(line.mobile_share, "given")
    bindings = (("screen_time", shown.variant), ("data", sent.variant))
    shape = Shape("delivery", bindings, _classes(line))
    return Activity(shape, _context(line), given, shown.longest, _coverage(line))


def _volume(line: Delivered, ledger: Ledger) -> dict[str, int]:
    """The line's total of views, where it is counted in views."""
    match line:
        case Ad():
            return {"line_views": ledger.quantity(line.impressions, "impressions", line.impressions_status)}
        case Post() | Story():
            return {"line_views": ledger.quantity(line.views, "views", line.views_status)}
        case Video(views=views) if views is not None:
            return {"line_views": ledger.quantity(views, "views")}
        case LandingPage():
            return {"line_views": ledger.quantity(line.visits, "visits")}
    return {}


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
    aspect = getattr(line, "aspect_ratio", None)
    return Context(
        kind=_kind(line),
        platform=line.platform,
        slot=_slot(line),
        organic=None if paid else "post",
        feed=None if paid else line.platform,
        aspect=aspect or DEFAULT_ASPECT,
        creative="display" if is_image(line) else "video",
        surface=_surface(line),
        buying=buying(line) if isinstance(line, Ad) else None,
        resolution=line.resolution,
        stated=_stated(line),
    )


def _surface(line: Delivered) -> str:
    """A phone shows a social platform in its app, and everything else in a browser."""
    elsewhere = isinstance(line, LandingPage) or line.platform == "other" or _off_platform(line)
    return "browser" if elsewhere else "app"


def _stated(line: Delivered) -> frozenset[str]:
    """The values whose choice the caller stated, though the number behind it is the book's."""
    stated = {
        "bitrate": line.resolution,
        "pixels_per_image": getattr(line, "aspect_ratio", None),
        "paths_per_view": isinstance(line, Ad) and (line.buying or _off_platform(line)),
    }
    return frozenset(name for name, is_stated in stated.items() if is_stated)


def _kind(line: Line) -> str:
    return KINDS[type(line)]


def is_image(line: Delivered) -> bool:
    """Whether what is shown is still."""
    return getattr(line, "format", None) in {"image", "carousel"}


def _slot(line: Delivered) -> str:
    """The place whose published time on screen applies: `ad_image`, `ad_video`, or the kind."""
    if isinstance(line, Ad):
        return "ad_image" if is_image(line) else "ad_video"
    return _kind(line)


def _coverage(line: Delivered) -> str:
    """How much of the screen the creative takes: `full`, by its `ratio`, or `unknown`."""
    if isinstance(line, Ad) and line.placement and PLACEMENTS[line.placement].full_screen:
        return "full"
    if isinstance(line, (Story, Video, Live, LandingPage)):
        return "full"
    return "ratio" if getattr(line, "aspect_ratio", None) else "unknown"


def _kept(line: Storage, ledger: Ledger) -> Activity:
    given = {
        "line_volume": ledger.quantity(line.volume, "volume"),
        "kept_for": ledger.quantity(line.kept_for, "kept_for"),
    }
    if line.copies:
        given["copies"] = ledger.quantity(line.copies, "copies")
    context = Context("storage", medium=line.medium or DEFAULT_MEDIUM, stated=_stated_medium(line))
    return Activity(Shape("storage", (("volume", "kept_volume"),)), context, given)


def _stated_medium(line: Storage) -> frozenset[str]:
    return frozenset({"power_per_volume"}) if line.medium else frozenset()


def _replay(line: Live, ledger: Ledger) -> Activity:
    """A replay is kept at the live's bitrate for its whole duration."""
    duration, kept_for = line.live_duration, line.replay_kept_for
    given = payload(line, ledger).given
    if duration and kept_for:
        given |= {
            "line_duration": ledger.quantity(duration, "live_duration"),
            "kept_for": ledger.quantity(kept_for, "replay_kept_for"),
        }
    context = _context(line)._replace(medium=DEFAULT_MEDIUM)
    return Activity(Shape("storage", (("volume", "recorded_volume"),)), context, given)


KINDS: Mapping[type[Line], str] = {
    Ad: "ad",
    Post: "post",
    Story: "story",
    Video: "video",
    Live: "live",
    LandingPage: "landing_page",
    Storage: "storage",
}
