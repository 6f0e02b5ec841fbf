"""One plan under several methods: each column is that method's own estimate, and the spread is over what all price."""

import tracemalloc
from math import fsum

import pytest
from drawn_plans import EVERY_METHOD, Document, estimate, plan, plans
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from carbon_api.errors import PlanInvalid
from carbon_api.estimate.comparison.methods import compare_methods
from carbon_api.factor_book.book import book
from carbon_api.methods.catalog import DEFAULT, METHODS
from carbon_api.plan.load import parse_plan

some = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
AD: Document = {"kind": "ad", "platform": "instagram", "country": "FR", "impressions": 1000, "weight": "1.5 MB"}
AD |= {"format": "video", "placement": "reels", "time_on_screen": 15, "devices": {"phone": 1}}


def elsewhere() -> str:
    """A country that Scope3 has a grid for and SRI has not."""
    ours, theirs = (book().release().countries(METHODS[id].card.grid) for id in (DEFAULT, "sri-2.1"))
    return min(set(ours) - set(theirs))


ELSEWHERE = elsewhere()


def compared(document: Document, *methods: str) -> Document:
    return compare_methods(parse_plan(document), book(), methods or EVERY_METHOD)


def column(side: Document, method: str) -> Document:
    found: Document = next(one for one in side["methods"] if one["method"]["id"] == method)
    return found


@some
@given(plans())
def test_a_column_is_the_estimate_under_that_method(document: Document) -> None:
    for one in compared(document)["own_defaults"]["methods"]:
        if one["not_priced"]:
            continue
        alone = estimate(document | {"method": one["method"]["id"]})
        assert one["total"] == alone["total"]
        assert one["media_delivery"] == alone["media_delivery"]
        assert one["by_stage"] == [{"stage": row["stage"], "total": row["total"]} for row in alone["by_stage"]]


@some
@given(plans(range=False))
def test_the_default_method_has_the_same_inventory_on_both_sides(document: Document) -> None:
    answer = compared(document)
    own, same = (column(answer[side], DEFAULT) for side in ("own_defaults", "same_inventory"))
    assert own == same


def test_on_one_inventory_another_method_takes_the_default_method_s_network() -> None:
    """Of an ad that says all but its network, that is all that sri-2.1 would fill otherwise: 10 % mobile, or 23.6 %."""
    answer = compared(plan([AD], range=False))
    own, same = (column(answer[side], "sri-2.1") for side in ("own_defaults", "same_inventory"))
    given_share = estimate(plan([AD | {"network": {"mobile": 0.236, "fixed": 0.764}}], range=False, method="sri-2.1"))
    assert same["total"]["central"] == pytest.approx(given_share["total"]["central"], rel=1e-12)
    assert own["total"]["central"] < same["total"]["central"]


def test_the_thousand_impressions_of_the_reference() -> None:
    """Fifteen seconds, 1.5 MB, full screen on a phone in France at 52 g/kWh: 113.33 g under Scope3 with 23.6 % mobile
    is 4.3 g of the ad server away; 178.75 g under SRI's direct buying at 10 % mobile."""
    shared = {"network": {"mobile": 0.1, "fixed": 0.9}, "grid_intensity": "52 g/kWh"}
    answer = compared(plan([AD | shared], range=False), DEFAULT, "sri-2.1")
    assert column(answer["own_defaults"], "sri-2.1")["total"]["central"] == pytest.approx(0.17875, rel=1e-3)


@some
@given(plans(range=False))
def test_the_spread_is_over_what_every_life_cycle_method_prices(document: Document) -> None:
    side = compared(document)["own_defaults"]
    spread, able = side["spread"], [one for one in side["methods"] if one["life_cycle"] and one["by_stage"]]
    assert spread["ratio"] is None or spread["ratio"] >= 1
    assert set(spread["methods"]) <= {one["method"]["id"] for one in able}
    assert not set(spread["methods"]) & {id for id, method in METHODS.items() if not method.card.life_cycle}
    for end in ("least", "most"):
        if spread[end]:
            whole = column(side, spread[end]["method"])["media_delivery"]["central"]
            assert spread[end]["total"]["central"] <= whole * (1 + 1e-12)


