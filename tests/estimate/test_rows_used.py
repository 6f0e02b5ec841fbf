"""The rows of the factor book that an estimate says its total rests on: all of them, whatever plan and method."""

from dataclasses import replace

from drawn_plans import Document, plan, plans
from hypothesis import HealthCheck, given, settings

from carbon_api.estimate.run import estimated, trace_plan
from carbon_api.factor_book.book import Book, book
from carbon_api.plan.load import parse_plan

FEED = {"id": "a", "kind": "ad", "platform": "tiktok", "format": "image", "country": "FR", "impressions": 1000}


def others_halved(named: set[str]) -> Book:
    """The factor book with every row halved but those named."""
    the_book = book()
    halved = tuple(
        row if row.key in named else replace(row, value=row.value / 2, low=row.low / 2, high=row.high / 2)
        for row in the_book.rows
    )
    return replace(the_book, rows=halved)


@given(plans())
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_other_row_moves_the_total_or_its_range(document: Document) -> None:
    made = estimated(parse_plan(document), book())
    elsewhere = estimated(parse_plan(document), others_halved({row.key for row in made.rows}))
    for part in ("total", "lines", "by_stage", "by_country", "energy"):
        assert elsewhere.answer[part] == made.answer[part]


@given(plans(range=False))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_all_that_the_trace_shows_is_among_them_and_each_is_named_once(document: Document) -> None:
    rows = estimated(parse_plan(document), book()).rows
    keys = [row.key for row in rows]
    of_book = set(book().release().ids)  # what a package gives beside the book is no row of a release
    shown = [value for value in trace_plan(parse_plan(document), book())["values"] if value.get("factor") in of_book]
    assert {f"{value['factor']} {value['country']} {value['valid_from']}" for value in shown} <= set(keys)
    assert len(set(keys)) == len(keys)
    assert [row.index for row in rows] == sorted(row.index for row in rows)


def test_a_screen_that_only_decides_what_a_creative_covers_is_among_them() -> None:
    shaped = plan([{**FEED, "placement": "feed", "aspect_ratio": "1:1"}], range=False)
    keys = {row.id for row in estimated(parse_plan(shaped), book()).rows}
    assert {f"scope3.phone.screen_{side}" for side in ("width", "height")} <= keys
