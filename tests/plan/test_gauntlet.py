"""The inputs that break other services, each refused with its place, its words and its status."""

import subprocess
import sys
from time import process_time
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from refusing import LINES, line, only, plan, refusals, refused, the_refusal
from strategies import lines

from carbon_api.errors import PlanInvalid, PlanUnreadable
from carbon_api.plan.findings import step
from carbon_api.plan.french import english
from carbon_api.plan.kinds import KINDS_WITH
from carbon_api.plan.load import load_plan, parse_plan


def test_a_misspelt_key_is_refused_and_the_right_one_comes_first() -> None:
    found = the_refusal(line("ad", impresions=5))
    assert (found.pointer, found.code) == ("/lines/0/impresions", "unknown-field")
    assert found.valid_values[0] == "impressions"
    assert set(found.valid_values) > {"reach", "frequency", "time_on_screen"}
    assert "did you mean impressions?" in found.detail


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (-1_000_000, "negative"),
        ("-1 M", "negative"),
        (float("nan"), "not-finite"),
        (float("inf"), "not-finite"),
        (None, "null"),
        (True, "not-a-number"),
        ("1000", "not-a-number"),
        ("1e3", "not-a-number"),
        (" 12 k", "not-a-number"),
        ("1_000", "not-a-number"),
        ("1,5 M", "not-a-number"),
        ("012 k", "not-a-number"),
        ("1 bananas", "unknown-unit"),
        ("12 s", "wrong-dimension"),
        ("", "not-a-number"),
        ([1000], "not-a-number"),
        (1e16, "too-large"),
        (10**400, "too-large"),
        ("9999999999 M", "too-large"),
        ({}, "missing-field"),
        ({"value": "1000"}, "not-a-number"),
        ({"value": 1, "unit": "bananas"}, "unknown-unit"),
        ({"value": "1 k", "unit": "k"}, "not-a-number"),
        ({"value": 1, "plus_minus": "200 %"}, "too-large"),
        ({"value": 1, "plus_minus": -0.1}, "negative"),
        ({"value": 1, "uncertainty_group": ""}, "empty"),
        ({"value": 1, "error": 2}, "unknown-field"),
    ],
)
def test_a_volume_is_a_number_or_refused(value: object, code: str) -> None:
    [(pointer, found)] = refused(line("ad", impressions=value))
    assert found == code
    assert pointer.startswith("/lines/0/impressions")


@pytest.mark.parametrize("written", ['{"name": "x", "lines": [{"impressions": NaN}]}', '{"name": 1e999}', "{"])
def test_what_no_json_number_can_say_is_unreadable(written: str) -> None:
    with pytest.raises(PlanUnreadable):
        load_plan(written.encode(), "json")


def test_one_banana_names_the_unit() -> None:
    found = the_refusal(line("ad", weight="1 bananas"))
    assert '"bananas" is not a unit known here' in found.detail
    assert found.valid_values == ("kB", "ko", "MB", "Mo", "GB", "Go", "KiB", "MiB", "GiB")


@pytest.mark.parametrize(
    ("country", "first"),
    [("ZZZ", None), ("fr", "FR"), ("UK", "GB"), ("World", "world"), ({"fr": 1}, "FR"), ({"ZZ": 1}, None)],
)
def test_an_unknown_country_is_refused_with_every_known_one(country: object, first: str | None) -> None:
    found = the_refusal(line("ad", country=country))
    assert found.code == "unknown-country"
    assert len(found.valid_values) == 252
    assert first is None or found.valid_values[0] == first


@pytest.mark.parametrize("country", ["NO", "FR", "XK", "EU", "world"])
def test_a_country_is_a_code_in_capitals(country: str) -> None:
    assert only(line("ad", country=country)).country == {country: 1.0}


def test_norway_is_a_country_in_yaml() -> None:
    text = "name: x\nlines:\n- {id: a, kind: storage, country: NO, volume: 1, kept_for: 1}\n"
    assert load_plan(text.encode(), "yaml").lines[0].country == {"NO": 1.0}


