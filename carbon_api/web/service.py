"""What every view of one application shares: its settings, its database, its factor book, its description."""

from dataclasses import dataclass
from importlib.metadata import version
from typing import cast

from flask import current_app

from carbon_api.factor_book.book import Book
from carbon_api.settings import Settings
from carbon_api.store.engine import Database

EXTENSION = "carbon_api"
VERSION = version("carbon-api")


@dataclass(frozen=True, slots=True)
class Service:
    """The service behind one Flask application."""

    settings: Settings
    database: Database
    book: Book
    description: bytes


def service() -> Service:
    """The service of the request at hand."""
    return cast(Service, current_app.extensions[EXTENSION])
