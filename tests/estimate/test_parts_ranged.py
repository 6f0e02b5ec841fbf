"""The range of every part is that of the plan that is this part alone: draws are shared, so it is the same.

Two plans of the same seed draw the same factors, whatever their lines, so no tolerance but that of printed digits.
"""

from typing import Any

import pytest
from drawn_plans import Answer, Document, estimate, lines, lines_of, plan
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

laws = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
SIX_DIGITS = 1.1e-5  # two roundings to six digits, one on each side of a comparison
AD: Document = {"kind": "ad", "platform": "tiktok", "country": "FR", "format": "video", "weight": 1.5}
GRAMS = 1000


def same(figure: Answer, other: Answer, times: float = 1.0) -> None:
    for end in ("low", "central", "high"):
        assert figure[end] == pytest.approx(times * other[end], rel=SIX_DIGITS, abs=1e-30), end


def entry(answer: Answer, part: str, key: str, name: str) -> Any:
    return next(one for one in answer[part] if one[key] == name)


@laws
@given(st.lists(lines, min_size=2, max_size=4), st.lists(st.sampled_from(("FR", "DE", "US")), min_size=4, max_size=4))
def test_a_country_ranges_as_the_plan_of_its_lines(drawn: list[Document], countries: list[str]) -> None:
    placed = [line | {"country": country} for line, country in zip(drawn, countries, strict=False)]
    whole = estimate(plan(placed))
    for country in {line["country"] for line in placed}:
        alone = estimate(plan([line for line in placed if line["country"] == country]))
        same(entry(whole, "by_country", "country", country)["total"], alone["total"])


@laws
@given(st.lists(lines_of("ad") | lines_of("post"), min_size=2, max_size=4))
def test_a_platform_ranges_as_the_delivery_of_its_lines(drawn: list[Document]) -> None:
    whole = estimate(plan(drawn))
    for platform in {line["platform"] for line in drawn}:
        alone = estimate(plan([line for line in drawn if line["platform"] == platform]))
        same(entry(whole, "by_platform", "platform", platform)["total"], alone["media_delivery"])


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
@given(st.floats(0.25, 0.5), st.floats(0.25, 0.5))
def test_a_doubt_on_plays_widens_the_screen_and_one_on_impressions_does_not(plays: float, impressions: float) -> None:
    """Screen time is plays x their average, so the number of impressions has no part in it."""

    def device(line: Document) -> Any:
        return entry(
            estimate(plan([AD | {"time_on_screen": {"value": 5, "per": "play"}, **line}])),
            "by_stage",
            "stage",
            "device",
        )

    sure = device({"impressions": 1000, "plays": 800})["total"]
    same(device({"impressions": {"value": 1000, "plus_minus": impressions}, "plays": 800})["total"], sure)
    unsure = device({"impressions": 1000, "plays": {"value": 800, "plus_minus": plays}})["total"]
    assert unsure["central"] == pytest.approx(sure["central"], rel=1e-12)
    assert unsure["high"] - unsure["low"] > sure["high"] - sure["low"]
