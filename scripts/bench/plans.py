"""The plans that the benchmark prices: lines as varied as an agency's, from a fixed pattern."""

from typing import Any

PLATFORMS = ("instagram", "tiktok", "facebook", "youtube", "linkedin", "snapchat", "x", "pinterest")
COUNTRIES: tuple[Any, ...] = ("FR", "BE", "DE", {"FR": 0.8, "BE": 0.2}, "ES", "IT", "FR", "GB")


def bench_plan(lines: int, **options: Any) -> dict[str, Any]:
    """A plan of that many lines; options are plan keys such as range=False."""
    return {"name": f"bench {lines}", "brand": "bench", **options, "lines": [_line(index) for index in range(lines)]}


def mixed_plan(lines: int) -> dict[str, Any]:
    """A plan of ads, and one line in four of everything else that a lever may pull, each kind in turn."""
    ads = bench_plan(lines)["lines"]
    found = [ad if (index + 1) % ONE_IN else OTHERS[index // ONE_IN % len(OTHERS)] for index, ad in enumerate(ads)]
    return {"name": f"mixed {lines}", "lines": [{**line, "id": f"line-{index}"} for index, line in enumerate(found)]}


ONE_IN = 4
OTHERS: tuple[dict[str, Any], ...] = (
    {"kind": "post", "platform": "instagram", "country": "FR", "format": "image", "posts": 8, "views_per_post": 9000},
    {"kind": "live", "platform": "twitch", "country": "FR", "viewer_minutes": 90000, "resolution": "1080p"},
    {"kind": "storage", "country": "FR", "volume": 2, "kept_for": 24, "copies": 3},
    {"kind": "travel", "country": "FR", "mode": "plane", "distance": 700, "flights": 1, "people": 3},
    {"kind": "landing_page", "country": "FR", "visits": 40000, "weight": 3, "time_on_screen": 20},
    {"kind": "ai", "country": "US", "task": "text", "figure": "gemini_median_prompt", "generated": 900, "kept": 30},
    {"kind": "video", "platform": "youtube", "country": "FR", "views": 50000, "resolution": "1080p"},
)


def _line(index: int) -> dict[str, Any]:
    return {
        "id": f"line-{index}",
        "kind": "ad",
        "platform": PLATFORMS[index % len(PLATFORMS)],
        "country": COUNTRIES[index // 3 % len(COUNTRIES)],
        "impressions": 10_000 + 137 * index,
        "placement": ("feed", "reels", "story")[index % 3],
        "on_target_share": {"value": 0.5 + index % 5 / 10, "source": "platform"},
        **_creative(index),
    }


def _creative(index: int) -> dict[str, Any]:
    """Images by their shape, videos by their length or their weight, some with a known time on screen."""
    choices: tuple[dict[str, Any], ...] = (
        {"format": "image", "aspect_ratio": "square", "time_on_screen": 2.5},
        {"format": "video", "creative_length": 15, "time_on_screen": 6},
        {"format": "video", "weight": "1.5 MB", "creative_length": 10},
        {"format": "image", "weight": 0.3},
    )
    return choices[index % len(choices)]
