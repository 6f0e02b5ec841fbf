"""The cases of this folder, and the doors that a plan goes through: function, command line, HTTP."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import yaml
from click.testing import CliRunner, Result
from flask.testing import FlaskClient

from carbon_api.cli import main
from carbon_api.estimate.run import estimate_plan
from carbon_api.factor_book.book import book
from carbon_api.plan.load import parse_plan

FOLDER = Path(__file__).parent
SCRIPT = Path(sys.executable).with_name("carbon-api")
STORED = {"id", "created_at", "links"}
Case = dict[str, Any]
Plan = dict[str, Any]
Answer = dict[str, Any]


def cases(file: Path) -> list[Case]:
    loaded: list[Case] = yaml.safe_load(file.read_text("utf-8"))
    return loaded


FILES = sorted(FOLDER.glob("*.yaml"))


def by_function(plan: Plan) -> Answer:
    return estimate_plan(parse_plan(plan), book())


def by_command(plan: Plan, folder: Path) -> Answer:
    """The command reads the plan as YAML, HTTP as JSON."""
    result = run_command(plan, folder)
    assert result.exit_code == 0, result.output
    answer: Answer = json.loads(result.stdout)
    return answer


def run_command(plan: Plan, folder: Path) -> Result:
    """What the command does with the plan, in process."""
    return CliRunner().invoke(main, ["estimate", str(written(plan, folder)), "--json"])


def by_script(plan: Plan, folder: Path) -> Answer:
    command = [str(SCRIPT), "estimate", str(written(plan, folder)), "--json"]
    done = subprocess.run(command, capture_output=True, check=True, timeout=60)
    answer: Answer = json.loads(done.stdout)
    return answer


def by_http(plan: Plan, client: FlaskClient) -> Answer:
    response = client.post("/v1/estimates", json=plan)
    assert response.status_code == 201, response.text
    answer: Answer = json.loads(response.data)
    assert set(answer) >= STORED
    return {key: value for key, value in answer.items() if key not in STORED}


def written(plan: Plan, folder: Path) -> Path:
    file = folder / "plan.yaml"
    file.write_text(yaml.safe_dump(plan, allow_unicode=True, sort_keys=False), "utf-8")
    return file
