"""How long a line is on screen: the order of trust, and what each time is an average over."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from looking import SECOND, SRI, ad, cells, hours, line, seconds

from carbon_api.estimate.sampling import draw
from carbon_api.plan.model import Quantity

LENGTH = Quantity(15 * SECOND)
QUARTILES = (0.8, 0.6, 0.5, 0.4)  # the average play sees 0.65 of it
TRUST = [  # from the most trusted down: each wins over all that follow
    ({"time_on_screen_total": Quantity(10.0)}, 10.0),
    ({"time_on_screen": seconds(6)}, 1000 * 6 * SECOND),
    ({"quartiles": QUARTILES, "creative_length": LENGTH}, 1000 * 0.65 * 15 * SECOND),
    ({"platform": "facebook"}, 1000 * 5.7 * SECOND),
    ({}, 1000 * 3 * SECOND),
]


@pytest.mark.parametrize("rank", range(len(TRUST)))
def test_the_most_trusted_time_wins(rank: int) -> None:
    known: dict[str, Any] = {}
    for values, _ in TRUST[rank:]:
        known = values | known
    assert hours(ad(**known)) == pytest.approx(TRUST[rank][1], rel=1e-12)


@given(watched=st.floats(0.1, 600), length=st.floats(0.1, 600))
def test_nobody_watches_longer_than_the_creative_lasts(watched: float, length: float) -> None:
    one = ad(time_on_screen=seconds(watched), creative_length=Quantity(length * SECOND))
    assert hours(one) == pytest.approx(1000 * min(watched, length) * SECOND, rel=1e-12)


@given(length=st.floats(0.1, 600))
def test_a_length_alone_only_caps_the_default(length: float) -> None:
    one = ad(creative_length=Quantity(length * SECOND))
    assert hours(one) == pytest.approx(1000 * min(3, length) * SECOND, rel=1e-12)


@pytest.mark.parametrize(
    ("placement", "seen"), [("in_stream_non_skippable", 15), ("in_stream", 3), ("reels", 3), (None, 3)]
)
def test_a_length_is_seen_whole_only_where_it_cannot_be_skipped(placement: str | None, seen: float) -> None:
    assert hours(ad(placement=placement, creative_length=LENGTH)) == pytest.approx(1000 * seen * SECOND, rel=1e-12)


@pytest.mark.parametrize(
    ("values", "timed"),
    [
        ({"time_on_screen": seconds(6, "impression"), "plays": Quantity(600.0)}, 1000),
        ({"time_on_screen": seconds(6, "play"), "plays": Quantity(600.0)}, 600),
        ({"time_on_screen": seconds(6, "view"), "plays": Quantity(600.0)}, 600),
        ({"time_on_screen": seconds(6, "play")}, 1000),
        ({"time_on_screen": seconds(6, "impression"), "viewable_share": Quantity(0.7)}, 1000),
        ({"time_on_screen": seconds(6, "play"), "plays": Quantity(600.0), "viewable_share": Quantity(0.7)}, 600),
    ],
)
def test_an_average_counts_over_its_own_denominator(values: dict[str, Any], timed: float) -> None:
    assert hours(ad(**values)) == pytest.approx(timed * 6 * SECOND, rel=1e-12)


def test_a_default_time_is_over_the_impressions_that_could_be_seen() -> None:
    assert hours(ad(viewable_share=Quantity(0.7))) == pytest.approx(700 * 3 * SECOND, rel=1e-12)
    total = ad(viewable_share=Quantity(0.7), time_on_screen_total=Quantity(5.0))
    assert hours(total) == pytest.approx(5.0, rel=1e-12)


@pytest.mark.parametrize(
    ("kind", "values", "expected"),
    [
        ("video", {"watched": Quantity(3500.0)}, 3500.0),
        ("live", {"watched": Quantity(70.0), "live_duration": Quantity(2.0)}, 70.0),
        ("video", {"views": Quantity(500.0), "time_on_screen": seconds(40, "view")}, 500 * 40 * SECOND),
        ("video", {"views": Quantity(500.0), "platform": "facebook"}, 500 * 18.2 * SECOND),
        ("video", {"views": Quantity(500.0), "platform": "youtube"}, 500 * 16 * SECOND),
        ("video", {"views": Quantity(500.0), "creative_length": LENGTH}, 500 * 15 * SECOND),
        ("post", {}, 1000 * 6 * SECOND),
        ("post", {"format": "image", "platform": "facebook"}, 1000 * 6 * SECOND),
        ("story", {"time_on_screen": seconds(4, "view")}, 1000 * 4 * SECOND),
        ("landing_page", {"time_on_screen": seconds(45, "view")}, 1000 * 45 * SECOND),
    ],
)
def test_what_is_not_an_ad_is_timed_in_its_own_terms(kind: str, values: dict[str, Any], expected: float) -> None:
    assert hours(line(kind, **values)) == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize(("platform", "format", "seen"), [("facebook", "image", 1.7), ("snapchat", "image", 2.65)])
def test_a_still_ad_takes_its_platform_s_time_for_still_ads(platform: str, format: str, seen: float) -> None:
    assert hours(ad(platform=platform, format=format)) == pytest.approx(1000 * seen * SECOND, rel=1e-12)


def test_each_method_has_its_own_default_time() -> None:
    (cell,) = cells(ad(), method=SRI)
    row = cell.inputs["time_per_view"].row
    assert row
    assert (row.id, row.printed) == ("sri.display_exposure", 3.0)


def test_no_draw_of_a_default_time_is_longer_than_the_creative() -> None:
    (cell,) = cells(ad(creative_length=Quantity(4 * SECOND)))
    time = cell.inputs["time_per_view"]
    drawn = draw(time, seed=1, draws=2000)
    assert time.status == "default"
    assert drawn.max() == pytest.approx(4 * SECOND)
    assert drawn.min() < 3 * SECOND


def test_a_doubtful_share_is_never_drawn_above_one() -> None:
    (cell,) = cells(ad(viewable_share=Quantity(0.9, plus_minus=0.5)))
    drawn = draw(cell.inputs["seen_share"], seed=1, draws=2000)
    assert drawn.max() == 1
    assert drawn.min() < 0.7
