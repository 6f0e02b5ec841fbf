"""Levers worked out by hand: the saving, what changes, and what the plan gets before and after."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from advised import tried

from carbon_api.advice.catalog import LEVERS
from carbon_api.advice.shown import shown
from tests.cases.hand_sums import printed, work_out

FILES = sorted((Path(__file__).parent / "cases").glob("*.yaml"))
CASES = [case for file in FILES for case in yaml.safe_load(file.read_text("utf-8"))]
SCALE = {"kg": 1.0, "g": 1e-3, "": 1.0, "1": 1.0}
FIGURES = ("saving", "share_of_total")


def number(expected: Any, sums: dict[str, Any]) -> Any:
    """A sum by its name, a number with its unit, or null."""
    if expected is None:
        return None
    if isinstance(expected, int | float):  # a bare number is exact: 0 is nothing, not less than a half
        return pytest.approx(expected, rel=1e-9, abs=1e-12)
    one = sums[expected] if expected in sums else printed(str(expected))
    return pytest.approx(one.value * SCALE.get(one.unit, 1.0), rel=1e-9, abs=one.within * SCALE.get(one.unit, 1.0))


def is_number(expected: Any, sums: dict[str, Any]) -> bool:
    """Whether what a change leads to is a number or a sum."""
    return isinstance(expected, int | float) or (isinstance(expected, str) and expected in sums)


@pytest.mark.parametrize("case", CASES, ids=[case["title"] for case in CASES])
def test_a_lever_saves_what_is_worked_out_by_hand(case: dict[str, Any]) -> None:
    sums = work_out(case.get("sums", []))
    one = tried({"name": case["title"], "draws": 100, **case["plan"]}, case["lever"], **case.get("strength", {}))
    expect = case["expect"]
    if "reasons" in expect:
        assert one.saving is None
        said = json.dumps([reason.text.en for reason in one.reasons], ensure_ascii=False)
        assert all(part in said for part in expect["reasons"]), said
        return
    assert one.saving is not None, one.reasons
    check(shown(one, one.saving), expect, sums)


def check(answer: dict[str, Any], expect: dict[str, Any], sums: dict[str, Any]) -> None:
    """Hold every expectation of a case against an answer."""
    for name in FIGURES:
        if name in expect:
            assert answer[name]["central"] == number(expect[name], sums), name
    for part in ("before", "after", "split"):
        for name, expected in expect.get(part, {}).items():
            assert answer[part][name] == number(expected, sums), f"{part} {name}"
    if "changes" in expect:
        found = {change["pointer"]: change["after"] for change in answer["changes"]}
        assert found == {
            pointer: number(after, sums) if is_number(after, sums) else after
            for pointer, after in expect["changes"].items()
        }
    others = {one["method"]: one["share"] for one in answer["other_methods"]}
    for method, share in expect.get("others", {}).items():
        assert others[method] == number(share, sums), method
    if "robust" in expect:
        assert answer["robust"] is expect["robust"]


@pytest.mark.parametrize("lever", LEVERS)
def test_every_lever_has_a_case_worked_out_by_hand(lever: str) -> None:
    worked = [case for case in CASES if case["lever"] == lever]
    assert any("saving" in case["expect"] for case in worked)
    assert any("reasons" in case["expect"] for case in worked)
    assert all(case["citation"] for case in worked)
