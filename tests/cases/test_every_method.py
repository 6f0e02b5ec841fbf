"""The plan of every case under every method that can price it, through every door, and the laws of sums hold there too.

A method that cannot price a plan refuses it through every door alike. What each refuses is listed here, with the code
of its finding, so that no case is passed over in silence.
"""

import json
from collections.abc import Iterable
from math import fsum
from pathlib import Path
from typing import Any

import pytest
from doors import FILES, Answer, Case, Plan, by_command, by_function, by_http, cases, run_command
from flask.testing import FlaskClient

from carbon_api.errors import PlanInvalid
from carbon_api.estimate.run import trace_plan
from carbon_api.factor_book.book import book
from carbon_api.methods.catalog import DEFAULT, METHODS
from carbon_api.plan.load import parse_plan
from carbon_api.verifier import verify

REFUSED = {
    "ademe-2025": {
        "The world and the European Union are asked for by name": "country-not-priced",
        "A line's own period dates its factors, not the plan's": "country-not-priced",
        "Minutes in three applications, whatever is shown in them and wherever": "country-not-priced",
        "Four devices in the United States, each with its own data rate, power, manufacture and network": (
            "country-not-priced"
        ),
    },
    "greenspector-2021": {
        "An ad on an audience network is bought in open auctions and seen in a browser": "nothing-priced",
        "Visits to a page of the brand": "nothing-priced",
        "Under SRI a page is seen in a browser": "nothing-priced",
        "T1: 10,000 videos bought directly on four kinds of device": "value-not-priced",
        "T2 and T3: the same as display in open auctions, in France and in Germany": "value-not-priced",
        "T4: a million display impressions of 1000 kB and 1 s on computers in open auctions": "value-not-priced",
        "The same million otherwise, in a browser, on mobile networks, in open auctions, as an image": (
            "value-not-priced"
        ),
    },
}
ALL = [(file, case, method) for file in FILES for case in cases(file) for method in METHODS]


def refusal(case: Case, method: str) -> str | None:
    return REFUSED.get(method, {}).get(case["title"])


def named(wanted: Iterable[tuple[Path, Case, str]]) -> list[Any]:
    return [pytest.param(case, method, id=f"{method}: {file.stem}: {case['title']}") for file, case, method in wanted]


PRICED = named(one for one in ALL if not refusal(*one[1:]))
NOT_PRICED = named(one for one in ALL if refusal(*one[1:]))
OTHERS = named(one for one in ALL if not refusal(*one[1:]) and one[2] != one[1]["plan"].get("method", DEFAULT))


def shared_by(case: Case) -> list[dict[str, Any]]:
    """The methods beside the media method that the lines of a case need, in their own order."""
    kinds = {line["kind"] for line in case["plan"]["lines"]}
    moved = [line for line in case["plan"]["lines"] if line["kind"] == "influencer"]
    needed = {
        "storage": bool(kinds & {"storage"}) or any("replay_kept_for" in line for line in case["plan"]["lines"]),
        "ai": "ai" in kinds,
        "travel": "travel" in kinds or any(line.get("travel") for line in moved),
        "shipping": any(line.get("shipping") for line in moved),
    }
    return [{"id": id, "revision": 1} for id, is_needed in needed.items() if is_needed]


def under(case: Case, method: str) -> Plan:
    """The plan of a case under a method, at central values."""
    return case["plan"] | {"method": method, "range": False}


@pytest.mark.parametrize(("case", "method"), PRICED)
def test_the_laws_of_sums_hold(case: Case, method: str) -> None:
    answer = by_function(under(case, method))
    used = {"id": method, "revision": METHODS[method].card.revision}
    assert answer["method"] == used | {"shared": shared_by(case), "status": "given"}
    total = answer["total"]["central"]
    parts = ("lines", "by_stage", "by_country", "by_platform", "by_ghg_category")
    assert {part: summed(answer[part]) for part in parts} == pytest.approx(dict.fromkeys(parts, total), rel=1e-12)
    assert fsum(part["central"] for part in answer["by_audience"].values()) == pytest.approx(total, rel=1e-12)
    for line in answer["lines"]:
        assert bool(line["total"]) == bool(line["stages"])
        of_line = fsum(stage["central"] for stage in line["stages"])
        assert not line["total"] or of_line == pytest.approx(line["total"]["central"], rel=1e-12)
    for stage in answer["by_stage"]:
        of_lines = [one for line in answer["lines"] for one in line["stages"] if one["stage"] == stage["stage"]]
        assert fsum(one["central"] for one in of_lines) == pytest.approx(stage["total"]["central"], rel=1e-12)
        assert fsum(stage["phases"].values()) == pytest.approx(stage["total"]["central"], rel=1e-12)


def summed(entries: list[Answer]) -> float:
    """The sum of the totals of what has one."""
    return fsum(entry["total"]["central"] for entry in entries if entry["total"])


@pytest.mark.parametrize(("case", "method"), PRICED)
def test_what_is_not_priced_is_said(case: Case, method: str) -> None:
    answer = by_function(under(case, method))
    outside = [line["id"] for line in answer["lines"] if line["total"] is None]
    assert answer["coverage"]["lines"] == {
        "priced": len(answer["lines"]) - len(outside),
        "of": len(answer["lines"]),
        "not_priced": sorted(outside),
    }
    whole = [line["id"] for line in answer["lines"] for one in line["out_of_boundary"] if one["stage"] == "all stages"]
    assert set(outside) <= set(whole)
    places = {f"/lines/{place}" for place, line in enumerate(answer["lines"]) if line["id"] in whole}
    warned = [one["pointers"] for one in answer["warnings"] if one["code"] == "line-out-of-boundary"]
    assert {pointer for pointers in warned for pointer in pointers} == places


@pytest.mark.parametrize(("case", "method"), OTHERS)
def test_every_door_gives_the_same_answer(case: Case, method: str, client: FlaskClient, tmp_path: Path) -> None:
    plan = under(case, method)
    answer = json.loads(json.dumps(by_function(plan)))
    assert by_command(plan, tmp_path) == answer
    assert by_http(plan, client) == answer


@pytest.mark.parametrize(("case", "method"), PRICED)
def test_its_trace_is_worked_out_anew(case: Case, method: str) -> None:
    assert verify(json.loads(json.dumps(trace_plan(parse_plan(under(case, method)), book())))) == []


@pytest.mark.parametrize(("case", "method"), NOT_PRICED)
def test_every_door_refuses_it_alike(case: Case, method: str, client: FlaskClient, tmp_path: Path) -> None:
    plan = under(case, method)
    with pytest.raises(PlanInvalid) as refused:
        by_function(plan)
    findings = [(one.pointer, one.code, one.detail) for one in refused.value.findings]
    assert {code for _, code, _ in findings} == {refusal(case, method)}
    assert all(finding.valid_values for finding in refused.value.findings)
    response = client.post("/v1/estimates", json=plan)
    told = [(one["pointer"], one["code"], one["detail"]) for one in json.loads(response.data)["errors"]]
    assert (response.status_code, told) == (422, findings)
    result = run_command(plan, tmp_path)
    assert result.exit_code == 3
    assert all(code in result.output and detail in " ".join(result.output.split()) for _, code, detail in told)


def test_every_refusal_is_of_a_case_and_a_method_that_exist() -> None:
    titles = {case["title"] for _, case, _ in ALL}
    assert {title for refused in REFUSED.values() for title in refused} <= titles
    assert set(REFUSED) <= set(METHODS)
