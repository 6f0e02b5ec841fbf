"""A line spread over its cells: devices, countries, coverage of the screen, where each number comes from."""

from datetime import date
from math import fsum
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from looking import SCOPE3, SECOND, SRI, ad, cells, inventory, line, seconds

from carbon_api.plan.model import Quantity
from carbon_api.plan.vocabulary import DEVICES, PLATFORMS

PHONE, COMPUTER = 390 / 844, 1920 / 1080  # width over height


@pytest.mark.parametrize(
    ("device", "aspect", "covered"),
    [
        ("phone", "square", PHONE),
        ("phone", "portrait", PHONE * 1350 / 1080),
        ("phone", "vertical", PHONE * 16 / 9),
        ("phone", "landscape", PHONE * 628 / 1200),
        ("phone", "wide", PHONE * 9 / 16),
        ("computer", "wide", 1.0),
        ("computer", "landscape", COMPUTER * 628 / 1200),
        ("computer", "square", 1.0),  # at most the whole screen
        ("tablet", "wide", 1180 / 820 * 9 / 16),
        ("tv", "wide", 1.0),
    ],
)
def test_a_creative_takes_the_width_of_the_screen_and_at_most_its_height(
    device: str, aspect: str, covered: float
) -> None:
    (cell,) = cells(ad(devices={device: 1.0}, aspect_ratio=aspect, placement="feed"))
    assert cell.inputs["screen_coverage"].value == pytest.approx(covered, rel=1e-12)
    assert cell.inputs["screen_coverage"].status == "derived"


@pytest.mark.parametrize("placement", ["reels", "story", "shorts", "full_screen"])
def test_a_full_screen_placement_covers_it_whatever_the_shape(placement: str) -> None:
    (cell,) = cells(ad(aspect_ratio="square", placement=placement))
    assert (cell.inputs["screen_coverage"].value, cell.inputs["screen_coverage"].row) == (1.0, None)


@pytest.mark.parametrize("kind", ["story", "video", "live", "landing_page"])
def test_what_fills_the_screen_by_nature_covers_it(kind: str) -> None:
    values: dict[str, Any] = (
        {"watched": Quantity(10.0)} if kind in {"video", "live"} else {"time_on_screen": seconds(4)}
    )
    (cell,) = cells(line(kind, devices={"phone": 1.0}, **values))
    assert (cell.inputs["screen_coverage"].value, cell.inputs["screen_coverage"].row) == (1.0, None)


@pytest.mark.parametrize("kind", ["ad", "post"])
def test_an_unknown_shape_is_a_default_with_a_range(kind: str) -> None:
    (cell,) = cells(line(kind, devices={"phone": 1.0}))
    found = cell.inputs["screen_coverage"]
    assert found.status == "default"
    assert found.row
    assert (found.row.id, found.is_exact) == ("scope3.phone.coverage", False)


def test_sri_has_no_share_of_the_screen() -> None:
    (cell,) = cells(ad(aspect_ratio="square"), method=SRI)
    assert "screen_coverage" not in cell.inputs


def test_a_line_has_a_cell_for_each_country_and_device() -> None:
    devices, countries = {"phone": 0.7, "computer": 0.3}, {"FR": 0.6, "BE": 0.3, "DE": 0.1}
    found = {(cell.country, cell.device): cell.inputs for cell in cells(ad(devices=devices, country=countries))}
    assert set(found) == {(country, device) for country in countries for device in devices}
    for (country, device), inputs in found.items():
        assert (inputs["country_share"].value, inputs["device_share"].value) == (countries[country], devices[device])
        assert inputs["grid_audience"].row.country == country  # type: ignore[union-attr]  # a grid is a row


def test_a_share_of_nothing_has_no_cell_and_so_neither_defaults_nor_warnings() -> None:
    """The tablet's manufacture is a suspect factor, and one of the two grids knows no AF."""
    built = inventory(ad(devices={"phone": 1.0, "tablet": 0.0}, country={"FR": 1.0, "AF": 0.0}, mobile_share=0.0))
    (table,) = built.tables
    assert (list(table.country), list(table.device)) == (["FR"], ["phone"])
    assert not built.noted.notes


@pytest.mark.parametrize("method", [SCOPE3, SRI])
@pytest.mark.parametrize("platform", PLATFORMS)
def test_a_default_mix_of_devices_is_whole_and_every_share_a_row(platform: str, method: str) -> None:
    found = cells(ad(platform=platform, devices=None), method=method)
    shares = [cell.inputs["device_share"] for cell in found]
    assert fsum(share.value for share in shares) == pytest.approx(1, rel=1e-12)
    for share in shares:
        assert share.status == "default"
        assert share.row in share.mix
        assert set(share.mix) == {other.row for other in shares}