def test_a_missing_country_is_never_the_world() -> None:
    found = the_refusal(line("ad", "country"))
    assert (found.pointer, found.code) == ("/lines/0", "missing-field")
    assert "a code such as FR" in found.detail
    assert "no world average is assumed" in found.detail


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("platform", "myspace", "unknown-platform"),
        ("devices", {"fridge": 1}, "unknown-device"),
        ("network", {"pigeon": 1}, "unknown-network"),
        ("placement", "skywriting", "unknown-placement"),
        ("format", "hologram", "unknown-format"),
        ("aspect_ratio", "3:2", "unknown-aspect-ratio"),
        ("buying", "barter", "unknown-buying"),
        ("volumes", "hoped", "unknown-volumes"),
    ],
)
def test_an_unknown_word_is_refused_with_the_known_ones(field: str, value: object, code: str) -> None:
    found = the_refusal(line("ad", **{field: value}))
    assert found.pointer.startswith(f"/lines/0/{field}")
    assert found.code == code
    assert found.valid_values


@pytest.mark.parametrize(
    ("field", "value", "meant"),
    [
        ("platform", "twiter", "x"),
        ("platform", "INSTAGRAM", "instagram"),
        ("kind", "publicitee", "ad"),
        ("format", "video!", "video"),
    ],
)
def test_a_word_that_looks_like_any_spelling_of_a_known_one_finds_it(field: str, value: str, meant: str) -> None:
    found = the_refusal(line("ad", **{field: value}))
    assert (found.valid_values[0], found.detail.rpartition("; ")[2]) == (meant, f"did you mean {meant}?")
    assert len(set(found.valid_values)) == len(found.valid_values)


def test_a_french_word_needs_no_accent() -> None:
    assert only(line("ad", kind="publicite", format="video", devices={"telephone": 1})).devices == {"phone": 1}


def test_what_is_not_known_is_said_in_good_english() -> None:
    assert the_refusal(line("ad", aspect_ratio="3:2")).detail.startswith('"3:2" is not an aspect ratio')
    assert the_refusal(line("ad", aspect_ratio=3)).detail.startswith("3 is not an aspect ratio")


@pytest.mark.parametrize(
    ("document", "code"),
    [
        (None, "not-a-mapping"),
        ([], "not-a-mapping"),
        ("a plan", "not-a-mapping"),
        (plan(), "empty"),
        (plan(3), "not-a-mapping"),
        (plan({}), "missing-field"),
        (plan(line("ad", "kind")), "missing-field"),
        (plan(line("ad", kind="banner")), "unknown-kind"),
        (plan(line("ad", kind=["ad"])), "not-text"),
        (plan(line("ad", id=3)), "not-text"),
        (plan(line("ad", id="")), "empty"),
        (plan(line("ad", id="x" * 121)), "too-long"),
        (plan(line("ad", objective="")), "empty"),
        (plan(line("ad", id="a\nb")), "control-character"),
        (plan(line("ad", id=" a")), "control-character"),
        (plan(line("ad"), lines=None), "null"),
        (plan(line("ad"), lines={"a": 1}), "not-a-list"),
        (plan(line("ad"), name=None), "null"),
        (plan(line("ad"), currency="eur"), "not-a-currency"),
        (plan(line("ad"), currency="€"), "not-a-currency"),
        (plan(line("ad"), draws=99), "out-of-range"),
        (plan(line("ad"), draws=20_001), "out-of-range"),
        (plan(line("ad"), draws=1000.5), "not-whole"),
        (plan(line("ad"), draws="1000"), "not-a-number"),
        (plan(line("ad"), seed=-1), "out-of-range"),
        (plan(line("ad"), seed=2**32), "out-of-range"),
        (plan(line("ad"), seed=True), "not-a-number"),
        (plan(line("ad"), range="yes"), "not-true-or-false"),
        (plan(line("ad"), range=1), "not-true-or-false"),
        (plan(line("ad"), method="../etc"), "not-a-method-id"),
        (plan(line("ad"), period={"start": "2026-02-30"}), "not-a-date"),
        (plan(line("ad"), period={"start": "20260201"}), "not-a-date"),
        (plan(line("ad"), period={"start": "2026-02-01T00:00:00"}), "not-a-date"),
        (plan(line("ad"), period={"start": "1926-02-01"}), "not-a-date"),
        (plan(line("ad"), period={"start": "2026-03-02", "end": "2026-03-01"}), "contradiction"),
        (plan(line("ad"), audience={"size": 0}), "too-small"),
        (plan(line("ad"), audience={"people": 3}), "unknown-field"),
    ],
)
def test_a_plan_of_another_shape_is_refused(document: object, code: str) -> None:
    [found] = refusals(document)
    assert found.code == code


