"""Lines of plans, as a person reads them who has the document of a method: their places, formulas, what they give."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Document = dict[str, Any]
HOUR, MONTH = 3600.0, 730.5


@dataclass(frozen=True)
class Reading:
    """One activity of a line as a person reads it. `shape` is whether its screen coverage follows its aspect ratio."""

    activity: str
    places: Mapping[str, str]
    given: Mapping[str, float]
    variants: Mapping[str, str]
    rows: frozenset[str] = frozenset({"all"})
    country: str = "FR"
    shape: bool = False


@dataclass(frozen=True)
class Case:
    """A line of a plan, and how a person reads its activities."""

    name: str
    line: Document
    readings: list[Reading] = field(default_factory=list)


AD = frozenset({"all", "ads", "in_platform_ads"})
CASES = [
    Case(
        "a video ad on the default mix of its platform, its shape known",
        {"kind": "ad", "platform": "instagram", "format": "video", "impressions": 1_000_000, "aspect_ratio": "square"}
        | {"creative_length": 15, "time_on_screen": 6},
        [
            Reading(
                "delivery",
                {"platform": "instagram", "slot": "ad_video", "aspect": "square", "creative": "video", "surface": "app"}
                | {"buying": "direct"},
                {"line_views": 1e6, "seen_share": 1.0, "time_per_view": 6 / HOUR, "streamed_time_per_view": 15 / HOUR},
                {"screen_time": "viewed_time", "data": "streamed_data"},
                rows=AD,
                shape=True,
            )
        ],
    ),
    Case(
        "rushes kept, medium and copies left open",
        {"kind": "storage", "volume": "1.8 TB", "kept_for": "24 months"},
        [
            Reading(
                "storage",
                {"medium": "hdd"},
                {"line_volume": 1800.0, "kept_for": 24 * MONTH},
                {"volume": "kept_volume"},
            )
        ],
    ),
    Case(
        "posts of which only the views are known",
        {"kind": "post", "platform": "reddit", "format": "image", "country": "DE", "views": 40_000},
        [
            Reading(
                "delivery",
                {"platform": "reddit", "feed": "reddit", "organic": "post", "slot": "post", "aspect": "vertical"}
                | {"creative": "display", "surface": "app"},
                {"line_views": 40_000.0, "seen_share": 1.0, "images_per_view": 1.0},
                {"screen_time": "viewed_time", "data": "image_data"},
                country="DE",
            )
        ],
    ),
    Case(
        "an ad off the platform, by its plays",
        {"kind": "ad", "platform": "facebook", "format": "video", "placement": "audience_network", "impressions": 9000}
        | {"plays": 5000, "time_on_screen": {"value": 4, "per": "play"}, "resolution": "720p", "devices": {"phone": 1}},
        [
            Reading(
                "delivery",
                {"platform": "facebook", "slot": "ad_video", "creative": "video", "surface": "browser"}
                | {"buying": "programmatic", "resolution": "720p", "aspect": "vertical"},
                {"line_views": 9000.0, "line_plays": 5000.0, "time_per_view": 4 / HOUR},
                {"screen_time": "played_time", "data": "watched_data"},
                rows=frozenset({"all", "ads"}),
            )
        ],
    ),
    Case(
        "a live and its replay",
        {"kind": "live", "platform": "facebook", "viewer_minutes": 60_000, "live_duration": 90, "resolution": "1080p"}
        | {"replay_kept_for": 12},
        [
            Reading(
                "delivery",
                {"platform": "facebook", "feed": "facebook", "live": "facebook", "resolution": "1080p"}
                | {"creative": "video", "surface": "app", "slot": "live", "organic": "post"},
                {"line_watched": 1000.0, "screen_coverage": 1.0},
                {"screen_time": "watched_time", "data": "watched_data"},
            ),
            Reading(
                "storage",
                {"feed": "facebook", "live": "facebook", "resolution": "1080p", "medium": "hdd"},
                {"line_duration": 1.5, "kept_for": 12 * MONTH},
                {"volume": "recorded_volume"},
            ),
        ],
    ),
    Case(
        "four creators in France, whom a flight there and back and parcels were sent for",
        {"kind": "influencer", "platform": "reddit", "format": "image", "creators": 4, "posts_per_creator": 2}
        | {"views_per_post": 500, "devices": {"phone": 1}}
        | {"travel": [{"mode": "plane", "distance": 650, "round_trip": True, "flights": 1, "people": 4}]}
        | {"shipping": [{"mode": "van", "parcels": 4, "weight": "800 g", "distance": 420}]},
        [
            Reading(
                "delivery",
                {"platform": "reddit", "feed": "reddit", "organic": "post", "slot": "post", "aspect": "vertical"}
                | {"creative": "display", "surface": "app"},
                {"line_views": 4000.0, "seen_share": 1.0, "images_per_view": 1.0},
                {"screen_time": "viewed_time", "data": "image_data"},
            ),
            Reading(
                "travel",
                {"seat": "average", "length": "500_to_1000", "contrails": "contrails"},
                {"line_people": 4.0, "line_distance": 1300.0},
                {},
                rows=frozenset({"flights"}),
            ),
            Reading(
                "shipping",
                {"carrier": "van"},
                {"line_parcels": 4.0, "weight_per_parcel": 0.8, "line_distance": 420.0},
                {},
                rows=frozenset({"by_road"}),
            ),
        ],
    ),
    *(
        Case(
            f"a trip of which the document says how it is priced: {how}",
            {"kind": "travel", **line},
            [Reading("travel", places, given, {}, rows=frozenset({rows}), country=str(line.get("country", "FR")))],
        )
        for how, line, places, given, rows in [
            (
                "in business to the United Kingdom",
                {"mode": "plane", "distance": 700, "people": 3, "country": "GB", "haul": "short", "cabin": "business"},
                {"haul": "short", "seat": "business", "cabin": "business", "contrails": "contrails"},
                {"line_people": 3.0, "line_distance": 700.0},
                "flights",
            ),
            (
                "by coach where nothing is published",
                {"mode": "coach", "distance": "100 mi", "people": 30, "country": "PL"},
                {"ride": "coach"},
                {"line_people": 30.0, "line_distance": 160.9344},
                "rides",
            ),
            (
                "by the average car",
                {"mode": "car", "distance": 80, "vehicles": 2},
                {"fuel": "average"},
                {"line_vehicles": 2.0, "line_distance": 80.0},
                "drives",
            ),
            ("at a hotel", {"mode": "hotel", "nights": 6, "country": "ES"}, {}, {"line_nights": 6.0}, "stays"),
        ]
    ),
]
