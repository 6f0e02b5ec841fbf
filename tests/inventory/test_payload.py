"""How many bytes a line sends, by what is known of it."""

from typing import Any

import pytest
from looking import SECOND, SRI, ad, cells, gigabytes, inventory, line, seconds

from carbon_api.factor_book.entry import Row
from carbon_api.plan.model import Line, Quantity
from carbon_api.plan.vocabulary import PLATFORMS

MBPS = 0.45  # GB an hour of 1 Mbit/s
LENGTH = Quantity(15 * SECOND)


@pytest.mark.parametrize(
    ("values", "megabytes"),
    [
        ({"weight": Quantity(0.0015), "creative_length": LENGTH, "time_on_screen": seconds(6)}, 1.5),
        (
            {"creative_length": LENGTH, "time_on_screen": seconds(6)},
            15 * 0.8 / 8,
        ),  # sent whole, however long it is seen
        ({"creative_length": LENGTH, "time_on_screen": seconds(6), "bitrate": Quantity(2 * MBPS)}, 15 * 2 / 8),
        ({"time_on_screen": seconds(6)}, 6 * 0.8 / 8),  # no length: what is seen is sent
        ({"time_on_screen": seconds(6), "resolution": "720p"}, 6 * 1950 / 3600),
        ({"time_on_screen": seconds(6), "devices": {"tv": 1.0}}, 6 * 3.69 / 8),
        ({"time_on_screen": seconds(6), "devices": {"tablet": 0.5, "computer": 0.5}}, 6 * (1.0 + 1.2) / 2 / 8),
        ({"time_on_screen": seconds(6), "platform": "tiktok"}, 6 * 0.8 / 8),  # an ad is not the feed around it
        ({"format": "image"}, 1080 * 1920 * 3 / 10 / 1e6),
        ({"format": "image", "aspect_ratio": "square"}, 1080 * 1080 * 3 / 10 / 1e6),
        ({"format": "image", "aspect_ratio": "portrait"}, 1080 * 1350 * 3 / 10 / 1e6),
        ({"format": "image", "aspect_ratio": "landscape"}, 1200 * 628 * 3 / 10 / 1e6),
        ({"format": "carousel", "cards": 5, "aspect_ratio": "square"}, 5 * 1080 * 1080 * 3 / 10 / 1e6),
        ({"format": "image", "weight": Quantity(0.0002)}, 0.2),
    ],
)
def test_the_bytes_of_an_ad(values: dict[str, Any], megabytes: float) -> None:
    assert gigabytes(ad(**values)) == pytest.approx(megabytes, rel=1e-12)  # 1,000 impressions


@pytest.mark.parametrize(
    ("kind", "values", "expected"),
    [
        ("post", {"platform": "tiktok"}, 1000 * 6 * 14 / 60 / 1000),  # the feed's data rate, while it is seen
        ("post", {"platform": "tiktok", "creative_length": LENGTH}, 1000 * 15 * 14 / 60 / 1000),
        ("post", {"platform": "facebook"}, 1000 * 6 * 1.67 / 60 / 1000),  # a feed, which is not a video watched
        ("post", {"platform": "linkedin"}, 1000 * 6 * 0.8 / 8 / 1000),  # no rate is published: the method's
        ("story", {"time_on_screen": seconds(4, "view"), "bitrate": Quantity(MBPS)}, 1000 * 4 / 8 / 1000),
        ("video", {"watched": Quantity(100.0), "resolution": "1080p"}, 330.0),
        ("video", {"watched": Quantity(100.0), "platform": "youtube"}, 100 * 60 * 38.33 / 1000),
        ("video", {"watched": Quantity(100.0), "platform": "facebook"}, 100 * 60 * 5 / 1000),
        ("video", {"watched": Quantity(100.0), "platform": "snapchat"}, 219.0),  # not the rate of its feed
        ("video", {"watched": Quantity(100.0), "platform": "linkedin", "devices": {"computer": 1.0}}, 288.0),
        ("video", {"views": Quantity(1000.0), "weight": Quantity(0.01)}, 10.0),
        ("live", {"watched": Quantity(100.0), "platform": "facebook"}, 100 * 60 * 5 / 1000),
        ("live", {"watched": Quantity(100.0), "platform": "twitch"}, 100 * 60 * 16.7 / 1000),
        ("live", {"watched": Quantity(100.0), "platform": "instagram", "devices": {"tv": 1.0}}, 288.0),
        ("live", {"watched": Quantity(100.0), "bitrate": Quantity(6 * MBPS)}, 270.0),
        ("landing_page", {"time_on_screen": seconds(45, "view")}, 2.0),
    ],
)
def test_the_bytes_of_the_rest(kind: str, values: dict[str, Any], expected: float) -> None:
    assert gigabytes(line(kind, **({"devices": {"phone": 1.0}} | values))) == pytest.approx(expected, rel=1e-12)


def rates(one: Line) -> Row:
    """The row of its data rate."""
    (cell,) = cells(one)
    assert cell.inputs["bitrate"].row
    return cell.inputs["bitrate"].row


@pytest.mark.parametrize("resolution", ["480p", "720p"])
@pytest.mark.parametrize("platform", PLATFORMS)
@pytest.mark.parametrize("kind", ["video", "live"])
def test_a_video_of_unknown_size_may_be_of_either_usual_size(kind: str, platform: str, resolution: str) -> None:
    """Leaving the size of the picture out must not lead to a range that giving it would leave."""
    known = {"watched": Quantity(1.0), "platform": platform, "devices": {"phone": 1.0}}
    unknown, sized = rates(line(kind, **known)), rates(line(kind, **known, resolution=resolution))
    assert unknown.low < sized.high
    assert sized.low < unknown.high


def test_a_method_without_a_payload_of_its_own_borrows_scope3_s_by_name() -> None:
    (cell,) = cells(ad(), method=SRI)
    row = cell.inputs["bitrate"].row
    assert row
    assert row.id == "scope3.phone.bitrate"


def test_a_given_weight_asks_for_no_bitrate() -> None:
    (cell,) = cells(ad(weight=Quantity(0.0015)))
    assert cell.variants["data"] == "weighed_data"
    assert not {"bitrate", "pixels_per_image"} & cell.inputs.keys()


def test_a_weight_that_does_not_say_what_it_weighs_is_noted() -> None:
    assumed = {code for code, _ in inventory(ad(format=None, weight=Quantity(0.001))).noted.notes}
    assert "format-assumed" in assumed
    assert "format-assumed" not in {code for code, _ in inventory(ad(weight=Quantity(0.001))).noted.notes}
