"""Published values by what they are about: words, country, tag."""

from collections.abc import Iterable, Iterator

from carbon_api.factor_book.book import Book
from carbon_api.factor_book.entry import Row


def tags(book: Book) -> list[str]:
    """Return every tag of the book, sorted."""
    return sorted({tag for row in book.rows for tag in row.tags})


def matching(
    book: Book, rows: Iterable[Row], words: str = "", country: str | None = None, tag: str | None = None
) -> Iterator[Row]:
    """Yield the rows of one country and tag that hold all of the words, in whatever order and case.

    A row holds the words of its id, title, note and tags, and of its source's title.
    """
    wanted = words.casefold().split()
    for row in rows:
        if country in {None, row.country} and tag in {None, *row.tags}:
            text = " ".join((row.id, row.title, row.note, *row.tags, book.sources[row.source].title)).casefold()
            if all(word in text for word in wanted):
                yield row
