"""`carbon-api advise`: what to change in a plan, the same as over HTTP, in words."""

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from carbon_api.advice.asked import request
from carbon_api.advice.recommend import recommend
from carbon_api.cli.advice import agreement, missed, saved
from carbon_api.cli.main import main
from carbon_api.factor_book.book import book
from carbon_api.plan.load import load_plan_file
from carbon_api.wording import KILOGRAM

EXAMPLES = Path(__file__).parents[2] / "examples"
LAUNCH = EXAMPLES / "launch.yaml"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["advise", *(str(one) for one in arguments)])


def test_the_answer_is_that_of_the_service() -> None:
    settings = ("--as", "agency", "--set", "tighter-targeting.to=70 %", "--together", "exclusion-lists", "--json")
    result = run(LAUNCH, *settings)
    written = {
        "act_as": ["agency"],
        "levers": {"tighter-targeting": {"to": "70 %"}},
        "together": ["exclusion-lists"],
    }
    assert json.loads(result.stdout) == recommend(request(load_plan_file(LAUNCH), written), book())


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "en",
            (
                "What to change",
                "Target more tightly",
                "moves to other accounts",
                "Other methods agree",
                "spend",
                "off target,",
            ),
        ),
        (
            "fr",
            (
                "Ce qu’il faut changer",
                "Cibler plus finement",
                "à d’autres comptes",
                "concordent",
                "dépense",
                "hors cible,",
            ),
        ),
    ],
)
def test_advice_is_told_in_words(language: str, words: tuple[str, ...]) -> None:
    result = run(LAUNCH, "--language", language, "--together", "tighter-targeting", "--together", "exclusion-lists")
    assert result.exit_code == 0
    told = " ".join(result.stdout.split())
    for word in words:
        assert word in told


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("Enough: at most 800 kgCO2e, 20% sure", "Under it in", "Impressions moved")),
        ("fr", ("Assez : au plus 800 kgCO2e, sûr à 20 %", "En dessous dans", "Impressions déplacées")),
    ],
)
def test_a_ceiling_and_a_reallocation_are_told_in_words(language: str, words: tuple[str, ...]) -> None:
    asked = ("--enough", "800 kg", "--confidence", "0.2", "--reallocate")
    result = run(LAUNCH, "--language", language, *asked)
    assert result.exit_code == 0
    told = " ".join(result.stdout.split())
    for word in words:
        assert word in told


def test_a_ceiling_may_be_per_something() -> None:
    result = run(LAUNCH, "--enough", "100 g", "--per", "1000 impressions", "--no-range")
    assert "at most 100\u00a0gCO2e per 1,000 impressions" in result.stdout


@pytest.mark.parametrize(
    ("disagree", "words"),
    [
        ([], " Other methods agree: one 31%, other −2%."),
        (["other"], " Other methods agree: one 31%. Other methods differ: other −2%."),
        (["one", "other"], " Other methods differ: one 31%, other −2%."),
    ],
)
def test_the_methods_that_disagree_are_named(disagree: list[str], words: str) -> None:
    shares = {"one": 0.31, "other": -0.02, "silent": None}
    verdicts = [{"method": method, "share": share} for method, share in shares.items()]
    assert agreement({"other_methods": verdicts, "disagree": disagree}, "en") == words


def test_levers_that_are_enough_are_called_by_their_titles() -> None:
    asked = (LAUNCH, "--enough", "600 kg", "--no-range")
    answer = json.loads(run(*asked, "--json").stdout)
    titles = {one["lever"]: one["title"] for one in answer["recommendations"]}
    assert answer["enough"]["levers"]
    for language in ("en", "fr"):
        told = " ".join(run(*asked, "--language", language).stdout.split())
        assert " + ".join(" ".join(titles[id][language].split()) for id in answer["enough"]["levers"]) in told


def test_a_colon_stands_as_each_language_wants_it() -> None:
    for language, colon in (("en", ":"), ("fr", "\u00a0:")):
        printed = run(LAUNCH, "--language", language, "--no-range").stdout
        assert printed.startswith(f"Spring launch{colon} 835\u00a0kgCO2e")
        if language == "fr":
            plain = re.search(r"[^\u00a0\u202f] ?[;!?]|\w [:%»]|« ", printed)
            assert not plain, plain


