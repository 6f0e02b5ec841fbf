"""What a reader of a kept estimate must know of factors withdrawn since it was made. No number of it changes."""

from collections.abc import Iterator, Mapping
from typing import Any

import orjson

from carbon_api.factor_book.book import Book
from carbon_api.factor_book.entry import Row
from carbon_api.store.estimates import Estimate

WITHDRAWN, NOT_KNOWN = "factor-withdrawn", "factor-withdrawn-perhaps"

_END = b'],"links":{'  # the warnings of an answer come last before its links


def as_read(estimate: Estimate, book: Book) -> bytes:
    """The bytes of an estimate as they were sent, with a warning more for each of its factors withdrawn since."""
    found = [orjson.dumps(warning) for warning in _warnings(estimate, book)]
    if not found:
        return estimate.answer
    end = estimate.answer.rindex(_END)
    before, after = estimate.answer[:end], estimate.answer[end:]
    return before + (b"" if before.endswith(b"[") else b",") + b",".join(found) + after


def _warnings(estimate: Estimate, book: Book) -> Iterator[Mapping[str, Any]]:
    """The warnings, in the order of the release; none of a release that this book does not know."""
    if estimate.factor_release not in {release.id for release in book.releases}:
        return
    used = None if estimate.factors is None else frozenset(estimate.factors.splitlines())
    for row in book.release(estimate.factor_release).withdrawn:
        if used is None:
            yield _warning(NOT_KNOWN, row, "; this estimate did not note its factors, its trace tells them")
        elif row.key in used:
            yield _warning(WITHDRAWN, row, "; the figures stand as they were made")


def _warning(code: str, row: Row, so: str) -> Mapping[str, Any]:
    return {"code": code, "pointers": [], "detail": row.withdrawal + so}
