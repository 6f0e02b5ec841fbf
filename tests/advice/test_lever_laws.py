"""What holds of every lever on every plan."""

from math import fsum
from typing import Any

import pytest
from advised import situation, tried
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from carbon_api.advice.attempt import attempt
from carbon_api.advice.catalog import LEVERS
from carbon_api.advice.changed import changes
from carbon_api.advice.reach import reach_of
from carbon_api.advice.saving import Saving, split
from carbon_api.advice.situation import Situation, situation_of
from carbon_api.advice.together import together
from carbon_api.errors import PlanInvalid
from carbon_api.estimate.run import basis_of, estimate_plan
from carbon_api.factor_book.book import book
from carbon_api.methods.catalog import METHODS
from carbon_api.plan.fields import Choice
from carbon_api.plan.load import parse_plan
from carbon_api.plan.quantities import PlainField
from tests.plan import strategies

# Pulled twice, they find nothing more to change: the first time leaves what they ask for.
ONCE: dict[str, dict[str, Any]] = {
    "tighter-targeting": {"to": 0.9},
    "train-instead-of-plane": {},
    "economy-class": {},
    "local-creators": {},
    "slower-shipping": {},
    "fewer-variants": {"per_kept": 2},
    "smaller-model": {},
    "image-instead-of-ai-video": {},
    "lighter-page": {"to": 1},
    "lower-resolution": {"to": "480p"},
    "shorter-retention": {"to": 13},
    "fewer-copies": {"to": 2},
    "lower-carbon-region": {"to": "SE"},
    "no-replay": {},
    "viewable-inventory": {"to": 0.9},
    "direct-buying": {},
    "shorter-video": {"to": "6 s"},
    "image-instead-of-video": {},
    "curated-buying": {"paths": 10},
    "on-platform-inventory": {},
    "frequency-cap": {"cap": 2},
    "less-television": {"share": 1},
}
# Pulled again, they cut again: each takes a share of whatever the plan says, or a line more.
REPEATED = {
    *("exclusion-lists", "lighter-file", "wifi-first", "fewer-posts", "fewer-shoots", "audio-option"),
    *("drop-least-watched", "do-less"),
}
HELD = {"contacts": "contacts", "impressions": "impressions", "views": "views"}


LINES = {
    "ad": strategies.ad_lines,
    "post": strategies.organic_lines,
    "story": strategies.organic_lines,
    "video": strategies.organic_lines,
    "influencer": strategies.influencer_lines,
    "travel": strategies.travel_lines,
    "ai": strategies.ai_lines,
    "live": strategies.other_lines,
    "landing_page": strategies.other_lines,
    "storage": strategies.other_lines,
}


def for_levers(*ids: str) -> st.SearchStrategy[dict[str, Any]]:
    """Documents of plans that some of these levers may change, under any method."""
    kinds = dict.fromkeys(LINES[kind] for id in ids for kind in LEVERS[id].kinds)
    drawn = strategies.plans(st.one_of(*(lines() for lines in kinds)), most=3)
    methods = st.sampled_from(sorted(METHODS))
    return st.builds(lambda plan, method: {**plan, "method": method, "draws": 100}, drawn, methods)


def started(document: Any) -> Situation:
    """Where the document's plan stands; the example is dropped where the method cannot price it."""
    plan = parse_plan(document)
    try:
        return situation_of(plan, basis_of(plan, book()))
    except PlanInvalid:
        assume(False)
        raise


def total(document: Any) -> float:
    """The central total of a document's estimate, as it is printed."""
    central: float = estimate_plan(parse_plan({**document, "range": False}), book())["total"]["central"]
    return central


def pulled(start: Situation, lever: str, **strength: Any) -> Saving:
    """What a lever saves; the example is dropped where it does not apply."""
    saving = attempt(start, LEVERS[lever], strength).saving
    assume(saving is not None)
    assert saving is not None
    return saving


@pytest.mark.parametrize("lever", LEVERS)
@settings(max_examples=15)
@given(data=st.data())
def test_a_saving_is_what_the_changed_plan_has_less(lever: str, data: st.DataObject) -> None:
    """To the bit, both plans estimated by the same door as any other."""
    start = started(data.draw(for_levers(lever)))
    one = attempt(start, LEVERS[lever], {})
    if one.saving is None:
        assert one.reasons
        return
    saving = one.saving
    assert saving.central == total(start.words) - total(saving.after.words)
    assert changes(start, saving.proposal)
    parts = split(saving)
    assert fsum((parts.physical, parts.reattributed)) == pytest.approx(saving.central, rel=1e-9, abs=1e-12)
    held = HELD.get(LEVERS[lever].holds)
    if held:
        before, after = (reach_of(side.outcome)[held] for side in (start, saving.after))
        assert after == (before if before is None else pytest.approx(before, rel=1e-9))


