"""Whose electricity an answer stands on, and what it says of it."""

from typing import Any

import pytest
from drawn_plans import EVERY_METHOD, Answer, Document, estimate, plan

from carbon_api.cli.words import WARNINGS
from carbon_api.factor_book.book import book
from carbon_api.methods.catalog import METHODS

VIDEO: Document = {"kind": "video", "platform": "youtube", "minutes_watched": 60, "resolution": "1080p"}
VIDEO |= {"devices": {"tv": 1}, "network": {"fixed": 1, "mobile": 0}}
TEXTS: Document = {"kind": "ai", "task": "text", "figure": "gemini_median_prompt", "generated": 1e6}
KEPT: Document = {"kind": "storage", "volume": 1, "kept_for": 12}
RELEASE = book().release(None)
ONE_GRID = {"swd-4": "swd4.grid", "swd-3": "swd3.grid", "one-byte": "one_byte.grid", "ademe-2025": "ademe.grid"}
WORLD = [method for method in ONE_GRID if method != "ademe-2025"]


def answered(method: str, *lines: Document, **settings: Any) -> Answer:
    return estimate(plan(list(lines), method=method, range=False, **settings))


def told(answer: Answer, code: str) -> list[tuple[list[str], str]]:
    return [(one["pointers"], one["detail"]) for one in answer["warnings"] if one["code"] == code]


@pytest.mark.parametrize("method", ONE_GRID)
def test_a_model_with_one_electricity_says_that_a_country_changes_nothing(method: str) -> None:
    answer = answered(method, VIDEO | {"country": "DE"}, VIDEO | {"country": "PL"}, VIDEO | {"country": "DE"})
    ((pointers, detail),) = told(answer, "grid-of-the-method")
    row = next(row for row in RELEASE.rows if row.id == ONE_GRID[method])
    assert pointers == ["/lines/0", "/lines/1", "/lines/2"]
    assert detail.startswith("DE, PL: the electricity of the country changes nothing")
    assert f"the model takes {row.printed:g} gCO2e/kWh" in detail
    assert "grid_intensity" in detail
    assert "grid-of-the-method" in WARNINGS


@pytest.mark.parametrize("method", EVERY_METHOD)
def test_the_country_changes_the_electricity_where_nothing_says_that_it_does_not(method: str) -> None:
    """Watching in one country or the other differs by its electricity, or a warning or the accounting tells why not."""
    one, other = (answered(method, VIDEO | {"country": country}) for country in ("DE", "BE"))
    is_one = one["total"]["central"] == other["total"]["central"]
    assert is_one == (method in ONE_GRID or method == "greenspector-2021")
    assert is_one == ("whatever the country" in one["boundary"]["accounting"])
    assert bool(told(one, "grid-of-the-method")) == (method in ONE_GRID)


@pytest.mark.parametrize(("method", "country"), [*((method, "world") for method in WORLD), ("ademe-2025", "FR")])
def test_nothing_is_said_where_the_electricity_is_that_of_the_place(method: str, country: str) -> None:
    answer = answered(method, VIDEO | {"country": country}, KEPT | {"country": country}, TEXTS | {"country": country})
    assert told(answer, "grid-of-the-method") == told(answer, "two-grids") == []


def test_data_kept_and_ai_in_france_take_the_electricity_of_ademe_beside_it() -> None:
    """Base Empreinte 2024: 51.9 g/kWh; a million prompts of 0.24 Wh (Google, 2025)."""
    answer = answered("ademe-2025", TEXTS | {"country": "FR"})
    assert answer["total"]["central"] == pytest.approx(1e6 * 0.24e-3 * 0.0519)
    abroad = answered("ademe-2025", TEXTS | {"country": "DE"})
    assert abroad["total"]["central"] == answered("scope3-2026.07", TEXTS | {"country": "DE"})["total"]["central"]


def test_the_row_of_a_region_stands_for_no_electricity_of_its_own() -> None:
    """ADEME's row of the European Union holds French electricity: data kept there takes that of the Union."""
    alone = answered("ademe-2025", TEXTS | {"country": "EU"})
    assert alone["total"]["central"] == answered("scope3-2026.07", TEXTS | {"country": "EU"})["total"]["central"]
    watched = answered("ademe-2025", VIDEO | {"country": "EU"})
    assert [pointers for pointers, _ in told(watched, "grid-of-the-method")] == [["/lines/0"]]


@pytest.mark.parametrize("method", ONE_GRID)
def test_a_total_on_two_sources_of_electricity_names_both(method: str) -> None:
    lines = (VIDEO | {"country": "DE"}, TEXTS | {"country": "DE"}, KEPT | {"country": "BE"})
    ((pointers, detail),) = told(answered(method, *lines), "two-grids")
    assert pointers == ["/lines/1", "/lines/2"]
    assert "grid.ember (BE" in detail
    assert ONE_GRID[method] in detail
    assert "two-grids" in WARNINGS
    for line in lines:
        assert told(answered(method, line), "two-grids") == []


def test_a_line_s_own_intensity_is_no_second_source() -> None:
    own = {"country": "DE", "grid_intensity": 300}
    assert told(answered("ademe-2025", VIDEO | {"country": "FR"}, TEXTS | own), "two-grids") == []


@pytest.mark.parametrize("method", METHODS)
def test_the_accounting_of_an_answer_is_that_of_its_method(method: str) -> None:
    accounting = answered(method, VIDEO | {"country": "FR"})["boundary"]["accounting"]
    assert accounting.startswith("attributional, ")
    assert accounting.endswith("GWP100, no certificates")
    assert ("world's average grid" in accounting) == (method in WORLD)
    assert ("France's average grid" in accounting) == (method == "ademe-2025")
    assert ("location-based" in accounting) == (method in {"scope3-2026.07", "sri-2.1"})
