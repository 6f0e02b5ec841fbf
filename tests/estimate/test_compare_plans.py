"""Two plans: the second less the first, over it, and what may be said of it."""

import copy

import pytest
from drawn_plans import Document, estimate, plan, plans, scaled
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from carbon_api.errors import PlanInvalid
from carbon_api.estimate.comparison.plans import compare_plans
from carbon_api.factor_book.book import book
from carbon_api.plan.load import parse_plan

some = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
AD: Document = {"kind": "ad", "platform": "instagram", "country": "FR", "impressions": 1e6, "format": "video"}
AD |= {"creative_length": 15, "time_on_screen": 6}


def compared(first: Document, second: Document) -> Document:
    return compare_plans(parse_plan(first), parse_plan(second), book())


def pairs() -> st.SearchStrategy[tuple[Document, Document]]:
    """Two plans of any lines under one method."""
    return st.tuples(plans(), plans()).map(lambda two: (two[0], two[1] | {"method": two[0]["method"]}))


def priced(*documents: Document) -> bool:
    try:
        return all(estimate(document | {"range": False}) for document in documents)
    except PlanInvalid:
        return False


@some
@given(pairs())
def test_the_difference_and_the_ratio_are_of_the_two_estimates(two: tuple[Document, Document]) -> None:
    if not priced(*two):
        return
    answer, alone = compared(*two), [estimate(document) for document in two]
    first, second = (one["total"]["central"] for one in alone)
    assert [one["total"] for one in answer["plans"]] == [one["total"] for one in alone]
    assert answer["difference"]["central"] == second - first
    assert answer["ratio"]["central"] == second / first
    moved = [one["difference"]["central"] for one in answer["by_stage"]]
    assert sum(moved) == pytest.approx(second - first, rel=1e-9, abs=1e-12 * max(first, second))


@some
@given(pairs())
def test_less_is_said_only_where_the_whole_range_says_it(two: tuple[Document, Document]) -> None:
    if not priced(*two):
        return
    answer = compared(*two)
    code, ratio = answer["verdict"]["code"], answer["ratio"]
    less = answer["probability_emits_less"]
    assert (code == "emits-less") <= (ratio["high"] <= 1 and less >= 0.975)  # the ends are printed to six digits
    assert (code == "emits-more") <= (ratio["low"] >= 1 and less <= 0.025)
    if code == "not-told-apart":
        assert ratio["low"] <= 1 <= ratio["high"]
    assert ("emits less than" in answer["verdict"]["detail"]) == (code == "emits-less")


@some
@given(plans())
def test_a_plan_beside_itself_is_alike(document: Document) -> None:
    if not priced(document):
        return
    answer = compared(document, document)
    assert answer["difference"]["central"] == answer["difference"]["low"] == answer["difference"]["high"] == 0
    assert answer["ratio"]["low"] == answer["ratio"]["high"] == 1
    assert answer["probability_emits_less"] == 0.0
    assert answer["verdict"]["code"] in {"alike", "not-comparable"}


@some
@given(plans(), st.sampled_from([0.25, 0.5, 2.0]))
def test_a_smaller_copy_is_surely_smaller_however_unsure_its_total(document: Document, by: float) -> None:
    """All doubt is shared, so none is left in the ratio."""
    other = copy.deepcopy(document) | {"lines": [scaled(line, by) for line in document["lines"]]}
    if not priced(document, other):
        return
    answer = compared(document, other)
    for end in ("central", "low", "high"):
        assert answer["ratio"][end] == pytest.approx(by, rel=1e-5)
    first, _ = answer["plans"]
    for moved, whole in zip(
        [answer, *answer["by_stage"]], [first["total"], *(one["total"] for one in first["by_stage"])], strict=True
    ):
        ends = sorted((by - 1) * whole[end] for end in ("low", "high"))
        assert [moved["difference"][end] for end in ("low", "high")] == pytest.approx(ends, rel=1e-5, abs=1e-300)


def test_the_answer_says_what_its_ranges_are_of() -> None:
    kind = compared(plan([AD]), plan([AD]))["uncertainty"]["kind"]
    assert kind.startswith("parameter uncertainty inside one method; both plans draw the same factors")


@pytest.mark.parametrize(("more", "code", "probability"), [(-10, "emits-less", 1.0), (10, "emits-more", 0.0)])
def test_a_difference_too_small_for_six_digits_is_no_likeness(more: float, code: str, probability: float) -> None:
    """Ten impressions in a hundred million: sure in every draw, though the ratio's printed ends are both 1."""
    first, second = (plan([AD | {"impressions": volume}]) for volume in (1e8, 1e8 + more))
    answer = compared(first, second)
    assert answer["ratio"]["low"] == answer["ratio"]["high"] == 1
    assert (answer["verdict"]["code"], answer["probability_emits_less"]) == (code, probability)


@pytest.mark.parametrize("volume", [1234567.1, 7777.7])
def test_a_line_split_into_several_is_alike_whatever_the_additions_round_to(volume: float) -> None:
    whole, parts = ([AD | {"impressions": volume * share} for share in shares] for shares in ([1], [0.1, 0.2, 0.7]))
    for first, second in ((plan(whole), plan(parts)), (plan(parts), plan(whole))):
        answer = compared(first, second)
        assert (answer["verdict"]["code"], answer["probability_emits_less"]) == ("alike", 0.0)


