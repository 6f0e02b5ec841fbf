"""What a line may say, what follows from it, and what contradicts it."""

from math import expm1, hypot, log1p
from typing import Any

import pytest
from refusing import LINES, line, only, refused, the_refusal

from carbon_api.plan.model import Quantity
from carbon_api.plan.vocabulary import PLATFORM_ALIASES, PLATFORMS

HERE = "/lines/0"


def test_an_average_over_plays_needs_the_plays() -> None:
    for per in ("play", "view"):
        found = the_refusal(line("ad", time_on_screen={"value": 3, "per": per}))
        assert (found.pointer, found.code, found.valid_values) == (
            f"{HERE}/time_on_screen",
            "missing-field",
            ("plays",),
        )


def test_a_video_starts_at_most_once_an_impression() -> None:
    assert only(line("ad", plays=1000)).plays.value == 1000
    assert only(line("ad", plays=1010)).plays.value == 1010
    assert only(line("ad", impressions=0, plays=0)).plays.value == 0
    assert refused(line("ad", impressions=0, plays=1)) == [(f"{HERE}/plays", "contradiction")]
    assert "at most once an impression, and impressions is 1000" in the_refusal(line("ad", plays="2 k")).detail


def test_what_nobody_paid_for_has_views_only() -> None:
    for kind in ("post", "story", "landing_page"):
        found = the_refusal(line(kind, time_on_screen={"value": 3, "per": "impression"}))
        assert (found.pointer, found.valid_values) == (f"{HERE}/time_on_screen/per", ("view",))


def test_the_impressions_are_given_or_derived() -> None:
    read = only(line("ad", "impressions", spend=12_000, cpm=4))
    assert (read.impressions.value, read.impressions_status, read.cpm.value) == (3e6, "derived", 4.0)
    read = only(line("ad", "impressions", reach="1 M", frequency=3.5))
    assert (read.impressions.value, read.impressions_status) == (3.5e6, "derived")
    read = only(line("ad", spend=4, cpm=4.03, reach=500, frequency=2))
    assert (read.impressions.value, read.impressions_status) == (1000, "given")
    assert only(line("ad", spend=0, cpm=0)).impressions.value == 1000


def test_derived_impressions_are_as_unsure_as_what_they_come_from() -> None:
    spend = {"value": 12_000, "plus_minus": 0.2, "uncertainty_group": "budget"}
    assert only(line("ad", "impressions", spend=spend, cpm=4)).impressions == Quantity(3e6, 0.2, "budget")
    both = only(line("ad", "impressions", spend=spend, cpm={"value": 4, "plus_minus": 0.1})).impressions
    assert both.plus_minus == pytest.approx(expm1(hypot(log1p(0.2), log1p(0.1))))
    assert both.uncertainty_group is None


