"""A lever on some lines alone."""

from typing import Any

import pytest
from advised import tried

from carbon_api.advice.asked import request
from carbon_api.advice.recommend import recommend
from carbon_api.errors import PlanInvalid
from carbon_api.factor_book.book import book
from carbon_api.plan.load import parse_plan

AD = {"kind": "ad", "platform": "tiktok", "country": "FR", "impressions": 1000, "format": "image"}
LINES = [
    {**AD, "id": "a", "on_target_share": 0.5, "cpm": 2},
    {**AD, "id": "b", "on_target_share": 0.8, "cpm": 20},
    {**AD, "id": "c"},
]
PLAN: dict[str, Any] = {"name": "x", "lines": LINES, "draws": 100}


def test_only_the_lines_asked_for_change() -> None:
    one = tried(PLAN, "tighter-targeting", lines=["a", "c"], cpm_after=3)
    assert one.saving is not None
    assert set(one.saving.proposal.edits) == {0}
    assert [reason.lines for reason in one.reasons] == [("c",)]


def test_a_line_that_a_lever_leaves_out_must_be_one_of_those_asked_for() -> None:
    assert tried(PLAN, "do-less", lines=["a", "b", "c"]).saving is not None
    one = tried(PLAN, "do-less", lines=["b"])
    assert one.saving is None
    assert "it changes none" in one.reasons[-1].text.en


def test_the_answer_says_which_lines_were_asked_for() -> None:
    asked = request(parse_plan(PLAN), {"levers": {"tighter-targeting": {"lines": ["b"]}}})
    found = {one["lever"]: one for one in recommend(asked, book())["recommendations"]}
    assert found["tighter-targeting"]["lines"] == ["b"]
    assert {change["pointer"].split("/")[2] for change in found["tighter-targeting"]["changes"]} == {"1"}
    assert found["exclusion-lists"]["lines"] is None


@pytest.mark.parametrize(
    ("lines", "pointer", "code"),
    [
        (["a", "z"], "/levers/tighter-targeting/lines/1", "unknown-line"),
        ([], "/levers/tighter-targeting/lines", "not-a-list"),
        (["a", "a"], "/levers/tighter-targeting/lines", "given-twice"),
        ("a", "/levers/tighter-targeting/lines", "not-a-list"),
        ([3], "/levers/tighter-targeting/lines/0", "not-text"),
    ],
)
def test_lines_that_the_plan_does_not_have_are_refused(lines: Any, pointer: str, code: str) -> None:
    with pytest.raises(PlanInvalid) as fault:
        request(parse_plan(PLAN), {"levers": {"tighter-targeting": {"lines": lines}}})
    assert [(finding.pointer, finding.code) for finding in fault.value.findings] == [(pointer, code)]


def test_a_price_beyond_what_a_plan_may_say_leaves_the_spend_out() -> None:
    """And what is scaled next to nothing stays something."""
    ad = {**AD, "id": "a", "on_target_share": 0.5, "spend": 1, "impressions": 1e15}
    one = tried({**PLAN, "lines": [ad]}, "tighter-targeting", cpm_after=1e12)
    assert one.saving is not None
    assert (one.saving.after.plan.lines[0].spend, one.saving.after.words["lines"][0]["cpm"]) == (None, 1e12)
    video = {**AD, "id": "a", "format": "video", "creative_length": 60, "weight": 1e-17}
    one = tried({**PLAN, "lines": [video]}, "shorter-video", to=1e-18)
    assert one.saving is not None
    assert one.saving.after.words["lines"][0]["weight"] == 1e-18
