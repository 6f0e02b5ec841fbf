"""A second release of the factor book, as it would land: a row is corrected, rows are added, others are withdrawn.

The first release keeps every row, and only learns of some where they end and why.
"""

import json
import re
import shutil
from collections.abc import Callable
from csv import DictReader, DictWriter
from pathlib import Path
from typing import NamedTuple

from carbon_api.factor_book.book import load
from carbon_api.units import factors_folder

FIRST, SECOND = "2026.11", "2027.05"
CORRECTED = "scope3.network.fixed.energy_per_data"
ADDED = ("grid.ember FR 2025-01-01", "trial.share world 2015-01-01")
GRID, BITRATE = "grid.ember FR 2024-01-01", "platform.instagram.bitrate world 2021-01-01"
WITHDRAWN = {GRID: "the publisher took the year back", BITRATE: 'its "source" was retracted, à Paris'}
NEW_FACTOR = f"""
- id: trial.share
  title: A factor that only the second release has
  unit: "1"
  tags: [only-later]
  values:
    - {{value: 0.5, valid_from: 2015-01-01, basis: exact, source: scope3, locator: none, evidence: primary,
       checked_on: 2027-05-02, review_by: 2028-05-31, since: "{SECOND}"}}
"""


class Folders(NamedTuple):
    """The factors before and after the second release."""

    before: Path
    after: Path


def second_release(place: Path) -> Folders:
    """The factors as shipped, and a copy of them in which the second release has landed, both under `place`."""
    before, after = (Path(shutil.copytree(factors_folder(), place / name / "factors")) for name in ("before", "after"))
    _release(after, "unknown")
    _in_entry(after / "scope3.yaml", CORRECTED, _corrected)
    why = f"withdrawn: {json.dumps(WITHDRAWN[BITRATE], ensure_ascii=False)}"
    _in_entry(after / "platforms.yaml", BITRATE.split(maxsplit=1)[0], lambda entry: _closed(entry, why))
    with (after / "scope3.yaml").open("a", encoding="utf-8") as file:
        file.write(NEW_FACTOR)
    _grid(after / "grid_ember.csv")
    sha256 = load(after).release(SECOND).sha256
    shutil.copy(before / "releases.yaml", after)
    _release(after, sha256)
    return Folders(before, after)


def _release(folder: Path, sha256: str) -> None:
    with (folder / "releases.yaml").open("a", encoding="utf-8") as file:
        file.write(f'- id: "{SECOND}"\n  published: 2027-05-03\n  sha256: {sha256}\n')


def _in_entry(file: Path, id: str, change: Callable[[str], str]) -> None:
    text = file.read_text("utf-8")
    entry = re.search(rf"^- id: {re.escape(id)}\n(?:.*\n)+?(?=\n|\Z)", text, re.MULTILINE)
    assert entry, f"{file.name} has no entry {id}"
    file.write_text(text.replace(entry[0], change(entry[0])), "utf-8")


def _closed(entry: str, *more: str) -> str:
    ends = "".join(f"      {line}\n" for line in (f'until: "{SECOND}"', *more))
    return re.sub(rf'(      since: "{FIRST}"\n)', lambda since: since[1] + ends, entry)


def _corrected(entry: str) -> str:
    _, _, values = entry.partition("  values:\n")
    opened = values.replace(f'since: "{FIRST}"', f'since: "{SECOND}"').replace("value: 0.0165", "value: 0.0132")
    ends = {"low: 0.00808626": "low: 0.00924", "high: 0.0336682": "high: 0.01716"}
    for old, new in ends.items():
        opened = opened.replace(old, new)
    opened = re.sub(r'basis: ".*"', 'basis: "assumed: +/-30 %"', opened)
    assert opened != values
    return _closed(entry) + opened


def _grid(file: Path) -> None:
    with file.open(encoding="utf-8", newline="") as text:
        rows = list(DictReader(text))
    id, country, year = GRID.split()
    old = next(row for row in rows if (row["id"], row["country"], row["valid_from"]) == (id, country, year))
    new = old | {"value": "40", "low": "36", "high": "44", "valid_from": ADDED[0].split()[2], "since": SECOND}
    old |= {"until": SECOND, "withdrawn": WITHDRAWN[GRID]}
    rows.insert(rows.index(old) + 1, new)
    with file.open("w", encoding="utf-8", newline="") as text:
        table = DictWriter(text, list(old), lineterminator="\n")
        table.writeheader()
        table.writerows(rows)
