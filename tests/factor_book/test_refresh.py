"""A publisher's table becomes a diff that a person can accept, or all that is odd about it is said and nothing else."""

import csv
import shutil
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from carbon_api.errors import CarbonError, FactorFileError, TableRefused, UsageError
from carbon_api.factor_book.book import Book, load
from carbon_api.factor_book.refresh.publisher import publisher
from carbon_api.factor_book.refresh.run import Proposed, Wanted, refreshed
from carbon_api.factor_book.upkeep import lint
from carbon_api.units import factors_folder
from tests.publisher import Answer, Value, host, sent, table, values_of

TODAY = date(2027, 5, 4)
KEPT = ("FR", "AE", "FO", "XK", "EU", "world")  # one of two years, one of a wide range, one without a code of ISO
SOURCES = ("ember-co2js", "ember-carbontracker")


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small factor book, cut out of the real one."""
    folder, real = tmp_path_factory.mktemp("small") / "factors", factors_folder()
    folder.mkdir()
    for name in ("releases.yaml", "grid_ember.csv"):
        shutil.copy(real / name, folder)
    shutil.copytree(real / "publishers", folder / "publishers")
    entries = (real / "sources.yaml").read_text("utf-8").split("\n\n")
    wanted = [entry for entry in entries if entry.startswith(tuple(f"- id: {source}\n" for source in SOURCES))]
    (folder / "sources.yaml").write_text("\n\n".join(wanted) + "\n", "utf-8")
    with (folder / "grid_ember.csv").open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    with (folder / "grid_ember.csv").open("w", encoding="utf-8", newline="") as file:
        kept = [row for row in rows if row[header.index("country")] in KEPT]
        csv.writer(file, lineterminator="\n").writerows([header, *kept])
    releases = folder / "releases.yaml"
    sha256 = load(folder).release().sha256
    releases.write_text(f'- id: "2026.11"\n  published: 2026-11-23\n  sha256: {sha256}\n', "utf-8")
    assert lint(folder) == []
    return folder


@pytest.fixture
def folder(shipped: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(shipped, tmp_path / "factors"))


@pytest.fixture
def values(shipped: Path) -> list[Value]:
    """What the book says, and a year more."""
    return values_of(load(shipped).release())


def refresh(folder: Path, answer: Answer | str, release: str = "2027.05", left: tuple[str, ...] = ()) -> Proposed:
    """What comes of a table that a host answers with."""
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    with host(table=sent(answer) if isinstance(answer, str) else answer) as address:
        wanted = Wanted(publisher("grid", folder), release, f"{address}table", TODAY, left)
        try:
            return refreshed(folder, wanted)
        finally:
            assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def applied(diff: str, folder: Path, tool: str) -> Book:
    """The book of the folder once a person has accepted the diff."""
    command = {"git": ["git", "apply", "-"], "patch": ["patch", "-p1", "--fuzz=0"]}[tool]
    if not shutil.which(tool):
        pytest.skip(f"there is no {tool} here")
    subprocess.run(command, cwd=folder.parent, input=diff.encode(), check=True, capture_output=True)
    return load(folder)


@pytest.mark.parametrize("tool", ["git", "patch"])
def test_an_accepted_diff_is_a_release_in_order(folder: Path, values: list[Value], tool: str) -> None:
    revised = [value._replace(text="43.1") if value[:2] == ("FR", 2024) else value for value in values]
    before = load(folder).release("2026.11")
    proposed = refresh(folder, table([*revised, Value("FR", 1999, "80"), Value("CH", 2025, "36.2")]))
    assert (proposed.values, proposed.replacing, proposed.unheld) == (len(KEPT) + 1, 1, ["CH"])
    book = applied(proposed.diff, folder, tool)
    assert lint(folder) == []
    first, second = (book.release(id) for id in ("2026.11", "2027.05"))
    assert (first.sha256, first.values.tolist()) == (before.sha256, before.values.tolist())
    assert [(row.valid_from, row.printed) for row in second.rows if row.country == "FR"] == [
        ("2024-01-01", 43.1),
        ("2025-01-01", 41.97),
    ]
    assert len(second.rows) == len(first.rows) + len(KEPT)
    assert book.release().id == "2027.05"


def test_a_new_row_is_as_the_one_before_it_but_for_what_is_new(folder: Path, values: list[Value]) -> None:
    book = applied(refresh(folder, table(values)).diff, folder, "git")
    for country, spread in (("FR", 0.1), ("FO", 0.25)):
        old, new = (row for row in book.release().rows if row.country == country)
        assert (new.low, new.high) == pytest.approx((new.value * (1 - spread), new.value * (1 + spread)), rel=1e-9)
        assert (new.checked_on, new.review_by) == ("2027-05-04", "2028-03-31")
        same = ("id", "title", "unit", "group", "basis", "shape", "tags", "note", "evidence", "until", "withdrawn")
        assert [getattr(new, name) for name in same] == [getattr(old, name) for name in same]
        assert dict(new.details) == dict(old.details) | {"averaging_years": "2025"}
    locators = {row.country: row.locator for row in book.release().rows if row.since == "2027.05"}
    assert [locators[place] for place in ("FR", "XK", "EU", "world")] == [
        f"table, {code}, 2025" for code in ("FRA", "XKX", "EU", "World")
    ]
    source = book.sources["ember-2027.05"]
    assert (source.published, source.licence) == ("2027-04-29", "CC BY 4.0")
    assert source.version.startswith("fetched 2027-05-04, sha256 ")
    assert source.address.startswith("http://127.0.0.1:")


def test_a_table_that_says_what_the_book_holds_proposes_nothing(folder: Path, values: list[Value]) -> None:
    held = [value for value in values if value.year != 2025]
    assert refresh(folder, table(held)) == Proposed("", 0, 0, [])


@pytest.mark.parametrize("moved", [0.6, 1.4])
def test_a_move_of_40_percent_is_no_jump(folder: Path, values: list[Value], moved: float) -> None:
    held = [value for value in values if value.year != 2025]
    assert refresh(folder, table([*held, Value("FO", 2025, str(354.17 * moved))])).values == 1


def with_line(old: str, new: str) -> Callable[[str], str]:
    def change(text: str) -> str:
        assert old in text
        return text.replace(old, new)

    return change


def of(country: str, year: int, text: str | None) -> Callable[[list[Value]], list[Value]]:
    """The values with another for a country and year, or none."""

    def change(values: list[Value]) -> list[Value]:
        others = [value for value in values if value[:2] != (country, year)]
        return others if text is None else [*others, Value(country, year, text)]

    return change


@pytest.mark.parametrize(
    ("change", "code", "place"),
    [
        (of("FR", 2024, None), "missing-year", "/FR/2024"),
        (lambda values: [value for value in values if value.country != "EU"], "missing-country", "/EU"),
        (lambda values: [value for value in values if value.country != "XK"], "missing-country", "/XK"),
        (of("FR", 2025, "61.9"), "jump", "/FR/2025"),
        (of("FR", 2025, "26.4"), "jump", "/FR/2025"),
        (of("FR", 2024, "62"), "jump", "/FR/2024"),
        (of("world", 2025, "0.449"), "jump", "/world/2025"),
        (of("FR", 2025, "0"), "implausible", "/FR/2025"),
        (of("FR", 2025, "-41"), "implausible", "/FR/2025"),
        (of("FR", 2025, "2001"), "implausible", "/FR/2025"),
        (of("FR", 2027, "41"), "year-not-over", "/FR/2027"),
        (of("FR", 2025, "NaN"), "number", ""),
        (of("FR", 2025, "inf"), "number", ""),
        (of("FR", 2025, "1e999"), "number", ""),
        (of("FR", 2025, "41,5"), "number", ""),
        (of("FR", 2025, "n/a"), "number", ""),
        (of("FR", 12, "41"), "year", ""),
        (lambda values: [*values, Value("FR", 2025, "41.97")], "duplicate", ""),
    ],
)  # fmt: skip
def test_odd_values_are_refused_where_they_stand(
    folder: Path, values: list[Value], change: Callable[[list[Value]], list[Value]], code: str, place: str
) -> None:
    with pytest.raises(TableRefused) as refusal:
        refresh(folder, table(change(values)))
    assert [(finding.code, finding.pointer) for finding in refusal.value.findings] == [(code, place)]
    assert refusal.value.exit_code == 3


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (with_line("Emissions intensity (gCO2e/kWh)", "Emissions intensity (kgCO2e/MWh)"), "unit-changed"),
        (with_line("Emissions intensity (gCO2e/kWh)", "Emissions intensity"), "column-missing"),
        (with_line("ISO 3 code", "iso 3 code"), "column-missing"),
        (with_line("Area,", "AREA,"), "column-missing"),
        (with_line("Electricity source", "Source"), "column-missing"),
        (with_line("Continent", "Year"), "column-twice"),
        (with_line(",", ";"), "column-missing"),
        (with_line("Total generation", "Total"), "no-values"),
        (with_line(",FRA,", ",FRX,"), "unknown-country"),
        (with_line(",FRA,", ",fra,"), "unknown-country"),
        (with_line(",FRA,", ",,"), "missing-country"),
        (lambda text: text[: len(text) // 2], "cells"),
        (lambda text: text.replace('"Land, FR"', '"Land, FR'), "not-csv"),
        (lambda text: "", "column-missing"),
        (lambda text: "<!doctype html><title>Moved</title>\n", "column-missing"),
        (lambda text: text.split("\n")[0] + "\n", "no-values"),
        (lambda text: "\n".join(text.split("\n")[:1] * 2) + "\n", "no-values"),
    ],
)  # fmt: skip
def test_a_table_of_another_form_is_refused(
    folder: Path, values: list[Value], change: Callable[[str], str], code: str
) -> None:
    with pytest.raises(TableRefused) as refusal:
        refresh(folder, change(table(values)))
    assert code in {finding.code for finding in refusal.value.findings}


@pytest.mark.parametrize("encoding", ["utf-16", "cp1252"])
def test_another_encoding_is_refused(folder: Path, values: list[Value], encoding: str) -> None:
    text = table(values).replace("Land, FR", "Île-de-France")
    with pytest.raises(TableRefused, match="1 thing") as refusal:
        refresh(folder, sent(text.encode(encoding)))
    assert refusal.value.findings[0].code == "encoding"


def test_a_mark_of_utf_8_at_the_start_is_no_fault(folder: Path, values: list[Value]) -> None:
    assert refresh(folder, sent(table(values).encode("utf-8-sig"))).values == len(KEPT)


def test_a_country_that_was_looked_at_is_left_as_it_is(folder: Path, values: list[Value]) -> None:
    odd = of("FR", 2025, "90")([value for value in values if value.country != "AE"])
    proposed = refresh(folder, table(odd), left=("AE", "FR"))
    assert proposed.values == len(KEPT) - 2
    assert "France" not in "".join(line for line in proposed.diff.split("\n") if line.startswith("+"))


@pytest.mark.parametrize("release", ["2026.11", "2026.10", "2027", "2027.13", "2027.5", "next", "2027.05\n"])
def test_a_release_that_is_out_or_of_another_form_is_refused(folder: Path, values: list[Value], release: str) -> None:
    with pytest.raises(UsageError, match=r"after 2026\.11"):
        refresh(folder, table(values), release)


def test_a_country_to_leave_that_has_no_row_is_refused(folder: Path, values: list[Value]) -> None:
    with pytest.raises(UsageError, match="'ZZ'; the countries are AE"):
        refresh(folder, table(values), left=("ZZ",))


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        ("grid_ember.csv", ",until,", ",note2,", "needs the columns averaging_years, country, until"),
        ("grid_ember.csv", "assumed: +/-10 %", "source: +/- ten", "names no class of range"),
        ("grid_ember.csv", ",44.18,", ",44.19,", "sha256"),
        ("grid_ember.csv", "gCO2e/kWh", "kgCO2e/MWh", "unit-differs"),
        ("publishers/grid.yaml", "most: 2000", "most: many", "most: 'many' will not do"),
        ("publishers/grid.yaml", "unit: ", "units: ", "exactly the keys"),
        ("publishers/grid.yaml", "  year: Year\n", "", "columns: "),
        ("publishers/grid.yaml", "review_months: 10", "review_months: 1.5", "review_months: 1.5"),
    ],
)
def test_a_folder_that_is_not_in_order_proposes_nothing(
    folder: Path, values: list[Value], file: str, old: str, new: str, says: str
) -> None:
    text = (folder / file).read_text("utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new), "utf-8")
    with pytest.raises(CarbonError) as refusal:
        refresh(folder, table(values))
    assert isinstance(refusal.value, FactorFileError | TableRefused)
    assert says in f"{refusal.value.detail} {refusal.value.findings}"
