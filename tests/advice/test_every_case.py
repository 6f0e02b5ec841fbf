"""Whatever plan can be estimated can be advised on: the plans of all cases, under the method that each asks for."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from carbon_api.advice.asked import request
from carbon_api.advice.catalog import LEVERS
from carbon_api.advice.recommend import recommend
from carbon_api.factor_book.book import book
from carbon_api.plan.load import parse_plan

FILES = sorted((Path(__file__).parents[1] / "cases").glob("*.yaml"))
PARTS = ("recommendations", "good_hygiene", "worse", "others_can_act", "not_applicable")
PLANS = [case["plan"] for file in FILES for case in yaml.safe_load(file.read_text("utf-8"))]


@pytest.mark.parametrize("plan", PLANS, ids=[plan["name"] for plan in PLANS])
def test_a_plan_that_is_estimated_is_advised_on(plan: dict[str, Any]) -> None:
    advice = recommend(request(parse_plan(plan | {"range": False}), {}), book())
    told = [
        one["lever"]
        for part in ("recommendations", "good_hygiene", "worse", "others_can_act", "not_applicable")
        for one in advice[part]
    ]
    assert sorted(told) == sorted(LEVERS)
