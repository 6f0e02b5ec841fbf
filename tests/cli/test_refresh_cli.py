"""`carbon-api factors refresh grid`: what it prints, where, what it leaves alone, and the code it leaves with."""

import re
import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from carbon_api.cli import main
from carbon_api.cli.refresh import write
from carbon_api.errors import UsageError
from carbon_api.factor_book.book import book, load
from carbon_api.factor_book.upkeep import lint
from carbon_api.units import factors_folder
from tests.publisher import Answer, host, sent, table, values_of

RELEASE = f"{date.today().year + 1}.05"
WHOLE = table(values_of(book().release()))
UNIT = "Emissions intensity (gCO2e/kWh)"
IN_FRANCE = ",FRA,2025,Country or economy,Total generation,"


def refresh(answer: Answer, *arguments: str | Path) -> Result:
    with host(table=answer) as address:
        given = ["--release", RELEASE, "--source", f"{address}table", *map(str, arguments)]
        return CliRunner().invoke(main, ["factors", "refresh", "grid", *given])


def without(text: str, mark: str) -> str:
    lines = text.split("\n")
    kept = [line for line in lines if mark not in line]
    assert len(kept) < len(lines)
    return "\n".join(kept)


def test_the_diff_is_printed_and_a_copy_that_accepts_it_is_in_order(tmp_path: Path) -> None:
    shown = refresh(sent(WHOLE))
    assert shown.exit_code == 0, shown.output
    grids = {row.country for row in book().release().rows if row.id == "grid.ember"}
    assert shown.stderr == f"New values: {len(grids)}, of which 0 replace another.\n"
    folder = Path(shutil.copytree(factors_folder(), tmp_path / "factors"))
    tool = next((tool for tool in (["git", "apply", "-"], ["patch", "-p1"]) if shutil.which(tool[0])), None)
    if tool is None:
        pytest.skip("there is neither git nor patch here")
    subprocess.run(tool, cwd=tmp_path, input=shown.stdout_bytes, check=True, capture_output=True)
    assert lint(folder) == []
    assert load(folder).release(RELEASE).find("grid.ember", "FR").row.printed == pytest.approx(44.18 * 0.95, abs=0.01)
    assert load(folder).release("2026.11").sha256 == book().release("2026.11").sha256


def test_the_diff_is_written_where_it_is_wanted(tmp_path: Path) -> None:
    written = refresh(sent(WHOLE), "--output", tmp_path / "grid.diff")
    assert (written.exit_code, written.stdout) == (0, "")
    texts = ((tmp_path / "grid.diff").read_text("utf-8"), refresh(sent(WHOLE)).stdout)
    first, second = (re.sub(r"127\.0\.0\.1:\d+", "host", text) for text in texts)
    assert first == second != ""


@pytest.mark.parametrize(
    ("answer", "code", "says"),
    [
        (sent(WHOLE.replace(UNIT, "Emissions intensity (kgCO2e/kWh)")), 3, "[unit-changed]"),
        (sent(without(WHOLE, ",FRA,")), 3, "/FR  [missing-country]"),
        (sent(WHOLE.replace(IN_FRANCE, IN_FRANCE.replace("2025", str(date.today().year)))), 3, "[year-not-over]"),
        (sent(table(values_of(book().release(), 0.5))), 3, "[jump]"),
        (sent(WHOLE[:50_000]), 3, "[cells]"),
        (sent("<html>Sorry</html>", Content_Type="text/html"), 5, "it is text/html"),
        (sent(WHOLE, 500), 5, "answers 500"),
        (sent("", 302, Location="https://example.org/"), 5, "redirected away"),
    ],
    ids=["unit", "country", "year", "jump", "cut", "page", "failing", "redirect"],
)
def test_an_odd_table_writes_nothing_and_says_what_is_odd(tmp_path: Path, answer: Answer, code: int, says: str) -> None:
    refused = refresh(answer, "--output", tmp_path / "grid.diff")
    assert (refused.exit_code, refused.stdout) == (code, "")
    assert says in refused.stderr
    assert "http://127.0.0.1:" in refused.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_country_left_out_of_the_table_can_be_left_alone() -> None:
    assert refresh(sent(without(WHOLE, ",FRA,")), "--leave", "FR").exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("water", "--release", RELEASE), "there are: grid"),
        (("grid", "--release", "2026.11"), "after 2026.11"),
        (("grid",), "--release"),
        (("grid", "--release", RELEASE, "--leave", "ZZ"), "'ZZ'"),
    ],
)
def test_what_cannot_be_asked_for_leaves_with_2_and_asks_nobody(arguments: tuple[str, ...], says: str) -> None:
    refused = CliRunner().invoke(main, ["factors", "refresh", *arguments])
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert says in refused.stderr


def test_a_file_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    refused = refresh(sent(WHOLE), "--output", tmp_path / "away" / "grid.diff")
    assert refused.exit_code == 2
    assert "grid.diff cannot be written" in refused.stderr


def test_a_file_that_is_there_is_not_written_over(tmp_path: Path) -> None:
    """Such as a diff that somebody is reading; nobody is asked for the table."""
    kept = tmp_path / "grid.diff"
    kept.write_text("mine", "utf-8")
    refused = refresh(sent(WHOLE, 500), "--output", kept)
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert f"{kept} is there already" in refused.stderr
    with pytest.raises(UsageError, match="is there already"):
        write(kept, "another")
    assert kept.read_text("utf-8") == "mine"


def test_the_address_that_is_fetched_is_the_publishers() -> None:
    """Asked for nothing else, it goes to the https address that factors/publishers/ has; here it may lead nowhere."""
    said = (factors_folder() / "publishers" / "grid.yaml").read_text("utf-8")
    assert "\naddress: https://files.ember-energy.org/" in said
