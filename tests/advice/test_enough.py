"""The few levers that bring a plan under a ceiling, or the answer that none do."""

from dataclasses import replace
from itertools import combinations
from typing import Any

import pytest
from advised import situation

from carbon_api.advice.catalog import LEVERS
from carbon_api.advice.enough import MOST_OF_A_SIZE, considered, enough, most_of_a_size
from carbon_api.advice.goal import Goal
from carbon_api.advice.search import EXACT
from carbon_api.advice.sets import Sets
from carbon_api.advice.situation import Situation
from carbon_api.estimate.run import estimate_plan
from carbon_api.factor_book.book import book
from carbon_api.plan.load import parse_plan
from carbon_api.plan.model import Uncertainty

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
    after = Sets(start, Goal(0), {}).after(ids)
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
    assert "Every set of up to 2 of the levers considered was tried" in answer["search"]["en"]
    assert "Levers considered: 2, of 2 that save something by themselves" in answer["search"]["en"]
    assert answer["sets_tried"] == 3
    assert answer["sets_looked_at"] == 1


def test_a_set_that_the_draws_do_not_confirm_is_not_enough(start: Situation) -> None:
    both = reached(start, *ABLE)
    answer = enough(start, Goal(both * 1.0001, confidence=0.99), ABLE, {})
    assert not answer["met"]
    assert answer["probability"] < 0.99
    assert answer["levers"] == list(ABLE)
    assert answer["reached"]["central"] == both
    assert answer["sets_looked_at"] == 1
    assert "None of the sets tried holds" in answer["search"]["en"]
    assert "Looked at in the draws: 1, at most 5 of each size" in answer["search"]["en"]


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
    ids = [id for id in LEVERS if Sets(start, Goal(0), {}).after((id,))]
    search = Sets(start, Goal(0), {})
    sets = [found for size in range(1, EXACT + 1) for found in combinations(ids, size)]
    lowest = min(search.central(found) for found in sets)
    answer = enough(start, Goal(lowest * 1.0001, confidence=0.0), ids, {})
    assert answer["met"]
    smaller = [found for found in sets if len(found) < len(answer["levers"])]
    assert all(search.central(found) > answer["goal"]["at_most"] for found in smaller)


def test_how_sure_it_is_comes_from_draws_even_where_the_plan_asks_for_none() -> None:
    """A ceiling that most draws break is not met because nobody looked."""
    quick, start = situation({**PLAN, "range": False}), situation(PLAN)
    for confidence in (0.1, 0.99):
        goal = Goal(reached(start, *ABLE) * 1.0001, confidence=confidence)
        answer = enough(quick, goal, ABLE, {})
        ranged = enough(start, goal, ABLE, {})
        assert answer["met"] is (confidence == 0.1)
        assert (answer["met"], answer["probability"]) == (ranged["met"], ranged["probability"])


MANY: dict[str, Any] = {
    "name": "Four and more",
    "range": False,
    "lines": [
        {**AD, "id": "ad", "on_target_share": 0.4},
        {"id": "kept", "kind": "storage", "country": "FR", "volume": 2, "kept_for": 24, "copies": 3},
        {"id": "page", "kind": "landing_page", "country": "FR", "visits": 40000, "weight": 3, "time_on_screen": 20},
        {"id": "trip", "kind": "travel", "country": "FR", "mode": "plane", "distance": 700, "flights": 1, "people": 3},
    ],
}
SAVE = ("train-instead-of-plane", "tighter-targeting", "fewer-copies", "lighter-page", "shorter-retention")


def test_where_three_are_not_enough_more_are_added_one_by_one() -> None:
    start = situation(MANY)
    three, four = (
        min(reached(start, *(id for id in LEVERS if id in some)) for some in combinations(SAVE, size))
        for size in (3, 4)
    )
    assert four < three
    answer = enough(start, Goal(four, confidence=0.0), SAVE, {})
    assert answer["met"]
    assert len(answer["levers"]) == 4
    assert answer["levers"] == [id for id in LEVERS if id in answer["levers"]]
    assert "added one by one" in answer["search"]["en"]
    assert total(answer["plan"]) == answer["reached"]["central"] == four


def test_the_lowest_is_the_plan_after_every_lever_that_helps() -> None:
    start = situation(MANY)
    answer = enough(start, Goal(0.0), SAVE, {})
    assert not answer["met"]
    assert set(answer["levers"]) == set(SAVE)
    assert total(answer["plan"]) == answer["reached"]["central"]
    assert answer["sets_looked_at"] == 0


AUCTION = {
    "name": "Auction",
    "method": "sri-2.1",
    "range": False,
    "lines": [{**AD, "id": "a", "platform": "other", "buying": "programmatic"}],
}
CURATED = {"curated-buying": {"paths": 10}}


def test_levers_that_do_not_go_together_are_no_set() -> None:
    """What is bought directly has no auction left to curate: the pair has no plan, and none is made up for it."""
    start = situation(AUCTION)
    sets = Sets(start, Goal(0.0), CURATED)
    assert sets.after(("direct-buying",))
    assert sets.after(("curated-buying",))
    assert sets.after(("direct-buying", "curated-buying")) is None
    assert sets.central(("direct-buying", "curated-buying")) == float("inf")
    with pytest.raises(LookupError, match="no plan after"):
        sets.whole(("direct-buying", "curated-buying"))
    answer = enough(start, Goal(0.0), ("direct-buying", "curated-buying"), CURATED)
    assert answer["levers"] == ["direct-buying"]
    assert answer["sets_tried"] == 3


def test_a_set_that_the_draws_refuse_gives_way_to_another() -> None:
    """The lowest set of a size need not be the surest; the next ones are looked at, and so are larger ones."""
    start = situation({**PLAN, "draws": 2000})
    one = reached(start, "tighter-targeting")
    sure = enough(start, Goal(one * 1.0001, confidence=0.6), ABLE, {})
    assert sure["levers"] != ["tighter-targeting"]
    assert sure["sets_looked_at"] > 1


def test_a_set_is_confirmed_by_the_draws_that_its_own_plan_has(start: Situation) -> None:
    ceiling = reached(start, *ABLE) * 1.2
    answer = enough(start, Goal(ceiling, confidence=0.1), ABLE, {})
    again = situation(answer["plan"])
    assert again.outcome.sample is not None
    assert answer["probability"] == float((again.outcome.sample.total <= ceiling).mean())


def test_a_longer_plan_has_fewer_levers_considered_and_fewer_sets_drawn() -> None:
    """Its work is counted, so that it stays short whatever the plan; the levers that save most come first."""
    every = tuple(LEVERS)
    counts = [len(considered(every, lines)) for lines in (1, 50, 200, 1000, 5000)]
    assert counts == sorted(counts, reverse=True)
    assert counts[0] > counts[-1] > EXACT
    assert considered(("do-less", "tighter-targeting"), 5000) == ("tighter-targeting", "do-less")
    plan = situation(PLAN).plan
    drawn = [most_of_a_size(replace(plan, uncertainty=Uncertainty(draws=draws))) for draws in (100, 5000, 20_000)]
    assert drawn == [MOST_OF_A_SIZE, 2, 1]
