"""Generated content: what a line gives to the flows, and what cannot be priced, with the names that could."""

from typing import Any

import pytest
from looking import cells, inventory, line

from carbon_api.factor_book.book import book
from carbon_api.inventory.compute import MOST_NAMES
from carbon_api.plan.model import Quantity
from carbon_api.plan.vocabulary import FIGURES

GPT: dict[str, Any] = {"provider": "openai", "model": "gpt-4o", "country": {"US": 1.0}}
CLIP: dict[str, Any] = {"task": "video", "output_tokens": None, "provider": "google", "model": "veo-3.1"}
CLIP |= {"size": "1280x720", "seconds": 8.0, "audio": True, "country": {"US": 1.0}}
FIGURE: dict[str, Any] = {"output_tokens": None, "figure": "gemini_median_prompt"}
UNSURE = {"model-arch-not-released", "model-arch-multimodal"}


def test_a_text_is_priced_by_its_tokens_and_what_comes_before_them() -> None:
    (cell,) = cells(line("ai", **GPT))
    assert cell.inputs["line_outputs"].value == 100.0
    assert cell.inputs["tokens_per_output"].value == 400.0
    rows = {name: entry.row for name, entry in cell.inputs.items() if entry.row}
    assert {name: row.source for name, row in rows.items()} == {
        **dict.fromkeys(("energy_per_token", "energy_per_output", "model_ratio"), "ecologits-0.11.3"),
        **dict.fromkeys(("embodied_per_token", "embodied_per_output"), "ecologits-0.11.3"),
        "grid_region": "ember-co2js",
    }
    assert {entry.status for entry in cell.inputs.values() if entry.row} == {"factor"}


def test_a_video_is_priced_whole() -> None:
    (cell,) = cells(line("ai", **CLIP))
    assert set(cell.inputs) == {
        *("line_outputs", "country_share", "model_ratio", "grid_region", "energy_per_output", "embodied_per_output")
    }


def test_a_figure_of_energy_takes_the_grid_and_one_of_greenhouse_gas_does_not() -> None:
    (energy,) = cells(line("ai", **FIGURE))
    (gas,) = cells(line("ai", **FIGURE | {"figure": "mistral_large_2_answer"}))
    assert set(energy.inputs) == {"line_outputs", "country_share", "figure_energy", "grid_region"}
    assert set(gas.inputs) == {"line_outputs", "country_share", "figure_footprint"}


def test_the_figures_that_a_plan_may_name_are_those_of_the_book() -> None:
    rows = {id.removeprefix("ai."): book().release(None).find(id) for id in book().release(None).ids if id[:3] == "ai."}
    assert set(rows) == {f"{name}.{figure.of}_per_output" for name, figure in FIGURES.items()}
    for name, found in rows.items():
        assert found is not None
        assert FIGURES[name.partition(".")[0]].task in found.row.tags
        assert (found.row.warning, bool(found.row.note)) == ("published-figure", True)


def codes(*lines: Any) -> set[str]:
    return {code for code, _ in inventory(*lines).noted.notes}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        (GPT, UNSURE),
        (GPT | {"country": {"FR": 0.5, "US": 0.5}}, UNSURE | {"computed-elsewhere"}),
        (CLIP, set()),
        (CLIP | {"audio": None}, {"audio-assumed"}),
        (CLIP | {"seconds": 30.0}, {"clip-extrapolated"}),
        (FIGURE, {"published-figure"}),
        (FIGURE | {"provider": "acme", "model": "unheard-of"}, {"published-figure", "figure-instead-of-model"}),
    ],
)  # fmt: skip
def test_what_a_reader_must_know_is_noted(changes: dict[str, Any], expected: set[str]) -> None:
    assert codes(line("ai", **changes)) == expected


@pytest.mark.parametrize(
    ("changes", "field", "code", "first"),
    [
        (GPT | {"model": "gpt-4oo"}, "model", "unknown-model", "gpt-4o"),
        (GPT | {"model": "claude-opus-5"}, "model", "unknown-model", None),
        (GPT | {"provider": "openal"}, "provider", "unknown-provider", "openai"),
        (GPT | {"provider": "anthropic", "model": "opus-5"}, "model", "unknown-model", "claude-opus-5"),
        (CLIP | {"model": "veo-3.2"}, "model", "unknown-model", None),
        (CLIP | {"provider": "anthropic"}, "provider", "unknown-provider", None),
        (GPT | {"task": "image", "output_tokens": None}, "figure", "task-not-priced", "luccioni_image"),
    ],
)
def test_what_is_not_known_is_refused_with_the_nearest_names(
    changes: dict[str, Any], field: str, code: str, first: str | None
) -> None:
    built = inventory(line("ai", **changes), line("ai", **GPT))
    (fault,) = built.faults
    assert (fault.line, fault.field, fault.code) == (0, field, code)
    assert first is None or fault.valid_values[0] == first
    assert 0 < len(fault.valid_values) <= MOST_NAMES
    assert sorted({row for table in built.tables for row in table.line.tolist()}) == [1]


def test_a_figure_is_offered_and_never_taken_unasked() -> None:
    (fault,) = inventory(line("ai", **GPT | {"model": "gpt-9"})).faults
    assert "figure: gemini_median_prompt" in fault.detail
    (video,) = inventory(line("ai", **CLIP | {"model": "veo-9"})).faults
    assert "figure" not in video.detail


def test_a_given_grid_needs_no_country_of_the_book() -> None:
    (cell,) = cells(line("ai", **GPT | {"country": {"YT": 1.0}, "grid_intensity": Quantity(0.5)}))
    assert cell.inputs["grid_region"].status == "given"
