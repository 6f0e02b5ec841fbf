"""Laws that hold on any plan: sums, order, scale, what is not said."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from itertools import chain
from math import fsum
from typing import Any

import orjson
import pytest
from drawn_plans import COUNTRIES, Answer, Document, estimate, lines, lines_of, lines_on_a_grid, plan, plans, scaled
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from carbon_api.factor_book.book import book

laws = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
SIX_DIGITS = 1.1e-5  # two roundings to six digits, one on each side of a comparison


def central(answer: Answer, *path: str) -> float:
    for step in path:
        answer = answer[step]
    value: float = answer["central"]
    return value


def near(value: float) -> Any:
    return pytest.approx(value, rel=1e-12, abs=1e-30)


def total_of(entries: list[Answer]) -> float:
    """The sum of the totals of what has one."""
    return fsum(central(entry, "total") for entry in entries if entry["total"])


@laws
@given(plans(range=False))
def test_every_breakdown_sums_to_the_total(document: Document) -> None:
    answer = estimate(document)
    total = near(central(answer, "total"))
    assert total_of(answer["lines"]) == total
    assert total_of(answer["by_stage"]) == total
    assert total_of(answer["by_country"]) == total
    assert total_of(answer["by_ghg_category"]) == total
    assert central(answer, "media_delivery") + central(answer, "production_and_data") == total
    assert fsum(part["central"] for part in answer["by_audience"].values()) == total
    assert total_of(answer["by_platform"]) == total
    assert central(answer, "by_audience", "not_delivery") == central(answer, "production_and_data")


@laws
@given(plans(range=False))
def test_stages_sum_to_lines_and_phases_to_stages(document: Document) -> None:
    answer = estimate(document)
    for line in answer["lines"]:
        total = central(line, "total") if line["total"] else 0.0
        assert fsum(stage["central"] for stage in line["stages"]) == near(total)
        assert bool(line["total"]) == bool(line["stages"])
    for stage in answer["by_stage"]:
        assert fsum(stage["phases"].values()) == near(central(stage, "total"))
        of_lines = [one for line in answer["lines"] for one in line["stages"] if one["stage"] == stage["stage"]]
        assert fsum(one["central"] for one in of_lines) == near(central(stage, "total"))


@laws
@given(plans())
def test_low_is_at_most_high_and_no_part_is_negative(document: Document) -> None:
    answer = estimate(document)
    parts = chain(answer["lines"], answer["by_stage"], answer["by_country"], answer["by_platform"])
    totals = (part["total"] for part in parts if part["total"])
    for figure in [answer["total"], *answer["by_audience"].values(), *totals]:
        assert 0 <= figure["low"] <= figure["high"]
        assert figure["central"] >= 0


@laws
@given(plans(least=2), st.randoms(use_true_random=False))
def test_permuting_lines_permutes_plan_lines_and_pointers_and_no_other_byte(document: Document, chance: Any) -> None:
    order = list(range(len(document["lines"])))
    chance.shuffle(order)
    shuffled = document | {"lines": [document["lines"][place] for place in order]}
    assert orjson.dumps(put_back(estimate(shuffled), order)) == orjson.dumps(estimate(document))


def put_back(answer: Answer, order: list[int]) -> Answer:
    """The answer of a shuffled plan with its lines where they were: `order[new]` is the old place."""
    places = {new: old for new, old in enumerate(order)}
    old = {f"/lines/{new}": f"/lines/{place}" for new, place in places.items()}

    def restored(entries: list[Any]) -> list[Any]:
        return [entry for _, entry in sorted(zip(order, entries, strict=True), key=lambda pair: pair[0])]

    def pointed(warning: Answer) -> Answer:
        pointers = sorted((old[pointer] for pointer in warning["pointers"]), key=lambda text: int(text[7:]))
        return warning | {"pointers": pointers}

    return answer | {
        "plan": answer["plan"] | {"lines": restored(answer["plan"]["lines"])},
        "lines": restored(answer["lines"]),
        "warnings": [pointed(warning) for warning in answer["warnings"]],
    }


@laws
@given(plans(), st.integers(0, 3), st.floats(0.05, 0.95))
def test_splitting_a_line_changes_no_total(document: Document, place: int, part: float) -> None:
    whole = document["lines"][place % len(document["lines"])]
    rest = [line for line in document["lines"] if line is not whole]
    if "average_viewers" in whole:
        pieces = [whole | {"average_viewers": whole["average_viewers"] * share} for share in (part, 1 - part)]
    else:
        pieces = [scaled(whole, share) for share in (part, 1 - part)]
    split = document | {"lines": [*rest, pieces[0] | {"id": "one"}, pieces[1] | {"id": "other"}]}
    before, after = estimate(document), estimate(split)
    for name in ("total", "media_delivery", "production_and_data"):
        assert central(after, name) == near(central(before, name))
    assert after["energy"] == (before["energy"] and before["energy"] | {"central": near(central(before, "energy"))})
    for name, key in (("by_stage", "stage"), ("by_country", "country"), ("by_platform", "platform")):
        parted = {entry[key]: central(entry, "total") for entry in after[name]}
        assert parted == {entry[key]: near(central(entry, "total")) for entry in before[name]}
    for end in ("low", "high"):
        assert after["total"][end] == pytest.approx(before["total"][end], rel=SIX_DIGITS)


@laws
@given(plans())
def test_twice_the_volumes_is_twice_everything_and_as_sure(document: Document) -> None:
    once = estimate(document)
    twice = estimate(document | {"lines": [scaled(line, 2) for line in document["lines"]]})
    names = ("lines", "by_stage", "by_platform", "by_country", "by_ghg_category")
    pairs = [(once["total"], twice["total"]), *(pair for name in names for pair in _pairs(once, twice, name))]
    pairs += [(once["by_audience"][part], twice["by_audience"][part]) for part in once["by_audience"]]
    for one, two in pairs:
        _hold(two, one, 2)
    for one, two in zip(once["intensity"], twice["intensity"], strict=True):
        assert one["per"] == two["per"]
        _hold(two, one, 1)
    assert twice["coverage"]["given"] == pytest.approx(once["coverage"]["given"], abs=1e-12)
    assert twice["drivers"] == [
        driver | {"share_of_variance": pytest.approx(driver["share_of_variance"], abs=1e-5)}
        for driver in once["drivers"]
    ]


def _hold(figure: Answer, other: Answer, by: float) -> None:
    """That a figure is `by` times another, its range included."""
    assert figure["central"] == near(by * other["central"])
    for end in ("low", "high"):
        assert figure[end] == pytest.approx(by * other[end], rel=SIX_DIGITS)


def _pairs(once: Answer, twice: Answer, name: str) -> list[tuple[Answer, Answer]]:
    return [(one["total"], two["total"]) for one, two in zip(once[name], twice[name], strict=True) if one["total"]]


@laws
@given(lines, st.floats(0.1, 10))
def test_a_scaled_copy_of_a_line_leaves_the_relative_range(line: Document, by: float) -> None:
    copy = line | {"average_viewers": line["average_viewers"] * by} if "average_viewers" in line else scaled(line, by)
    alone, beside = estimate(plan([line]))["total"], estimate(plan([line, copy]))["total"]
    for end in ("low", "high"):
        assert beside[end] * alone["central"] == pytest.approx(alone[end] * beside["central"], rel=SIX_DIGITS)


@laws
@given(lines_of("ad"), st.sampled_from(["scope3-2026.07", "sri-2.1"]))
def test_a_mix_of_countries_is_the_weighted_sum_of_its_countries(line: Document, method: str) -> None:
    mix = {"FR": 0.5, "BE": 0.3, "world": 0.2}
    base = {name: value for name, value in line.items() if name != "grid_intensity"}
    mixed = central(estimate(plan([base | {"country": mix}], method=method, range=False)), "total")
    alone = {
        country: central(estimate(plan([base | {"country": country}], method=method, range=False)), "total")
        for country in mix
    }
    assert mixed == near(fsum(share * alone[country] for country, share in mix.items()))


@laws
@given(lines_on_a_grid, st.sampled_from(COUNTRIES))
def test_a_given_grid_that_is_the_book_s_changes_nothing_central(line: Document, country: str) -> None:
    grid = book().release(None).find("grid.ember", country)
    assert grid
    base = {name: value for name, value in line.items() if name != "grid_intensity"} | {"country": country}
    same = estimate(plan([base | {"grid_intensity": grid.row.printed}], range=False))
    assert central(same, "total") == near(central(estimate(plan([base], range=False)), "total"))


@laws
@given(lines_on_a_grid, st.floats(10, 900))
def test_a_footprint_is_linear_in_the_grid(line: Document, grams: float) -> None:
    base = {name: value for name, value in line.items() if name != "grid_intensity"}
    low, middle, high = (
        central(estimate(plan([base | {"grid_intensity": grid}], range=False)), "total")
        for grid in (0.0, grams / 2, grams)
    )
    assert middle == pytest.approx((low + high) / 2, rel=1e-12)


SERVE = """
import sys
import orjson
from carbon_api.estimate.run import estimate_plan
from carbon_api.factor_book.book import book
from carbon_api.plan.load import parse_plan

