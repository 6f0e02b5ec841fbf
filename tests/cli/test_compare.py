"""`carbon-api compare`: figures side by side, the same as over HTTP, and faults in the file they are in."""

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from carbon_api.cli.main import main
from carbon_api.estimate.comparison.run import compare
from carbon_api.factor_book.book import book
from carbon_api.methods.catalog import METHODS
from carbon_api.plan.compared import load_comparison

EXAMPLES = Path(__file__).parents[2] / "examples"
LAUNCH, FIRST = EXAMPLES / "launch.yaml", EXAMPLES / "first.json"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["compare", *(str(one) for one in arguments)])


def test_methods_side_by_side() -> None:
    result = run(LAUNCH, "--no-range")
    assert result.exit_code == 0
    heads = [line for line in result.stdout.splitlines() if line.startswith(("Own defaults", "Same inventory"))]
    assert len(heads) == 2
    assert {"devices", "minutes", "Total", "range"} <= set(heads[0].split())


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_method_has_its_whole_name_and_range_in_the_width_of_a_page(language: str) -> None:
    result = run(LAUNCH, "--language", language)
    for id in METHODS:
        first, *_ = [line for line in result.stdout.splitlines() if line.strip().startswith(id)]
        assert re.search(r" (to|à)[ \u00a0][\d.,]+$", first.rstrip()), first


def test_what_methods_leave_out_is_told() -> None:
    result = run(LAUNCH, "--no-range")
    for words in ("scope3-2026.07", "one-byte", "Left out, never zero", "×"):
        assert words in result.stdout


def test_the_answer_is_that_of_the_service() -> None:
    body = json.dumps({"plan": json.loads(FIRST.read_text()), "methods": ["swd-4", "sri-2.1"]}).encode()
    result = run(FIRST, "--method", "swd-4", "--method", "sri-2.1", "--json")
    assert json.loads(result.stdout) == compare(load_comparison(body, "json"), book())


@pytest.mark.parametrize(("language", "words"), [("en", "emits less than"), ("fr", "émet moins que")])
def test_two_plans(language: str, words: str) -> None:
    result = run(LAUNCH, FIRST, "--language", language)
    assert result.exit_code == 0
    assert words in result.stdout


def test_two_releases() -> None:
    result = run(FIRST, "--releases", "2026.11", "latest")
    assert result.exit_code == 0
    assert "No changed factor moves the total." in result.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        (LAUNCH, "--method", "sri-2.1"),
        (LAUNCH, FIRST, FIRST),
        (LAUNCH, FIRST, "--method", "sri-2.1", "--method", "swd-4"),
        (LAUNCH, "--releases", "2026.11", "latest", "--method", "sri-2.1", "--method", "swd-4"),
    ],
)
def test_one_question_at_a_time(arguments: tuple[str | Path, ...]) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert "compare one PLAN" in result.stderr


def test_a_method_that_is_not_there() -> None:
    result = run(FIRST, "--method", "sri-2.1", "--method", "swd-5")
    assert result.exit_code == 3
    assert "swd-4" in result.stderr


def test_a_fault_is_in_the_file_that_has_it(tmp_path: Path) -> None:
    """Those that pricing finds too."""
    plan = json.loads(FIRST.read_text())
    plan["lines"][0]["country"] = "AQ"
    wrong = tmp_path / "wrong.json"
    wrong.write_text(json.dumps(plan, indent=1))
    for arguments in ((FIRST, wrong), (wrong, FIRST)):
        result = run(*arguments)
        assert result.exit_code == 3
        assert f"{wrong}:" in result.stderr
        assert str(FIRST) not in result.stderr
