"""A plan as the rest of the house sees it: frozen, validated, every quantity in coherent units (h, GB, kgCO2e, count).

What the caller wrote stays beside it, as read, in `Plan.document`. Lines are structs of msgspec, which are made in a
fifth of the time of frozen dataclasses: a plan has thousands.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal, NamedTuple

from msgspec import Struct

from carbon_api.errors import Finding
from carbon_api.plan.findings import as_it_is

Shares = Mapping[str, float]


class Quantity(NamedTuple):
    """A number the caller gave, or one derived from such. `plus_minus` is a relative 95 % half-width; 0 is exact.

    Drawn, it is `value` times (1 + plus_minus) to the power of its group's normal number over 1.96: 0.1 for "10 %".
    Only a derived number's can be below 0: it falls where its `uncertainty_group` rises, as 1/x does.
    """

    value: float
    plus_minus: float = 0.0
    uncertainty_group: str | None = None


class OnTarget(NamedTuple):
    """The share of impressions that reach the intended audience, and how the caller knows."""

    share: Quantity
    source: Literal["panel", "platform", "assumption"]


class TimeOnScreen(NamedTuple):
    """An average time on screen in hours, and what it is an average over."""

    value: Quantity
    per: Literal["impression", "play", "view"]


class Trip(NamedTuple):
    """A trip by some mode, or nights at a hotel. `distance` is in all, for each traveller or vehicle, in km.

    `flights` are all that the distance is flown in, and `length` the class of length of each; `country` is the trip's
    own, where it is not its line's.
    """

    mode: str
    traveller: Literal["staff", "supplier"]
    distance: Quantity | None = None
    distance_status: Literal["given", "derived"] = "given"
    people: Quantity | None = None
    vehicles: Quantity | None = None
    nights: Quantity | None = None
    cabin: str | None = None
    flights: int | None = None
    length: str | None = None
    haul: str | None = None
    rail: str | None = None
    fuel: str | None = None
    country: Shares | None = None

    @property
    def flight_length(self) -> float | None:
        """km of each flight, where their number is known."""
        return self.distance.value / self.flights if self.distance and self.flights else None

    @property
    def described(self) -> tuple[object, ...]:
        """All that it says but its numbers."""
        how = (
            self.mode,
            self.traveller,
            self.distance_status,
            self.cabin,
            self.length,
            self.haul,
            self.rail,
            self.fuel,
        )
        return (*how, tuple(self.country.items()) if self.country else None)


class Parcels(NamedTuple):
    """Parcels sent over a distance in km, each of a weight in kg. `country` is their own, where not the line's."""

    mode: str
    parcels: Quantity
    weight: Quantity
    distance: Quantity
    haul: str | None = None
    country: Shares | None = None

    @property
    def described(self) -> tuple[object, ...]:
        """All that they say but their numbers."""
        return self.mode, self.haul, tuple(self.country.items()) if self.country else None


class Line(Struct, frozen=True, kw_only=True):
    """What every kind of line has. `country` maps ISO alpha-2 codes, `EU` or `world` to shares that sum to 1."""

    id: str
    country: Shares
    grid_intensity: Quantity | None = None  # kgCO2e/kWh
    start: date | None = None
    end: date | None = None
    spend: Quantity | None = None
    volumes: Literal["planned", "delivered"] = "planned"
    content_id: str | None = None
    objective: str | None = None


class Delivered(Line, frozen=True, kw_only=True):
    """A line whose content is sent to screens. `devices` maps phone, tablet, computer, tv to shares."""

    platform: str | None = None  # of a landing page that names none
    devices: Shares | None = None
    mobile_share: float | None = None
    on_target: OnTarget | None = None
    viewable_share: Quantity | None = None
    targeting: str | None = None
    time_on_screen: TimeOnScreen | None = None
    time_on_screen_total: Quantity | None = None  # h
    creative_length: Quantity | None = None  # h
    weight: Quantity | None = None  # GB per view
    bitrate: Quantity | None = None  # GB/h
    resolution: str | None = None


