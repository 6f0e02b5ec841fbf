"""The real factor book: it loads whole, its releases hash as published, and look-ups follow the date rule."""

from datetime import date

import pytest

from carbon_api.errors import NotFound
from carbon_api.factor_book.book import book


def test_releases_are_what_was_published() -> None:
    for info in book().releases:
        assert book().release(info.id).sha256 == info.sha256


def test_an_unknown_release_is_answered_with_the_known_ones() -> None:
    assert book().release("latest") is book().release(None) is book().release(book().releases[-1].id)
    with pytest.raises(NotFound, match=r"2026\.11"):
        book().release("1999.01")


def test_the_latest_row_not_after_the_date_answers_else_the_earliest_says_so() -> None:
    release = book().release("2026.11")
    of = {
        day: release.find("grid.ember", "AE", day) for day in (date(2020, 1, 1), date(2023, 12, 31), date(2026, 1, 1))
    }
    assert [(found.row.valid_from, found.earliest) for found in of.values() if found] == [
        ("2023-01-01", True),
        ("2023-01-01", False),
        ("2024-01-01", False),
    ]
    assert release.find("grid.ember", "AE") == of[date(2026, 1, 1)]
    assert release.find("grid.ember", "ZZ") is None