def test_a_lever_that_emits_more_is_told_as_what_it_costs() -> None:
    one = {
        "saving": {"central": -2.0, "low": -3.0, "high": -1.0},
        "probability_saves": 0.0,
        "split": {"physical": -2.0, "reattributed": 0.0},
        "other_methods": [],
        "disagree": [],
    }
    assert saved(one, "en", KILOGRAM).startswith("It costs an estimated 2\u00a0kgCO2e (1 to 3)")
    assert "Hausse estimée\u00a0: 2\u00a0kgCO2e (de 1 à 3)" in saved(one, "fr", KILOGRAM)


def test_a_lever_is_explained_when_asked_for() -> None:
    assert "(exclusion-lists)" in run(LAUNCH, "--explain", "exclusion-lists", "--no-range").stdout


def test_without_a_range_nothing_is_said_of_draws() -> None:
    assert "draws" not in run(LAUNCH, "--no-range").stdout


def test_where_nothing_saves_that_is_said(tmp_path: Path) -> None:
    plan = {"name": "x", "lines": [{"id": "a", "kind": "ad", "platform": "tiktok", "country": "FR", "impressions": 0}]}
    plan["lines"][0]["format"] = "image"
    file = tmp_path / "plan.json"
    file.write_text(json.dumps(plan), "utf-8")
    result = run(file, "--no-range")
    assert result.exit_code == 0
    assert "No lever saves 1%" in result.stdout
    assert "What does not apply" in result.stdout


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("--set", "tighter-targeting"), 2, "LEVER.PARAMETER=VALUE"),
        (("--set", "tighter-targeting.to=2"), 2, "levers/tighter-targeting/to"),
        (("--set", "tightr-targeting.to=0.9"), 2, "did you mean tighter-targeting?"),
        (("--set", "tighter-targeting.to={"), 2, "cannot be read as a value"),
        (("--set", "tighter-targeting.to=0.8", "--set", "tighter-targeting.to=0.7"), 2, "is set twice"),
        (("--confidence", "0.7"), 2, "--confidence is of a ceiling"),
        (("--per", "1000 impressions"), 2, "--per is of a ceiling"),
        (("--explain", "x"), 2, "the levers are tighter-targeting"),
        (("--together", "x"), 2, "the levers are tighter-targeting"),
        (("--as", "planner"), 2, "planner"),
    ],
)
def test_what_is_not_written_as_it_should_be_is_refused(arguments: tuple[str, ...], code: int, words: str) -> None:
    result = run(LAUNCH, *arguments)
    assert result.exit_code == code
    assert words in " ".join(result.output.split())


def test_a_lever_that_does_not_apply_is_explained_by_its_reasons() -> None:
    text = " ".join(run(LAUNCH, "--explain", "lower-resolution", "--no-range").stdout.split())
    assert "(lower-resolution) What does not apply The platform chooses the resolution" in text


def test_how_hard_a_lever_is_pulled_is_said_with_what_hangs_on_it() -> None:
    text = " ".join(run(LAUNCH, "--explain", "exclusion-lists", "--no-range").stdout.split())
    assert "Strength: share = 0.05; assumed: 5" in text
    assert "At other strengths: 0.02 →" in text
    asked = " ".join(run(LAUNCH, "--set", "exclusion-lists.share=0.1", "--explain", "exclusion-lists").stdout.split())
    assert "share = 0.1; as asked for." in asked
    assert "At other strengths" not in asked


def test_nothing_is_said_of_a_part_of_the_audience_that_nobody_knows() -> None:
    """A line that does not say its viewable share is not said to be seen by everyone."""
    assert "not viewable" not in run(LAUNCH, "--no-range").stdout
    whole = {name: {"central": 0.0} for name in ("off_target", "non_viewable", "unknown")}
    answer = {"total": {"central": 4.0}, "by_audience": whole | {"non_viewable": {"central": 1.0}}}
    assert missed(answer, "en", KILOGRAM) == "Of it, 1\u00a0kgCO2e (25%) not viewable."
    assert missed(answer, "fr", KILOGRAM) == "Dont 1\u00a0kgCO2e (25\u202f%) non visible."
    assert missed({"total": {"central": 0.0}, "by_audience": whole}, "en", KILOGRAM) == ""
