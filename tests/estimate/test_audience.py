"""Who a delivery reaches, and what it comes to for each unit of what it is for."""

from math import fsum
from typing import Any

import pytest
from drawn_plans import Document, estimate, lines_of, plan, plans
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from carbon_api.estimate.doubts import MOST_DOUBTS

laws = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
DELIVERY = {"selection", "data_centre", "network", "device", "whole"}
SEEN = {"device", "whole"}  # what nobody sees has no part of these
AD: Document = {"kind": "ad", "platform": "tiktok", "country": "FR", "impressions": 2000, "weight": 1.5}
AD |= {"format": "video", "placement": "reels", "time_on_screen": 6, "devices": {"phone": 1}, "network": {"fixed": 1}}


def near(value: float) -> Any:
    return pytest.approx(value, rel=1e-9, abs=1e-15)


def parts_of(line: Document, answer: Any) -> dict[str, float]:
    """The parts of one line's delivery, from its stages and its shares as the plan writes them."""
    stages = [stage for stage in answer["stages"] if stage["stage"] in DELIVERY]
    device = fsum(stage["central"] for stage in stages if stage["stage"] in SEEN)
    rest = fsum(stage["central"] for stage in stages if stage["stage"] not in SEEN)
    viewable, target = line.get("viewable_share", 1.0), line.get("on_target_share")
    seen = device + viewable * rest
    on = target["value"] if target else 0.0
    return {
        "on_target": on * seen,
        "off_target": (1 - on) * seen if target else 0.0,
        "non_viewable": (1 - viewable) * rest,
        "unknown": 0.0 if target else seen,
    }


@laws
@given(plans(range=False))
def test_each_part_is_that_share_of_each_line_s_delivery(document: Document) -> None:
    answer = estimate(document)
    each = [parts_of(*pair) for pair in zip(document["lines"], answer["lines"], strict=True)]
    for name in ("on_target", "off_target", "non_viewable", "unknown"):
        assert answer["by_audience"][name]["central"] == near(fsum(parts[name] for parts in each)), name
        for parts, line in zip(each, answer["lines"], strict=True):
            reached = line["by_audience"] or dict.fromkeys(parts, 0.0)
            assert reached[name] == near(parts[name]), (line["id"], name)
    assert "independent" in answer["by_audience_basis"]


def test_a_part_is_as_sure_as_what_it_is_a_part_of() -> None:
    line = AD | {"on_target_share": {"value": 0.6, "source": "panel"}}
    answer = estimate(plan([line], draws=2000))
    for name, share in (("on_target", 0.6), ("off_target", 0.4)):
        for end in ("central", "low", "high"):
            assert answer["by_audience"][name][end] == pytest.approx(share * answer["total"][end], rel=2e-6)


@laws
@given(st.lists(lines_of("ad"), min_size=1, max_size=4), st.lists(lines_of("storage"), max_size=1))
def test_intensities_divide_the_lines_that_have_the_denominator(ads: list[Document], others: list[Document]) -> None:
    document = plan([*ads, *others], range=False, currency="GBP")
    answer = estimate(document)
    found = {entry["per"]: (entry["unit"], entry["central"]) for entry in answer["intensity"]}
    pairs = list(zip(document["lines"], answer["lines"], strict=True))[: len(ads)]
    grams = [(line, 1000 * one["total"]["central"]) for line, one in pairs]
    views = {line["id"]: counted(line["impressions"]) for line, _ in grams}
    assert found["1000 impressions"] == ("gCO2e", near(fsum(g for _, g in grams) / fsum(views.values()) * 1000))
    aimed = [(line, g) for line, g in grams if "on_target_share" in line]
    contacts = fsum(views[line["id"]] * line["on_target_share"]["value"] for line, _ in aimed)
    expected = near(fsum(g for _, g in aimed) / contacts) if aimed else None
    assert found.get("on-target contact", (None, None))[1] == expected
    paid = [(line, g) for line, g in grams if "spend" in line]
    expected = near(fsum(g for _, g in paid) / fsum(line["spend"] for line, _ in paid)) if paid else None
    assert found.get("GBP", (None, None))[1] == expected


def counted(impressions: Any) -> float:
    return float(impressions["value"] if isinstance(impressions, dict) else impressions)


def intensities(line: Document, **settings: Any) -> dict[str, Any]:
    return {one["per"]: one for one in estimate(plan([line], draws=20_000, **settings))["intensity"]}


def test_doubt_about_the_denominator_does_not_widen_what_is_in_proportion_to_it() -> None:
    unsure = AD | {"impressions": {"value": 2000, "plus_minus": "50 %"}}
    sure, found = intensities(AD)["1000 impressions"], intensities(unsure)["1000 impressions"]
    assert found["central"] == near(sure["central"])
    for end in ("low", "high"):
        assert found[end] == pytest.approx(sure[end], rel=2e-6)


def test_a_minute_watched_counts_the_time_that_is_drawn() -> None:
    """Almost all of this line is in proportion to its time, so a minute of it is as sure as if the time were given."""
    light = AD | {"weight": 0.001, "buying": "programmatic"}
    unsaid = {name: value for name, value in light.items() if name != "time_on_screen"}
    given_time, drawn_time = intensities(light)["minute watched"], intensities(unsaid)["minute watched"]
    for end in ("low", "high"):
        assert drawn_time[end] == pytest.approx(given_time[end], rel=5e-3)


@pytest.mark.parametrize(
    ("line", "has_minutes"),
    [
        (AD, True),
        (AD | {"format": "image"}, False),
        ({**AD, "kind": "landing_page", "visits": 10, "impressions": None, "format": None, "placement": None}, False),
        ({"kind": "video", "platform": "x", "country": "FR", "minutes_watched": 100}, True),
    ],
)
def test_minutes_watched_are_those_of_moving_images(line: Document, has_minutes: bool) -> None:
    said = {name: value for name, value in line.items() if value is not None}
    assert ("minute watched" in intensities(said)) == has_minutes


def test_a_doubt_that_reaches_no_range_is_said() -> None:
    """So many different doubts are drawn and no more: the first line left out is named."""
    doubted = [
        {**AD, "on_target_share": {"value": 0.1 + place / 1000, "plus_minus": "10 %", "source": "panel"}}
        for place in range(MOST_DOUBTS + 1)
    ]
    few, many = (estimate(plan(lines, draws=100))["warnings"] for lines in (doubted[:-1], doubted))
    assert "doubt-not-drawn" not in {warning["code"] for warning in few}
    (said,) = [warning for warning in many if warning["code"] == "doubt-not-drawn"]
    assert said["pointers"] == [f"/lines/{MOST_DOUBTS}"]
