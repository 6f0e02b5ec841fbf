"""What the EcoLogits package works out for a named model, as rows like the book's. Offline; imported when first asked.

A release names the version that it prices by, as the source of its row `ecologits.model_ratio`: with another version,
or with none, nothing is answered. A row keeps EcoLogits' low and high as they are; its value is their mean, as it is
with EcoLogits.
"""

import logging
from collections.abc import Mapping
from dataclasses import replace
from functools import cache, lru_cache
from importlib.metadata import PackageNotFoundError, version
from threading import Lock
from types import ModuleType
from typing import NamedTuple

from carbon_api.errors import PackageMissing
from carbon_api.factor_book.asked import Asked, Ends, Note, NotPriced, Reckoned
from carbon_api.factor_book.book import Release
from carbon_api.factor_book.entry import Row

NAMED_BY = "ecologits.model_ratio"
SOURCE = "ecologits-"
MOST_KEPT = 1024  # models and clips whose numbers are kept
TASKS = ("text", "video")  # what EcoLogits prices
_importing = Lock()


class Made(NamedTuple):
    """Rows by the value that they are, where the machines are taken to be, and what a reader must know."""

    rows: Mapping[str, Row]
    country: str
    notes: tuple[Note, ...]

    def notes_in(self, country: str) -> tuple[Note, ...]:
        """What a reader must know of a generation that is priced on the electricity of a country."""
        if country == self.country:
            return self.notes
        detail = (
            f"EcoLogits takes the data centres of this provider to be in {self.country}; the line is priced on the "
            "electricity of the country that it names"
        )
        return (*self.notes, ("computed-elsewhere", detail))


def made(asked: Asked, release: Release) -> Made:
    """The rows of a generation. Raises NotPriced, or PackageMissing without the version that the release names."""
    named = _named(asked, release)
    reckoned = _reckoned(asked, named.source.removeprefix(SOURCE))
    rows = {name: _row(name, ends, reckoned, named) for name, ends in reckoned.values.items()}
    return Made(rows, reckoned.country, reckoned.notes)


def names(asked: Asked, release: Release) -> tuple[str, ...]:
    """The models that EcoLogits has, of the provider and for the task of a generation. Raises as `made` does."""
    found: tuple[str, ...] = _package(_named(asked, release).source.removeprefix(SOURCE)).names(asked)
    return found


def _named(asked: Asked, release: Release) -> Row:
    """The row that names EcoLogits, for a task that it prices."""
    named = release.find(NAMED_BY)
    if asked.task not in TASKS or named is None:
        raise NotPriced(asked, "task", TASKS if named else ())
    return named.row


@lru_cache(MOST_KEPT)
def _reckoned(asked: Asked, wanted: str) -> Reckoned:
    package = _package(wanted)
    found: Reckoned = (package.text if asked.task == "text" else package.video)(asked)
    return found


@cache
def _package(wanted: str) -> ModuleType:
    """The module that calls EcoLogits, which sets a class of loggers for the whole process when it is imported."""
    found = _installed()
    if found != wanted:
        is_found = f"{found} is installed" if found else "it is not installed"
        detail = f"A named model is priced by the package EcoLogits {wanted}, and {is_found} here."
        raise PackageMissing(f"{detail} Install it: pip install 'carbon-api[ai]', or pip install ecologits=={wanted}.")
    with _importing:
        loggers = logging.getLoggerClass()
        try:
            from carbon_api.factor_book import ecologits_package
        finally:
            logging.setLoggerClass(loggers)
    return ecologits_package


def _installed() -> str:
    try:
        return version("ecologits")
    except PackageNotFoundError:
        return ""


def _row(name: str, ends: Ends, reckoned: Reckoned, named: Row) -> Row:
    """A row beside those of the release: what it has in common with the row that names EcoLogits is that row's."""
    low, high = ends
    unit = ("kWh/" if name.startswith("energy") else "kgCO2e/") + name.rpartition("_")[2]
    return replace(
        named,
        index=-1,
        id=f"ecologits.{name}",
        title=f"EcoLogits, {reckoned.model}",
        value=(low + high) / 2,
        low=low,
        high=high,
        shape="triangular" if low < high else "exact",
        coherent_unit=unit,
        printed=(low + high) / 2,
        unit=unit,
        group=f"EcoLogits, {reckoned.model}",
        locator=f"{reckoned.call}: {low:.6g} to {high:.6g} {unit}",
        basis="source: min and max of EcoLogits" if low < high else "exact: EcoLogits gives one value",
        note="",
    )
