"""A plan read again after a change: known lines are taken as they are, and held to the same rules between lines."""

from typing import Any

import pytest

from carbon_api.errors import PlanInvalid
from carbon_api.plan.load import parse_plan, plan_again

KEPT: dict[str, Any] = {"kind": "storage", "country": "FR", "volume": 1, "kept_for": 12}


def test_only_what_is_not_known_is_read() -> None:
    before = parse_plan({"name": "x", "lines": [{**KEPT, "id": "a"}, {**KEPT, "id": "b"}]})
    words = {"name": "x", "lines": [{**KEPT, "id": "a"}, {**KEPT, "id": "b", "volume": 2}]}
    again = plan_again(words, (before.lines[0], None))
    assert again == parse_plan(words)
    assert again.lines[0] is before.lines[0]


def test_what_must_hold_between_lines_is_asked_of_known_lines_too() -> None:
    before = parse_plan({"name": "x", "lines": [{**KEPT, "id": "a"}]})
    words = {"name": "x", "lines": [{**KEPT, "id": "a"}, {**KEPT, "id": "a"}]}
    with pytest.raises(PlanInvalid) as refused:
        plan_again(words, (before.lines[0], None))
    assert [(one.pointer, one.code) for one in refused.value.findings] == [("/lines/1/id", "given-twice")]
