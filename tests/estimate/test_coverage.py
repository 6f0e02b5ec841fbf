"""How much of an estimate rests on what the caller said, and the list of what was assumed."""

from typing import Any

import pytest
from drawn_plans import METHODS, Answer, Document, estimate, lines_of, plan, plans
from hypothesis import HealthCheck, assume, given, reject, settings
from hypothesis import strategies as st

from carbon_api.errors import PlanInvalid
from carbon_api.factor_book.book import book

AD: Document = {"kind": "ad", "platform": "facebook", "country": "DE", "impressions": 1000, "format": "video"}
AD |= {"placement": "full_screen", "buying": "direct", "bitrate": 1, "creative_length": 9, "time_on_screen": 4}
AD |= {"devices": {"phone": 1}, "network": {"fixed": 1}}
IMAGE = {name: value for name, value in AD.items() if name not in {"bitrate", "creative_length"}} | {"format": "image"}
WEIGHED = {name: value for name, value in IMAGE.items() if name != "placement"} | {"weight": 1, "aspect_ratio": "wide"}
STORAGE = {"kind": "storage", "country": "FR", "volume": 1, "kept_for": 12, "copies": 2, "medium": "ssd"}


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(plans(range=False))
def test_given_and_default_are_the_whole_and_what_rests_on_a_default_is_listed(document: Document) -> None:
    coverage = estimate(document)["coverage"]
    assert 0 <= coverage["default"] <= 1
    assert 0 <= coverage["given"] <= 1
    assert coverage["given"] + coverage["default"] == pytest.approx(1, abs=1e-12)
    assert bool(coverage["defaults"]) >= (coverage["default"] > 0)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(plans(range=False))
def test_every_default_names_its_row_and_its_lines(document: Document) -> None:
    release = book().release(None)
    ids = [line["id"] for line in document["lines"]]
    for one in estimate(document)["coverage"]["defaults"]:
        assert one["lines"] == sorted(one["lines"])
        assert set(one["lines"]) <= set(ids)
        rows = [row for row in release.rows if (row.id, row.country) == (one["factor"], one["country"])]
        named = [
            (row.title, row.printed, row.unit, row.valid_from, row.source, row.locator, row.evidence) for row in rows
        ]
        keys = ("title", "value", "unit", "valid_from", "source", "locator", "evidence")
        assert tuple(one[key] for key in keys) in named


LEFT_OUT: list[tuple[Document, tuple[str, ...], set[str], str]] = [
    (AD, (), set(), "scope3-2026.07"),
    (AD, (), set(), "sri-2.1"),
    (AD, ("time_on_screen",), {"time_on_screen"}, "scope3-2026.07"),
    (AD, ("time_on_screen",), {"time_on_screen"}, "sri-2.1"),
    (AD, ("bitrate",), {"bitrate"}, "scope3-2026.07"),
    (AD, ("bitrate",), {"bitrate"}, "sri-2.1"),
    (AD, ("devices",), {"devices"}, "scope3-2026.07"),
    (AD, ("network",), {"network"}, "scope3-2026.07"),
    (AD, ("network",), {"network"}, "sri-2.1"),
    (AD, ("buying",), {"buying"}, "sri-2.1"),
    (AD, ("buying",), set(), "scope3-2026.07"),
    (WEIGHED | {"buying": "programmatic"}, ("format",), {"format"}, "sri-2.1"),
    (WEIGHED | {"placement": "audience_network"}, ("format", "buying"), {"format"}, "sri-2.1"),
    (WEIGHED, ("format",), set(), "sri-2.1"),  # bought directly it takes one path whatever its format
    (WEIGHED, ("format", "buying"), {"buying"}, "sri-2.1"),
    (WEIGHED, ("format",), set(), "scope3-2026.07"),
    (AD, ("placement",), {"aspect_ratio"}, "scope3-2026.07"),
    (AD, ("placement",), set(), "sri-2.1"),
    (AD | {"aspect_ratio": "square"}, ("placement",), set(), "scope3-2026.07"),
    (IMAGE, (), {"weight"}, "scope3-2026.07"),
    (IMAGE | {"weight": 0.5}, (), set(), "scope3-2026.07"),
    (AD, ("time_on_screen", "devices", "network"), {"time_on_screen", "devices", "network"}, "scope3-2026.07"),
    (STORAGE, (), set(), "scope3-2026.07"),
    (STORAGE, ("copies",), {"copies"}, "sri-2.1"),
    (STORAGE, ("medium",), {"medium"}, "scope3-2026.07"),
]


@pytest.mark.parametrize(("line", "left_out", "fields", "method"), LEFT_OUT)
def test_what_is_left_out_is_listed_and_nothing_else(
    line: Document, left_out: tuple[str, ...], fields: set[str], method: str
) -> None:
    said = {name: value for name, value in line.items() if name not in left_out}
    coverage = estimate(plan([said], method=method, range=False))["coverage"]
    assert {one["field"] for one in coverage["defaults"]} == fields
    assert {tuple(one["lines"]) for one in coverage["defaults"]} == ({("line-0",)} if fields else set())
    assert (coverage["default"] > 0) == bool(fields)


