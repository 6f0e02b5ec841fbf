"""The few levers that bring a plan under a ceiling, or the answer that none do."""

from itertools import combinations
from typing import Any

import pytest
from advised import situation

from carbon_api.advice.catalog import LEVERS
from carbon_api.advice.enough import EXACT, Search, enough
from carbon_api.advice.goal import Goal
from carbon_api.advice.situation import Situation
from carbon_api.estimate.run import estimate_plan
from carbon_api.factor_book.book import book
from carbon_api.plan.load import parse_plan

AD = {"kind": "ad", "platform": "tiktok", "country": "FR", "format": "image", "impressions": 100_000}
PLAN = {
    "name": "Enough",
    "draws": 500,
    "lines": [{**AD, "id": "a", "on_target_share": 0.4}, {**AD, "id": "b", "country": "PL", "on_target_share": 0.6}],
}
ABLE = ("tighter-targeting", "exclusion-lists")


@pytest.fixture(scope="module")
def start() -> Situation:
    return situation(PLAN)


def reached(start: Situation, *ids: str) -> float:
    """The central total after a set of levers."""
    after = Search(start, Goal(0), {}).after(ids)
    assert after is not None
    return after.outcome.breakdown.total


def total(document: Any) -> float:
    central: float = estimate_plan(parse_plan(document), book())["total"]["central"]
    return central


def test_a_plan_under_the_ceiling_needs_no_lever(start: Situation) -> None:
    answer = enough(start, Goal(10 * start.outcome.breakdown.total), ABLE, {})
    assert answer["met"]
    assert answer["levers"] == []


def test_one_lever_is_taken_where_one_is_enough(start: Situation) -> None:
    ceiling = reached(start, "tighter-targeting") * 1.0001
    answer = enough(start, Goal(ceiling, confidence=0.2), ABLE, {})
    assert answer["met"]
    assert answer["levers"] == ["tighter-targeting"]
    assert answer["probability"] >= 0.2
    assert total(answer["plan"]) == answer["reached"]["central"] <= ceiling


def test_two_are_taken_where_one_is_not_enough(start: Situation) -> None:
    both, one = reached(start, *ABLE), reached(start, "tighter-targeting")
    answer = enough(start, Goal((both + one) / 2, confidence=0.3), ABLE, {})
    assert answer["levers"] == list(ABLE)
    assert "smallest" in answer["search"]["en"]


def test_a_set_that_the_draws_do_not_confirm_is_not_enough(start: Situation) -> None:
    both = reached(start, *ABLE)
    answer = enough(start, Goal(both * 1.0001, confidence=0.99), ABLE, {})
    assert not answer["met"]
    assert answer["probability"] < 0.99
    assert answer["levers"] == list(ABLE)
    assert answer["reached"]["central"] == both


def test_where_none_is_enough_the_lowest_is_told(start: Situation) -> None:
    answer = enough(start, Goal(1e-6), ABLE, {})
    assert not answer["met"]
    assert answer["levers"] == list(ABLE)
    assert total(answer["plan"]) == answer["reached"]["central"]


def test_an_intensity_has_ceilings_too(start: Situation) -> None:
    """Tighter targeting leaves what a thousand impressions emit as it is, and cuts what a contact does."""
    per_contact = Goal(0, "on-target contact").central(start.outcome)
    assert per_contact is not None
    answer = enough(start, Goal(per_contact * 0.9, "on-target contact", 0.3), ABLE, {})
    assert answer["levers"] == ["tighter-targeting"]
    assert answer["reached"]["unit"] == "gCO2e"
    stays = Goal(0, "1000 impressions").central(start.outcome)
    assert stays is not None
    assert not enough(start, Goal(stays * 0.5, "1000 impressions", 0.3), ABLE, {})["met"]


def test_an_intensity_that_the_plan_has_not_is_said() -> None:
    kept = {"id": "a", "kind": "storage", "country": "FR", "volume": 1, "kept_for": 12}
    answer = enough(situation({"name": "x", "lines": [kept]}), Goal(1, "1000 impressions"), (), {})
    assert not answer["met"]
    assert "no such intensity" in answer["search"]["en"]


def test_the_search_is_exact_up_to_three(start: Situation) -> None:
    """What it finds is the smallest set, by trying every set here anew."""
    ids = [id for id in LEVERS if Search(start, Goal(0), {}).after((id,))]
    search = Search(start, Goal(0), {})
    sets = [found for size in range(1, EXACT + 1) for found in combinations(ids, size)]
    lowest = min(search.central(found) for found in sets)
    answer = enough(start, Goal(lowest * 1.0001, confidence=0.0), ids, {})
    assert answer["met"]
    smaller = [found for found in sets if len(found) < len(answer["levers"])]
    assert all(search.central(found) > answer["goal"]["at_most"] for found in smaller)


def test_without_a_range_the_central_value_decides() -> None:
    start = situation({**PLAN, "range": False})
    answer = enough(start, Goal(reached(start, "tighter-targeting")), ABLE, {})
    assert answer["met"]
    assert answer["probability"] is None
