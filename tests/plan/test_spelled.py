"""A plan spelled out reads as the plan it was."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from carbon_api.errors import PlanInvalid
from carbon_api.plan.load import load_plan_file, parse_plan
from carbon_api.plan.model import Plan
from carbon_api.plan.spelled import spelled_out
from tests.plan.strategies import plans

ROOT = Path(__file__).parents[2]
CASES = [
    case["plan"]
    for path in sorted((ROOT / "tests" / "cases").glob("*.yaml"))
    for case in yaml.safe_load(path.read_text("utf-8"))
]


def bare(plan: Plan) -> Plan:
    """The plan without the text that it was read from."""
    return replace(plan, document={})


@given(plans(), st.data())
def test_a_plan_spelled_out_is_the_same_plan(document: dict[str, Any], data: st.DataObject) -> None:
    """Whatever its lines leave to the defaults: here any of the values of its first line."""
    first = document["lines"][0]
    shared = data.draw(st.sets(st.sampled_from(sorted(first.keys() - {"id", "kind"}))))
    written = document | {"defaults": {name: first[name] for name in shared}}
    try:
        plan = parse_plan(written)
    except PlanInvalid:  # a default of one line alone, or one that says again what another line does
        plan = parse_plan(document)
    spelt = spelled_out(plan.document)
    assert "defaults" not in spelt
    assert bare(parse_plan(spelt)) == bare(plan)
    assert spelled_out(spelt) == spelt


@pytest.mark.parametrize("document", CASES)
def test_every_case_spelled_out_is_the_same_plan(document: dict[str, Any]) -> None:
    assert bare(parse_plan(spelled_out(document))) == bare(parse_plan(document))


def test_french_keys_are_spelled_in_english(tmp_path: Path) -> None:
    file = tmp_path / "plan.yaml"
    file.write_text(
        "nom: Rentrée\ndéfauts: {pays: FR, plateforme: instagram}\nlignes:\n"
        "  - {id: a, kind: influenceur, vues: 10 k, format: image, voyages: [{mode: train, distance: 300, personnes: 2,"
        " type_de_train: tgv}]}\n",
        "utf-8",
    )
    plan = load_plan_file(file)
    assert spelled_out(plan.document)["lines"] == [
        {
            "id": "a",
            "kind": "influenceur",
            "views": "10 k",
            "format": "image",
            "travel": [{"mode": "train", "distance": 300, "people": 2, "rail": "tgv"}],
            "country": "FR",
            "platform": "instagram",
        }
    ]
