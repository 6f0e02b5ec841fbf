"""One plan under two releases: each changed row has its share of the difference, and nothing is left over."""

from dataclasses import replace
from math import fsum

import pytest
from drawn_plans import Document, estimate, plan, plans
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from releases import FIRST, SECOND, row, second_book, times

from carbon_api.errors import PlanInvalid
from carbon_api.estimate.comparison.attribution import attribute
from carbon_api.estimate.comparison.releases import compare_releases
from carbon_api.estimate.run import estimate_plan
from carbon_api.factor_book.book import Book, book
from carbon_api.factor_book.entry import Row
from carbon_api.plan.load import parse_plan

some = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
AD: Document = {"kind": "ad", "platform": "instagram", "country": "FR", "impressions": 1e6, "format": "video"}
AD |= {"creative_length": 15, "time_on_screen": 6, "placement": "reels", "weight": "2 MB"}
AD |= {"devices": {"phone": 1}, "network": {"fixed": 1}}
POWER, FIXED = row("scope3.phone.power"), row("scope3.network.fixed.energy_per_data")
GRID = row("grid.ember", "FR")


def compared(document: Document, second: Book) -> Document:
    return compare_releases(parse_plan(document), second, FIRST, SECOND)


def total(document: Document, second: Book, release: str) -> float:
    answer = estimate_plan(parse_plan(document | {"factor_release": release, "range": False}), second)
    return float(answer["total"]["central"])


def contributions(answer: Document) -> dict[str, float]:
    return {change["factor"]: change["contribution"]["central"] for change in answer["changes"]}


def test_a_row_that_changed_alone_has_the_whole_difference() -> None:
    """The phone's power, half as much again: device use by half of itself, and nothing else."""
    answer = compared(plan([AD]), second_book([times(POWER, 1.5)]))
    use = next(one for one in estimate(plan([AD]))["by_stage"] if one["stage"] == "device")["phases"]["use"]
    assert contributions(answer) == {POWER.id: pytest.approx(use / 2, rel=1e-9)}
    change = answer["changes"][0]
    assert change["change"] == "changed"
    assert (change["before"]["value"], change["after"]["value"]) == (POWER.printed, POWER.printed * 1.5)
    assert change["before"]["locator"]


def test_two_rows_that_multiply_each_other_share_what_they_do_together() -> None:
    """Power p times grid g, to 1.5 p and 2 g: 3 - 1 = 2 of p g in all; the power alone 0.5 or 1, so 0.75; the grid
    has, of the device, 1 or 1.5, so 1.25, and all of its own in networks and data centres."""
    second = second_book([times(POWER, 1.5), times(GRID, 2)])
    answer = compared(plan([AD]), second)
    stages = {one["stage"]: one["phases"] for one in estimate(plan([AD]))["by_stage"]}
    use = stages["device"]["use"]
    elsewhere = stages["network"]["use"] + stages["data_centre"]["use"]
    assert contributions(answer)[POWER.id] == pytest.approx(0.75 * use, rel=1e-9)
    assert contributions(answer)[GRID.id] == pytest.approx(1.25 * use + elsewhere, rel=1e-9)


def test_a_withdrawn_row_hands_over_to_the_next_that_would_do() -> None:
    """Without a rate of its own for the country, the world's mobile share stands in; without the platform's time on
    screen, the method's."""
    withdrawn = [one for one in book().release().rows if one.id.startswith("platform.instagram.ad_video.")]
    document = plan([{key: value for key, value in AD.items() if key != "time_on_screen"} | {"platform": "instagram"}])
    withdrawn += [one for one in book().release().rows if one.id.startswith("platform.facebook.ad_video.time")]
    document["lines"][0] |= {"platform": "facebook"}
    second = second_book(withdrawn=withdrawn)
    answer = compared(document, second)
    assert [change["change"] for change in answer["changes"]] == ["withdrawn"]
    assert answer["changes"][0]["after"] is None
    difference = total(document, second, SECOND) - total(document, second, FIRST)
    assert contributions(answer) == {"platform.facebook.ad_video.time_on_screen": pytest.approx(difference, rel=1e-9)}


def test_withdrawn_rows_come_last_both_ways_as_it_is_said() -> None:
    """A time on screen that doubles device use is withdrawn, and the phone's power changes: the power's part is what it
    moves with the row still there, both ways, and the withdrawn row has all the rest."""
    document = plan([{key: value for key, value in AD.items() if key != "time_on_screen"} | {"platform": "facebook"}])
    gone = [one for one in book().release().rows if one.id == "platform.facebook.ad_video.time_on_screen"]
    second = second_book([times(POWER, 1.5)], withdrawn=gone)
    answer = compared(document, second)
    use = next(one for one in estimate(document)["by_stage"] if one["stage"] == "device")["phases"]["use"]
    difference = total(document, second, SECOND) - total(document, second, FIRST)
    found = contributions(answer)
    assert found[POWER.id] == pytest.approx(use / 2, rel=1e-9)
    assert found[gone[0].id] == pytest.approx(difference - use / 2, rel=1e-9)
    assert "Rows added or changed come first and rows withdrawn last" in answer["attribution"]
    assert "in the order of ids; then the same, each of the two in reverse; and both ways are averaged" in " ".join(
        answer["attribution"].split()
    )


