"""The range of every part is that of the plan that is this part alone: draws are shared, so it is the same.

Two plans of the same seed draw the same factors, whatever their lines, so no tolerance but that of printed digits.
"""

from typing import Any

import pytest
from drawn_plans import Answer, Document, estimate, lines, lines_of, plan
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from carbon_api.methods.catalog import METHODS

laws = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
SIX_DIGITS = 1.1e-5  # two roundings to six digits, one on each side of a comparison
AD: Document = {"kind": "ad", "platform": "tiktok", "country": "FR", "format": "video", "weight": 1.5}
GRAMS = 1000
OF_PAGES = [id for id, one in METHODS.items() if "landing_page" not in one.card.outside.get("kind", {})]


def same(figure: Answer, other: Answer, times: float = 1.0) -> None:
    for end in ("low", "central", "high"):
        assert figure[end] == pytest.approx(times * other[end], rel=SIX_DIGITS, abs=1e-30), end


def entry(answer: Answer, part: str, key: str, name: str | None) -> Any:
    return next(one for one in answer[part] if one[key] == name)


@laws
@given(st.lists(lines, min_size=2, max_size=4), st.lists(st.sampled_from(("FR", "DE", "US")), min_size=4, max_size=4))
def test_a_country_ranges_as_the_plan_of_its_lines(drawn: list[Document], countries: list[str]) -> None:
    placed = [at(country, line) for line, country in zip(drawn, countries, strict=False)]
    whole = estimate(plan(placed))
    for country in {line["country"] for line in placed}:
        alone = estimate(plan([line for line in placed if line["country"] == country]))
        same(entry(whole, "by_country", "country", country)["total"], alone["total"])


def at(country: str, line: Document) -> Document:
    """The line in one country, with all that is travelled and sent for it."""
    moved = {
        name: [{key: value for key, value in item.items() if key != "country"} for item in line[name]]
        for name in ("travel", "shipping")
        if name in line
    }
    return line | moved | {"country": country}


@laws
@given(st.lists(lines_of("ad") | lines_of("post"), min_size=2, max_size=4))
def test_a_platform_ranges_as_the_delivery_of_its_lines(drawn: list[Document]) -> None:
    whole = estimate(plan(drawn))
    for platform in {line["platform"] for line in drawn}:
        alone = estimate(plan([line for line in drawn if line["platform"] == platform]))
        same(entry(whole, "by_platform", "platform", platform)["total"], alone["media_delivery"])


def test_what_is_on_no_platform_ranges_as_the_plan_of_it_alone() -> None:
    """Storage, and a landing page that says no platform; on one, or on another that has no name here, it is not."""
    page: Document = {"kind": "landing_page", "country": "FR", "visits": 900, "weight": 1, "time_on_screen": 9}
    kept: Document = {"kind": "storage", "country": "FR", "volume": 1, "kept_for": 1}
    ad = AD | {"impressions": 1000}
    answer = estimate(plan([ad, page, kept, page | {"platform": "other"}]))
    assert [one["platform"] for one in answer["by_platform"]] == ["other", "tiktok", None]
    same(entry(answer, "by_platform", "platform", None)["total"], estimate(plan([page, kept]))["total"])
    assert [one["platform"] for one in answer["lines"]] == ["tiktok", None, None, "other"]
    assert [one["platform"] for one in estimate(plan([ad]))["by_platform"]] == ["tiktok"]


def test_the_replay_of_a_live_is_kept_on_no_platform() -> None:
    live = {"kind": "live", "platform": "twitch", "country": "FR", "viewer_minutes": 1000, "live_duration": 60}
    answer = estimate(plan([live | {"replay_kept_for": 12}]))
    same(entry(answer, "by_platform", "platform", "twitch")["total"], answer["media_delivery"])
    same(entry(answer, "by_platform", "platform", None)["total"], answer["production_and_data"])


@pytest.mark.parametrize("method", OF_PAGES)
def test_a_page_costs_the_same_on_no_platform_as_on_another(method: str) -> None:
    page: Document = {"kind": "landing_page", "country": "FR", "visits": 900, "weight": 1, "time_on_screen": 9}
    bare, other = (estimate(plan([one], method=method)) for one in (page, page | {"platform": "other"}))
    assert bare["total"] == other["total"]
    assert bare["coverage"] == other["coverage"]