def test_two_plans_that_emit_nothing_are_alike_and_something_is_no_multiple_of_nothing() -> None:
    nothing, something = (plan([AD | {"impressions": volume}]) for volume in (0, 10))
    assert compared(nothing, nothing)["verdict"]["code"] == "alike"
    answer = compared(nothing, something)
    assert (answer["verdict"]["code"], answer["ratio"]) == ("nothing-to-divide-by", None)
    assert answer["difference"]["low"] > 0
    assert compared(something, nothing)["verdict"]["code"] == "emits-less"


def test_the_ratio_of_two_alike_plans_is_firmer_than_either_total() -> None:
    """Nine seconds against six: devices and networks are the same doubt in both."""
    answer = compared(plan([AD], draws=2000), plan([AD | {"time_on_screen": 9}], draws=2000))
    of_totals = [one["total"]["high"] / one["total"]["low"] for one in answer["plans"]]
    assert answer["ratio"]["high"] / answer["ratio"]["low"] < 0.7 * min(of_totals)
    assert answer["verdict"]["code"] == "emits-more"


def test_plans_that_overlap_by_their_own_doubts_are_not_told_apart() -> None:
    doubted = [
        AD | {"impressions": {"value": value, "plus_minus": "20 %", "uncertainty_group": group}}
        for value, group in ((1e6, "a"), (1.05e6, "b"))
    ]
    answer = compared(*(plan([line], draws=2000) for line in doubted))
    assert answer["verdict"]["code"] == "not-told-apart"
    assert 0.2 < answer["probability_emits_less"] < 0.8


def test_nothing_is_said_where_a_stage_is_priced_of_some_lines_and_left_out_of_others() -> None:
    """Scope3 leaves open-programmatic selection out: the plan that buys there would look smaller for it."""
    answer = compared(plan([AD]), plan([AD | {"buying": "programmatic", "impressions": 9e5}]))
    assert answer["verdict"]["code"] == "not-comparable"
    assert "selection" in answer["verdict"]["detail"]


@pytest.mark.parametrize(("method", "never"), [("swd-4", ["selection"]), ("one-byte", ["device", "selection"])])
@pytest.mark.parametrize(("volume", "code"), [(9e5, "emits-less"), (1e6, "alike"), (2e6, "emits-more")])
def test_what_a_method_leaves_out_of_every_line_is_a_reserve(
    method: str, never: list[str], volume: float, code: str
) -> None:
    answer = compared(plan([AD], method=method), plan([AD | {"impressions": volume}], method=method))
    assert (answer["verdict"]["code"], answer["verdict"]["left_out"]) == (code, never)
    assert answer["verdict"]["detail"].endswith(f"it leaves {', '.join(never)} out of every line.")


def test_where_a_method_leaves_nothing_out_there_is_no_reserve() -> None:
    verdict = compared(plan([AD]), plan([AD | {"impressions": 9e5}]))["verdict"]
    assert verdict["left_out"] == []
    assert "leaves" not in verdict["detail"]


def test_nothing_is_said_where_a_line_is_outside_the_boundary() -> None:
    page = {"kind": "landing_page", "country": "FR", "visits": 1e7, "weight": 1, "time_on_screen": 30}
    minutes = {"method": "greenspector-2021"}
    answer = compared(plan([AD], **minutes), plan([AD | {"impressions": 9e5}, page], **minutes))
    assert answer["verdict"]["code"] == "not-comparable"
    assert "all stages" in answer["verdict"]["detail"]


def test_without_a_range_nothing_is_said() -> None:
    answer = compared(plan([AD], range=False), plan([AD | {"impressions": 1}], range=False))
    assert answer["verdict"]["code"] == "no-range"
    assert answer["probability_emits_less"] is None
    assert "low" not in answer["ratio"]


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("method", "sri-2.1", "method: sri-2.1 here, scope3-2026.07 in the first plan"),
        ("seed", 2, "seed: 2 here, 1 in the first plan"),
        ("draws", 300, "draws: 300 here, 200 in the first plan"),
        ("range", False, "range: false here, true in the first plan"),
    ],
)
def test_plans_of_two_bases_are_refused_at_the_second(field: str, value: object, said: str) -> None:
    with pytest.raises(PlanInvalid) as refused:
        compared(plan([AD]), plan([AD], **{"draws": 200, field: value}))
    [finding] = refused.value.findings
    assert (finding.pointer, finding.code, finding.detail) == (f"/{field}", "not-alike", f"{said}; give both alike")


def test_a_basis_that_the_second_plan_leaves_out_is_named_with_what_stands_for_it() -> None:
    second = {key: value for key, value in plan([AD]).items() if key != "draws"}
    with pytest.raises(PlanInvalid) as refused:
        compared(plan([AD], draws=500), second)
    [finding] = refused.value.findings
    assert finding.pointer == ""
    assert finding.detail == "draws: 2000 here, 500 in the first plan; give both alike"


def test_a_method_named_by_one_plan_and_taken_by_default_by_the_other_is_one_method() -> None:
    assert compared(plan([AD]), plan([AD], method="scope3-2026.07"))["verdict"]["code"] == "alike"