class Ad(Delivered, frozen=True, kw_only=True):
    """Paid impressions. When `impressions` were not given they are derived, and `impressions_status` says so."""

    impressions: Quantity
    impressions_status: Literal["given", "derived"] = "given"
    cpm: Quantity | None = None
    reach: Quantity | None = None
    frequency: Quantity | None = None
    frequency_cap: Quantity | None = None
    plays: Quantity | None = None
    quartiles: tuple[float, float, float, float] | None = None  # shares of plays that reach 25, 50, 75, 100 %
    format: str | None = None  # image | carousel | video
    placement: str | None = None
    aspect_ratio: str | None = None
    cards: int = 1
    buying: Literal["direct", "programmatic"] | None = None
    auction_paths: Quantity | None = None  # of one impression; programmatic only


class Post(Delivered, frozen=True, kw_only=True):
    """Organic posts; `views` is the total (derived from posts x views per post when those were given)."""

    views: Quantity
    views_status: Literal["given", "derived"] = "given"
    posts: Quantity | None = None
    format: str | None = None
    aspect_ratio: str | None = None
    cards: int = 1
    views_include_paid: bool | None = None


class Influencer(Post, frozen=True, kw_only=True):
    """Creators' posts, with what was travelled and sent for them. `views` is the total, as for posts."""

    creators: Quantity | None = None
    posts_per_creator: Quantity | None = None
    travel: tuple[Trip, ...] = ()
    shipping: tuple[Parcels, ...] = ()

    @property
    def moved(self) -> tuple[tuple[object, ...], ...]:
        """All that its trips and parcels say but their numbers."""
        return (*(trip.described for trip in self.travel), *(parcels.described for parcels in self.shipping))


class Story(Delivered, frozen=True, kw_only=True):
    """Organic stories, full screen; `views` is the total."""

    views: Quantity
    views_status: Literal["given", "derived"] = "given"
    posts: Quantity | None = None
    format: str | None = None
    views_include_paid: bool | None = None


class Video(Delivered, frozen=True, kw_only=True):
    """Organic video: the minutes watched (here `watched`, in hours), or views and an average time."""

    watched: Quantity | None = None  # h
    views: Quantity | None = None
    replay_of: str | None = None
    views_include_paid: bool | None = None


class Live(Delivered, frozen=True, kw_only=True):
    """A live stream: the viewer-minutes (here `watched`, in hours), derived from viewers x duration if need be."""

    watched: Quantity
    watched_status: Literal["given", "derived"] = "given"
    average_viewers: Quantity | None = None
    live_duration: Quantity | None = None  # h
    replay_kept_for: Quantity | None = None  # h


class LandingPage(Delivered, frozen=True, kw_only=True):
    """Visits to a page of the brand's own; weight and time on screen are always given."""

    visits: Quantity


class Storage(Line, frozen=True, kw_only=True):
    """Data kept: `volume` GB for `kept_for` hours, in `copies` copies, where `country` is the region."""

    volume: Quantity  # GB
    kept_for: Quantity  # h
    copies: Quantity | None = None
    medium: str | None = None  # hdd | ssd | tape


class Travel(Line, frozen=True, kw_only=True):
    """A trip, or nights at a hotel, where `country` is its own."""

    trip: Trip

    @property
    def moved(self) -> tuple[object, ...]:
        """All that its trip says but its numbers."""
        return self.trip.described


class Ai(Line, frozen=True, kw_only=True):
    """Outputs of a generative model: all that were `generated`, of which some are `kept`; computed in `country`.

    They are priced as the `provider`'s `model` works, or, where it is named, by a published `figure`.
    """

    task: Literal["text", "image", "video"]
    generated: Quantity
    kept: Quantity | None = None
    provider: str | None = None
    model: str | None = None
    figure: str | None = None
    output_tokens: Quantity | None = None  # of one text
    size: str | None = None  # width x height of a video
    seconds: float | None = None  # of a video
    audio: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Audience:
    """The people the campaign is for."""

    description: str | None = None
    size: Quantity | None = None  # persons


@dataclass(frozen=True, slots=True, kw_only=True)
class Uncertainty:
    """How the range is computed."""

    range: bool = True
    draws: int = 2000
    seed: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A campaign plan. `document` is what was read, untouched.

    `located` puts a finding, such as one at /lines/0/country, where the caller wrote it: key and line of the text.
    """

    name: str
    lines: tuple[Line, ...]
    brand: str | None = None
    start: date | None = None
    end: date | None = None
    currency: str = "EUR"
    method: str | None = None
    factor_release: str | None = None
    audience: Audience | None = None
    uncertainty: Uncertainty = Uncertainty()
    document: Mapping[str, Any]
    located: Callable[[Finding], Finding] = field(default=as_it_is, compare=False, repr=False)
