"""What stands beside an estimate: other methods, other readings, warnings, what was asked of the range."""

from collections.abc import Iterator
from math import fsum
from typing import Any

import pytest
from drawn_plans import EVERY_METHOD, METHODS, Answer, Document, estimate, lines_of, plan, plans
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from carbon_api.errors import PlanInvalid

laws = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
AD: Document = {"kind": "ad", "platform": "x", "country": "FR", "impressions": 1000, "format": "video", "weight": 1.5}
AD |= {"placement": "reels", "time_on_screen": 6, "devices": {"phone": 1}, "network": {"fixed": 1}}
DELIVERY = ("selection", "data_centre", "network", "device")
TAPE: Document = {"kind": "storage", "country": "FR", "volume": 1, "kept_for": 1, "medium": "tape"}


@laws
@given(plans(range=False))
def test_each_method_is_the_other_s_cross_check_the_other_way_round(document: Document) -> None:
    one, other = (estimate(document | {"method": method}) for method in METHODS)
    there, back = check(one, METHODS[1]), check(other, METHODS[0])
    assert (there["lines"], there["not_compared"]) == (back["lines"], back["not_compared"])
    assume(there["ratio"])
    assert there["ratio"] * back["ratio"] == pytest.approx(1, rel=1e-12)
    ours, theirs = delivered(one), delivered(other)
    both = ours.keys() & theirs.keys()
    assert there["not_compared"] == [
        stage for stage in DELIVERY if any(stage in key for key in ours.keys() ^ theirs.keys())
    ]
    assert there["ratio"] == pytest.approx(
        fsum(theirs[key] for key in both) / fsum(ours[key] for key in both), rel=1e-12
    )


def check(answer: Answer, method: str) -> Answer:
    """The cross-check under a method."""
    found: Answer = {one["method"]: one for one in answer["cross_check"]}[method]
    return found


def delivered(answer: Answer) -> dict[tuple[str, str], float]:
    """kgCO2e of each line and stage of delivery that the method prices."""
    found: dict[tuple[str, str], float] = {}
    for id, stage in ((line["id"], stage) for line in answer["lines"] for stage in line["stages"]):
        key = (id, stage["stage"])
        if stage["stage"] in DELIVERY:
            found[key] = found.get(key, 0.0) + stage["central"]
    return found


def test_an_auction_that_one_method_leaves_out_is_not_compared() -> None:
    """Open auctions weigh two thirds under SRI and are out of Scope3's boundary: delivery is compared without them."""
    line = AD | {"buying": "programmatic"}
    bought, direct = (check(estimate(plan([one], range=False)), "sri-2.1") for one in (line, AD | {"buying": "direct"}))
    assert bought["not_compared"] == ["selection"]
    assert direct["not_compared"] == []
    assert bought["ratio"] < 5


def test_lines_that_only_one_method_prices_are_left_out_of_the_comparison() -> None:
    """The French overseas department of Mayotte has a grid in one of the two sources."""
    document = plan([AD, AD | {"country": "YT"}], method="sri-2.1", range=False)
    both = check(estimate(document), "scope3-2026.07")
    alone = check(estimate(plan([AD], method="sri-2.1", range=False)), "scope3-2026.07")
    assert (both["lines"], alone["lines"]) == (1, 1)
    assert (both["ratio"], both["not_compared"]) == (pytest.approx(alone["ratio"], rel=1e-12), alone["not_compared"])
    left_out = "; lines left out: 1 (the method's source has no grid intensity for YT)"
    assert both["detail"] == alone["detail"] + left_out


def test_a_method_that_prices_no_line_has_no_ratio_and_says_why() -> None:
    """A plan in Japan is no fault of a method of Europe."""
    japan = plan([AD | {"country": "JP"}, AD | {"country": "US"}, TAPE | {"medium": "hdd"}], range=False)
    none = check(estimate(japan), "ademe-2025")
    assert (none["ratio"], none["lines"], none["not_compared"]) == (None, 0, [])
    why = (
        "no line whose delivery both methods price; lines left out: 2 (the method's source has no published value for "
    )
    assert why in none["detail"]
    assert check(estimate(japan), "sri-2.1")["ratio"]
    mixed = check(estimate(plan([AD, AD | {"country": "JP"}], range=False)), "ademe-2025")
    alone = check(estimate(plan([AD], range=False)), "ademe-2025")
    assert (mixed["ratio"], mixed["lines"]) == (pytest.approx(alone["ratio"], rel=1e-12), 1)


def test_reasons_for_lines_left_out_are_few_whatever_their_number() -> None:
    countries = ("JP", "US", "BR", "IN", "CA")
    detail = check(estimate(plan([AD | {"country": one} for one in countries], range=False)), "ademe-2025")["detail"]
    assert detail.count("no published value") == 3
    assert "lines left out: 5 (" in detail
    assert "; 2 reasons more)" in detail


