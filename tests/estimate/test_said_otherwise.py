"""The same activity said in other words is the same estimate, range included."""

import pytest
from drawn_plans import Document, estimate, plan

AD: Document = {"kind": "ad", "platform": "tiktok", "country": "FR", "format": "video", "impressions": 12_000}
POST: Document = {"kind": "post", "platform": "tiktok", "country": "FR", "format": "video", "views": 12_000}
VIDEO: Document = {"kind": "video", "platform": "youtube", "country": "FR"}
LIVE: Document = {"kind": "live", "platform": "twitch", "country": "FR"}
KEPT: Document = {"kind": "storage", "country": "FR", "volume": 2}
SAME = [
    (AD | {"time_on_screen": 6}, AD | {"time_on_screen_total": 20}),  # 12,000 x 6 s is 20 h
    (AD | {"time_on_screen": 6, "bitrate": 1}, AD | {"time_on_screen_total": "1200 min", "bitrate": 1}),
    (AD | {"time_on_screen": 6, "weight": 2}, AD | {"time_on_screen_total": 20, "weight": "2000 kB"}),
    (POST | {"time_on_screen": 6}, POST | {"time_on_screen_total": 20}),
    (POST, {**POST, "views": None, "posts": 12, "views_per_post": "1 k"}),
    (AD, {**AD, "impressions": None, "reach": 6000, "frequency": 2}),
    (AD | {"spend": 96, "cpm": 8}, {**AD, "impressions": None, "spend": 96, "cpm": 8}),
    (AD | {"impressions": "12 k"}, AD | {"impressions": {"value": 12, "unit": "k"}}),
    (AD | {"creative_length": 8, "bitrate": 1, "time_on_screen": 6}, AD | {"weight": 1, "time_on_screen": 6}),
    (AD | {"time_on_screen": {"value": 8, "per": "play"}, "plays": 9000}, AD | {"time_on_screen": 6}),
    (AD | {"country": "FR"}, AD | {"country": {"FR": "100 %"}}),
    (VIDEO | {"minutes_watched": 400}, VIDEO | {"views": 600, "time_on_screen": 40}),
    (LIVE | {"viewer_minutes": 6000}, LIVE | {"average_viewers": 100, "live_duration": "1 h"}),
    (KEPT | {"kept_for": 12}, KEPT | {"volume": "2000 GB", "kept_for": "1 year"}),
]


@pytest.mark.parametrize("method", ["scope3-2026.07", "sri-2.1"])
@pytest.mark.parametrize(("one", "other"), SAME)
def test_the_same_activity_is_the_same_estimate(one: Document, other: Document, method: str) -> None:
    first, second = (
        estimate(plan([{name: value for name, value in line.items() if value is not None}], method=method))
        for line in (one, other)
    )
    assert second["total"]["central"] == pytest.approx(first["total"]["central"], rel=1e-12)
    for end in ("low", "high"):
        assert second["total"][end] == pytest.approx(first["total"][end], rel=2e-6)
    for stage, same in zip(first["by_stage"], second["by_stage"], strict=True):
        assert same["total"]["high"] == pytest.approx(stage["total"]["high"], rel=2e-6)


def test_the_order_in_which_shares_are_named_changes_no_digit() -> None:
    line = {
        "id": "a",
        "kind": "ad",
        "platform": "instagram",
        "impressions": 123_457,
        "format": "video",
        "creative_length": 13,
        "devices": {"phone": 0.53, "computer": 0.31, "tablet": 0.16},
        "country": {"FR": 0.61, "BE": 0.27, "DE": 0.12},
    }
    turned = line | {name: dict(reversed(line[name].items())) for name in ("devices", "country")}
    one, other = (estimate({"name": "order", "lines": [said]}) for said in (line, turned))
    assert one | {"plan": None} == other | {"plan": None}
