"""Small valid lines to spoil one way at a time, and what is refused in them."""

from typing import Any

import pytest

from carbon_api.errors import Finding, PlanInvalid
from carbon_api.plan.load import parse_plan
from carbon_api.plan.model import Plan

Document = dict[str, Any]

COMMON: Document = {"country": "FR", "platform": "instagram"}
LINES: dict[str, Document] = {
    "ad": {**COMMON, "impressions": 1000, "format": "image"},
    "post": {**COMMON, "views": 1000, "format": "image"},
    "story": {**COMMON, "views": 1000, "format": "image"},
    "video": {**COMMON, "minutes_watched": 60},
    "live": {**COMMON, "viewer_minutes": 600},
    "landing_page": {"country": "FR", "visits": 10, "weight": 2, "time_on_screen": 30},
    "storage": {"country": "FR", "volume": 1, "kept_for": 12},
    "travel": {"country": "FR", "mode": "train", "rail": "tgv", "distance": 900, "people": 2},
    "influencer": {**COMMON, "views": 1000, "format": "image"},
    "ai": {"country": "FR", "task": "image", "figure": "luccioni_image", "generated": 10},
}


def line(kind: str = "ad", /, *without: str, **changes: Any) -> Document:
    """A valid line of a kind, without some keys, with others changed or added."""
    whole = {"id": kind, "kind": kind, **LINES[kind], **changes}
    return {key: value for key, value in whole.items() if key not in without}


def plan(*lines: Document, **changes: Any) -> Document:
    """A plan of these lines."""
    return {"name": "spring", "lines": list(lines), **changes}


def only(*lines: Document, **changes: Any) -> Any:
    """The first line of a plan that is accepted."""
    return read(*lines, **changes).lines[0]


def read(*lines: Document, **changes: Any) -> Plan:
    """A plan that is accepted."""
    return parse_plan(plan(*lines, **changes))


def refusals(document: object) -> list[Finding]:
    """What is refused in a document: always at least one finding, each with words."""
    with pytest.raises(PlanInvalid) as caught:
        parse_plan(document)
    assert (caught.value.status, caught.value.exit_code) == (422, 3)
    assert all(finding.detail and finding.code for finding in caught.value.findings)
    return list(caught.value.findings)


def refused(*lines: Document, **changes: Any) -> list[tuple[str, str]]:
    """The pointer and code of each refusal in a plan of these lines."""
    return [(finding.pointer, finding.code) for finding in refusals(plan(*lines, **changes))]


def the_refusal(*lines: Document, **changes: Any) -> Finding:
    """The only refusal in a plan of these lines."""
    [finding] = refusals(plan(*lines, **changes))
    return finding
