"""Every case, worked by hand from the published formulas, through every door: function, command line, HTTP.

The command is run in process; one case of each file also goes through the installed console script.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner
from expected import CHECKS, check
from flask.testing import FlaskClient
from hand_sums import work_out

from carbon_api.cli import main
from carbon_api.estimate.run import estimate_plan
from carbon_api.factor_book.book import book
from carbon_api.plan.load import parse_plan
from carbon_api.settings import Settings
from carbon_api.store.schema import upgrade
from carbon_api.web.app import create_app
from carbon_api.web.service import EXTENSION

FOLDER = Path(__file__).parent
SCRIPT = Path(sys.executable).with_name("carbon-api")
KEYS = {"title", "citation", "plan", "sums", "expect"}
STORED = {"id", "created_at", "links"}
Case = dict[str, Any]


def cases(file: Path) -> list[Case]:
    loaded: list[Case] = yaml.safe_load(file.read_text("utf-8"))
    return loaded


FILES = sorted(FOLDER.glob("*.yaml"))
CASES = [pytest.param(case, id=f"{file.stem}: {case['title']}") for file in FILES for case in cases(file)]
FIRSTS = [pytest.param(cases(file)[0], id=file.stem) for file in FILES]


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """A client of the whole application, over a database of its own."""
    settings = Settings(database_url=f"sqlite:///{tmp_path_factory.mktemp('cases') / 'carbon.db'}")
    upgrade(settings.database_url)
    app = create_app(settings)
    with app.test_client() as client:
        yield client
    app.extensions[EXTENSION].database.engine.dispose()


def by_function(case: Case) -> Case:
    return estimate_plan(parse_plan(case["plan"]), book())


def by_command(case: Case, folder: Path) -> Case:
    """The command reads the plan as YAML, HTTP as JSON."""
    result = CliRunner().invoke(main, ["estimate", str(written(case, folder)), "--json"])
    assert result.exit_code == 0, result.output
    answer: Case = json.loads(result.stdout)
    return answer


def by_script(case: Case, folder: Path) -> Case:
    command = [str(SCRIPT), "estimate", str(written(case, folder)), "--json"]
    done = subprocess.run(command, capture_output=True, check=True, timeout=60)
    answer: Case = json.loads(done.stdout)
    return answer


def by_http(case: Case, client: FlaskClient) -> Case:
    response = client.post("/v1/estimates", json=case["plan"])
    assert response.status_code == 201, response.text
    answer: Case = json.loads(response.data)
    assert set(answer) >= STORED
    return {key: value for key, value in answer.items() if key not in STORED}


def written(case: Case, folder: Path) -> Path:
    file = folder / "plan.yaml"
    file.write_text(yaml.safe_dump(case["plan"], allow_unicode=True, sort_keys=False), "utf-8")
    return file


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
    check(by_function(case), case["expect"], work_out(case["sums"]))


@pytest.mark.parametrize("case", CASES)
def test_every_door_gives_the_same_answer(case: Case, client: FlaskClient, tmp_path: Path) -> None:
    answer = json.loads(json.dumps(by_function(case)))
    assert by_command(case, tmp_path) == answer
    assert by_http(case, client) == answer


@pytest.mark.parametrize("case", FIRSTS)
def test_the_installed_command_gives_the_same_answer(case: Case, tmp_path: Path) -> None:
    assert by_script(case, tmp_path) == json.loads(json.dumps(by_function(case)))


@pytest.mark.parametrize(
    "wrong", ["a: 2 + 2 = 5 g", "a: 1 / 3 = 0.33334 g", "a: 1 = 1 g; b", "a: __import__('os') = 1 g", "a: 1 = one g"]
)
def test_a_sum_that_is_wrong_is_not_believed(wrong: str) -> None:
    with pytest.raises(AssertionError):
        work_out([wrong])
