"""Lines that a method's boundary leaves out: reported and unpriced, and no total is silent about them."""

from typing import Any

import pytest
from drawn_plans import EVERY_METHOD, Answer, Document, estimate, plan

from carbon_api.errors import PlanInvalid
from carbon_api.estimate.run import trace_plan
from carbon_api.factor_book.book import book
from carbon_api.plan.load import parse_plan
from carbon_api.verifier import verify

MINUTES = "greenspector-2021"
AD: Document = {"kind": "ad", "platform": "tiktok", "country": "FR", "impressions": 1000, "format": "video"}
AD |= {"time_on_screen": 15, "spend": 10}
PAGE: Document = {"kind": "landing_page", "platform": "other", "country": "DE", "visits": 100, "weight": 1}
PAGE |= {"time_on_screen": 30, "spend": 5}
NETWORK: Document = AD | {"platform": "facebook", "placement": "audience_network"}
KEPT: Document = {"kind": "storage", "country": "FR", "volume": 1, "kept_for": 12}


def minutes(*lines: Document, **settings: Any) -> Answer:
    return estimate(plan(list(lines), **({"method": MINUTES} | settings)))


@pytest.mark.parametrize(("line", "word"), [(PAGE, "a page is seen outside"), (NETWORK, "this ad is shown outside")])
def test_a_line_outside_is_reported_and_has_no_total(line: Document, word: str) -> None:
    answer = minutes(AD, line)
    inside, outside = answer["lines"]
    assert inside["total"]["central"] == answer["total"]["central"]
    assert (outside["total"], outside["stages"]) == (None, [])
    ((stage, reason),) = [(one["stage"], one["reason"]) for one in outside["out_of_boundary"]]
    assert stage == "all stages"
    assert word in reason
    warned = {one["code"]: (one["pointers"], one["detail"]) for one in answer["warnings"]}
    assert warned["line-out-of-boundary"] == (["/lines/1"], reason)


def test_totals_say_what_they_cover() -> None:
    assert minutes(AD, KEPT)["coverage"]["lines"] == {"priced": 2, "of": 2, "not_priced": []}
    covered = minutes(PAGE, AD, NETWORK, KEPT)["coverage"]["lines"]
    assert covered == {"priced": 2, "of": 4, "not_priced": ["line-0", "line-2"]}


def test_a_line_outside_is_in_no_part_at_zero() -> None:
    """Not its platform, not its country, and neither its impressions nor its money divide anything."""
    alone, beside = minutes(AD, currency="EUR"), minutes(AD, PAGE, NETWORK, currency="EUR")
    for part in ("total", "by_platform", "by_country", "by_stage", "by_ghg_category", "by_audience", "intensity"):
        assert beside[part] == alone[part]
    assert [one["per"] for one in beside["intensity"]] == ["1000 impressions", "minute watched", "EUR"]


def test_money_in_doubt_of_a_line_outside_divides_nothing_either() -> None:
    doubted = {"spend": {"value": 10, "plus_minus": "30 %"}}
    alone, beside = minutes(AD | doubted), minutes(AD | doubted, PAGE | doubted)
    assert beside["intensity"] == alone["intensity"]


def test_data_kept_is_priced_under_every_method_and_alike_where_the_grid_is() -> None:
    totals = {method: estimate(plan([KEPT], method=method, range=False))["total"]["central"] for method in EVERY_METHOD}
    own = {"sri-2.1", "ademe-2025"}  # whose own grid has France
    ember = {total for method, total in totals.items() if method not in own}
    assert ember == {totals["scope3-2026.07"]}
    assert len({totals[method] for method in own} - ember) == len(own)


def test_the_electricity_is_that_of_the_stages_that_have_one() -> None:
    assert minutes(AD)["energy"] is None
    kept = estimate(plan([KEPT], range=False))
    assert minutes(AD, KEPT)["energy"] == kept["energy"]


def test_what_nobody_sees_has_no_part_of_a_whole_minute() -> None:
    answer = minutes(AD | {"viewable_share": 0.6, "on_target_share": {"value": 0.7, "source": "panel"}})
    audience = {name: part["central"] for name, part in answer["by_audience"].items()}
    total = answer["total"]["central"]
    assert audience["non_viewable"] == 0
    assert audience["on_target"] == pytest.approx(0.7 * total, rel=1e-12)
    assert audience["off_target"] == pytest.approx(0.3 * total, rel=1e-12)


def test_whole_minutes_are_a_category_of_their_own_and_no_part_of_them_is_shown_at_zero() -> None:
    categories = {one["category"]: one["total"]["central"] for one in minutes(AD)["by_ghg_category"]}
    assert categories == {"3.1 and audience devices": pytest.approx(0.6575, rel=1e-12)}
    kept = [one["category"] for one in minutes(AD, KEPT)["by_ghg_category"]]
    assert kept == ["3.1", "3.1 and audience devices"]


def test_a_replay_is_kept_whatever_its_live_is_priced_by() -> None:
    live = {"kind": "live", "platform": "twitch", "country": "FR", "viewer_minutes": 600, "live_duration": 60}
    (line,) = minutes(live | {"replay_kept_for": 12})["lines"]
    assert {one["stage"] for one in line["stages"]} == {"whole", "storage"}


def test_an_estimate_of_nothing_is_refused_with_the_methods_that_could() -> None:
    with pytest.raises(PlanInvalid) as refused:
        minutes(PAGE, NETWORK)
    (finding,) = refused.value.findings
    assert (finding.pointer, finding.code) == ("/method", "nothing-priced")
    assert "a page is seen outside" in finding.detail
    assert set(finding.valid_values) == set(EVERY_METHOD) - {MINUTES}
    with pytest.raises(PlanInvalid) as abroad:
        minutes(PAGE | {"country": "JP"})
    assert set(abroad.value.findings[0].valid_values) == set(EVERY_METHOD) - {MINUTES, "ademe-2025"}


def test_a_trace_names_the_lines_that_are_not_priced() -> None:
    document = plan([PAGE, AD, NETWORK], method=MINUTES)
    trace = trace_plan(parse_plan(document), book())
    assert verify(trace) == []
    assert [one["id"] for one in trace["results"]["lines"]] == ["line-1"]
    assert [one["id"] for one in trace["results"]["not_priced"]] == ["line-0", "line-2"]
    assert {value["unit"] for value in trace["values"]} == {"view", "1", "h/view", "kgCO2e/h"}
