"""What every estimate takes of a release, worked out once and before the first."""

from carbon_api.estimate.pricing import needs_of
from carbon_api.factor_book.book import Book
from carbon_api.inventory.build import lay_out
from carbon_api.methods.catalog import METHODS


def prepare(book: Book) -> None:
    """Lay the newest release out in flat arrays for every method: processes that are made after that share them."""
    for method in METHODS.values():
        lay_out(book.release(), needs_of(method))