@laws
@given(st.floats(0.1, 0.9), st.floats(0.1, 0.9), st.sampled_from(("scope3-2026.07", "sri-2.1")))
def test_an_audience_part_ranges_as_the_ads_that_are_that_part(viewable: float, on_target: float, method: str) -> None:
    """What is not viewable is sent and never seen; what is seen falls to both parts by their share."""
    seconds, impressions = 6.0, 1000.0
    parted = AD | {"on_target_share": {"value": on_target, "source": "panel"}, "viewable_share": viewable}
    whole = estimate(plan([parted | {"impressions": impressions, "time_on_screen": seconds}], method=method))
    alone = {
        "non_viewable": (impressions * (1 - viewable), 0.0),
        "on_target": (impressions * viewable * on_target, seconds / viewable),
        "off_target": (impressions * viewable * (1 - on_target), seconds / viewable),
    }
    for part, (shown, time) in alone.items():
        answer = estimate(plan([AD | {"impressions": shown, "time_on_screen": time}], method=method))
        same(whole["by_audience"][part], answer["media_delivery"])


@laws
@given(st.floats(1, 1e6), st.floats(0.5, 30), st.floats(0.05, 1), st.floats(1, 1e5))
def test_an_intensity_is_the_delivery_of_the_lines_that_have_its_denominator(
    impressions: float, seconds: float, on_target: float, spend: float
) -> None:
    paid = AD | {"impressions": impressions, "time_on_screen": seconds, "spend": spend}
    paid |= {"on_target_share": {"value": on_target, "source": "panel"}}
    page = {
        "kind": "landing_page",
        "platform": "other",
        "country": "FR",
        "visits": 99,
        "weight": 1,
        "time_on_screen": 9,
    }
    kept = {"kind": "storage", "country": "FR", "volume": 1, "kept_for": 1}
    delivered = estimate(plan([paid]))["media_delivery"]
    answer = estimate(plan([paid, page, kept]))
    denominators = {
        "1000 impressions": impressions / 1000,
        "on-target contact": impressions * on_target,
        "minute watched": impressions * seconds / 60,
        "EUR": spend,
    }
    for name, amount in denominators.items():
        same(entry(answer, "intensity", "per", name), delivered, GRAMS / amount)


@laws
@given(st.floats(0.05, 0.5))
def test_a_doubt_on_plays_ranges_the_screen_and_one_on_impressions_does_not(doubt: float) -> None:
    """Screen time is plays x their average, so the number of impressions has no part in it."""
    unsure = {"value": 800, "plus_minus": doubt, "uncertainty_group": "guess"}
    played = AD | {"time_on_screen": {"value": 5, "per": "play"}}
    same(
        device(played | {"impressions": 1000, "plays": unsure}),
        device(AD | {"impressions": unsure, "time_on_screen": 5}),
    )
    sure = device(played | {"impressions": 1000, "plays": 800})
    same(device(played | {"impressions": unsure | {"value": 1000}, "plays": 800}), sure)


def device(line: Document) -> Any:
    return entry(estimate(plan([line])), "by_stage", "stage", "device")["total"]


@laws
@given(st.floats(0.2, 0.5), st.floats(0.05, 0.3), st.sampled_from(("scope3-2026.07", "sri-2.1")))
def test_a_doubt_on_a_share_is_a_doubt_on_the_impressions_of_its_part(share: float, doubt: float, method: str) -> None:
    """The same draws, whether they multiply the impressions of an ad or its share of them."""
    unsure = {"plus_minus": doubt, "uncertainty_group": "guess"}
    shown, unseen = AD | {"impressions": 1000, "time_on_screen": 6}, AD | {"impressions": 1000, "time_on_screen": 0}
    fewer = {"impressions": {"value": 1000 * share, **unsure}}
    hit = shown | {"on_target_share": {"value": share, "source": "panel", **unsure}}
    seen = unseen | {"viewable_share": {"value": share, **unsure}, "on_target_share": {"value": 1, "source": "panel"}}
    for parted, alone in ((hit, shown), (seen, unseen)):
        part = estimate(plan([parted], method=method))["by_audience"]["on_target"]
        same(part, estimate(plan([alone | fewer], method=method))["media_delivery"])


@laws
@given(st.floats(0.05, 0.5), st.floats(0.05, 0.3))
def test_doubtful_contacts_and_doubtful_money_divide_alike(share: float, doubt: float) -> None:
    unsure = {"plus_minus": doubt, "uncertainty_group": "guess"}
    line = AD | {"impressions": 1000, "time_on_screen": 6}
    line |= {
        "on_target_share": {"value": share, "source": "panel", **unsure},
        "spend": {"value": 1000 * share, **unsure},
    }
    answer = estimate(plan([line]))
    same(entry(answer, "intensity", "per", "on-target contact"), entry(answer, "intensity", "per", "EUR"))
    sure = estimate(plan([line | {"spend": 1000 * share}]))
    assert entry(sure, "intensity", "per", "EUR") != entry(answer, "intensity", "per", "EUR")