@pytest.mark.parametrize(
    ("without", "changes", "pointer", "code"),
    [
        (["impressions"], {}, HERE, "missing-field"),
        (["impressions"], {"spend": 3}, HERE, "missing-field"),
        (["impressions"], {"cpm": 3}, HERE, "missing-field"),
        (["impressions"], {"reach": 3, "cpm": 1}, HERE, "missing-field"),
        (["impressions"], {"spend": 3, "cpm": 0}, f"{HERE}/cpm", "too-small"),
        (["impressions"], {"reach": 3, "frequency": 0}, f"{HERE}/frequency", "too-small"),
        (["impressions"], {"reach": 1e15, "frequency": 1000}, HERE, "too-large"),
        (["impressions"], {"spend": 1e12, "cpm": 1e-9}, HERE, "too-large"),
        ([], {"spend": 3, "cpm": 0}, f"{HERE}/cpm", "contradiction"),
        ([], {"spend": 5.06, "cpm": 5}, f"{HERE}/impressions", "contradiction"),
        ([], {"spend": 10, "cpm": 5}, f"{HERE}/impressions", "contradiction"),
        ([], {"reach": 400, "frequency": 2}, f"{HERE}/impressions", "contradiction"),
        (["impressions"], {"reach": 400, "frequency": 2, "spend": 10, "cpm": 5}, f"{HERE}/frequency", "contradiction"),
        (["platform"], {}, HERE, "missing-field"),
        (["format"], {}, HERE, "missing-field"),
        ([], {"weight": 1, "bitrate": 2, "format": "video"}, f"{HERE}/bitrate", "contradiction"),
        ([], {"weight": 1, "resolution": "720p", "format": "video"}, f"{HERE}/resolution", "contradiction"),
        (["format"], {"bitrate": 1, "resolution": "720p"}, f"{HERE}/resolution", "contradiction"),
        ([], {"resolution": "720p"}, f"{HERE}/resolution", "contradiction"),
        ([], {"creative_length": 15}, f"{HERE}/creative_length", "contradiction"),
        ([], {"creative_length": 0, "format": "video"}, f"{HERE}/creative_length", "too-small"),
        ([], {"weight": 0}, f"{HERE}/weight", "too-small"),
        ([], {"weight": "0 MB"}, f"{HERE}/weight", "too-small"),
        ([], {"weight": {"value": 200, "unit": "GB"}}, f"{HERE}/weight/value", "too-large"),
        ([], {"weight": "200 GB"}, f"{HERE}/weight", "too-large"),
        (["format"], {"bitrate": 0}, f"{HERE}/bitrate", "too-small"),
        ([], {"cards": 3}, f"{HERE}/cards", "contradiction"),
        ([], {"auction_paths": 20}, f"{HERE}/auction_paths", "contradiction"),
        ([], {"reach": 100, "frequency_cap": 3}, f"{HERE}/frequency_cap", "contradiction"),
        (["impressions"], {"reach": 9, "frequency": 4, "frequency_cap": 3}, f"{HERE}/frequency_cap", "contradiction"),
        ([], {"frequency_cap": 0.5}, f"{HERE}/frequency_cap", "too-small"),
        (
            [],
            {"auction_paths": 20, "placement": "audience_network", "buying": "direct"},
            f"{HERE}/auction_paths",
            "contradiction",
        ),
        ([], {"auction_paths": 0.5, "buying": "programmatic"}, f"{HERE}/auction_paths", "too-small"),
        ([], {"format": "carousel"}, HERE, "missing-field"),
        ([], {"format": "carousel", "cards": 2.5}, f"{HERE}/cards", "not-whole"),
        (["format"], {"quartiles": [0.9, 0.8, 0.7, 0.6], "plays": 9}, f"{HERE}/quartiles", "missing-field"),
        (["format"], {"quartiles": [0.9, 0.8, 0.7, 0.6], "creative_length": 9}, f"{HERE}/quartiles", "missing-field"),
        ([], {"quartiles": [0.9, 0.8, 0.85, 0.6]}, f"{HERE}/quartiles", "contradiction"),
        ([], {"quartiles": [0.9, 0.8]}, f"{HERE}/quartiles", "not-quartiles"),
        ([], {"quartiles": [0.9, 0.8, "7", 0.6]}, f"{HERE}/quartiles/2", "too-large"),
        ([], {"plays": 1011}, f"{HERE}/plays", "contradiction"),
        (["impressions"], {"reach": 400, "frequency": 2, "plays": 809}, f"{HERE}/plays", "contradiction"),
        ([], {"start": "2026-03-02", "end": "2026-03-01"}, f"{HERE}/end", "contradiction"),
        (
            [],
            {"on_target_share": {"value": 0.6, "source": "a guess"}},
            f"{HERE}/on_target_share/source",
            "unknown-source",
        ),
        ([], {"on_target_share": 60}, f"{HERE}/on_target_share", "too-large"),
    ],
)
def test_an_ad_that_contradicts_itself_is_refused(without: list[str], changes: Any, pointer: str, code: str) -> None:
    assert refused(line("ad", *without, **changes)) == [(pointer, code)]


def test_quartiles_are_shares_of_plays_of_a_known_length() -> None:
    read = only(line("ad", "format", quartiles=[1, "80 %", 0.8, 0], plays=900, creative_length=15))
    assert (read.quartiles, read.format) == ((1.0, 0.8, 0.8, 0.0), "video")


def test_the_format_is_said_or_follows() -> None:
    for given in (
        {"bitrate": 2},
        {"resolution": "1080p"},
        {"creative_length": 15},
        {"weight": 1, "creative_length": 15},
    ):
        assert only(line("ad", "format", **given)).format == "video"
    assert only(line("ad", "format", weight=1)).format is None
    assert (only(line("ad", format="carousel", cards=4)).cards, only(line("ad")).cards) == (4, 1)
    assert only(line("ad", format="vidéo", resolution="1080p")).resolution == "1080p"


