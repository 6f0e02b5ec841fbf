"""The factor book: every published value with its source, and each release of it as a filter over the same files.

book().release("2026.11").find("grid.ember", "FR", date(2024, 6, 1))
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from functools import cache, cached_property
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import orjson
from numpy.typing import NDArray

from carbon_api.errors import FactorFileError, NotFound
from carbon_api.factor_book.entry import Row, Source
from carbon_api.factor_book.reading import read_csv, read_yaml
from carbon_api.factor_book.rows import Known, Record, checked, csv_record, entry_records
from carbon_api.units import factors_folder

SOURCES, RELEASES = "sources.yaml", "releases.yaml"
# Upkeep, free to change in a released row, and the row's place in a release, which is not data.
UNFROZEN = frozenset({"until", "withdrawn", "checked_on", "review_by", "index"})


class ReleaseInfo(NamedTuple):
    """A release as releases.yaml announces it; `sha256` is the hash it was published with."""

    id: str
    published: str
    sha256: str


class Found(NamedTuple):
    """The row that answers a look-up; `earliest` says that it only begins after the date asked for."""

    row: Row
    earliest: bool


class Release:
    """The rows of one release: `rows[i].index == i`, and `values[i]` is its central value in coherent units.

    `worked_out` holds what others made of it, by whatever they made it for, and goes with it.
    """

    def __init__(self, info: ReleaseInfo, rows: tuple[Row, ...]) -> None:
        self.id = info.id
        self.published = info.published
        self.rows = tuple(replace(row, index=index) for index, row in enumerate(rows))
        self.worked_out: dict[object, Any] = {}
        self._dated = _by_id_and_country(self.rows)

    @cached_property
    def sha256(self) -> str:
        """The hash of what was loaded, whatever releases.yaml says, so that an answer can never name another's.

        It is over canonical JSON of the rows' frozen fields, as printed and as converted: a changed unit shows too.
        """
        return hashlib.sha256(
            orjson.dumps([_frozen(row) for row in self.rows], option=orjson.OPT_SORT_KEYS)
        ).hexdigest()

    @cached_property
    def values(self) -> NDArray[np.float64]:
        """Central values in coherent units, by index; read-only."""
        values = np.array([row.value for row in self.rows])
        values.setflags(write=False)
        return values

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """The factor ids of the release, sorted."""
        return tuple(sorted({id for id, _ in self._dated}))

    @cached_property
    def withdrawn(self) -> tuple[Row, ...]:
        """The rows that a later release took back."""
        return tuple(row for row in self.rows if row.withdrawn)

    def children(self, stem: str) -> tuple[str, ...]:
        """Return the ids that are `stem` and one more word, sorted: `social.device.phone` of `social.device`."""
        return self._children.get(stem, ())

    @cached_property
    def _children(self) -> dict[str, tuple[str, ...]]:
        return {stem: tuple(ids) for stem, ids in groupby(sorted(self.ids, key=_stem), key=_stem)}

    def countries(self, id: str) -> tuple[str, ...]:
        """Return the countries that a factor has rows for, sorted; none for an unknown factor."""
        return tuple(sorted(country for known, country in self._dated if known == id))

    def find(self, id: str, country: str = "world", on: date | None = None) -> Found | None:
        """Return the row valid on a date: the latest not after it, else the earliest there is; no date: the latest.

        The country must be exactly the one asked for; None when the factor has no row for it.
        """
        dated = self._dated.get((id, country))
        if dated is None:
            return None
        if on is None:
            return Found(dated[-1], False)
        day = on.isoformat()
        begun = [row for row in dated if row.valid_from <= day]
        return Found(begun[-1], False) if begun else Found(dated[0], True)


@dataclass(frozen=True)
class Book:
    """All rows of a folder, of whatever release, with their sources."""

    rows: tuple[Row, ...]
    sources: Mapping[str, Source]
    releases: tuple[ReleaseInfo, ...]

    def release(self, id: str | None = None) -> Release:
        """Return a release by id; None and "latest" give the newest. Raises NotFound with the ids there are."""
        wanted = self.releases[-1].id if id in {None, "latest"} else id
        return self._made[wanted] if wanted in self._made else self._make(str(wanted))

    @cached_property
    def _made(self) -> dict[str, Release]:
        return {}

    def _make(self, wanted: str) -> Release:
        order = [release.id for release in self.releases]
        if wanted not in order:
            raise NotFound(f"there is no factor release {wanted!r}; known: {', '.join(order)}, latest")
        place = order.index(wanted)
        held = [row for row in self.rows if place in _life(row, order)]
        held.sort(key=lambda row: (row.id, row.country, row.valid_from))
        return self._made.setdefault(wanted, Release(self.releases[place], tuple(held)))


@cache
def book() -> Book:
    """Return the project's own factor book, loaded once."""
    return load()


