"""What factors/publishers/ says of a publisher's table: where it is, which form it has, and which rows it feeds."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from carbon_api.errors import FactorFileError, UsageError
from carbon_api.factor_book.reading import read_csv, read_yaml

FOLDER, COUNTRIES = "publishers", "countries.csv"
COLUMNS = ("value", "year", "country", "area")
SOURCE = ("title", "publisher", "licence", "credit")


@dataclass(frozen=True, slots=True)
class Publisher:
    """A table and its place in the factor book.

    `factor` is the id of its rows, in `file`; `unit` that of its values, of which none is above `most`; `columns` names
    the columns by what they hold; `only` the cells that a line that counts has; `areas` the areas that are no country,
    by their name in the table; `source` is what an edition's entry in sources.yaml says. A value is looked at again
    `review_months` after it was fetched.
    """

    factor: str
    file: str
    address: str
    unit: str
    most: float
    columns: Mapping[str, str]
    only: Mapping[str, str]
    areas: Mapping[str, str]
    source: Mapping[str, str]
    review_months: float


_CHECKS: Mapping[str, Callable[[Any], bool]] = {
    "most": lambda value: isinstance(value, float) and value > 0,
    "review_months": lambda value: isinstance(value, float) and value.is_integer() and value > 0,
    "columns": lambda value: _texts(value) and sorted(value) == sorted(COLUMNS),
    "source": lambda value: _texts(value) and sorted(value) == sorted(SOURCE),
    "only": lambda value: _texts(value) and bool(value),
    "areas": lambda value: _texts(value) and bool(value),
}


def publisher(name: str, folder: Path) -> Publisher:
    """Return what a folder of factors says of the publisher of a table.

    Raises UsageError with the tables there are, FactorFileError naming the key that is wrong.
    """
    known = sorted(path.stem for path in (folder / FOLDER).glob("*.yaml"))
    if name not in known:
        raise UsageError(f"there is no table {name!r} to refresh; there are: {', '.join(known)}")
    said = read_yaml(folder / FOLDER / f"{name}.yaml")
    keys = [field.name for field in fields(Publisher)]
    if not isinstance(said, dict) or sorted(said) != sorted(keys):
        raise FactorFileError(f"{FOLDER}/{name}.yaml: it needs exactly the keys {', '.join(keys)}")
    for key in keys:
        if not _CHECKS.get(key, _is_text)(said[key]):
            raise FactorFileError(f"{FOLDER}/{name}.yaml: {key}: {said[key]!r} will not do")
    return Publisher(**said)


def countries(folder: Path) -> Mapping[str, str]:
    """Return the factor book's code of each country by the three letters that publishers write, from a folder."""
    return {row["alpha_3"]: row["alpha_2"] for row in read_csv(folder / FOLDER / COUNTRIES)}


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _texts(value: Any) -> bool:
    return isinstance(value, dict) and all(_is_text(text) for text in value.values())
