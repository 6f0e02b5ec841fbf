"""What every view of one application shares: its settings, its database, its factor book, its description."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING, cast

from flask import current_app

from carbon_api.factor_book.book import Book
from carbon_api.settings import Settings
from carbon_api.store.engine import Database
from carbon_api.store.keys import Scope
from carbon_api.web.metrics import Metrics
from carbon_api.web.told import Told

if TYPE_CHECKING:
    from carbon_api.web.access import Gate
    from carbon_api.web.limits import Limits

EXTENSION = "carbon_api"
VERSION = version("carbon-api")


@dataclass(frozen=True, slots=True)
class Service:
    """The service behind one Flask application."""

    settings: Settings
    database: Database
    book: Book
    description: bytes
    gate: "Gate"
    scopes: Mapping[str, Scope | None]
    limits: "Limits"
    metrics: Metrics
    told: Told


def service() -> Service:
    """The service of the request at hand."""
    return cast(Service, current_app.extensions[EXTENSION])