def test_a_storage_line_has_no_device() -> None:
    (cell,) = cells(line("storage"))
    assert cell.device == ""


@pytest.mark.parametrize("name", ["power_per_volume", "drive_footprint", "drive_capacity", "drive_lifetime"])
@pytest.mark.parametrize(("medium", "status"), [(None, "default"), ("ssd", "derived")])
def test_what_follows_the_medium_is_a_default_with_it(medium: str | None, status: str, name: str) -> None:
    (cell,) = cells(line("storage", medium=medium))
    assert (cell.inputs[name].status, cell.inputs["copies"].status) == (status, "default")


STATUSES = [
    ({}, "line_views", "given"),
    ({"impressions_status": "derived"}, "line_views", "derived"),
    ({}, "time_per_view", "default"),
    ({"time_on_screen": seconds(6)}, "time_per_view", "given"),
    ({"creative_length": Quantity(2 * SECOND)}, "time_per_view", "default"),
    ({}, "bitrate", "default"),
    ({"resolution": "720p"}, "bitrate", "derived"),
    ({"bitrate": Quantity(0.5)}, "bitrate", "given"),
    ({"format": "image"}, "pixels_per_image", "default"),
    ({"format": "image", "aspect_ratio": "square"}, "pixels_per_image", "derived"),
    ({"format": "image"}, "compression_ratio", "default"),
    ({"format": "carousel", "cards": 3}, "images_per_view", "given"),
    ({}, "mobile_share", "default"),
    ({"mobile_share": 0.0}, "mobile_share", "given"),
    ({}, "device_share", "given"),
    ({"devices": None}, "device_share", "default"),
    ({}, "grid_audience", "factor"),
    ({"grid_intensity": Quantity(0.052)}, "grid_audience", "given"),
    ({}, "device_power", "factor"),
    ({}, "fixed_energy_per_data", "factor"),
]


@pytest.mark.parametrize(("values", "name", "status"), STATUSES)
def test_every_number_says_where_it_comes_from(values: dict[str, Any], name: str, status: str) -> None:
    assert {cell.inputs[name].status for cell in cells(ad(**values))} == {status}


@pytest.mark.parametrize(
    ("values", "status", "paths"),
    [
        ({}, "default", 1),
        ({"buying": "direct"}, "derived", 1),
        ({"buying": "programmatic"}, "derived", 100),
        ({"buying": "programmatic", "format": "image"}, "derived", 350),
        ({"buying": "programmatic", "format": None}, "default", 100),
        ({"placement": "audience_network", "format": None}, "default", 100),
        ({"buying": "direct", "format": None}, "derived", 1),
        ({"placement": "audience_network"}, "derived", 100),
        ({"placement": "audience_network", "buying": "direct"}, "derived", 1),
        ({"platform": "other"}, "default", 1),
    ],
)
def test_an_ad_is_bought_in_its_platform_unless_something_says_otherwise(
    values: dict[str, Any], status: str, paths: float
) -> None:
    (cell,) = cells(ad(**values), method=SRI)
    found = cell.inputs["paths_per_view"]
    assert (found.status, found.value) == (status, paths)


@pytest.mark.parametrize(
    ("values", "watts"),
    [({}, 2.097122), ({"platform": "other"}, 2.8525), ({"placement": "audience_network"}, 2.8525)],
)
def test_a_phone_shows_a_platform_in_its_app_and_the_rest_in_a_browser(values: dict[str, Any], watts: float) -> None:
    (cell,) = cells(ad(**values), method=SRI)
    assert cell.inputs["device_power"].row.printed == watts  # type: ignore[union-attr]  # a power is a row


@given(st.sampled_from(DEVICES), st.sampled_from(["FR", "DE", "US", "world"]))
def test_what_the_caller_says_of_the_network_wins_over_country_and_device(device: str, country: str) -> None:
    (cell,) = cells(ad(devices={device: 1.0}, country={country: 1.0}, mobile_share=0.5))
    assert (cell.inputs["mobile_share"].value, cell.inputs["mobile_share"].status) == (0.5, "given")


@pytest.mark.parametrize(
    ("day", "printed", "warned"),
    [
        (date(2023, 6, 1), 492.7, False),
        (date(2024, 1, 1), 467.51, False),
        (date(2020, 1, 1), 492.7, True),
        (None, 467.51, False),
    ],
)
def test_a_grid_is_of_the_line_s_period(day: date | None, printed: float, warned: bool) -> None:
    built = inventory(ad(country={"AE": 1.0}, start=day))
    (table,) = built.tables
    grid = built.inputs[table.codes[0, table.columns.index("grid_audience")]]
    assert grid.row
    assert grid.row.printed == printed
    later = [detail for code, detail in built.noted.notes if code == "factor-later-than-period"]
    late = [detail for detail in later if "grid.ember" in detail]
    assert bool(late) == warned