for line in sys.stdin.buffer:
    answer = estimate_plan(parse_plan(orjson.loads(line)), book())
    sys.stdout.buffer.write(orjson.dumps(answer) + b"\\n")
    sys.stdout.buffer.flush()
"""


@pytest.fixture(scope="module")
def others() -> Iterator[list[subprocess.Popen[bytes]]]:
    """Pythons that estimate a plan a line, optimised or not, each with a hash seed of its own."""
    bare = {name: value for name, value in os.environ.items() if name != "PYTHONHASHSEED"}
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with ExitStack() as stack:
        yield [
            stack.enter_context(
                subprocess.Popen([sys.executable, *options, "-c", SERVE], env=bare | {"PYTHONHASHSEED": seed}, **pipes)
            )
            for options, seed in (((), "1"), (("-O",), "2"), (("-OO",), "3"))
        ]


def asked(other: subprocess.Popen[bytes], document: Document) -> bytes:
    """Its answer; nothing, when it has died."""
    assert other.stdin
    assert other.stdout
    other.stdin.write(orjson.dumps(document) + b"\n")
    other.stdin.flush()
    return other.stdout.readline().rstrip(b"\n")


@settings(laws, max_examples=20)
@given(document=plans(least=2))
def test_optimised_python_and_another_hash_seed_give_the_same_bytes(
    others: list[subprocess.Popen[bytes]], document: Document
) -> None:
    assert {asked(other, document) for other in others} == {orjson.dumps(estimate(document))}
