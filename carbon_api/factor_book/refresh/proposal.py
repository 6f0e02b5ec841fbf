"""Writes what a publisher's table would change as a diff: new rows, the ends of those they replace, and the release.

The diff is tried on a copy of the folder before it is shown. The folder itself is never written to.
"""

import csv
import json
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from difflib import unified_diff
from io import SEEK_END, StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

from carbon_api.errors import FactorFileError, UsageError
from carbon_api.factor_book.book import RELEASES, SOURCES, Book, load
from carbon_api.factor_book.refresh.comparing import Change
from carbon_api.factor_book.refresh.fetching import Fetched
from carbon_api.factor_book.refresh.publisher import Publisher
from carbon_api.factor_book.upkeep import class_ends, lint

RELEASE = re.compile(r"20\d\d\.(?:0[1-9]|1[0-2])", re.ASCII)
MONTHS = 12
NEEDED = frozenset({"country", "until", "averaging_years"})
Texts = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Edition:
    """A publisher's table as it was fetched on a day, and the release that it is proposed for."""

    publisher: Publisher
    fetched: Fetched
    release: str
    day: date

    @property
    def source(self) -> str:
        """The id of its entry in sources.yaml."""
        return f"{self.publisher.source['publisher'].lower()}-{self.release}"

    @property
    def review_by(self) -> str:
        """The end of the month in which its values are to be looked at again."""
        months = self.day.year * MONTHS + self.day.month + int(self.publisher.review_months)
        return (date(months // MONTHS, months % MONTHS + 1, 1) - timedelta(days=1)).isoformat()


def refuse_release(release: str, book: Book) -> None:
    """UsageError unless a new release can have this name: YYYY.MM, after the newest."""
    newest = book.releases[-1].id
    if not RELEASE.fullmatch(release) or release <= newest:
        raise UsageError(f"{release!r} cannot be the next release: write YYYY.MM, after {newest}")


def propose(folder: Path, edition: Edition, changes: list[Change]) -> str:
    """Return the diff that makes the changes, in the form that `git apply` takes; empty when there are none.

    FactorFileError if the folder with the changes would not be in order.
    """
    if not changes:
        return ""
    before = {name: _text(folder / name) for name in (edition.publisher.file, SOURCES, RELEASES)}
    after = _tried(folder, edition, {
        edition.publisher.file: _grid(before[edition.publisher.file], edition, changes),
        SOURCES: _sources(before[SOURCES], edition),
        RELEASES: before[RELEASES],
    })  # fmt: skip
    return "".join(line for name, text in after.items() for line in _diff(name, before[name], text))


def _text(path: Path) -> str:
    text = path.read_text("utf-8")
    if not text.endswith("\n"):
        raise FactorFileError(f"{path.name}: its last line does not end")
    return text


def _tried(folder: Path, edition: Edition, texts: Texts) -> Texts:
    """The texts with the hash of the release, once a copy of the folder with them has loaded and is in order."""
    with TemporaryDirectory() as place:
        copy = Path(shutil.copytree(folder, Path(place) / "factors"))
        sha256, whole = "unknown", dict(texts)
        for _ in range(2):
            whole[RELEASES] = f"{texts[RELEASES]}{_release(edition, sha256)}"
            for name, text in whole.items():
                (copy / name).write_text(text, "utf-8")
            sha256 = load(copy).release(edition.release).sha256
        faults = lint(copy)
    if faults:
        raise FactorFileError("\n  ".join(["what would be proposed breaks the rules of the factor book:", *faults]))
    return whole


def _release(edition: Edition, sha256: str) -> str:
    return f'- id: "{edition.release}"\n  published: {edition.day.isoformat()}\n  sha256: {sha256}\n'


def _sources(text: str, edition: Edition) -> str:
    """sources.yaml with the edition, before the first entry that its id comes before."""
    said = edition.publisher.source
    version = f"fetched {edition.day.isoformat()}, sha256 {edition.fetched.sha256}"
    fields = {
        "title": said["title"],
        "publisher": said["publisher"],
        "version": version,
        "published": edition.fetched.modified or edition.day.isoformat(),
        "licence": said["licence"],
        "address": edition.fetched.address,
        "credit": said["credit"],
    }
    lines = [f"  {key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in fields.items()]
    entry = "".join((f"- id: {edition.source}\n", *lines))
    for found in re.finditer(r"^- id: (\S+)$", text, re.MULTILINE):
        if found[1] > edition.source:
            return f"{text[: found.start()]}{entry}\n{text[found.start() :]}"
    return f"{text}\n{entry}"


def _grid(text: str, edition: Edition, changes: Iterable[Change]) -> str:
    """The table of the factor book with new rows, each after the one that answered until now."""
    following: dict[str, list[Change]] = {}
    for change in changes:
        following.setdefault(change.row.key, []).append(change)
    first, *lines = StringIO(text)
    header = next(csv.reader([first]))
    if not set(header) >= NEEDED:
        raise FactorFileError(f"{edition.publisher.file}: it needs the columns {', '.join(sorted(NEEDED))}")
    written = StringIO(first)
    written.seek(0, SEEK_END)
    writer = csv.writer(written, lineterminator="\n")
    for line in lines:
        cells = dict(zip(header, next(csv.reader([line])), strict=True))
        after = [] if cells["until"] else following.pop(_key(cells), [])
        if after:
            writer.writerows(row.values() for row in _rows(cells, edition, after))
        else:
            written.write(line)
    if following:
        raise FactorFileError(f"{edition.publisher.file}: it has no row of its own for {', '.join(sorted(following))}")
    return written.getvalue()


def _key(cells: Mapping[str, str]) -> str:
    return f"{cells['id']} {cells['country'] or 'world'} {cells['valid_from']}"


def _rows(cells: dict[str, str], edition: Edition, after: list[Change]) -> Iterator[dict[str, str]]:
    """A row, with its end if another takes its place, and those that follow it."""
    ends = any(change.replaces for change in after)
    yield cells | ({"until": edition.release} if ends else {})
    yield from (cells | _cells(cells["basis"], edition, change) for change in after)


def _cells(basis: str, edition: Edition, change: Change) -> dict[str, str]:
    """What a new row does not take over from the one that answered until now."""
    published = change.published
    ends = class_ends(basis, published.number)
    if ends is None:
        raise FactorFileError(f"{change.row.key}: its basis names no class of range, so a new value has none")
    low, high = (f"{end:.12g}" for end in ends)
    file = urlsplit(edition.fetched.address).path.rpartition("/")[2]
    return {
        "value": published.text,
        "low": low,
        "high": high,
        "valid_from": published.valid_from,
        "averaging_years": str(published.year),
        "source": edition.source,
        "locator": f"{file}, {published.code}, {published.year}",
        "evidence": "primary",
        "checked_on": edition.day.isoformat(),
        "review_by": edition.review_by,
        "since": edition.release,
    }


def _diff(name: str, before: str, after: str) -> Iterator[str]:
    return unified_diff(list(StringIO(before)), list(StringIO(after)), f"a/factors/{name}", f"b/factors/{name}")