def test_a_whole_number_may_be_written_with_its_point() -> None:
    assert parse_plan(plan(line("ad"), draws=202.0)).uncertainty.draws == 202


@given(lines(), st.data())
def test_any_misspelt_key_is_refused_where_it_stands(drawn: dict[str, Any], data: st.DataObject) -> None:
    key = data.draw(st.sampled_from(sorted(drawn.keys() - {"kind"})))
    place = data.draw(st.integers(0, len(key) - 1))
    letter = data.draw(st.sampled_from("qxzé0~/"))
    misspelt = key[:place] + letter + key[place + 1 :]
    assume(misspelt not in KINDS_WITH and english(misspelt) is None)
    spoilt = {misspelt if name == key else name: value for name, value in drawn.items()}
    found = {finding.pointer: finding for finding in refusals(plan(spoilt))}
    assert found["/lines/0" + step(misspelt)].code == "unknown-field"
    assert key in found["/lines/0" + step(misspelt)].valid_values


@pytest.mark.parametrize("kind", LINES)
def test_every_kind_refuses_a_field_of_no_kind(kind: str) -> None:
    assert refused(line(kind, cost_of_living=3)) == [("/lines/0/cost_of_living", "unknown-field")]


def test_a_field_of_another_kind_says_whose_it_is() -> None:
    assert "post, influencer, story, video have it" in the_refusal(line("ad", views=3)).detail
    assert "storage have it" in the_refusal(line("ad", volume=3)).detail
    refusal = the_refusal(line("influencer", posts=3))
    assert refusal.detail.endswith("did you mean posts_per_creator?")
    assert refusal.valid_values[0] == "posts_per_creator"


def test_all_faults_are_told_at_once_up_to_a_hundred() -> None:
    spoilt = [line("ad", id=str(index), impressions=-1, platform="x!", devices={"phone": 0.5}) for index in range(3)]
    found = refused(*spoilt, currency="euro", unheard_of=1)
    assert len(found) == 2 + 3 * 3
    with pytest.raises(PlanInvalid, match="more than 100; the first are given") as caught:
        parse_plan(plan(*[line("ad", impressions=-1)] * 500))
    assert len(caught.value.findings) == 100


@pytest.mark.parametrize(
    "spoilt",
    [
        {f"impression{number}": 1 for number in range(100_000)},
        {"devices": {f"phone{number}": 1 for number in range(100_000)}},
        {"weight": {f"value{number}": 1 for number in range(100_000)}},
    ],
    ids=["keys", "devices", "parts"],
)
def test_nobody_waits_for_the_words_of_a_hundred_thousand_faults(spoilt: dict[str, Any]) -> None:
    before = process_time()
    assert len(refusals(plan(line("ad", **spoilt)))) == 100
    assert process_time() - before < 5


def test_refusals_do_not_hang_on_assertions() -> None:
    script = """if True:
        from carbon_api.errors import PlanInvalid
        from carbon_api.plan.load import parse_plan
        try:
            parse_plan({"name": "x", "lines": [{"id": "a", "kind": "ad", "impressions": -1, "country": {"FR": 0.5}}]})
        except PlanInvalid as error:
            print(sorted(finding.code for finding in error.findings))
    """
    flags: tuple[list[str], ...] = ([], ["-O"])
    commands = [[sys.executable, *flag, "-c", script] for flag in flags]
    run = [subprocess.run(command, check=True, capture_output=True, text=True) for command in commands]
    assert run[0].stdout == run[1].stdout == "['missing-field', 'negative', 'shares-do-not-sum']\n"
