"""What one kept output emits: all that was generated for it, divided by what was kept, with the doubts of both."""

from typing import Any

import pytest
from drawn_plans import Answer, Document, estimate, plan

from carbon_api.estimate.figures import six_digits

TEXT: Document = {"kind": "ai", "task": "text", "provider": "openai", "model": "gpt-4o", "country": "US"}
TEXT |= {"generated": 500, "output_tokens": 400, "kept": 20}
CLIP: Document = {"kind": "ai", "task": "video", "provider": "google", "model": "veo-3.1", "country": "US"}
CLIP |= {"generated": 30, "size": "1280x720", "seconds": 8, "audio": True, "kept": 3}


def per_kept(answer: Answer) -> Any:
    return {one["per"]: one for one in answer["intensity"]}.get("kept asset")


def test_what_is_thrown_away_counts_for_what_is_kept() -> None:
    answer = estimate(plan([TEXT, CLIP, {name: value for name, value in CLIP.items() if name != "kept"}]))
    text, clip, _ = (line["total"] for line in answer["lines"])
    found = per_kept(answer)
    assert found["central"] == pytest.approx(1000 * (text["central"] + clip["central"]) / 23, rel=1e-12)
    assert found["low"] < found["central"] < found["high"]


def test_keeping_changes_no_total_and_no_range() -> None:
    one, other = (estimate(plan([TEXT | {"kept": kept}])) for kept in (1, 500))
    assert one["total"] == other["total"]
    assert per_kept(one)["central"] == pytest.approx(500 * per_kept(other)["central"], rel=1e-12)
    assert per_kept(one)["high"] == pytest.approx(500 * per_kept(other)["high"], rel=1e-5)


@pytest.mark.parametrize("kept", [None, 0])
def test_where_nothing_is_kept_there_is_nothing_to_divide_by(kept: int | None) -> None:
    line = {name: value for name, value in (TEXT | {"kept": kept}).items() if value is not None}
    assert per_kept(estimate(plan([line]))) is None


def test_the_order_of_lines_changes_no_digit() -> None:
    lines = [TEXT | {"id": "a"}, CLIP | {"id": "b"}, TEXT | {"id": "c", "model": "gpt-5"}]
    assert per_kept(estimate(plan(lines))) == per_kept(estimate(plan(lines[::-1])))


def test_a_doubt_on_what_is_kept_widens_what_one_costs_and_nothing_else() -> None:
    sure, unsure = (
        estimate(plan([TEXT | {"kept": kept}], draws=2000)) for kept in (20, {"value": 20, "plus_minus": 0.5})
    )
    assert unsure["total"] == sure["total"]
    assert per_kept(unsure)["central"] == per_kept(sure)["central"]
    assert per_kept(unsure)["high"] / per_kept(unsure)["low"] > 1.1 * per_kept(sure)["high"] / per_kept(sure)["low"]


def test_one_line_with_what_it_keeps_is_its_own_total_divided() -> None:
    answer = estimate(plan([TEXT]))
    assert per_kept(answer)["high"] == pytest.approx(six_digits(answer["total"]["high"] * 1000 / 20), rel=1e-5)


def test_ecologits_low_and_high_are_kept_within_the_doubt_of_its_fit() -> None:
    """At a given grid and without manufacture, the range of a line is that of its model times that of the fit."""
    answer = estimate(plan([TEXT | {"grid_intensity": 10_000}], draws=20_000))
    low, high = (tokens * 400 + 7.625e-06 for tokens in (1.4281219748914658e-06, 2.3902036784907027e-06))
    mean = (low + high) / 2
    width = answer["total"]["high"] / answer["total"]["low"]
    assert 1.3873 / 0.72082 < width < high / low * 1.3873 / 0.72082
    groups = {driver["group"] for driver in answer["drivers"]}
    assert groups == {"fit of EcoLogits", "EcoLogits, openai/gpt-4o"}
    assert answer["energy"]["central"] == pytest.approx(500 * mean, rel=1e-9)
