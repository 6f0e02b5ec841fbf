"""Lines of a plan, and how a person reads each as the document of a method tells to."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import inf
from typing import Any

from ecologits.tracers.utils import llm_impacts
from ecologits.utils.range_value import RangeValue

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


def told_by_ecologits(provider: str, model: str) -> dict[str, float]:
    """What a document says to ask EcoLogits of a text, asked as anyone would."""
    none, many = (llm_impacts(provider, model, tokens, inf) for tokens in (0, 1_000_000))

    def mean(value: Any) -> float:
        return (value.min + value.max) / 2 if isinstance(value, RangeValue) else value

    first = {"energy": mean(none.energy.value), "embodied": mean(none.embodied.gwp.value)}
    whole = {"energy": mean(many.energy.value), "embodied": mean(many.embodied.gwp.value)}
    each = {f"{name}_per_token": (whole[name] - first[name]) / 1_000_000 for name in first}
    return each | {f"{name}_per_output": value for name, value in first.items()}


CASES = [
    Case(
        "a video ad on the default mix of its platform, its shape known",
        {"kind": "ad", "platform": "linkedin", "format": "video", "impressions": 1_000_000, "aspect_ratio": "square"}
        | {"creative_length": 15, "time_on_screen": 6},
        [
            Reading(
                "delivery",
                {"platform": "linkedin", "slot": "ad_video", "aspect": "square", "creative": "video", "surface": "app"}
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
        "a video in Belgium, watched on computers and televisions",
        {"kind": "video", "platform": "youtube", "country": "BE", "minutes_watched": 900, "resolution": "480p"}
        | {"devices": {"computer": 0.6, "tv": 0.4}, "network": {"mobile": 0.2, "fixed": 0.8}},
        [
            Reading(
                "delivery",
                {"platform": "youtube", "feed": "youtube", "organic": "video", "slot": "video", "creative": "video"}
                | {"surface": "app", "resolution": "480p"},
                {"line_watched": 15.0, "mobile_share": 0.2, "screen_coverage": 1.0},
                {"screen_time": "watched_time", "data": "watched_data"},
                country="BE",
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
                | {"creative": "video", "surface": "app", "slot": "live", "organic": "video"},
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
        "texts of which few are kept, by a model",
        {"kind": "ai", "task": "text", "provider": "openai", "model": "gpt-4o", "country": "US", "output_tokens": 650}
        | {"generated": 3000, "kept": 12},
        [
            Reading(
                "compute",
                {},
                {"line_outputs": 3000.0, "tokens_per_output": 650.0, **told_by_ecologits("openai", "gpt-4o")},
                {"output_energy": "energy_of_text", "output_embodied": "embodied_of_text"},
                rows=frozenset({"by_energy", "by_model"}),
                country="US",
            )
        ],
    ),
    Case(
        "images at the figure that the line asks for",
        {"kind": "ai", "task": "image", "figure": "mlenergy_flux_1_dev", "generated": 40},
        [
            Reading(
                "compute",
                {"figure": "mlenergy_flux_1_dev"},
                {"line_outputs": 40.0},
                {"output_energy": "energy_of_figure"},
                rows=frozenset({"by_energy"}),
            )
        ],
    ),
]
