"""Moving impressions between ads: the least that the bounds allow, and what it claims is what it re-estimates to."""

from math import fsum
from typing import Any

import numpy as np
import pytest
from advised import situation
from hypothesis import given, settings
from hypothesis import strategies as st

from carbon_api.advice.reach import reach_of
from carbon_api.advice.reallocate import NO_LESS, NOTHING, Wanted, reallocate
from carbon_api.advice.situation import Situation
from carbon_api.estimate.run import estimate_plan
from carbon_api.factor_book.book import book
from carbon_api.plan.load import parse_plan

DRAWN = 10_000


def ad(id: str, **own: Any) -> dict[str, Any]:
    """An ad on which everybody agrees but for what is said here."""
    common = {"kind": "ad", "platform": "tiktok", "country": "FR", "format": "image", "impressions": 1000}
    return {"id": id, **common, "on_target_share": 0.5, **own}


def plan(*lines: dict[str, Any], **own: Any) -> dict[str, Any]:
    return {"name": "moved", "draws": 100, **own, "lines": list(lines)}


def impressions(answer: Any, document: Any) -> list[float]:
    """The impressions of each line after the changes."""
    after = {change["pointer"]: change["after"] for change in answer["changes"] or ()}
    lines = enumerate(document["lines"])
    return [float(after.get(f"/lines/{index}/impressions", line["impressions"])) for index, line in lines]


def test_two_lines_worked_out_by_hand() -> None:
    """The same image seen 2 s or 4 s, half or a quarter on target: every contact of the first is cheaper. A tenth of
    the second's impressions makes way for half as many of the first."""
    document = plan(ad("short", time_on_screen=2), ad("long", time_on_screen=4, on_target_share=0.25))
    answer = reallocate(situation(document), Wanted(within=0.1))
    assert impressions(answer, document) == pytest.approx([1050, 900])
    assert answer["after"]["contacts"] == pytest.approx(answer["before"]["contacts"])
    assert answer["before"]["contacts"] == 750


def test_contacts_are_traded_across_formats_and_objectives_only_where_that_is_allowed() -> None:
    document = plan(
        ad("image", time_on_screen=2),
        ad("video", format="video", time_on_screen=8),
        ad("awareness", time_on_screen=8, objective="awareness"),
    )
    start = situation(document)
    assert reallocate(start, Wanted())["detail"] == NOTHING._asdict()
    answer = reallocate(start, Wanted(across=True))
    assert answer["found"]
    assert impressions(answer, document)[0] == pytest.approx(1300)


def test_the_spend_is_not_passed_and_a_line_without_a_price_does_not_grow() -> None:
    document = plan(
        ad("cheap", spend=2, time_on_screen=8),
        ad("dear", spend=20, time_on_screen=1),
        ad("unpriced", time_on_screen=1),
    )
    start = situation(document)
    assert reallocate(start, Wanted())["found"] is False  # more of the short one costs more: nothing replaces the long
    answer = reallocate(start, Wanted(within=0.1, spend=23.8))
    assert impressions(answer, document) == pytest.approx([900, 1100, 1000])  # 0.9 x 2 + 1.1 x 20 = 23.8


def test_where_the_plan_is_the_least_already_that_is_said() -> None:
    """Two ads that differ in nothing trade contacts, and save nothing by it."""
    for lines in ((ad("a"), ad("b")), (ad("a"), ad("b"), ad("c", spend=9))):
        answer = reallocate(situation(plan(*lines)), Wanted())
        assert answer["found"] is False
        assert answer["detail"]["en"] == "Within these bounds no reallocation emits less."
        assert answer["detail"]["fr"] == "Dans ces bornes, aucune réallocation n’émet moins."


def test_an_objective_is_the_same_however_it_is_written() -> None:
    """A known one by its other names, the caller's own words whatever their case and accents."""
    for one, other in (("awareness", "Awareness"), ("video_views", "Vues vidéo"), ("Rentrée 26", "rentree 26")):
        document = plan(ad("short", time_on_screen=2, objective=one), ad("long", time_on_screen=4, objective=other))
        assert impressions(reallocate(situation(document), Wanted()), document) == pytest.approx([1300, 700])


