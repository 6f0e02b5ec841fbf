"""Levers combined: what is not emitted and what moves to other accounts, and how sure their saving is."""

from typing import Any

import numpy as np
import pytest
from advised import situation, tried

from carbon_api.advice.situation import situation_of
from carbon_api.advice.together import together
from carbon_api.plan.load import parse_plan

# A seat further back moves to other accounts whatever its stage; data that are not kept are not emitted.
KEPT = {"id": "rushes", "kind": "storage", "country": "FR", "volume": 1800, "kept_for": 24}
FLIGHT = {"id": "delhi", "kind": "travel", "country": "GB", "mode": "plane", "distance": 13400, "people": 1}
PLAN = {"name": "x", "draws": 200, "lines": [KEPT, FLIGHT | {"haul": "long", "cabin": "first"}]}


def saved(lever: str) -> float:
    """What a lever saves alone."""
    saving = tried(PLAN, lever).saving
    assert saving is not None
    return saving.central


def test_a_joint_saving_is_split_as_its_steps_are() -> None:
    """On lines of their own, each step is the lever alone: one all moved, one all physical."""
    kept, seat = saved("shorter-retention"), saved("economy-class")
    answer = together(situation(PLAN), ["economy-class", "shorter-retention"], {})
    assert answer["split"] == {
        "physical": pytest.approx(kept),
        "reattributed": pytest.approx(seat),
        "marginal_network": 0.0,
    }
    first, second = (step["split"] for step in answer["abatement"])
    assert (first["physical"], first["reattributed"]) == (0, pytest.approx(seat))
    assert (second["physical"], second["reattributed"]) == (pytest.approx(kept), pytest.approx(0, abs=1e-9 * kept))


def test_how_sure_a_joint_saving_is_comes_of_shared_draws() -> None:
    start = situation(PLAN)
    answer = together(start, ["economy-class", "shorter-retention"], {})
    after = situation_of(parse_plan(answer["plan"]), start.basis).outcome.sample
    before = start.outcome.sample
    assert before is not None
    assert after is not None
    assert answer["probability_saves"] == np.mean(before.total > after.total)
    assert [step["probability_saves"] for step in answer["abatement"]] == [1, 1]


@pytest.mark.parametrize("levers", [["no-replay"], ["no-replay", "tighter-targeting"]])
def test_levers_that_do_not_apply_save_nothing_together(levers: list[str]) -> None:
    document: dict[str, Any] = {**PLAN, "range": False}
    answer = together(situation(document), levers, {})
    assert answer["saving"]["central"] == 0
    assert answer["split"]["physical"] == answer["split"]["reattributed"] == 0
    assert answer["probability_saves"] is None
    assert all(step["reasons"] for step in answer["abatement"])
