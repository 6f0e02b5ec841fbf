"""A second release lands: what was made under the first stays as it is, and the second answers with what it changed."""

from dataclasses import replace
from pathlib import Path

import orjson
import pytest

from carbon_api.errors import PlanInvalid
from carbon_api.estimate.run import estimate_plan, trace_plan
from carbon_api.factor_book.book import Book, load
from carbon_api.factor_book.upkeep import lint
from carbon_api.methods.catalog import METHODS
from carbon_api.plan.load import load_plan_file, parse_plan
from carbon_api.plan.model import Plan
from tests.second_release import ADDED, CORRECTED, FIRST, SECOND, WITHDRAWN, second_release

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").iterdir())
LAUNCH = next(path for path in EXAMPLES if path.stem == "launch")
FREE = ("engine", "cross_check")  # of an answer pinned to a release, what may still differ


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> tuple[Book, Book]:
    """The book before the second release, and after it."""
    folders = second_release(tmp_path_factory.mktemp("releases"))
    assert lint(folders.after) == []
    return load(folders.before), load(folders.after)


def bound(answer: dict) -> bytes:
    """What of an answer its release and the method's revision bind, to the byte."""
    return orjson.dumps({key: value for key, value in answer.items() if key not in FREE})


def plan(example: Path, release: str | None, method: str | None = None) -> Plan:
    return replace(load_plan_file(example), factor_release=release, method=method)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
@pytest.mark.parametrize("method", METHODS)
def test_an_estimate_pinned_to_the_first_is_the_same_to_the_byte(
    books: tuple[Book, Book], example: Path, method: str
) -> None:
    first, again = (estimate_plan(plan(example, FIRST, method), book) for book in books)
    assert "low" in first["total"]
    assert first["factor_release"]["status"] == "given"
    assert bound(first) == bound(again)


def test_the_second_moves_what_rests_on_its_rows(books: tuple[Book, Book]) -> None:
    first, second = (estimate_plan(plan(LAUNCH, release), books[1]) for release in (FIRST, SECOND))
    assert second["total"]["central"] != first["total"]["central"]
    assert second["plan"] == first["plan"]


def test_a_trace_pinned_to_the_first_is_the_same_to_the_byte(books: tuple[Book, Book]) -> None:
    first, again = (orjson.dumps(trace_plan(plan(LAUNCH, FIRST), book)) for book in books)
    assert first == again


def test_the_hash_and_the_rows_of_the_first_never_move(books: tuple[Book, Book]) -> None:
    before, after = (book.release(FIRST) for book in books)
    assert before.sha256 == after.sha256 == books[1].releases[0].sha256
    assert [(row.key, row.value, row.low, row.high) for row in before.rows] == [
        (row.key, row.value, row.low, row.high) for row in after.rows
    ]


def test_the_second_holds_what_it_changed_and_everything_else(books: tuple[Book, Book]) -> None:
    first, second = (books[1].release(id) for id in (FIRST, SECOND))
    assert second.sha256 == books[1].releases[1].sha256 != first.sha256
    keys = [{row.key: row for row in release.rows} for release in (first, second)]
    assert keys[1].keys() - keys[0].keys() == set(ADDED)
    assert keys[0].keys() - keys[1].keys() == set(WITHDRAWN)
    differing = [key for key in keys[0].keys() & keys[1].keys() if keys[0][key].value != keys[1][key].value]
    assert [key.split()[0] for key in differing] == [CORRECTED]
    assert {row.key: row.withdrawn for row in first.withdrawn} == WITHDRAWN
    assert second.withdrawn == ()


@pytest.mark.parametrize(("named", "status"), [("latest", "given"), (None, "default")])
def test_the_latest_is_named_and_how_it_was_chosen(books: tuple[Book, Book], named: str | None, status: str) -> None:
    for book, newest in zip(books, (FIRST, SECOND), strict=True):
        used = estimate_plan(plan(LAUNCH, named), book)["factor_release"]
        assert used == {"id": newest, "sha256": book.release(newest).sha256, "status": status}


def test_latest_is_the_same_as_naming_it(books: tuple[Book, Book]) -> None:
    assert bound(estimate_plan(plan(LAUNCH, "latest"), books[1])) == bound(
        estimate_plan(plan(LAUNCH, SECOND), books[1])
    )


@pytest.mark.parametrize(("book", "known"), [(0, (FIRST, "latest")), (1, (FIRST, SECOND, "latest"))])
def test_a_release_that_is_not_there_is_refused_with_those_that_are(
    books: tuple[Book, Book], book: int, known: tuple[str, ...]
) -> None:
    line = {"id": "a", "kind": "post", "platform": "tiktok", "format": "image", "country": "FR", "views": 1}
    asked = parse_plan({"name": "p", "factor_release": "2031.01", "lines": [line]})
    with pytest.raises(PlanInvalid) as refusal:
        estimate_plan(asked, books[book])
    [finding] = refusal.value.findings
    assert (finding.pointer, finding.code) == ("/factor_release", "unknown-factor-release")
    assert finding.valid_values == known