def load(folder: Path | None = None) -> Book:
    """Return the factor book of a folder. Raises FactorFileError naming the file and the key of the first fault."""
    folder = folder or factors_folder()
    sources = {source.id: source for source in _listed(folder / SOURCES, Source)}
    releases = tuple(_listed(folder / RELEASES, ReleaseInfo))
    if not releases:
        raise FactorFileError(f"{RELEASES}: at least one release is needed")
    known = Known(sources, [release.id for release in releases])
    loaded = [(record, checked(record, known)) for record in _records(folder)]
    _refuse_clashes(loaded, known.releases)
    _refuse_silent_ends(loaded)
    return Book(tuple(row for _, row in loaded), sources, releases)


def _records(folder: Path) -> Iterator[Record]:
    for path in sorted(folder.glob("*.yaml")):
        if path.name not in {SOURCES, RELEASES}:
            for entry in _list(path):
                yield from entry_records(entry, path)
    for path in sorted(folder.glob("*.csv")):
        for line, cells in enumerate(read_csv(path), start=2):
            yield csv_record(cells, path, line)


def _list(path: Path) -> list[Any]:
    content = read_yaml(path)
    if not isinstance(content, list):
        raise FactorFileError(f"{path.name}: a list is expected")
    return content


def _listed(path: Path, kind: Any) -> list[Any]:
    """Return the entries of sources.yaml or releases.yaml, whose keys are exactly the fields of `kind`, all text."""
    keys = set(kind.__annotations__)
    listed: dict[str, Any] = {}
    for entry in _list(path):
        if not isinstance(entry, dict) or set(entry) != keys:
            raise FactorFileError(f"{path.name}: an entry needs exactly the keys {', '.join(sorted(keys))}: {entry}")
        wrong = [key for key in sorted(keys) if not isinstance(entry[key], str)]
        if wrong:
            raise FactorFileError(f"{path.name}: {entry['id']}: {wrong[0]} must be text; put it in quotes")
        if entry["id"] in listed:
            raise FactorFileError(f"{path.name}: {entry['id']} is listed twice")
        listed[entry["id"]] = kind(**entry)
    return list(listed.values())


def _life(row: Row, releases: Sequence[str]) -> range:
    """Return the places of the releases that a row belongs to: from its `since` to before its `until`."""
    return range(releases.index(row.since), releases.index(row.until) if row.until else len(releases))


def _refuse_clashes(loaded: list[tuple[Record, Row]], releases: Sequence[str]) -> None:
    """Refuse two rows for one thing in one release, and an id whose rows differ in dimension."""
    lives: dict[tuple[str, str, str], list[tuple[range, str]]] = {}
    dimensions: dict[str, str] = {}
    for record, row in loaded:
        life = _life(row, releases)
        if not life:
            raise record.fault(f"until {row.until!r} must be a release after since {row.since!r}")
        others = lives.setdefault((row.id, row.country, row.valid_from), [])
        for other, place in others:
            if max(life.start, other.start) < min(life.stop, other.stop):
                raise record.fault(f"{row.country} from {row.valid_from} is already in {place}; close it with until")
        others.append((life, record.place))
        dimension = dimensions.setdefault(row.id, row.coherent_unit)
        if dimension != row.coherent_unit:
            raise record.fault(f"unit {row.unit!r} is of dimension {row.coherent_unit}, other rows of {dimension}")


def _refuse_silent_ends(loaded: list[tuple[Record, Row]]) -> None:
    """Refuse a row that ends without another in its place and without a reason."""
    opened = {(row.key, row.since) for _, row in loaded}
    for record, row in loaded:
        if row.until and not row.withdrawn and (row.key, row.until) not in opened:
            raise record.fault(f"no row takes its place in {row.until!r}; say why in withdrawn")


def _by_id_and_country(rows: tuple[Row, ...]) -> dict[tuple[str, str], tuple[Row, ...]]:
    """Return the rows of each id and country, in order of date."""
    dated: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        dated.setdefault((row.id, row.country), []).append(row)
    return {key: tuple(sorted(found, key=lambda row: row.valid_from)) for key, found in dated.items()}


def _stem(id: str) -> str:
    return id.rpartition(".")[0]


def _frozen(row: Row) -> dict[str, Any]:
    """Return what may never change in a released row; empty fields are left out, so a new one moves no old hash."""
    named = ((field.name, getattr(row, field.name)) for field in fields(row) if field.name not in UNFROZEN)
    return {name: value for name, value in named if value not in {None, "", ()}}