SHOWN = ("ad", "post", "story", "video", "live", "landing_page")
TWO_WORDS: dict[str, tuple[tuple[str, ...], Any, Any]] = {  # what says how, the kinds that say it, and two ways
    "format": (("ad",), "image", "video"),
    "buying": (("ad",), "direct", "programmatic"),
    "aspect_ratio": (("ad", "post"), "landscape", "vertical"),
    "resolution": (("ad", "post", "story", "video", "live"), "480p", "2160p"),
    "medium": (("storage",), "hdd", "ssd"),
    "copies": (("storage",), 1, 7),
    "devices": (SHOWN, {"phone": 1}, {"computer": 1}),
    "network": (SHOWN, {"fixed": 1}, {"mobile": 1}),
}


@st.composite
def unsaid(draw: st.DrawFn) -> tuple[Document, str]:
    """A line without one of the fields that say how, and that field."""
    field = draw(st.sampled_from(tuple(TWO_WORDS)))
    line = draw(lines_of(draw(st.sampled_from(TWO_WORDS[field][0]))))
    if field == "format":  # a weight alone says a line without its format
        of_format = ("bitrate", "resolution", "creative_length", "cards")
        line = {name: value for name, value in line.items() if name not in of_format} | {"weight": 1}
    return {name: value for name, value in line.items() if name != field}, field


def priced(line: Document, method: str) -> Answer:
    """The estimate of the line alone; a line that is no plan is not of interest."""
    try:
        return estimate(plan([line], method=method, range=False))
    except PlanInvalid:
        reject()


def terms(answer: Answer) -> dict[tuple[str, str], float]:
    return {(stage["stage"], phase): value for stage in answer["by_stage"] for phase, value in stage["phases"].items()}


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(unsaid(), st.sampled_from(METHODS))
def test_a_stage_that_a_word_would_move_is_not_given_without_the_word(drawn: tuple[Document, str], method: str) -> None:
    line, field = drawn
    answer = priced(line, method)
    one, other = (terms(priced(line | {field: word}, method)) for word in TWO_WORDS[field][1:])
    assume(one.keys() == other.keys())
    moved = [value for key, value in terms(answer).items() if one[key] != pytest.approx(other[key], rel=1e-9)]
    share = answer["coverage"]["default"] + 1e-12  # it is printed to 12 decimals
    assert sum(moved) <= share * answer["total"]["central"] * (1 + 1e-9)


def test_only_the_stages_that_rest_on_a_default_count_as_assumed() -> None:
    """The time on screen is in the device's part and in no other: the creative is sent whole."""
    unsaid = {name: value for name, value in AD.items() if name != "time_on_screen"}
    answer = estimate(plan([AD, unsaid], range=False))
    device = sum(one["central"] for one in answer["lines"][1]["stages"] if one["stage"] == "device")
    assert answer["coverage"]["default"] == pytest.approx(device / answer["total"]["central"], rel=1e-12)
    assert [one["lines"] for one in answer["coverage"]["defaults"]] == [["line-1"]]


def test_a_default_that_two_lines_share_is_listed_once() -> None:
    unsaid = {name: value for name, value in AD.items() if name != "network"}
    (one,) = estimate(plan([unsaid, AD, unsaid], range=False))["coverage"]["defaults"]
    assert (one["factor"], one["country"], one["lines"]) == ("scope3.mobile_share", "DE", ["line-0", "line-2"])


def test_a_default_time_cut_to_the_creative_is_said() -> None:
    """The book's three seconds stand in the defaults; the two of the creative were used."""
    line = {"kind": "ad", "platform": "tiktok", "country": "FR", "format": "video", "impressions": 1000}
    short, long = (estimate(plan([line | {"creative_length": length}], range=False)) for length in (2, 15))
    warned = {warning["code"]: warning["pointers"] for warning in short["warnings"]}
    assert warned["time-on-screen-shortened"] == ["/lines/0"]
    assert "time-on-screen-shortened" not in {warning["code"] for warning in long["warnings"]}


def test_a_derived_volume_is_shown() -> None:
    bought = {"kind": "ad", "platform": "tiktok", "country": "FR", "format": "video", "spend": 6000, "cpm": 5}
    live = {"kind": "live", "platform": "twitch", "country": "FR", "average_viewers": 50, "live_duration": 90}
    stored = {"kind": "storage", "country": "FR", "volume": 1, "kept_for": 1}
    answer = estimate(plan([bought, live, stored], range=False))
    assert [line["derived"] for line in answer["lines"]] == [
        [{"field": "impressions", "value": 1_200_000, "unit": "impression"}],
        [{"field": "viewer_minutes", "value": 4500, "unit": "min"}],
        [],
    ]


def test_rows_later_than_the_period_are_one_warning() -> None:
    line = {"kind": "ad", "platform": "facebook", "country": "FR", "format": "video", "impressions": 1000}
    answer = estimate(plan([line], range=False, period={"start": "2016-01-01", "end": "2016-12-31"}))
    (late,) = (warning for warning in answer["warnings"] if warning["code"] == "factor-later-than-period")
    assert "platform.facebook.device.phone" in late["detail"]