def test_the_largest_contribution_comes_first_and_the_rest_are_counted() -> None:
    rows = [times(POWER, 0.9), times(GRID, 2), times(FIXED, 1.01)]
    unused = [times(row("grid.ember", "DE"), 3), times(row("scope3.tv.power"), 2)]
    answer = compared(plan([AD]), second_book([*rows, *unused]))
    moved = [abs(change["contribution"]["central"]) for change in answer["changes"]]
    assert moved == sorted(moved, reverse=True)
    assert [change["factor"] for change in answer["changes"]] == [GRID.id, POWER.id, FIXED.id]
    assert answer["moved_nothing"] == len(unused)


def test_a_figure_that_looks_rows_up_by_no_name_meets_every_change() -> None:
    """Such as one that adds up all there is: nothing is left over then either."""
    second = second_book([times(POWER, 1.5), times(GRID, 2)], withdrawn=[FIXED])
    old, new = second.release(FIRST), second.release(SECOND)
    found = attribute(lambda release: fsum(release.values.tolist()), old, new)
    assert {change.row.id for change, _ in found} == {POWER.id, GRID.id, FIXED.id}
    whole = fsum(new.values.tolist()) - fsum(old.values.tolist())
    assert fsum(moved for _, moved in found) == pytest.approx(whole, rel=1e-9)


def test_a_release_that_the_plan_names_and_nobody_compares_is_said_to_be_set_aside() -> None:
    third = second_book([times(POWER, 1.5)])
    pinned = plan([AD], range=False, factor_release=FIRST)
    aside = compare_releases(parse_plan(pinned), third, SECOND, "latest")["set_aside"]
    assert (aside["field"], aside["value"]) == ("factor_release", FIRST)
    for named in (FIRST, "latest", None):
        assert (
            compared(plan([AD], range=False, **({"factor_release": named} if named else {})), third)["set_aside"]
            is None
        )


@pytest.mark.parametrize("field", ["method", "factor_release"])
def test_a_name_that_is_not_there_is_refused(field: str) -> None:
    with pytest.raises(PlanInvalid) as refused:
        compared(plan([AD]) | {field: "mine"}, second_book())
    assert [finding.pointer for finding in refused.value.findings] == [f"/{field}"]


def test_two_names_of_one_release_are_said_to_be_one() -> None:
    answer = compare_releases(parse_plan(plan([AD])), book(), FIRST, "latest")
    assert answer["attribution"] == "Both names are of one factor release: no row differs."
    assert (answer["changes"], answer["moved_nothing"]) == ([], 0)


def test_an_added_row_takes_over_from_the_one_before() -> None:
    newer = replace(times(GRID, 0.5), valid_from="2026-01-01")
    answer = compared(plan([AD]), second_book(added=[newer]))
    assert [(change["change"], change["valid_from"]) for change in answer["changes"]] == [("added", "2026-01-01")]
    assert answer["changes"][0]["before"] is None


def test_rows_that_the_plan_does_not_use_have_no_part_in_it() -> None:
    answer = compared(plan([AD]), second_book([times(row("grid.ember", "DE"), 3), times(row("scope3.tv.power"), 2)]))
    assert answer["changes"] == []
    assert answer["difference"]["central"] == 0


ROWS = [one for one in book().release().rows if one.id.startswith(("scope3.", "social.", "platform.", "creative."))]
ROWS += [one for one in book().release().rows if one.id.startswith("grid.") and one.country in {"FR", "BE", "US"}]


@some
@given(
    plans(range=False),
    st.lists(st.tuples(st.sampled_from(ROWS), st.floats(0.5, 2)), max_size=12, unique_by=lambda pair: pair[0]),
    st.lists(st.sampled_from([one for one in ROWS if one.id.startswith(("social.", "platform."))]), max_size=4),
)
def test_the_contributions_add_up_to_the_whole(
    document: Document, changed: list[tuple[Row, float]], withdrawn: list[Row]
) -> None:
    gone = [one for one in withdrawn if not any(one.id == other.id for other, _ in changed)]
    second = second_book([times(one, by) for one, by in changed if not one.id.endswith("share")], withdrawn=gone)
    try:
        answer = compared(document, second)
    except PlanInvalid:
        return
    before, after = (total(document, second, release) for release in (FIRST, SECOND))
    assert answer["difference"]["central"] == after - before
    moved = [change["contribution"]["central"] for change in answer["changes"]]
    assert fsum(moved) == pytest.approx(after - before, rel=1e-9, abs=1e-12 * before)


def test_the_difference_is_far_firmer_than_the_totals() -> None:
    """Both releases draw the same studies in the same draws."""
    answer = compared(plan([AD], draws=2000), second_book([times(POWER, 1.1)]))
    moved, whole = answer["difference"], answer["totals"][0]
    assert moved["high"] - moved["low"] < 0.1 * (whole["high"] - whole["low"])
    assert moved["low"] > 0


def test_a_line_that_one_release_cannot_price_is_refused_and_not_a_difference() -> None:
    every = [one for one in book().release().rows if one.id == "grid.ember" and one.country == "FR"]
    with pytest.raises(PlanInvalid) as refused:
        compared(plan([AD]), second_book(withdrawn=every))
    assert refused.value.findings[0].pointer == "/lines/0/country"
