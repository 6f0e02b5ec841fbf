"""A trace is enough to redo its estimate: a verifier that shares no code with us works every figure out anew."""

import ast
import copy
from pathlib import Path
from typing import Any

import orjson
import pytest
from drawn_plans import EVERY_METHOD, Document, estimate, lines_of, plan, plans, priceable
from drawn_plans import KINDS as DRAWN_KINDS
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from carbon_api import verifier
from carbon_api.estimate.run import trace_plan
from carbon_api.factor_book.book import book
from carbon_api.plan.load import parse_plan
from carbon_api.verifier import NotATrace, verify

MEGABYTE = 1_000_000
many = settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
AD: Document = {"kind": "ad", "platform": "tiktok", "country": {"FR": 0.6, "BE": 0.4}, "impressions": 1000}
AD |= {"format": "video", "creative_length": 15}


def traced(document: Document) -> Any:
    """The trace as a reader has it: text, read again."""
    return orjson.loads(orjson.dumps(trace_plan(parse_plan(document), book())))


@pytest.mark.slow
@settings(many, max_examples=2000)
@given(plans(range=False))
def test_two_thousand_plans_are_worked_out_anew(document: Document) -> None:
    assert verify(traced(document)) == []


@many
@given(plans(range=False))
def test_every_figure_of_any_plan_is_worked_out_anew(document: Document) -> None:
    trace, answer = traced(document), estimate(document)
    assert verify(trace) == []
    assert trace["results"]["total"] == answer["total"]["central"]
    priced = [line for line in answer["lines"] if line["total"]]
    assert [line["stages"] for line in trace["results"]["lines"]] == [line["stages"] for line in priced]
    left_out = [line["id"] for line in answer["lines"] if not line["total"]]
    assert [line["id"] for line in trace["results"]["not_priced"]] == left_out


@pytest.mark.parametrize("method", EVERY_METHOD)
@pytest.mark.parametrize("kind", DRAWN_KINDS)
def test_every_kind_under_every_method(kind: str, method: str) -> None:
    @settings(many, max_examples=10)
    @given(st.lists(lines_of(kind), min_size=1, max_size=3))
    def holds(lines: list[Document]) -> None:
        if (kind, method) == ("landing_page", "greenspector-2021"):  # outside its boundary, unless something is not
            lines = [*lines, AD]
        assert verify(traced(plan(priceable(lines, method), method=method, range=False))) == []

    holds()


def changed(trace: Any, change: Any) -> list[str]:
    other = copy.deepcopy(trace)
    change(other)
    return verify(other)


def test_whatever_is_changed_is_seen() -> None:
    """Every value, row and figure of a trace has a part in what it proves."""
    trace = traced(
        plan(
            [
                AD | {"devices": {"phone": 0.9, "tv": 0.1}},
                {"kind": "storage", "country": "FR", "volume": 1, "kept_for": 12},
            ]
        )
    )
    assert verify(trace) == []
    for place in range(len(trace["values"])):
        assert changed(trace, lambda other, place=place: other["values"][place].update(value=7e9)), trace["values"][
            place
        ]
    for place in range(len(trace["tables"][0]["rows"])):
        assert changed(trace, lambda other, place=place: other["tables"][0]["rows"].pop(place))
    assert changed(trace, lambda other: other["results"].update(total=trace["results"]["total"] * (1 + 1e-8)))
    assert changed(trace, lambda other: other["results"]["lines"][1].update(total=0.0))
    assert changed(trace, lambda other: other["results"]["by_stage"].pop())


@pytest.mark.parametrize(
    "formula", ["__import__('os')", "views if views else 0", "views[0]", "views +", "'a' * 2", "True"]
)
def test_nothing_but_arithmetic_is_worked_out(formula: str) -> None:
    trace = traced(plan([AD]))
    trace["tables"][0]["formulas"][0]["formula"] = formula
    with pytest.raises(NotATrace):
        verify(trace)


@pytest.mark.parametrize("document", [{}, {"tables": [{}]}, {"values": 1, "tables": []}])
def test_what_is_no_trace_is_said(document: Any) -> None:
    with pytest.raises(NotATrace):
        verify(document)


def test_each_published_value_names_its_place() -> None:
    for value in traced(plan([AD]))["values"]:
        assert value["unit"]
        if value["status"] in {"factor", "default"}:
            assert value["source"]
            assert value["locator"]
            assert value["factor"]


def test_a_published_value_stands_in_the_unit_of_the_formulas_beside_what_was_published() -> None:
    """France's grid: 44.18 gCO2e/kWh in the table, kilograms in the arithmetic."""
    values = traced(plan([AD]))["values"]
    grid = next(value for value in values if (value.get("factor"), value.get("country")) == ("grid.ember", "FR"))
    row = book().release().find("grid.ember", "FR").row
    assert grid["value"] == pytest.approx(0.04418)
    assert grid["as_published"] == "44.18 gCO2e/kWh" == f"{row.printed} {row.unit}"
    assert grid["unit"] == row.coherent_unit != row.unit


def test_what_the_plan_says_is_given_or_derived_and_has_the_unit_where_it_is_used() -> None:
    """A thousand impressions for a spend of 10 at 10 a thousand; 15 seconds are hours in the arithmetic."""
    bought = {key: value for key, value in AD.items() if key not in {"impressions", "creative_length"}}
    document = plan([bought | {"country": "FR", "spend": 10, "cpm": 10, "time_on_screen": 15}])
    own = [value for value in traced(document)["values"] if "factor" not in value]
    assert {"value": 1000.0, "unit": "view", "status": "derived"} in own
    assert [value["status"] for value in own if value["value"] == pytest.approx(15 / 3600)] == ["given"]
    assert [value["unit"] for value in own if value["value"] == pytest.approx(15 / 3600)] == ["h/view"]


def test_the_verifier_stands_alone() -> None:
    """Under 150 lines, and nothing but the standard library."""
    source = Path(verifier.__file__).read_text("utf-8")
    assert len(source.splitlines()) < 150
    imported = {
        name.name.partition(".")[0]
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Import)
        for name in node.names
    } | {str(node.module) for node in ast.walk(ast.parse(source)) if isinstance(node, ast.ImportFrom)}
    assert imported == {"ast", "collections.abc", "json", "math", "operator", "pathlib", "sys", "typing"}


def test_the_trace_of_fifty_lines_is_under_a_megabyte() -> None:
    lines = [
        AD | {"impressions": 1000 + place, "platform": platform} for place, platform in enumerate(["x", "tiktok"] * 25)
    ]
    assert len(orjson.dumps(traced(plan(lines)))) < MEGABYTE
