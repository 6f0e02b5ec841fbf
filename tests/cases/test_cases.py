"""Every case, worked by hand from the published formulas, through every door: function, command line, HTTP.

The command is run in process; one case of each file also goes through the installed console script.
"""

import json
from pathlib import Path

import pytest
from doors import FILES, Case, by_command, by_function, by_http, by_script, cases
from expected import CHECKS, check
from flask.testing import FlaskClient
from hand_sums import work_out

KEYS = {"title", "citation", "plan", "sums", "expect"}
CASES = [pytest.param(case, id=f"{file.stem}: {case['title']}") for file in FILES for case in cases(file)]
FIRSTS = [pytest.param(cases(file)[0], id=file.stem) for file in FILES]


def test_there_are_enough_cases_and_each_has_its_own_title() -> None:
    titles = [case["title"] for file in FILES for case in cases(file)]
    assert len(titles) == len(set(titles)) >= 25


@pytest.mark.parametrize("case", CASES)
def test_a_case_says_what_it_is_and_its_sums_are_right(case: Case) -> None:
    assert set(case) == KEYS
    assert set(case["expect"]) <= set(CHECKS)
    assert "total" in case["expect"]
    assert work_out(case["sums"])


@pytest.mark.parametrize("case", CASES)
def test_an_answer_is_what_was_worked_out_by_hand(case: Case) -> None:
    check(by_function(case["plan"]), case["expect"], work_out(case["sums"]))


@pytest.mark.parametrize("case", CASES)
def test_every_door_gives_the_same_answer(case: Case, client: FlaskClient, tmp_path: Path) -> None:
    answer = json.loads(json.dumps(by_function(case["plan"])))
    assert by_command(case["plan"], tmp_path) == answer
    assert by_http(case["plan"], client) == answer


@pytest.mark.parametrize("case", FIRSTS)
def test_the_installed_command_gives_the_same_answer(case: Case, tmp_path: Path) -> None:
    assert by_script(case["plan"], tmp_path) == json.loads(json.dumps(by_function(case["plan"])))


@pytest.mark.parametrize(
    "wrong", ["a: 2 + 2 = 5 g", "a: 1 / 3 = 0.33334 g", "a: 1 = 1 g; b", "a: __import__('os') = 1 g", "a: 1 = one g"]
)
def test_a_sum_that_is_wrong_is_not_believed(wrong: str) -> None:
    with pytest.raises(AssertionError):
        work_out([wrong])