def test_nothing_to_compare_and_nothing_it_comes_to_are_said() -> None:
    (kept,) = {one["detail"] for one in estimate(plan([TAPE | {"medium": "hdd"}], range=False))["cross_check"]}
    assert kept == "there is no line whose delivery both methods price"
    (nothing,) = {one["detail"] for one in estimate(plan([AD | {"impressions": 0}], range=False))["cross_check"]}
    assert nothing == "what both methods price comes to nothing"
    whole = estimate(plan([AD], method="greenspector-2021", range=False))["cross_check"]
    assert {(one["ratio"], one["lines"], one["detail"]) for one in whole} == {
        (None, 0, "the two methods share no stage")
    }


def test_only_life_cycle_methods_are_compared_with() -> None:
    for method in EVERY_METHOD:
        compared = [one["method"] for one in estimate(plan([AD], method=method, range=False))["cross_check"]]
        assert compared == [one for one in (*METHODS, "ademe-2025") if one != method]


@laws
@given(st.lists(lines_of("ad"), min_size=1, max_size=3), st.sampled_from(["direct", "programmatic"]))
def test_a_reading_is_the_plan_with_that_said(ads: list[Document], buying: str) -> None:
    document = plan(ads, method="sri-2.1", range=False)
    answer = estimate(document)
    said = estimate(document | {"lines": [line | {"buying": buying} for line in document["lines"]]})
    readings = {one["code"]: one["total"]["central"] for one in answer["readings"]}
    own = answer["total"]["central"]
    assert readings.get(buying, own) == pytest.approx(said["total"]["central"], rel=1e-12)
    assert own not in readings.values()


def test_a_method_with_one_reading_shows_no_other() -> None:
    assert estimate(plan([AD], range=False))["readings"] == []


def test_a_skewed_range_says_that_the_central_value_is_off_its_middle() -> None:
    """A creative of unknown shape covers at most the screen, and that is its central value."""
    shapeless = {name: value for name, value in AD.items() if name != "placement"} | {"weight": 0.001}
    shapeless |= {"buying": "programmatic", "grid_intensity": 0}
    codes = [warning["code"] for warning in estimate(plan([shapeless], draws=2000))["warnings"]]
    assert "central-outside-quartiles" in codes
    codes = [
        warning["code"] for warning in estimate(plan([shapeless | {"placement": "reels"}], draws=2000))["warnings"]
    ]
    assert "central-outside-quartiles" not in codes


def figures(part: Any) -> Iterator[Any]:
    """Every figure of an answer."""
    if isinstance(part, dict):
        if {"unit", "central"} <= part.keys() and part["unit"] != "kWh":
            yield part
        part = list(part.values())
    for inner in part if isinstance(part, list) else []:
        yield from figures(inner)


@laws
@given(plans(), st.booleans())
def test_every_figure_has_a_range_or_none_has(document: Document, ranged: bool) -> None:
    answer = estimate(document | {"range": ranged})
    beside = {id(one["total"]) for one in answer["readings"]}
    ends = {frozenset(one.keys() - {"per"}) for one in figures(answer) if id(one) not in beside}
    assert ends == {frozenset({"unit", "central", "low", "high", "level"} if ranged else {"unit", "central"})}
    assert ("draws" in answer["uncertainty"], "seed" in answer["uncertainty"]) == (ranged, ranged)


@laws
@given(plans())
def test_a_range_changes_no_central_value(document: Document) -> None:
    ranged, plain = (estimate(document | {"range": ranged}) for ranged in (True, False))
    for name in ("coverage", "cross_check", "readings", "energy"):
        assert ranged[name] == plain[name]
    assert [one["central"] for one in figures(ranged)] == [one["central"] for one in figures(plain)]


def test_what_was_asked_is_said() -> None:
    answer = estimate(plan([AD], method="sri-2.1", factor_release="2026.11", draws=300, seed=7))
    assert (answer["method"]["id"], answer["method"]["status"]) == ("sri-2.1", "given")
    assert (answer["factor_release"]["id"], answer["factor_release"]["status"]) == ("2026.11", "given")
    assert (answer["uncertainty"]["draws"], answer["uncertainty"]["seed"]) == (300, 7)
    bare = estimate({"name": "bare", "lines": [{"id": "ad"} | AD]})
    assert (bare["method"]["id"], bare["method"]["status"]) == ("scope3-2026.07", "default")
    assert (bare["uncertainty"]["draws"], bare["uncertainty"]["seed"]) == (2000, 1)
    assert bare["factor_release"]["status"] == "default"


def test_what_cannot_be_priced_is_refused_and_never_left_out() -> None:
    with pytest.raises(PlanInvalid) as refused:
        estimate(plan([AD, TAPE]))
    (finding,) = refused.value.findings
    assert (finding.pointer, set(finding.valid_values)) == ("/lines/1/medium", {"hdd", "ssd"})
