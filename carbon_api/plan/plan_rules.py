"""The rules between the lines of a plan: names that are unique, and views that are not counted twice."""

from collections.abc import Iterator, Sequence
from datetime import date

from carbon_api.errors import Finding
from carbon_api.plan.lines import Read
from carbon_api.plan.model import Ad, Audience, Live, Post, Story, Video

_ORGANIC = (Post, Story, Video)


def between_lines(lines: Sequence[Read], *, all_read: bool) -> Iterator[Finding]:
    """Yield what is wrong between lines that are right alone; a live that could not be read is not called missing."""
    yield from _same_ids(lines)
    yield from _counted_twice(lines)
    if all_read:
        yield from _replays_of_nothing(lines)


def end_before_start(start: date | None, end: date | None) -> Iterator[Finding]:
    """Yield the fault of a period that ends before it starts."""
    if start and end and end < start:
        yield Finding("/period", "contradiction", f"end {end} is before start {start}")


def outside_period(lines: Sequence[Read], start: date | None, end: date | None) -> Iterator[Finding]:
    """Yield the dates of lines that are outside the plan's period."""
    for read in lines:
        for name, day in (("start", read.line.start), ("end", read.line.end)):
            if day and ((start and day < start) or (end and day > end)):
                detail = f"{name} {day} is outside the plan's period, {start or '…'} to {end or '…'}"
                yield Finding(read.where(name), "contradiction", detail)


def beyond_audience(lines: Sequence[Read], audience: Audience | None) -> Iterator[Finding]:
    """Yield the lines that reach more people than the audience has."""
    size = audience.size.value if audience and audience.size else None
    for read in lines:
        reach = read.line.reach if isinstance(read.line, Ad) else None
        if size is not None and reach and reach.value > size:
            detail = (
                f"reach is {reach.value:.6g} but the audience has {size:.6g} persons; correct one, or leave one out"
            )
            yield Finding(read.where("reach"), "contradiction", detail)


def _same_ids(lines: Sequence[Read]) -> Iterator[Finding]:
    first: dict[str, str] = {}
    for read in lines:
        other = first.setdefault(read.line.id, read.pointer)
        if other != read.pointer:
            yield Finding(
                read.where("id"),
                "given-twice",
                f'id "{read.line.id}" is that of {other} already; each line has its own',
            )


def _counted_twice(lines: Sequence[Read]) -> Iterator[Finding]:
    """Yield the organic lines whose views may hold the paid impressions of an ad with the same content."""
    paid = {read.line.content_id: read.line.id for read in lines if isinstance(read.line, Ad) and read.line.content_id}
    for read in lines:
        line = read.line
        if not isinstance(line, _ORGANIC) or line.content_id not in paid or line.views_include_paid is False:
            continue
        same = f'ad "{paid[line.content_id]}" shows the same content'
        if line.views_include_paid is None:
            detail = f"{same}: write views_include_paid: false if these views leave its impressions out"
            yield Finding(read.pointer, "missing-field", detail, ("views_include_paid",))
        else:
            detail = (
                f"{same}, so its impressions would be counted twice: subtract them from these views and write "
                "views_include_paid: false, or drop one of the two lines"
            )
            yield Finding(read.where("views_include_paid"), "counted-twice", detail, ("false",))


def _replays_of_nothing(lines: Sequence[Read]) -> Iterator[Finding]:
    lives = tuple(read.line.id for read in lines if isinstance(read.line, Live))
    for read in lines:
        replayed = read.line.replay_of if isinstance(read.line, Video) else None
        if replayed is not None and replayed not in lives:
            detail = f'replay_of: no live line of this plan has the id "{replayed}"'
            yield Finding(read.where("replay_of"), "unknown-line", detail, lives)
