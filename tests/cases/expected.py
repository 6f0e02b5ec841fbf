"""What a case expects of an answer, read from its text and held against the answer.

A figure is the name of a sum (to nine digits), a printed number with its unit (to its last digit), or 0.
"""

from collections.abc import Mapping
from math import fsum
from typing import Any

import pytest
from hand_sums import Worked, printed

SCALE = {"kg": 1.0, "g": 1e-3, "kWh": 1.0, "1": 1.0, "": 1.0}
NOT_DELIVERY = {("selection", "unsplit"), ("selection", "embodied"), ("data_centre", "unsplit")}
Sums = Mapping[str, Worked]
Answer = dict[str, Any]


def figure(expected: Any, sums: Sums) -> Any:
    """The expected number in kg, kWh or plain, as something to compare with."""
    one = sums[expected] if expected in sums else printed(str(expected))
    scale = SCALE[one.unit]
    return pytest.approx(one.value * scale, rel=1e-12, abs=one.within * scale)


def grams(expected: Any, sums: Sums) -> Any:
    """The expected number in g."""
    one = sums[expected]
    return pytest.approx(one.value * SCALE[one.unit] * 1000, rel=1e-9)


def check(answer: Answer, expect: Mapping[str, Any], sums: Sums) -> None:
    """Hold every expectation of a case against an answer."""
    for key, expected in expect.items():
        CHECKS[key](answer, expected, sums)


def _total(answer: Answer, expected: Any, sums: Sums) -> None:
    assert answer["total"]["central"] == figure(expected, sums)


def _subtotal(name: str) -> Any:
    def held(answer: Answer, expected: Any, sums: Sums) -> None:
        assert answer[name]["central"] == figure(expected, sums), name

    return held


def _named(part: str, key: str) -> Any:
    """Totals of a breakdown by name: exactly those expected, null where there is none."""

    def held(answer: Answer, expected: Mapping[str, Any], sums: Sums) -> None:
        found = {entry[key]: entry["total"] and entry["total"]["central"] for entry in answer[part]}
        assert found == {name: value and figure(value, sums) for name, value in expected.items()}

    return held


def _delivery(answer: Answer, expected: Mapping[str, Any], sums: Sums) -> None:
    """A line as Scope3's vectors print it: without selection, without storage of creatives."""
    lines = {line["id"]: line["stages"] for line in answer["lines"]}
    for name, value in expected.items():
        kept = [one["central"] for one in lines[name] if (one["stage"], one["phase"]) not in NOT_DELIVERY]
        assert fsum(kept) == figure(value, sums), name


def _stages(answer: Answer, expected: Mapping[str, Any], sums: Sums) -> None:
    """A stage as a whole, or exactly its phases."""
    found = {entry["stage"]: entry for entry in answer["by_stage"]}
    for name, value in expected.items():
        if isinstance(value, dict):
            phases = {phase: figure(one, sums) for phase, one in value.items()}
            assert found[name]["phases"] == phases, name
        else:
            assert found[name]["total"]["central"] == figure(value, sums), name


def _phases(answer: Answer, expected: Mapping[str, Any], sums: Sums) -> None:
    for phase, value in expected.items():
        parts = [entry["phases"].get(phase, 0.0) for entry in answer["by_stage"]]
        assert fsum(parts) == figure(value, sums), phase


def _parts(answer: Answer, expected: Mapping[str, Any], sums: Sums) -> None:
    """The parts of some lines: exactly those expected."""
    found = {line["id"]: {one["part"]: one["total"]["central"] for one in line["parts"]} for line in answer["lines"]}
    for name, parts in expected.items():
        assert found[name] == {part: figure(value, sums) for part, value in parts.items()}, name


def _energy(answer: Answer, expected: Any, sums: Sums) -> None:
    assert answer["energy"] == (expected and {"unit": "kWh", "central": figure(expected, sums)})


def _audience(answer: Answer, expected: Mapping[str, Any], sums: Sums) -> None:
    for part, value in expected.items():
        assert answer["by_audience"][part]["central"] == figure(value, sums), part


def _intensity(answer: Answer, expected: Mapping[str, Any], sums: Sums) -> None:
    found = {entry["per"]: entry["central"] for entry in answer["intensity"]}
    if not expected:
        assert not found
    for per, value in expected.items():
        assert found[str(per)] == grams(value, sums), per


def _coverage(answer: Answer, expected: Mapping[str, Any], sums: Sums) -> None:
    given = expected["given"]
    share = sums[given].value if given in sums else float(given)
    assert answer["coverage"]["given"] == pytest.approx(share, rel=1e-9, abs=1e-9)


def _defaults(answer: Answer, expected: list[str], sums: Sums) -> None:
    """Every default of the answer and no other, as `field factor value`."""
    found = [f"{one['field']} {one['factor']} {one['value']:.10g}" for one in answer["coverage"]["defaults"]]
    assert sorted(found) == sorted(expected)


def _warnings(answer: Answer, expected: Mapping[str, list[str]], sums: Sums) -> None:
    """Every warning of the answer and no other, by code, with its pointers."""
    found: dict[str, list[str]] = {}
    for one in answer["warnings"]:
        found.setdefault(one["code"], []).extend(one["pointers"])
    assert found == expected


def _readings(answer: Answer, expected: Mapping[str, Any], sums: Sums) -> None:
    found = {one["code"]: one["total"]["central"] for one in answer["readings"]}
    assert found == {code: figure(value, sums) for code, value in expected.items()}


def _cross_check(answer: Answer, expected: Mapping[str, Any], sums: Sums) -> None:
    found = {one["method"]: one for one in answer["cross_check"]}[expected["method"]]
    ratio = None if expected["ratio"] is None else figure(expected["ratio"], sums)
    assert (found["ratio"], found["lines"]) == (ratio, expected["lines"])


def _out_of_boundary(answer: Answer, expected: Mapping[str, list[str]], sums: Sums) -> None:
    assert {line["id"]: [one["stage"] for one in line["out_of_boundary"]] for line in answer["lines"]} == expected


def _lines_covered(answer: Answer, expected: Mapping[str, Any], sums: Sums) -> None:
    assert answer["coverage"]["lines"] == expected


CHECKS = {
    "total": _total,
    "media_delivery": _subtotal("media_delivery"),
    "production_and_data": _subtotal("production_and_data"),
    "delivery": _delivery,
    "stages": _stages,
    "phases": _phases,
    "lines": _named("lines", "id"),
    "parts": _parts,
    "by_country": _named("by_country", "country"),
    "by_platform": _named("by_platform", "platform"),
    "by_ghg_category": _named("by_ghg_category", "category"),
    "energy": _energy,
    "audience": _audience,
    "intensity": _intensity,
    "coverage": _coverage,
    "defaults": _defaults,
    "warnings": _warnings,
    "readings": _readings,
    "cross_check": _cross_check,
    "out_of_boundary": _out_of_boundary,
    "lines_covered": _lines_covered,
}
