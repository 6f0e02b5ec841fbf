"""Lint and staleness of the factor book: clean as shipped, and each kind of neglect is found."""

import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest

from carbon_api.factor_book.book import book, load
from carbon_api.factor_book.upkeep import lint, listed, stale
from carbon_api.units import factors_folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(factors_folder(), tmp_path / "factors"))


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def test_the_book_as_shipped_is_clean() -> None:
    assert lint() == []


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        ("scope3.yaml", "high: 0.0336682", "high: 0.05", "not what its basis says: spread"),
        ("sri.yaml", "high: 37.7", "high: 40", "not what its basis says: assumed"),
        ("platforms.yaml", "low: 79", "low: 70", "15 points"),
        ("sri.yaml", "high: 700", "high: 710", "a factor of 2"),
        ("scope3.yaml", "GMSF 0.0165, SRI 0.0687", "GMSF 0.0165, SRI 0.0787", "of ratio 4.77"),
        (
            "scope3.yaml",
            "GMSF 0.0165, SRI 0.0687 kWh/GB; ratio 4.164",
            "GMSF, SRI; ratio 4.164",
            "two published values",
        ),
        (
            "scope3.yaml",
            "GMSF 0.117, SRI 0.236 kWh/GB; ratio 2.017",
            "GMSF 0.2, SRI 0.236; ratio 1.18",
            "ask for a class",
        ),
        ("scope3.yaml", "1.7 s a feed item", "1.6 s a feed item", "not what its basis says: spread"),
        (
            "platforms.yaml",
            "2.5 s on a computer (Facebook)",
            "2.5 s on a computer (Facebook); ratio 2.5",
            "ends of a triangle are hard",
        ),
        ("sri.yaml", "assumed: +/-30 %; HTTP Archive", "assumed: HTTP Archive", "none of the classes"),
        ("scope3.yaml", "value: 0.0165", "value: 0.0166", "sha256"),
        ("grid_ember.csv", "Electricity, France", "Electricity, Frankreich", "sha256"),
        ("sources.yaml", "- id: scope3\n", "- id: other\n", "source 'scope3' is not in sources.yaml"),
    ],
)
def test_what_was_changed_is_found(folder: Path, file: str, old: str, new: str, says: str) -> None:
    change(folder / file, old, new)
    assert says in " ".join(lint(folder))


@pytest.mark.parametrize(
    ("basis", "values"),
    [
        ("spread: GMSF 2.14, SRI 4.43 g/GB; ratio 2.07", [2.14, 4.43]),
        ("spread: Scope3 before October 2025 3, GMSF 5.04 W; not SRI 29.4, ADEME 20 W; ratio 1.68", [3, 5.04]),
        ("spread: 1.7 s on a phone (Facebook, about 2017), 6 s a post (2023)", [1.7, 6]),
        ("spread: 32.48 at 720p, 54.98 MB/min at 1080p (Mytton); ratio 1.693", [32.48, 54.98]),
    ],
)
def test_a_spread_is_read_as_people_read_it(basis: str, values: list[float]) -> None:
    assert listed(basis) == values


def test_a_source_that_nothing_uses_is_found(folder: Path) -> None:
    text = (folder / "sources.yaml").read_text("utf-8")
    block = text[text.index("- id: scope3") :].split("\n\n")[0]
    (folder / "sources.yaml").write_text(text + "\n" + block.replace("id: scope3", "id: unused") + "\n", "utf-8")
    assert lint(folder) == ["sources.yaml: unused: no row is taken from it"]


def test_upkeep_leaves_the_hash_and_the_rest_of_the_row_moves_it(folder: Path) -> None:
    change(folder / "scope3.yaml", "review_by: 2027-07-31", "review_by: 2028-07-31")
    change(folder / "scope3.yaml", "checked_on: 2026-11-23", "checked_on: 2026-12-01")
    assert load(folder).release().sha256 == book().release().sha256


def test_rows_are_stale_the_day_after_their_review() -> None:
    due = min(date.fromisoformat(row.review_by) for row in book().release().rows)
    assert stale(book(), due) == []
    overdue = stale(book(), due + timedelta(days=1))
    assert {row.review_by for row in overdue} == {due.isoformat()}
