"""Quantities, averages and shares in every way they may be written, and what they are read as."""

from typing import Any

import pytest
from refusing import line, only, refused

from carbon_api.plan.model import OnTarget, Quantity, TimeOnScreen


@pytest.mark.parametrize(
    ("field", "written", "value"),
    [
        ("impressions", 1000, 1000.0),
        ("impressions", 0, 0.0),
        ("impressions", "1.2 M", 1.2e6),
        ("impressions", "350k", 350e3),
        ("impressions", "2 Md", 2e9),
        ("impressions", {"value": "1.2 M"}, 1.2e6),
        ("impressions", {"value": 1.2, "unit": "M"}, 1.2e6),
        ("weight", 1.5, 0.0015),
        ("weight", "1.5 MB", 0.0015),
        ("weight", "1500 ko", 0.0015),
        ("weight", "1\u00a0Mo", 0.001),
        ("weight", "1 MiB", 0.001048576),
        ("bitrate", 2, 0.9),
        ("bitrate", "2 Mbit/s", 0.9),
        ("bitrate", "2000 kbps", 0.9),
        ("bitrate", "0.9 GB/h", 0.9),
        ("creative_length", 36, 0.01),
        ("creative_length", "0.6 min", 0.01),
        ("time_on_screen_total", 2, 2.0),
        ("time_on_screen_total", "120 min", 2.0),
        ("grid_intensity", 50, 0.05),
        ("grid_intensity", "50 g/kWh", 0.05),
        ("grid_intensity", "0.05 kgCO2e/kWh", 0.05),
        ("viewable_share", "60 %", 0.6),
        ("viewable_share", "35 %", 0.35),
        ("viewable_share", "100 %", 1.0),
        ("spend", "12 k", 12_000.0),
    ],
)
def test_a_quantity_is_read_into_its_coherent_unit(field: str, written: object, value: float) -> None:
    sized = {"format"} if field in {"bitrate", "creative_length"} else set()
    read = getattr(only(line("ad", *sized, **{field: written})), field)
    assert read.value == pytest.approx(value, rel=1e-14)


@pytest.mark.parametrize(
    ("kind", "field", "written", "value"),
    [
        ("video", "minutes_watched", 90, 1.5),
        ("live", "viewer_minutes", "3 h", 3.0),
        ("storage", "volume", 2, 2000.0),
        ("storage", "volume", "500 Go", 500.0),
        ("storage", "kept_for", 1, 730.5),
        ("storage", "kept_for", "2 ans", 17532.0),
        ("storage", "kept_for", "30 days", 720.0),
        ("storage", "copies", 3.0, 3.0),
    ],
)
def test_the_totals_of_other_kinds(kind: str, field: str, written: object, value: float) -> None:
    attribute = {"minutes_watched": "watched", "viewer_minutes": "watched"}.get(field, field)
    assert getattr(only(line(kind, **{field: written})), attribute).value == pytest.approx(value, rel=1e-14)


def test_a_quantity_says_how_sure_it_is() -> None:
    sure = {"value": 4_200_000, "plus_minus": "10 %", "uncertainty_group": "media plan"}
    assert only(line("ad", impressions=sure)).impressions == Quantity(4.2e6, 0.1, "media plan")


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (0.6, OnTarget(Quantity(0.6), "assumption")),
        ("60 %", OnTarget(Quantity(0.6), "assumption")),
        ({"value": "60 %", "source": "panel"}, OnTarget(Quantity(0.6), "panel")),
        ({"value": 0.6, "plus_minus": 0.05, "source": "platform"}, OnTarget(Quantity(0.6, 0.05), "platform")),
    ],
)
def test_the_share_on_target_says_how_it_is_known(written: object, read: OnTarget) -> None:
    assert only(line("ad", on_target_share=written)).on_target == read


@pytest.mark.parametrize(
    ("kind", "written", "per"),
    [
        ("ad", 3, "impression"),
        ("ad", "3 s", "impression"),
        ("ad", {"value": 3, "plus_minus": 0.1}, "impression"),
        ("ad", {"value": 3, "per": "impression"}, "impression"),
        ("ad", {"value": "3 s", "per": "play"}, "play"),
        ("ad", {"value": 3, "unit": "s", "per": "view"}, "view"),
        ("post", 3, "view"),
        ("landing_page", {"value": 3, "per": "view"}, "view"),
    ],
)
def test_an_average_time_has_a_denominator(kind: str, written: Any, per: str) -> None:
    plays = {"plays": 500} if per in {"play", "view"} and kind == "ad" else {}
    time = only(line(kind, time_on_screen=written, **plays)).time_on_screen
    sure = written.get("plus_minus", 0.0) if isinstance(written, dict) else 0.0
    assert time == TimeOnScreen(Quantity(3 / 3600, sure), per)


def test_mixes_are_shares_that_sum_to_one() -> None:
    read = only(line("ad", devices={"phone": "80 %", "tv": 0.2}, network={"fixed": 0.7, "mobile": "30 %"}))
    assert (read.devices, read.mobile_share) == ({"phone": 0.8, "tv": 0.2}, 0.3)
    assert only(line("ad", network={"fixed": 1})).mobile_share == 0
    assert only(line("ad", country={"FR": 0.8, "BE": "20 %"})).country == {"FR": 0.8, "BE": 0.2}
    assert only(line("ad", country={"FR": 1 / 3, "BE": 1 / 3, "DE": 0.3333333})).country["FR"] == 1 / 3


@pytest.mark.parametrize(
    ("field", "shares"),
    [
        ("devices", {"phone": 0.8}),
        ("devices", {"phone": 80, "tv": 20}),
        ("devices", {"phone": 0.8, "tv": 0.21}),
        ("network", {"mobile": 0.3}),
        ("country", {"FR": 0.5, "BE": 0.4999}),
    ],
)
def test_shares_are_never_scaled_in_silence(field: str, shares: object) -> None:
    codes = {code for _, code in refused(line("ad", **{field: shares}))}
    assert codes in ({"shares-do-not-sum"}, {"too-large"})