@pytest.mark.parametrize("lever", ONCE)
@settings(max_examples=15, suppress_health_check=[HealthCheck.filter_too_much])
@given(data=st.data())
def test_a_lever_pulled_twice_saves_nothing_more(lever: str, data: st.DataObject) -> None:
    strength = ONCE[lever]
    saving = pulled(started({**data.draw(for_levers(lever)), "range": False}), lever, **strength)
    again = attempt(saving.after, LEVERS[lever], strength)
    assert again.saving is None
    assert again.reasons


def test_of_every_lever_it_is_known_whether_it_is_pulled_once() -> None:
    assert ONCE.keys() | REPEATED == LEVERS.keys()
    assert not ONCE.keys() & REPEATED


def strengths(lever: str) -> st.SearchStrategy[dict[str, Any]]:
    """Any of a lever's parameters at any value that its field takes, the ends above all."""
    drawn = {one.name: _values(one.field) for one in LEVERS[lever].parameters}
    return st.fixed_dictionaries({}, optional={name: values for name, values in drawn.items() if values is not None})


def _values(field: Any) -> Any:
    """What a field takes; nothing drawn for a field that is neither a number nor a word."""
    if isinstance(field, PlainField):
        least, most = field.measure.minimum, field.measure.maximum
        return st.sampled_from((least, max(least, 1e-6), min(1.0, most), most)) | st.floats(least, min(most, 1e6))
    return st.sampled_from(sorted(field.words)) if isinstance(field, Choice) else None


@pytest.mark.parametrize("lever", [id for id, lever in LEVERS.items() if lever.parameters])
@settings(max_examples=10)
@given(data=st.data())
def test_at_any_strength_a_lever_saves_something_or_says_why_not(lever: str, data: st.DataObject) -> None:
    start = started({**data.draw(for_levers(lever)), "range": False})
    one = attempt(start, LEVERS[lever], data.draw(strengths(lever)))
    assert one.reasons if one.saving is None else one.saving.central


@settings(max_examples=40, suppress_health_check=[HealthCheck.filter_too_much])
@given(document=for_levers(*LEVERS), order=st.permutations(sorted(LEVERS)))
def test_together_they_save_what_the_combined_plan_has_less(document: Any, order: list[str]) -> None:
    start = started(document)
    answer = together(start, order, {})
    joint = answer["saving"]["central"]
    assert joint == total(start.words) - total(answer["plan"])
    assert joint == total(start.words) - answer["total"]["central"]
    steps = [step["saving"]["central"] for step in answer["abatement"]]
    assert fsum(steps) == pytest.approx(joint, rel=1e-9, abs=1e-9 * total(start.words))


@settings(max_examples=30, suppress_health_check=[HealthCheck.filter_too_much])
@given(data=st.data(), lever=st.sampled_from(sorted(LEVERS)))
def test_the_range_of_a_saving_is_that_of_both_whole_plans(data: st.DataObject, lever: str) -> None:
    """Drawn from the lines that change alone; the others draw the same in both plans."""
    start = started({**data.draw(for_levers(lever)), "range": True})
    saving = pulled(start, lever)
    after = situation_of(saving.after.plan, start.basis).outcome.sample
    before = start.outcome.sample
    assert before is not None
    assert after is not None
    assert saving.draws == pytest.approx(before.total - after.total, abs=1e-9 * float(before.total.max()))


def test_a_line_that_goes_takes_its_draws_with_it() -> None:
    """The saving of leaving a line out is that line, in every draw."""
    ad = {"kind": "ad", "platform": "tiktok", "country": "FR", "impressions": 9000, "format": "video"}
    start = situation({"name": "x", "lines": [{**ad, "id": "a"}, {**ad, "id": "b", "time_on_screen": 60}]})
    saving, sample = attempt(start, LEVERS["do-less"], {}).saving, start.outcome.sample
    assert saving is not None
    assert sample is not None
    assert saving.draws is not None
    assert saving.draws == pytest.approx(sample.lines[1])
    assert saving.draws.min() > 0


def test_a_lever_says_why_it_does_not_apply() -> None:
    kept = {"id": "a", "kind": "storage", "country": "FR", "volume": 1, "kept_for": 12}
    one = tried({"name": "x", "lines": [kept]}, "tighter-targeting")
    assert one.saving is None
    assert [reason.text.en for reason in one.reasons] == ["No line of the plan is of kind ad."]


def test_a_share_that_nobody_gave_is_said() -> None:
    ad = {"id": "a", "kind": "ad", "platform": "tiktok", "country": "FR", "impressions": 1000, "format": "image"}
    assert situation({"name": "x", "lines": [ad]}).said[0].kind == "ad"
    one = tried({"name": "x", "lines": [ad]}, "tighter-targeting")
    assert one.saving is None
    assert "on_target_share" in one.reasons[0].text.en
