"""What a reader is told of lines that a method was not made for, once for all of them."""

import pytest
from drawn_plans import Answer, Document, estimate, plan

from carbon_api.methods.catalog import METHODS

LINES: dict[str, Document] = {
    "ad": {"impressions": 1000, "format": "video"},
    "post": {"views": 1000, "format": "video"},
    "story": {"views": 1000, "format": "image"},
    "video": {"minutes_watched": 100},
    "live": {"viewer_minutes": 100, "live_duration": 10, "replay_kept_for": 1},
    "landing_page": {"visits": 1000, "weight": 2, "time_on_screen": 30},
    "storage": {"volume": 1, "kept_for": 1},
}
ADVERTISING, PAGES = {"ad", "storage"}, {"landing_page", "storage"}
MADE_FOR = {"scope3-2026.07": ADVERTISING, "sri-2.1": ADVERTISING, "swd-4": PAGES, "swd-3": PAGES, "one-byte": PAGES}


def extended(answer: Answer) -> list[Answer]:
    return [warning for warning in answer["warnings"] if warning["code"] == "method-extended"]


def lines(*kinds: str) -> list[Document]:
    shown = {"platform": "facebook", "country": "FR"}
    return [{"kind": kind, **({"country": "FR"} if kind == "storage" else shown), **LINES[kind]} for kind in kinds]


@pytest.mark.parametrize("method", MADE_FOR)
def test_lines_of_other_kinds_than_a_method_s_own_are_named_once(method: str) -> None:
    kinds = (*LINES, *LINES)
    (warning,) = extended(estimate(plan(lines(*kinds), method=method, range=False)))
    others = [place for place, kind in enumerate(kinds) if kind not in MADE_FOR[method]]
    assert warning["pointers"] == [f"/lines/{place}" for place in others]
    assert "an extension of ours" in warning["detail"]


@pytest.mark.parametrize(("method", "kinds"), MADE_FOR.items())
def test_the_kinds_that_a_method_is_made_for_are_not(method: str, kinds: set[str]) -> None:
    assert extended(estimate(plan(lines(*sorted(kinds)), method=method, range=False))) == []


def test_every_method_says_what_it_is_made_for_and_how_the_rest_is_priced() -> None:
    assert {id for id, method in METHODS.items() if method.card.made_for} >= MADE_FOR.keys()
    for method in METHODS.values():
        assert bool(method.card.made_for) == bool(method.card.extension)
        assert not method.card.made_for or "an extension of ours" in " ".join(method.card.opening.split())