def test_the_spend_asked_for_is_that_of_the_whole_plan() -> None:
    """Two ads that may move cost 500 and 1,000 by their CPM, one that says no share stays and costs 5,000. Of 6,500, at
    least 5,000 + 0.7 x 1,500 = 6,050 are spent; 6,450 leave 1,450 to the first two: 1.1 x 500 + 0.9 x 1,000."""
    stays = {name: value for name, value in ad("stays", spend=5000).items() if name != "on_target_share"}
    both = ad("cheap", cpm=500, time_on_screen=4), ad("dear", cpm=1000, time_on_screen=2)
    document = plan(*both, stays)
    start = situation(document)
    refused = reallocate(start, Wanted(spend=5000))
    assert refused["found"] is False
    assert "the lines cost 6,050, and 5,000 are allowed" in refused["detail"]["en"]
    assert "coûtent 6\u202f050, et 5\u202f000 sont autorisés" in refused["detail"]["fr"]
    assert "5,000 are allowed" not in reallocate(start, Wanted(spend=6050))["detail"]["en"]
    found = reallocate(start, Wanted(spend=6450))
    assert impressions(found, document) == pytest.approx([1100, 900, 1000])
    assert (found["before"]["spend"], found["after"]["spend"]) == (pytest.approx(6500), pytest.approx(6450))
    assert reallocate(situation(plan(stays)), Wanted(spend=4000))["detail"]["en"].startswith("Not possible")


def test_the_contacts_asked_for_are_those_of_the_whole_plan() -> None:
    """Three ads of 500 contacts, one of which the method leaves out and cannot move: the other two bring what is left
    of 1,400, by 0.7 and 1.1, and at most 500 + 1.3 x 1,000."""
    network = {"platform": "facebook", "placement": "audience_network", "spend": 8}
    document = plan(
        ad("short", time_on_screen=2), ad("long", time_on_screen=4), ad("out", **network), method="greenspector-2021"
    )
    start = situation(document)
    assert impressions(reallocate(start, Wanted(contacts=1400)), document) == pytest.approx([1100, 700, 1000])
    assert impressions(reallocate(start, Wanted(contacts=400)), document) == pytest.approx([700, 700, 1000])
    assert "at most 1,800 contacts, and 1,801 are" in reallocate(start, Wanted(contacts=1801))["detail"]["en"]


def test_a_cpm_is_a_price() -> None:
    document = plan(ad("cheap", cpm=2, time_on_screen=1), ad("dear", cpm=20, time_on_screen=8))
    answer = reallocate(situation(document), Wanted(within=0.2))
    assert impressions(answer, document) == pytest.approx([1200, 800])


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        (Wanted(contacts=2000), "at most 1,300 contacts, and 2,000 are asked for"),
        (Wanted(spend=10), "the lines cost 15.4, and 10 are allowed"),
    ],
)
def test_what_is_not_possible_is_said_in_words(wanted: Wanted, words: str) -> None:
    priced = {"spend": 11, "time_on_screen": 2}
    free = plan(ad("a", **priced), ad("b", **priced))
    answer = reallocate(situation(free), wanted if wanted.spend else Wanted(contacts=2000, spend=1000))
    assert answer["found"] is False
    assert words in answer["detail"]["en"]
    assert "Impossible" in answer["detail"]["fr"]


def test_a_plan_without_shares_has_nothing_to_move() -> None:
    bare = {name: value for name, value in ad("a").items() if name != "on_target_share"}
    assert reallocate(situation(plan(bare)), Wanted())["found"] is False


@st.composite
def campaigns(draw: st.DrawFn) -> dict[str, Any]:
    """Plans of several ads that differ in all that a reallocation weighs."""
    count = draw(st.integers(2, 5))
    return plan(
        *(
            ad(
                str(index),
                impressions=draw(st.integers(1000, 5_000_000)),
                on_target_share=draw(st.floats(0.05, 0.95)),
                cpm=draw(st.floats(1, 30)),
                time_on_screen=draw(st.floats(0.5, 20)),
                format=draw(st.sampled_from(["image", "video"])),
                country=draw(st.sampled_from(["FR", "PL"])),
            )
            for index in range(count)
        ),
        range=False,
    )