def test_a_stage_that_one_method_leaves_out_is_no_part_of_the_spread() -> None:
    """Scope3 has no open-programmatic selection: SRI's hundred paths are not set against nothing."""
    bought = compared(plan([AD | {"buying": "programmatic"}], range=False), DEFAULT, "sri-2.1")["own_defaults"]
    assert "selection" not in bought["spread"]["stages"]
    parts = [row["total"]["central"] for row in column(bought, "sri-2.1")["by_stage"] if row["stage"] != "selection"]
    assert bought["spread"]["most"]["total"]["central"] == pytest.approx(fsum(parts), rel=1e-12)
    gaps = column(bought, DEFAULT)["out_of_boundary"]
    assert [(gap["stage"], gap["lines"]) for gap in gaps] == [("selection", ["line-0"])]


def test_a_line_that_a_method_cannot_price_is_named_and_in_no_figure() -> None:
    """SRI's table lacks countries that Ember's has: the line is left out there, and priced by Scope3."""
    answer = compared(plan([AD, AD | {"country": ELSEWHERE}]), DEFAULT, "sri-2.1")["own_defaults"]
    theirs = column(answer, "sri-2.1")
    assert [missing["line"] for missing in theirs["not_priced"]] == ["line-1"]
    assert theirs["lines"] == {"priced": 1, "of": 2}
    assert theirs["total"] == estimate(plan([AD], method="sri-2.1"))["total"]
    assert answer["spread"]["lines"] == 1


def test_a_line_outside_a_boundary_is_named_with_its_reason_and_in_no_figure() -> None:
    page = {"kind": "landing_page", "country": "FR", "visits": 100, "weight": 1, "time_on_screen": 30}
    answer = compared(plan([AD, page], draws=200))
    for side in ("own_defaults", "same_inventory"):
        theirs = column(answer[side], "greenspector-2021")
        ((line, reason),) = [(one["line"], one["reason"]) for one in theirs["not_priced"]]
        assert (line, theirs["lines"]) == ("line-1", {"priced": 1, "of": 2})
        assert "a page is seen outside" in reason
        assert theirs["total"] == estimate(plan([AD], method="greenspector-2021", draws=200))["total"]
        assert [one["stage"] for one in theirs["by_stage"]] == ["whole"]
        assert "greenspector-2021" not in answer[side]["spread"]["methods"]


def test_on_one_inventory_ademe_takes_the_default_method_s_data_rate_and_network() -> None:
    """Of a video post on a computer: 1,200 kbps and 3 % mobile, in place of HD and a fixed network."""
    video = {"kind": "post", "platform": "other", "country": "FR", "views": 900, "format": "video"}
    video |= {"time_on_screen": 40, "devices": {"computer": 1}}
    said = video | {"bitrate": "1200 kbps", "network": {"mobile": 0.03, "fixed": 0.97}}
    same = column(compared(plan([video], range=False))["same_inventory"], "ademe-2025")
    alone = estimate(plan([said], range=False, method="ademe-2025"))
    assert same["total"]["central"] == pytest.approx(alone["total"]["central"], rel=1e-12)


def test_the_spread_is_the_most_over_the_least() -> None:
    answer = compared(plan([AD], range=False), DEFAULT, "sri-2.1")["own_defaults"]
    sums = {id: column(answer, id)["media_delivery"]["central"] for id in (DEFAULT, "sri-2.1")}
    spread = answer["spread"]
    assert spread["least"] == {"method": DEFAULT, "total": {"unit": "kgCO2e", "central": sums[DEFAULT]}}
    assert spread["most"]["total"]["central"] == sums["sri-2.1"]
    assert spread["ratio"] == pytest.approx(sums["sri-2.1"] / sums[DEFAULT], rel=1e-12)
    assert spread["lines"] == 1
    assert "over the stages of media delivery of the lines that all of them price" in spread["detail"]


def test_each_side_says_what_it_takes_for_what_the_plan_leaves_open() -> None:
    answer = compared(plan([AD], range=False), DEFAULT, "sri-2.1")
    assert "its own defaults" in answer["own_defaults"]["detail"]
    assert f"that {DEFAULT} takes by default, for every method" in answer["same_inventory"]["detail"]


