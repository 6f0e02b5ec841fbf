"""Which changed factor row moved a figure, and by how much: every row's share, adding up to the whole.

From one release to the other the rows are replaced one at a time, and the figure is worked out anew after each: what it
moves by is that row's. As rows multiply one another, what one moves depends on those replaced before it; so it is done
in one order and in its reverse, and the two are averaged. Rows that are added or changed come before those that are
withdrawn, in both, so that no step lacks a value that both releases have. Each way adds up to the whole difference, and
so does their mean: nothing is left over.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from carbon_api.factor_book.book import Found, Release, ReleaseInfo
from carbon_api.factor_book.entry import Row

Figure = Callable[[Release], float]
Place = tuple[str, str, str]  # a row's id, country and first day


class Change(NamedTuple):
    """A row that differs between two releases: `before` is None when it was added, `after` when it was withdrawn.

    `row` is the one there is, the later where there are both.
    """

    row: Row
    before: Row | None
    after: Row | None

    @property
    def kind(self) -> str:
        """`changed`, `added` or `withdrawn`."""
        if self.before is None:
            return "added"
        return "changed" if self.after else "withdrawn"


class Watched(Release):
    """A release that remembers which factors it was asked for."""

    def __init__(self, release: Release) -> None:
        super().__init__(ReleaseInfo(release.id, release.published, ""), release.rows)
        self.asked: set[tuple[str, str]] = set()

    def find(self, id: str, country: str = "world", on: date | None = None) -> Found | None:
        """As the release finds it."""
        self.asked.add((id, country))
        return super().find(id, country, on)


def changes(old: Release, new: Release) -> list[Change]:
    """Every row that differs, those withdrawn last, each part in the order of ids, countries and days."""
    before, after = _by_place(old), _by_place(new)
    places = sorted(before.keys() | after.keys(), key=lambda place: (place not in after, place))
    pairs = [Change(after.get(place) or before[place], before.get(place), after.get(place)) for place in places]
    return [pair for pair in pairs if pair.before != pair.after]


def attribute(figure: Figure, old: Release, new: Release) -> list[tuple[Change, float]]:
    """What each change that the figure could meet adds to its difference; their sum is the whole of it."""
    seen = [Watched(old), Watched(new)]
    start, end = map(figure, seen)
    asked = seen[0].asked | seen[1].asked
    every = changes(old, new)
    met = [change for change in every if _place(change.row)[:2] in asked]
    if figure(_with(old, met)) != end:  # a row that neither release asks for stands between them
        met = every
    there = [change for change in met if change.after]
    gone = [change for change in met if not change.after]
    orders = ([*there, *gone], [*reversed(there), *reversed(gone)])
    ways = [_walk(figure, old, order, start) for order in orders]
    return [(change, (ways[0][change] + ways[1][change]) / len(ways)) for change in met]


def _walk(figure: Figure, old: Release, order: Sequence[Change], start: float) -> dict[Change, float]:
    """What each change moves the figure by, one after the other."""
    moved: dict[Change, float] = {}
    before = start
    for count, change in enumerate(order, start=1):
        after = figure(_with(old, order[:count]))
        moved[change] = after - before
        before = after
    return moved


def _with(release: Release, made: Iterable[Change]) -> Release:
    """The release with some changes made to it."""
    rows = _by_place(release)
    for change in made:
        if change.after:
            rows[_place(change.row)] = change.after
        else:
            del rows[_place(change.row)]
    return Release(ReleaseInfo(release.id, release.published, ""), tuple(rows[place] for place in sorted(rows)))


def _by_place(release: Release) -> dict[Place, Row]:
    """The rows by what tells them apart, whatever their number in the release and their upkeep."""
    return {_place(row): replace(row, index=0, until=None, checked_on="", review_by="") for row in release.rows}


def _place(row: Row) -> Place:
    return row.id, row.country, row.valid_from