def test_words_may_be_written_as_an_agency_does() -> None:
    assert [only(line("ad", platform=shown)).platform for shown in PLATFORMS.values()] == list(PLATFORMS)
    for name, written in PLATFORM_ALIASES.items():
        assert {only(line("ad", platform=alias)).platform for alias in written} == {name}
        assert {only(line("landing_page", platform=alias)).platform for alias in written} == {name}
    read = only(line("ad", aspect_ratio="9:16", placement="reels", buying="programmatique", format="image"))
    assert (read.aspect_ratio, read.placement, read.buying) == ("vertical", "reels", "programmatic")


@pytest.mark.parametrize("kind", ["post", "story"])
def test_the_views_of_what_is_published_are_given_or_derived(kind: str) -> None:
    read = only(line(kind, "views", posts=3, views_per_post="20 k"))
    assert (read.views.value, read.views_status, read.posts.value) == (60_000, "derived", 3)
    assert only(line(kind, posts=3)).posts.value == 3
    assert refused(line(kind, views_per_post=9)) == [(f"{HERE}/views_per_post", "contradiction")]
    assert refused(line(kind, "views", views_per_post=9)) == [(HERE, "missing-field")]
    assert refused(line(kind, "views", posts=9)) == [(HERE, "missing-field")]
    assert refused(line(kind, "views", posts=1.5, views_per_post=9)) == [(f"{HERE}/posts", "not-whole")]
    assert refused(line(kind, "format")) == [(HERE, "missing-field")]


def test_a_video_has_minutes_or_views() -> None:
    read = only(line("video", "minutes_watched", views=100, time_on_screen="6 s"))
    assert (read.watched, read.views.value, read.time_on_screen.per) == (None, 100, "view")
    assert refused(line("video", "minutes_watched")) == [(HERE, "missing-field")]
    assert refused(line("video", views=5)) == [(f"{HERE}/views", "contradiction")]
    assert refused(line("video", time_on_screen=5)) == [(f"{HERE}/time_on_screen", "contradiction")]
    assert refused(line("video", time_on_screen_total=5)) == [(f"{HERE}/time_on_screen_total", "contradiction")]
    assert refused(line("video", weight="3 MB")) == [(f"{HERE}/weight", "contradiction")]


def test_a_live_has_viewer_minutes_or_viewers_and_a_duration() -> None:
    read = only(line("live", "viewer_minutes", average_viewers=200, live_duration="1.5 h", replay_kept_for=2))
    assert (read.watched.value, read.watched_status, read.replay_kept_for.value) == (300, "derived", 1461)
    agreed = only(line("live", average_viewers=10, live_duration=60))
    assert (agreed.watched.value, agreed.watched_status) == (10, "given")
    assert refused(line("live", average_viewers=20, live_duration=60)) == [(f"{HERE}/viewer_minutes", "contradiction")]
    assert refused(line("live", "viewer_minutes", average_viewers=20)) == [(HERE, "missing-field")]
    assert refused(line("live", replay_kept_for=2)) == [(f"{HERE}/replay_kept_for", "missing-field")]
    assert refused(line("live", "viewer_minutes", average_viewers=2, live_duration=0)) == [
        (f"{HERE}/live_duration", "too-small")
    ]
    assert refused(line("live", bitrate=3, resolution="720p")) == [(f"{HERE}/resolution", "contradiction")]


def test_a_page_has_its_weight_and_its_time() -> None:
    assert only(line("landing_page")).platform is None
    assert only(line("landing_page", platform="tiktok")).platform == "tiktok"
    for name in ("weight", "time_on_screen"):
        assert "no published default exists for a page" in the_refusal(line("landing_page", name)).detail
    assert refused(line("landing_page", "visits")) == [(HERE, "missing-field")]


def test_what_is_kept_has_a_volume_and_a_time() -> None:
    for name in ("volume", "kept_for", "country"):
        assert refused(line("storage", name)) == [(HERE, "missing-field")]
    assert only(line("storage", medium="tape")).medium == "tape"
    assert refused(line("storage", copies=0)) == [(f"{HERE}/copies", "too-small")]
    assert refused(line("storage", copies=1.5)) == [(f"{HERE}/copies", "not-whole")]


@pytest.mark.parametrize("kind", LINES)
def test_every_kind_keeps_what_every_line_may_say(kind: str) -> None:
    said = {"volumes": "delivered", "objective": "recall", "content_id": "c", "start": "2026-03-01", "spend": 5}
    read = only(line(kind, **said))
    assert (read.id, read.volumes, read.objective, read.content_id) == (kind, "delivered", "recall", "c")
    assert (str(read.start), read.spend.value) == ("2026-03-01", 5)
    assert only(line(kind)).volumes == "planned"