def test_a_column_says_what_its_method_leaves_out() -> None:
    """Of its boundary, and of the lines that it prices: these are of the answer, not of an estimate's own."""
    answer = compared(plan([AD], range=False))["own_defaults"]
    for one in answer["methods"]:
        assert one["excluded"] == list(METHODS[one["method"]["id"]].card.excluded)
        assert one["excluded"]
    (gap,) = column(answer, "swd-4")["out_of_boundary"]
    assert (gap["stage"], gap["lines"]) == ("selection", ["line-0"])
    assert gap["reason"] == METHODS["swd-4"].card.out_of_boundary["selection"]


KEPT: Document = {"kind": "storage", "country": "FR", "volume": 1, "kept_for": 12}
NO_SPREAD = {
    "nothing is delivered": ([KEPT], (), "it is over media delivery, and no line has any"),
    "one life-cycle method": ([AD], (DEFAULT, "swd-4"), "fewer than two life-cycle methods are compared"),
    "one prices it": ([AD | {"country": ELSEWHERE}], (DEFAULT, "sri-2.1"), "fewer than two life-cycle methods price"),
    "one prices all, the other what is kept": (
        [AD | {"country": ELSEWHERE}, KEPT],
        (DEFAULT, "sri-2.1"),
        "fewer than two life-cycle methods price the media delivery",
    ),
    "each prices another": (
        [AD | {"country": "MC"}, AD | {"country": ELSEWHERE}],  # Monaco is in SRI's table alone
        (DEFAULT, "sri-2.1"),
        "no stage of any line is priced by all",
    ),
}


@pytest.mark.parametrize(("lines", "methods", "why"), NO_SPREAD.values(), ids=NO_SPREAD.keys())
def test_why_there_is_no_spread_is_said(lines: list[Document], methods: tuple[str, ...], why: str) -> None:
    spread = compared(plan(lines, range=False), *methods)["own_defaults"]["spread"]
    assert (spread["ratio"], spread["lines"]) == (None, 0)
    assert why in spread["detail"]


def test_a_method_that_the_plan_names_and_nobody_compares_is_said_to_be_set_aside() -> None:
    asked = plan([AD], range=False, method="sri-2.1")
    aside = compared(asked, DEFAULT, "swd-4")["set_aside"]
    assert (aside["field"], aside["value"]) == ("method", "sri-2.1")
    assert aside["detail"].startswith("The plan names sri-2.1, which is set aside here")
    assert compared(asked, DEFAULT, "sri-2.1")["set_aside"] is None
    assert compared(plan([AD], range=False), DEFAULT, "swd-4")["set_aside"] is None


@pytest.mark.parametrize("field", ["method", "factor_release"])
def test_a_name_that_is_not_there_is_refused_though_the_comparison_would_not_use_it(field: str) -> None:
    with pytest.raises(PlanInvalid) as refused:
        compared(plan([AD]) | {field: "mine"}, DEFAULT, "sri-2.1")
    [finding] = refused.value.findings
    assert (finding.pointer, finding.code) == (f"/{field}", f"unknown-{field.replace('_', '-')}")
    assert finding.detail == f'there is no {field.replace("_", " ")} "mine"'


def test_the_draws_of_one_method_are_gone_before_the_next_is_drawn() -> None:
    """The draws of a large plan are hundreds of megabytes, under each method."""
    asked = plan([AD | {"impressions": 1000 + place} for place in range(200)], draws=2000)

    def most(*methods: str) -> int:
        tracemalloc.start()
        compared(asked, *methods)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return peak

    compared(asked)  # what is kept for good, such as the draws of factors, is made now
    assert most(*EVERY_METHOD) < 1.5 * most(*EVERY_METHOD[:2])


def test_where_no_line_can_be_priced_there_is_no_spread() -> None:
    answer = compared(plan([AD | {"country": ELSEWHERE}], draws=200), DEFAULT, "sri-2.1")["own_defaults"]
    assert column(answer, "sri-2.1")["total"] is None
    assert column(answer, "sri-2.1")["lines"] == {"priced": 0, "of": 1}
    assert answer["spread"]["ratio"] is None
    assert answer["spread"]["methods"] == []


@some
@given(plans(range=False), st.permutations(EVERY_METHOD))
def test_the_order_of_the_methods_is_the_caller_s(document: Document, methods: list[str]) -> None:
    answer = compared(document, *methods)
    assert [one["method"]["id"] for one in answer["own_defaults"]["methods"]] == methods
