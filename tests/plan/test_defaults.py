"""Defaults stand under the lines that have the field, and never say again or contradict what a line says itself."""

from typing import Any

import pytest
from refusing import line, only, read, refused


def test_defaults_are_put_under_the_lines_that_have_the_field() -> None:
    defaults = {"country": "BE", "platform": "tiktok", "devices": {"phone": 1}, "kept_for": "2 ans", "format": "image"}
    kept = read(
        line("ad", "country", "platform", "format"),
        line("storage", "country", "kept_for"),
        line("post", platform="x"),
        defaults=defaults,
    )
    ad, storage, post = kept.lines
    assert (ad.country, ad.platform, ad.devices, ad.format) == ({"BE": 1.0}, "tiktok", {"phone": 1.0}, "image")
    assert (storage.country, storage.kept_for.value) == ({"BE": 1.0}, 17532.0)
    assert (post.platform, post.country) == ("x", {"FR": 1.0})


@pytest.mark.parametrize(
    ("kind", "without", "own", "defaults", "dropped"),
    [
        ("ad", "format", {"weight": 1}, {"bitrate": 2}, "bitrate"),
        ("ad", "format", {"weight": 1}, {"resolution": "720p"}, "resolution"),
        ("ad", "format", {"bitrate": 1}, {"resolution": "720p"}, "resolution"),
        ("ad", "format", {"resolution": "480p"}, {"weight": 3}, "weight"),
        ("ad", "", {"format": "image"}, {"resolution": "720p"}, "resolution"),
        ("ad", "", {"format": "image"}, {"creative_length": 15}, "creative_length"),
        ("ad", "", {}, {"cpm": 5}, "cpm"),
        ("ad", "", {"spend": 100}, {"cpm": 5}, "cpm"),
        ("ad", "", {"reach": 100}, {"frequency": 5}, "frequency"),
        ("ad", "", {"cpm": 5}, {"spend": 100}, "spend"),
        ("ad", "impressions", {"spend": 100, "cpm": 2, "reach": 9}, {"frequency": 5}, "frequency"),
        ("ad", "impressions", {"reach": 100, "frequency": 2, "spend": 9}, {"cpm": 5}, "cpm"),
        ("video", "", {}, {"time_on_screen": 5}, "time_on_screen"),
        ("video", "", {}, {"time_on_screen_total": 5}, "time_on_screen_total"),
        ("video", "", {}, {"views": 5}, "views"),
        ("video", "minutes_watched", {"views": 5}, {"minutes_watched": 5}, "watched"),
        ("post", "", {}, {"time_on_screen": {"value": 3, "per": "impression"}}, "time_on_screen"),
        ("live", "", {}, {"average_viewers": 3}, "average_viewers"),
    ],
)
def test_a_default_never_contradicts_the_line(kind: str, without: str, own: Any, defaults: Any, dropped: str) -> None:
    kept = only(line(kind, without, **own), defaults=defaults)
    assert getattr(kept, dropped) is None


WAYS: dict[str, tuple[dict[str, Any], ...]] = {
    "impressions": ({"impressions": 1000}, {"spend": 40, "cpm": 5}, {"reach": 700, "frequency": 9}),
    "views": ({"views": 1000}, {"posts": 4, "views_per_post": 70}),
    "watched": ({"viewer_minutes": 600}, {"average_viewers": 9, "live_duration": 90}),
}


@pytest.mark.parametrize(
    ("kind", "says", "own", "other"),
    [
        (kind, says, own, other)
        for kind, says in (("ad", "impressions"), ("post", "views"), ("story", "views"), ("live", "watched"))
        for own in WAYS[says]
        for other in WAYS[says]
    ],
)
def test_a_line_says_a_thing_its_own_way_under_defaults_that_say_it_another(
    kind: str, says: str, own: dict[str, Any], other: dict[str, Any]
) -> None:
    alone = line(kind, *WAYS[says][0]) | own
    assert getattr(only(alone, defaults=other), says) == getattr(only(alone), says)
    parts = other.keys() - own.keys() - {"views_per_post"} if len(other) > 1 else ()
    for name in parts:  # the line may give a part of the other way itself
        known = alone | {name: other[name]}
        assert getattr(only(known, defaults=other), says) == getattr(only(known), says)


def test_a_default_carousel_gives_way_to_a_video() -> None:
    defaults = {"format": "carousel", "cards": 5}
    kept = read(
        line("ad", "format"), line("post", "format", resolution="720p"), line("story", id="s"), defaults=defaults
    )
    assert [(each.format, getattr(each, "cards", 1)) for each in kept.lines] == [
        ("carousel", 5),
        ("video", 1),
        ("image", 1),
    ]


def test_default_auction_paths_are_of_what_is_bought_on_the_open_market() -> None:
    lines = [line("ad"), line("ad", id="b", buying="programmatic"), line("ad", id="c", placement="audience_network")]
    read_lines = read(*lines, defaults={"auction_paths": 20}).lines
    assert [each.auction_paths and each.auction_paths.value for each in read_lines] == [None, 20, 20]


def test_a_default_completes_what_the_line_begins() -> None:
    kept = only(line("ad", "impressions", spend=100), defaults={"cpm": 5})
    assert (kept.impressions.value, kept.impressions_status) == (20_000, "derived")


def test_a_fault_of_defaults_is_told_once_where_it_was_written() -> None:
    two = [line("ad", "country", id="a"), line("ad", "country", id="b")]
    assert refused(*two, defaults={"country": "fr"}) == [("/defaults/country", "unknown-country")]
    assert refused(*two, défauts={"pays": "FR", "id": "a"}) == [("/défauts/id", "unknown-field")]
    assert refused(*two, defaults=3) == [
        ("/defaults", "not-a-mapping"),
        *[(f"/lines/{n}", "missing-field") for n in (0, 1)],
    ]
    play = {"country": "FR", "time_on_screen": {"value": 3, "per": "play"}}
    assert refused(*two, defaults=play) == [("/defaults/time_on_screen", "missing-field")]
    sizes = {"pays": "FR", "débit": 3, "résolution": "720p"}
    videos = [{**each, "format": "video"} for each in two]
    assert refused(*videos, defaults=sizes) == [("/defaults/résolution", "contradiction")]
