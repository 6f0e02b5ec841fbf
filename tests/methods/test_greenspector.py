"""Greenspector's minutes: each application's printed value, and all that changes nothing of it."""

from math import fsum
from typing import Any

import pytest

from carbon_api.errors import PlanInvalid
from carbon_api.estimate.run import estimate_plan
from carbon_api.factor_book.book import book
from carbon_api.plan.load import parse_plan
from carbon_api.plan.vocabulary import PLATFORMS

# grams a minute, social-media-2021
PRINTED = {
    "youtube": 0.46,
    "twitch": 0.55,
    "x": 0.60,
    "linkedin": 0.71,
    "facebook": 0.79,
    "snapchat": 0.87,
    "instagram": 1.05,
    "pinterest": 1.30,
    "reddit": 2.48,
    "tiktok": 2.63,
}
AD = {"id": "a", "kind": "ad", "format": "video", "country": "FR", "impressions": 1000, "time_on_screen": 15}


def estimated(*lines: dict[str, Any], **settings: Any) -> dict[str, Any]:
    plan = {"name": "minutes", "method": "greenspector-2021", "range": False, "lines": list(lines)} | settings
    return estimate_plan(parse_plan(plan), book())


def grams(line: dict[str, Any]) -> float:
    return 1000 * float(estimated(line)["total"]["central"])


@pytest.mark.parametrize(("platform", "printed"), PRINTED.items())
def test_a_minute_of_each_application_is_as_printed(platform: str, printed: float) -> None:
    line = {"id": "a", "kind": "video", "platform": platform, "country": "FR", "minutes_watched": 1}
    assert grams(line) == pytest.approx(printed, rel=1e-12)


def test_the_mean_of_the_ten_is_near_the_printed_one() -> None:
    """1.15 is printed; the mean of the ten printed values is 1.144."""
    assert fsum(PRINTED.values()) / len(PRINTED) == pytest.approx(1.144, rel=1e-12)


@pytest.mark.parametrize(("platform", "printed"), [("instagram", 262.5), ("facebook", 197.5), ("tiktok", 657.5)])
def test_a_thousand_impressions_of_fifteen_seconds(platform: str, printed: float) -> None:
    assert grams(AD | {"platform": platform}) == pytest.approx(printed, rel=1e-12)


@pytest.mark.parametrize(
    "said",
    [
        {"country": "world"},
        {"country": {"JP": 0.5, "MC": 0.5}},  # no table of grids has Monaco
        {"grid_intensity": 900},
        {"devices": {"tv": 0.5, "tablet": 0.5}},
        {"network": {"mobile": 1}},
        {"weight": 40},
        {"format": "image"},
        {"aspect_ratio": "landscape"},
        {"buying": "programmatic"},
    ],
)
def test_the_time_on_screen_is_all_that_counts(said: dict[str, Any]) -> None:
    assert grams(AD | {"platform": "tiktok"} | said) == pytest.approx(657.5, rel=1e-12)


def test_there_is_one_stage_unsplit_and_no_electricity() -> None:
    answer = estimated(AD | {"platform": "tiktok"})
    assert [(one["stage"], list(one["phases"])) for one in answer["by_stage"]] == [("whole", ["unsplit"])]
    assert answer["energy"] is None
    assert answer["coverage"]["given"] == 1.0  # neither devices nor bytes were asked for
    (line,) = answer["lines"]
    assert [one["stage"] for one in line["out_of_boundary"]] == ["selection"]


@pytest.mark.parametrize("platform", sorted(PLATFORMS.keys() - PRINTED.keys()))
def test_an_application_that_was_not_measured_is_refused_with_those_that_were(platform: str) -> None:
    with pytest.raises(PlanInvalid) as refused:
        estimated(AD | {"platform": platform})
    (finding,) = refused.value.findings
    assert (finding.pointer, finding.code) == ("/lines/0/platform", "value-not-priced")
    assert platform in finding.detail
    assert set(finding.valid_values) == set(PRINTED)


def test_every_value_is_doubted_by_a_factor_of_two_and_all_together() -> None:
    release = book().release(None)
    rows = [row for row in release.rows if row.id.startswith("greenspector.")]
    for row in rows:
        assert (row.low / row.value, row.high / row.value) == (pytest.approx(0.5), pytest.approx(2.0))
    assert {row.basis.partition(":")[0] for row in rows} == {"assumed"}
    assert len({row.group for row in rows}) == 1
