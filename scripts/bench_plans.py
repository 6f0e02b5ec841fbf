"""The plans that the benchmark prices: lines as varied as an agency's, from a fixed pattern."""

from typing import Any

PLATFORMS = ("instagram", "tiktok", "facebook", "youtube", "linkedin", "snapchat", "x", "pinterest")
COUNTRIES: tuple[Any, ...] = ("FR", "BE", "DE", {"FR": 0.8, "BE": 0.2}, "ES", "IT", "FR", "GB")


def bench_plan(lines: int, **options: Any) -> dict[str, Any]:
    """A plan of that many lines; options are plan keys such as range=False."""
    return {"name": f"bench {lines}", "brand": "bench", **options, "lines": [_line(index) for index in range(lines)]}


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