def weighed(start: Situation) -> tuple[Any, Any, Any, Any]:
    """What each line emits, its contacts, its cost and its format."""
    lines = [said.line for said in start.said]
    amounts = np.array([line.impressions.value for line in lines])
    shares = np.array([line.on_target.share.value for line in lines])
    prices = np.array([line.cpm.value for line in lines])
    return np.array(start.outcome.breakdown.lines), amounts * shares, amounts * prices, [line.format for line in lines]


@settings(max_examples=25)
@given(document=campaigns(), seed=st.integers(0, 2**32 - 1))
def test_no_random_reallocation_is_better(document: dict[str, Any], seed: int) -> None:
    """Of ten thousand drawn within the same bounds, none that keeps contacts and spend emits less."""
    start = situation(document)
    emits, contacts, costs, formats = weighed(start)
    answer = reallocate(start, Wanted())
    best = emits.sum() - (answer["saving"]["central"] if answer["found"] else 0.0)
    drawn = np.random.default_rng(seed).uniform(0.7, 1.3, (DRAWN, len(emits)))
    drawn[0] = 1.0
    fits = drawn @ costs <= costs.sum() * (1 + 1e-12)
    for shape in set(formats):
        held = np.where([one == shape for one in formats], contacts, 0.0)
        fits &= drawn @ held >= held.sum() * (1 - 1e-12)
    assert fits.any()
    assert best <= (drawn[fits] @ emits).min() * (1 + 1e-6)


@settings(max_examples=25)
@given(document=campaigns(), share=st.floats(0.6, 1.3), kept=st.floats(0.6, 1.3))
def test_what_is_found_holds_what_was_asked_of_the_whole_plan(
    document: dict[str, Any], share: float, kept: float
) -> None:
    """Beside a line that cannot move and costs as much as an ad; where none is found, one of the wishes says why."""
    stays = {"id": "stays", "kind": "storage", "country": "FR", "volume": 1, "kept_for": 12, "spend": 1000}
    start = situation({**document, "lines": [*document["lines"], stays]})
    own = reach_of(start.outcome)
    assert own["contacts"] is not None
    assert own["spend"] is not None
    wanted = Wanted(contacts=kept * own["contacts"], spend=share * own["spend"], across=True)
    answer = reallocate(start, wanted)
    if answer["found"]:
        assert answer["after"]["contacts"] >= kept * own["contacts"] * (1 - 1e-6)
        assert answer["after"]["spend"] <= share * own["spend"] * (1 + 1e-6)
    elif answer["detail"] == NO_LESS._asdict():
        assert share >= 1 - 1e-6
        assert kept <= 1 + 1e-6
    else:
        assert "Not possible" in answer["detail"]["en"]


def test_the_answer_re_estimates_to_what_it_claims() -> None:
    """Wherever there is one; and there is one in many of the plans drawn."""
    founds = []

    @settings(max_examples=25)
    @given(document=campaigns())
    def holds(document: dict[str, Any]) -> None:
        start = situation(document)
        answer = reallocate(start, Wanted())
        founds.append(answer["found"])
        if answer["found"]:
            re_estimates(start, document, answer)
        else:
            assert answer["detail"] in (NOTHING._asdict(), NO_LESS._asdict())

    holds()
    assert sum(founds) >= 5


def re_estimates(start: Situation, document: dict[str, Any], answer: Any) -> None:
    """The plan with the impressions of an answer saves what it claims, within all that must hold."""
    moved = impressions(answer, document)
    lines = [line | {"impressions": after} for line, after in zip(document["lines"], moved, strict=True)]
    total = estimate_plan(parse_plan({**document, "lines": lines}), book())["total"]["central"]
    assert start.outcome.breakdown.total - total == pytest.approx(answer["saving"]["central"], rel=1e-9)
    _, contacts, costs, _ = weighed(situation({**document, "lines": lines}))
    _, before, paid, _ = weighed(start)
    assert fsum(contacts) >= fsum(before) * (1 - 1e-6)
    assert fsum(costs) <= fsum(paid) * (1 + 1e-6)
    low, high = (np.array([line["impressions"] * end for line in document["lines"]]) for end in (0.7, 1.3))
    assert (np.array(moved) >= low * (1 - 1e-9)).all()
    assert (np.array(moved) <= high * (1 + 1e-9)).all()
