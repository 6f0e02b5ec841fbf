"""`carbon-api compare`: figures side by side, the same as over HTTP, and faults in the file they are in."""

import json
import re
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from rich.console import Console

from carbon_api.cli.comparison import print_comparison
from carbon_api.cli.main import main
from carbon_api.estimate.comparison.run import compare
from carbon_api.factor_book.book import Book, book, load
from carbon_api.methods.catalog import METHODS
from carbon_api.plan.compared import load_comparison
from carbon_api.wording import LANGUAGES, Language
from tests import second_release as landed

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


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--method", "sri-2.1", "--method", "swd-5"), 'there is no method "swd-5"; there are scope3-2026.07, sri-2.1'),
        (("--releases", "2020.01", "latest"), 'there is no factor release "2020.01"; there are 2026.11, latest'),
        (("--method", "sri-2.1", "--method", "sri-2.1"), "the same is listed twice"),
        (("--releases", "2026.11", "2026.11"), "the same is listed twice"),
    ],
)
def test_what_the_command_line_cannot_ask_is_no_fault_of_the_plan(arguments: tuple[str, ...], says: str) -> None:
    result = run(FIRST, *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert says in result.stderr
    assert str(FIRST) not in result.stderr


def test_a_method_that_the_plan_names_wrongly_is_a_fault_of_the_plan(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.json"
    wrong.write_text(json.dumps(json.loads(FIRST.read_text()) | {"method": "swd-5"}))
    result = run(wrong, "--method", "sri-2.1", "--method", "swd-4")
    assert result.exit_code == 3
    assert f"{wrong}  /method" in result.stderr


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


def shown(answer: dict[str, Any], language: Language = "en") -> str:
    """What is printed of an answer, in one long line a row."""
    console = Console(file=StringIO(), width=400, color_system=None)
    print_comparison(answer, console, language)
    assert isinstance(console.file, StringIO)
    return console.file.getvalue()


def asked(the_book: Book, **question: Any) -> dict[str, Any]:
    plan = {"name": "Plan", "range": False, **question.pop("plan", {})}
    body = json.dumps({**question, "plan": plan}).encode()
    return compare(load_comparison(body, "json"), the_book)


AD = {"id": "ad", "kind": "ad", "platform": "instagram", "format": "video", "country": "FR", "impressions": 1e6}
KEPT = {"id": "kept", "kind": "storage", "country": "FR", "volume": 1, "kept_for": 12}


def test_both_sides_have_their_own_figures() -> None:
    answer = asked(book(), plan={"lines": [AD]}, methods=["scope3-2026.07", "sri-2.1"])
    rows = [line.split() for line in shown(answer).splitlines() if line.startswith("  sri-2.1")]
    totals = [answer["methods"][side]["methods"][1]["total"]["central"] for side in ("own_defaults", "same_inventory")]
    assert totals[0] != totals[1]
    assert [float(row[-1]) for row in rows] == [pytest.approx(total, rel=5e-3) for total in totals]


def test_lines_that_are_not_priced_are_counted_and_named() -> None:
    answer = asked(
        book(), plan={"lines": [AD, AD | {"id": "far", "country": "AF"}]}, methods=["scope3-2026.07", "sri-2.1"]
    )
    printed = shown(answer)
    assert re.search(r"^  sri-2\.1 .* \(1/2\)", printed, re.MULTILINE)
    assert not re.search(r"^  scope3-2026\.07 .*\(", printed, re.MULTILINE)
    (missing,) = answer["methods"]["own_defaults"]["methods"][1]["not_priced"]
    assert f"far: {missing['reason']}" in printed


@pytest.mark.parametrize(("language", "words"), [("en", "(1 of 2 lines: "), ("fr", "(1 lignes sur 2\u00a0: ")])
def test_a_spread_says_from_what_to_what_and_over_how_many_lines(language: Language, words: str) -> None:
    answer = asked(book(), plan={"lines": [AD, KEPT]}, methods=["scope3-2026.07", "sri-2.1"])
    found = answer["methods"]["own_defaults"]["spread"]
    row = next(line for line in shown(answer, language).splitlines() if words in line)
    least, most = re.findall(r"[\d.,]+(?=\u00a0kgCO2e)", row)
    for end, text in (("least", least), ("most", most)):
        assert float(text.replace(",", ".")) == pytest.approx(found[end]["total"]["central"], rel=5e-3)
    assert found["least"]["total"]["central"] < found["most"]["total"]["central"]


WHY = {
    "nothing delivered": (
        [KEPT],
        ("it is over media delivery, and no line has any", "il porte sur la diffusion, et aucune"),
    ),
    "no impression": ([AD | {"impressions": 0}], ("prices these lines at nothing", "chiffre ces lignes à rien")),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("lines", "words"), WHY.values(), ids=WHY.keys())
def test_why_there_is_no_spread_is_printed(language: Language, lines: list[Any], words: tuple[str, str]) -> None:
    answer = asked(book(), plan={"lines": lines})
    assert shown(answer, language).count(words[LANGUAGES.index(language)]) == 2


def test_the_share_of_draws_is_that_of_the_answer() -> None:
    plans = [
        {"name": name, "draws": 200, "lines": [AD | {"impressions": volume}]} for name, volume in (("a", 2), ("b", 1))
    ]
    for two, share in ((plans, "100%"), (plans[::-1], "0%")):
        answer = compare(load_comparison(json.dumps({"plans": two}).encode(), "json"), book())
        assert f"it emits less in {share} of the draws" in shown(answer)


@pytest.mark.parametrize(("language", "stage"), [("en", "Ad selection"), ("fr", "Sélection publicitaire")])
def test_what_the_method_leaves_out_of_every_line_is_printed(language: Language, stage: str) -> None:
    two = [{"name": name, "range": False, "method": "swd-4", "lines": [AD]} for name in ("a", "b")]
    answer = compare(load_comparison(json.dumps({"plans": two}).encode(), "json"), book())
    assert f": {stage}." in shown(answer, language)


def test_without_a_ratio_no_line_is_left_blank_for_it() -> None:
    lines = run(LAUNCH, FIRST, "--no-range").stdout.splitlines()
    said = next(place for place, line in enumerate(lines) if line.startswith("No range was asked for"))
    assert [bool(line) for line in lines[said - 1 : said + 3]] == [False, True, False, True]


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Book:
    """The factor book with a second release."""
    return load(landed.second_release(tmp_path_factory.mktemp("releases")).after)


def test_a_changed_row_is_printed_from_what_to_what_and_the_rest_is_counted(two: Book) -> None:
    answer = asked(two, plan={"lines": [AD | {"time_on_screen": 6}]}, factor_releases=[landed.FIRST, landed.SECOND])
    printed = shown(answer)
    changes = answer["factor_releases"]["changes"]
    assert changes
    assert len([line for line in printed.splitlines() if "→" in line]) == len(changes)
    assert re.search(rf"{landed.CORRECTED} \(world, [\d-]+\) +0\.0165\D+ → 0\.0132", printed)
    assert "move nothing here: " in printed
    assert "Rows added or changed come first and rows withdrawn last" in printed
    french = shown(answer, "fr")
    assert "ne changent rien ici\u00a0: " in french
    assert "Les lignes ajoutées ou modifiées viennent d’abord" in french


@pytest.mark.parametrize(("language", "words"), [("en", "which is set aside here"), ("fr", "mis de côté ici")])
def test_what_the_plan_names_and_nobody_compares_is_printed(language: Language, words: str) -> None:
    for question in ({"methods": ["swd-4", "swd-3"]}, {"factor_releases": ["2026.11", "latest"]}):
        answer = asked(book(), plan={"method": "one-byte", "lines": [AD]}, **question)
        assert (words in shown(answer, language)) == ("methods" in question)
