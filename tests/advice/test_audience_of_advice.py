"""Whom a plan reaches, per line and in total, before advice and after it."""

from typing import Any

import pytest
from advised import situation, tried

from carbon_api.advice.asked import request
from carbon_api.advice.reach import got
from carbon_api.advice.recommend import recommend
from carbon_api.advice.shown import shown
from carbon_api.estimate.run import estimate_plan
from carbon_api.factor_book.book import book
from carbon_api.plan.load import parse_plan

AD = {"kind": "ad", "platform": "tiktok", "country": "FR", "format": "image", "impressions": 1000}
KEPT = {"id": "kept", "kind": "storage", "country": "FR", "volume": 1, "kept_for": 12}
PLAN = {
    "name": "x",
    "draws": 100,
    "lines": [
        {**AD, "id": "aimed", "on_target_share": 0.5, "viewable_share": 0.8, "time_on_screen": 2},
        {**AD, "id": "other", "on_target_share": 0.4, "time_on_screen": 9},
        {**AD, "id": "unsaid"},
        KEPT,
    ],
}
ASKED = {"together": ["tighter-targeting", "exclusion-lists"], "reallocate": {}}


@pytest.fixture(scope="module")
def advice() -> Any:
    return recommend(request(parse_plan(PLAN), ASKED), book())


def estimate(document: Any) -> Any:
    """The estimate of a document's plan, as it is printed."""
    return estimate_plan(parse_plan(document), book())


def centrals(document: Any) -> dict[str, Any]:
    """What is told of a plan's audience, central."""
    return {name: pytest.approx(one["central"]) for name, one in estimate(document)["by_audience"].items()}


def test_each_line_tells_whom_it_reaches_as_its_estimate_does(advice: Any) -> None:
    lines = estimate(PLAN)["lines"]
    assert advice["lines"] == [{"id": line["id"], "by_audience": line["by_audience"]} for line in lines]
    assert advice["lines"][0]["by_audience"]["non_viewable"] > 0
    assert advice["lines"][3]["by_audience"] is None


def test_every_change_tells_whom_the_plan_reached_and_would_reach(advice: Any) -> None:
    own = centrals(PLAN)
    levers = [one for group in ("recommendations", "good_hygiene", "worse") for one in advice[group]]
    assert advice["reallocate"]["found"]
    for one in (*levers, advice["together"], advice["reallocate"]):
        assert one["before"]["by_audience"] == own
        saved = sum(own[part].expected - one["after"]["by_audience"][part] for part in own)
        assert saved == pytest.approx(one["saving"]["central"])
    assert advice["together"]["after"]["by_audience"] == centrals(advice["together"]["plan"])


def test_tighter_targeting_cuts_what_is_off_target_alone() -> None:
    """Half on target becomes four fifths of five eighths: an eighth off target where there was a half."""
    line = {**AD, "id": "a", "on_target_share": 0.5}
    one = tried({**PLAN, "lines": [line]}, "tighter-targeting", to=0.8)
    assert one.saving is not None
    answer = shown(one, one.saving)
    before, after = (answer[side]["by_audience"] for side in ("before", "after"))
    total = situation({**PLAN, "lines": [line]}).outcome.breakdown.total
    assert (before["on_target"], before["off_target"]) == (pytest.approx(total / 2), pytest.approx(total / 2))
    assert (after["on_target"], after["off_target"]) == (pytest.approx(total / 2), pytest.approx(total / 8))


def test_what_is_not_delivered_reaches_nobody() -> None:
    start = situation({**PLAN, "lines": [KEPT]})
    told = got(start.outcome)["by_audience"]
    assert told.pop("not_delivery") == start.outcome.breakdown.total
    assert set(told.values()) == {0}
