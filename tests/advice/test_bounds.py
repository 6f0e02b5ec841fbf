"""Advice has a bound: a plan too long for it is refused in words, before any work."""

import pytest

from carbon_api.advice.recommend import MOST_ADVISED, Asked, recommend
from carbon_api.errors import BodyTooLarge
from carbon_api.factor_book.book import book
from carbon_api.plan.load import parse_plan

KEPT = {"kind": "storage", "country": "FR", "volume": 1, "kept_for": 12}


def test_a_plan_too_long_for_advice_is_refused_with_what_to_do() -> None:
    plan = parse_plan({"name": "x", "lines": [{**KEPT, "id": str(index)} for index in range(MOST_ADVISED + 1)]})
    with pytest.raises(BodyTooLarge) as refused:
        recommend(Asked(plan), book())
    assert f"{MOST_ADVISED + 1} lines" in refused.value.detail
    assert f"{MOST_ADVISED} at most" in refused.value.detail
    assert "a part of the plan" in refused.value.detail
