"""What the draws say of a saving: its sign, its probability, its range."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml
from advised import situation, tried

from carbon_api.advice.asked import request
from carbon_api.advice.recommend import recommend
from carbon_api.advice.together import together
from carbon_api.estimate.run import estimate_plan
from carbon_api.factor_book.book import book
from carbon_api.plan.load import parse_plan

SRI = Path(__file__).parents[1] / "cases" / "sri_ads.yaml"
RANKED = ("recommendations", "good_hygiene", "worse")
VIDEO = {"kind": "ad", "platform": "facebook", "format": "video", "country": "FR", "impressions": 1000, "weight": 1.5}
PLAN: dict[str, Any] = {
    "name": "x",
    "draws": 400,
    "lines": [{**VIDEO, "id": "a", "creative_length": 30, "on_target_share": 0.4}, {**VIDEO, "id": "b"}],
}


def test_levers_together_have_the_range_of_the_two_plans() -> None:
    """Lower than nothing is what would emit more: the joint saving is the first plan less the second, draw by draw."""
    start = situation(PLAN)
    answer = together(start, ["tighter-targeting", "shorter-video"], {})
    before, after = start.outcome.sample, situation(answer["plan"]).outcome.sample
    assert before
    assert after
    low, high = np.percentile(before.total - after.total, [2.5, 97.5])
    assert answer["saving"]["low"] == pytest.approx(low, rel=0.02)
    assert answer["saving"]["high"] == pytest.approx(high, rel=0.02)
    assert answer["saving"]["low"] > 0
    total = estimate_plan(parse_plan(answer["plan"]), book())["total"]
    assert answer["total"] == total


def test_the_probability_is_that_of_emitting_less() -> None:
    less = tried(PLAN, "tighter-targeting").saving
    open_auction = {**PLAN, "method": "sri-2.1", "lines": [{**VIDEO, "id": "a", "buying": "programmatic"}]}
    more = tried(open_auction, "image-instead-of-video").saving
    assert less
    assert more
    assert [one.shown()["probability_saves"] for one in (less, more)] == [1.0, 0.0]
    assert more.central < 0 < less.central


def ranked(plan: dict[str, Any], lever: str) -> tuple[str, dict[str, Any]]:
    """The group that a lever stands in, and what is said of it."""
    answer = recommend(request(parse_plan(plan), {}), book())
    [found] = [(group, one) for group in RANKED for one in answer[group] if one["lever"] == lever]
    return found


def test_where_more_is_emitted_and_less_shared_out_it_is_said() -> None:
    line = {**VIDEO, "id": "a", "buying": "programmatic", "time_on_screen": 74, "devices": {"phone": 1}}
    group, image = ranked({**PLAN, "method": "sri-2.1", "lines": [line]}, "image-instead-of-video")
    assert (group, image["split"]["physical"] < 0 < image["saving"]["central"]) == ("recommendations", True)
    assert any("More is emitted" in caveat["en"] for caveat in image["caveats"])


def test_what_saves_in_fewer_than_half_of_the_draws_is_no_saving() -> None:
    """Whatever it comes to at central values."""
    cases = yaml.safe_load(SRI.read_text("utf-8"))
    [case] = [one for one in cases if one["title"].startswith("A thousand impressions")]
    group, image = ranked(case["plan"], "image-instead-of-video")
    assert group == "worse"
    assert image["probability_saves"] < 0.5
    assert image["saving"]["central"] > 0
