"""Each line of the plan as it is printed, in the caller's order."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from carbon_api.estimate.breakdown import Breakdown
from carbon_api.estimate.figures import figures
from carbon_api.estimate.subtotals import platform
from carbon_api.estimate.uncertainty import Sample
from carbon_api.inventory.activity import KINDS
from carbon_api.methods.method import Method
from carbon_api.plan.model import Ad, Delivered, Influencer, Line, Live, Plan, Post, Story, Travel, Trip

MINUTES = 60  # in an hour
ALL_STAGES = "all stages"


def line_answers(
    plan: Plan,
    breakdown: Breakdown,
    method: Method,
    outside: Mapping[int, str],
    sample: Sample | None,
    parts: Mapping[int, list[dict[str, Any]]],
    audience: Mapping[int, dict[str, float]],
) -> list[dict[str, Any]]:
    """Every line: its total with range, its parts where it has several, whom its delivery reaches, its stages and
    phases, and what the method leaves out of it.

    A line `outside` the method's boundary has its reason there; it has no total, unless something else of it is priced.
    """
    totals = figures(breakdown.lines, sample.lines if sample else None)
    return [
        {
            "id": line.id,
            "kind": KINDS[type(line)],
            "platform": platform(line),
            "derived": derived(line),
            "total": total if is_priced else None,
            "parts": parts.get(index, []),
            "by_audience": audience.get(index),
            "stages": [{"stage": stage, "phase": phase, "central": value} for (stage, phase), value in terms],
            "out_of_boundary": left_out(line, method, delivered, outside.get(index)),
        }
        for index, (line, total, terms, delivered, is_priced) in enumerate(
            zip(
                plan.lines,
                totals,
                breakdown.by_line(),
                breakdown.delivered,
                breakdown.priced_lines.tolist(),
                strict=True,
            )
        )
    ]


def derived(line: Line) -> list[dict[str, Any]]:
    """The volumes that were worked out from other fields of the line: of every other one, the plan's is used."""
    return [*_volumes(line), *_distances(line)]


def trips_of(line: Line) -> dict[str, Trip]:
    """The trips of a line, by where in it they stand."""
    if isinstance(line, Influencer):
        return {f"travel/{place}/": trip for place, trip in enumerate(line.travel)}
    return {"": line.trip} if isinstance(line, Travel) else {}


def _distances(line: Line) -> Iterator[dict[str, Any]]:
    """The distances of trips that were given one way, and the length of each flight, by which its figure may go."""
    for at, trip in trips_of(line).items():
        if trip.distance and trip.distance_status == "derived":
            yield {"field": f"{at}distance", "value": trip.distance.value, "unit": "km"}
        if trip.flight_length is not None:
            yield {"field": f"{at}flight_length", "value": trip.flight_length, "unit": "km"}


def _volumes(line: Line) -> list[dict[str, Any]]:
    if isinstance(line, Ad) and line.impressions_status == "derived":
        return [{"field": "impressions", "value": line.impressions.value, "unit": "impression"}]
    if isinstance(line, Post | Story) and line.views_status == "derived":
        return [{"field": "views", "value": line.views.value, "unit": "view"}]
    if isinstance(line, Live) and line.watched_status == "derived":
        return [{"field": "viewer_minutes", "value": line.watched.value * MINUTES, "unit": "min"}]
    return []


def left_out(line: Line, method: Method, priced: frozenset[str], outside: str | None) -> list[dict[str, str]]:
    """The stages that the line has and the method does not price, with the reason; `outside` is that of them all."""
    reasons = ((ALL_STAGES, outside),) if outside else _left_out(type(line), method, priced)
    return [{"stage": stage, "reason": reason} for stage, reason in reasons]


@cache
def _left_out(kind: type[Line], method: Method, priced: frozenset[str]) -> tuple[tuple[str, str], ...]:
    out = method.card.out_of_boundary.items()
    return tuple((stage, reason) for stage, reason in out if stage not in priced and _has(kind, stage))


def _has(kind: type[Line], stage: str) -> bool:
    return issubclass(kind, Ad if stage == "selection" else Delivered)
