"""What is taken from EcoLogits is EcoLogits' own: every model, its low and its high, to nine digits."""

import subprocess
import sys
from math import inf
from typing import Any

import pytest
from ecologits.estimations.video import video_impacts
from ecologits.model_repository import models
from ecologits.tracers.utils import PROVIDER_CONFIG_MAP, llm_impacts
from ecologits.utils.range_value import RangeValue

from carbon_api.factor_book import ecologits_package as package
from carbon_api.factor_book.asked import Asked, NotPriced
from carbon_api.factor_book.book import book
from carbon_api.factor_book.ecologits import NAMED_BY, made
from carbon_api.factor_book.entry import Row

RELEASE = book().release(None)
TEXTS = sorted((model.provider.value, model.name) for model in models.list_models())
VIDEOS = sorted((provider, name) for provider, clips in package._videos().items() for name in clips)


def ends(value: Any) -> tuple[float, float]:
    return (value.min, value.max) if isinstance(value, RangeValue) else (value, value)


def summed(rows: dict[str, Row], of: str, tokens: float) -> tuple[float, float]:
    """The low and high of a text, as the formulas add them up."""
    each, first = rows[f"{of}_per_token"], rows[f"{of}_per_output"]
    return tokens * each.low + first.low, tokens * each.high + first.high


def near(pair: tuple[float, float]) -> Any:
    return pytest.approx(pair, rel=1e-9)


def test_all_of_its_models_are_there() -> None:
    assert len(TEXTS) == 351
    assert len(VIDEOS) == 17


@pytest.mark.parametrize("provider", sorted(PROVIDER_CONFIG_MAP))
def test_every_text_model_is_as_ecologits_has_it(provider: str) -> None:
    for name in [name for of, name in TEXTS if of == provider]:
        rows = dict(made(Asked("text", provider, name), RELEASE).rows)
        for tokens in (1, 400, 31_000):
            told = llm_impacts(provider, name, tokens, inf)
            assert told.energy is not None
            assert told.embodied is not None
            assert summed(rows, "energy", tokens) == near(ends(told.energy.value)), name
            assert summed(rows, "embodied", tokens) == near(ends(told.embodied.gwp.value)), name


@pytest.mark.parametrize(("provider", "name"), VIDEOS)
@pytest.mark.parametrize("audio", [True, False, None])
@pytest.mark.parametrize(("size", "seconds"), [("1280x720", 8.0), ("1920x1080", 5.5)])
def test_every_video_model_is_as_ecologits_has_it(
    provider: str, name: str, audio: bool | None, size: str, seconds: float
) -> None:
    rows = made(Asked("video", provider, name, size, seconds, audio), RELEASE).rows
    told = video_impacts(name, size, seconds, with_audio=audio is not False)
    assert told.energy is not None
    assert told.embodied is not None
    assert (rows["energy_per_output"].low, rows["energy_per_output"].high) == ends(told.energy.value)
    assert (rows["embodied_per_output"].low, rows["embodied_per_output"].high) == ends(told.embodied.gwp.value)


@pytest.mark.parametrize(
    ("provider", "name", "low", "high"),
    [
        # methodology of this project, factors/genai.csv: kWh for 400 tokens, EcoLogits 0.11.3 run by another hand
        ("openai", "gpt-4o", 0.0005789, 0.0009637),
        ("openai", "gpt-5-nano", 3.123e-05, 3.492e-05),
        ("anthropic", "claude-opus-5", 0.001241, 0.002403),
        ("google_genai", "gemini-2.5-pro", 0.004628, 0.01098),
        ("mistralai", "mistral-large-2512", 0.001127, 0.001127),
    ],
)
def test_four_hundred_tokens_are_what_was_read_before(provider: str, name: str, low: float, high: float) -> None:
    found = summed(dict(made(Asked("text", provider, name), RELEASE).rows), "energy", 400)
    assert found == pytest.approx((low, high), rel=1e-3)


def test_a_row_says_where_it_is_from_and_keeps_the_ends() -> None:
    row = made(Asked("text", "openai", "gpt-4o"), RELEASE).rows["energy_per_token"]
    named = RELEASE.find(NAMED_BY)
    assert named is not None
    assert (row.source, row.since, row.review_by) == ("ecologits-0.11.3", "2026.11", named.row.review_by)
    assert row.value == (row.low + row.high) / 2
    assert (row.shape, row.unit, row.group) == ("triangular", "kWh/token", "EcoLogits, openai/gpt-4o")
    assert "llm_impacts" in row.locator
    assert f"{row.low:.6g} to {row.high:.6g}" in row.locator
    assert book().sources[row.source].licence == "MPL-2.0"
    alone = made(Asked("text", "mistralai", "mistral-large-2512"), RELEASE).rows["energy_per_token"]
    assert (alone.shape, alone.low) == ("exact", alone.high)


@pytest.mark.parametrize(
    ("written", "name", "task", "model"),
    [
        ("OpenAI", "openai", "text", "gpt-4o"),
        ("Mistral", "mistralai", "text", "mistral-large-2512"),
        ("Mistral AI", "mistralai", "text", "mistral-large-2512"),
        ("Google", "google_genai", "text", "gemini-2.5-pro"),
        ("Hugging Face", "huggingface_hub", "text", "openai/gpt-oss-20b"),
        ("google_genai", "google", "video", "veo-3.1"),
        ("Google", "google", "video", "google/veo-3.1"),
    ],
)
def test_a_provider_is_found_however_it_is_written(written: str, name: str, task: str, model: str) -> None:
    clip = ("1280x720", 8.0) if task == "video" else ()
    assert made(Asked(task, written, model, *clip), RELEASE) == made(Asked(task, name, model, *clip), RELEASE)


@pytest.mark.parametrize(
    ("asked", "field", "known"),
    [
        (Asked("image", "openai", "gpt-image-1"), "task", "text"),
        (Asked("text", "openal", "gpt-4o"), "provider", "openai"),
        (Asked("text", "openai", "GPT-4o"), "model", "gpt-4o"),
        (Asked("text", "anthropic", "gpt-4o"), "model", "claude-opus-5"),
        (Asked("video", "anthropic", "claude"), "provider", "runway"),
        (Asked("video", "openai", "gpt-4o", "1280x720", 8.0), "model", "openai/sora-2-pro"),
    ],
)
def test_what_ecologits_does_not_have_is_not_priced(asked: Asked, field: str, known: str) -> None:
    with pytest.raises(NotPriced) as refused:
        made(asked, RELEASE)
    assert refused.value.field == field
    assert known in refused.value.known


@pytest.mark.parametrize(
    ("size", "seconds", "fits"),
    [("1280x720", 8, True), ("720x1280", 8, True), ("1280x720", 20, False), ("640x360", 8, False)],
)
def test_a_clip_that_the_regression_was_not_fitted_to_is_said(size: str, seconds: float, fits: bool) -> None:
    notes = made(Asked("video", "google", "veo-3.1", size, seconds, True), RELEASE).notes
    assert [code for code, _ in notes] == ([] if fits else ["clip-extrapolated"])


def test_what_ecologits_says_of_a_model_is_passed_on() -> None:
    found = made(Asked("text", "openai", "gpt-4o"), RELEASE)
    assert [code for code, _ in found.notes] == ["model-arch-not-released", "model-arch-multimodal"]
    assert found.notes_in("US") == found.notes
    assert [code for code, _ in found.notes_in("FR")][-1] == "computed-elsewhere"


def test_the_country_of_every_provider_is_known() -> None:
    configured = {one.datacenter_location for one in PROVIDER_CONFIG_MAP.values()}
    configured |= {one["datacenter_location"] for one in package._data()["provider_configurations"].values()}
    assert configured == set(package.COUNTRIES)


def test_the_fit_of_its_regressions_is_held_against_what_was_measured() -> None:
    """The spread of ecologits.model_ratio: 400 tokens of a Llama of 70.55 G parameters, on its four GPUs alone."""
    from ecologits.impacts.llm import compute_llm_impacts_dag

    found = RELEASE.find(NAMED_BY)
    model = models.find_model("huggingface_hub", "meta-llama/Meta-Llama-3.1-70B-Instruct")
    assert found is not None
    assert model is not None
    size = float(model.architecture.parameters)  # type: ignore[arg-type]  # a dense model: one number
    run = compute_llm_impacts_dag(size, size, 400, inf, 0, 0, 0, 0, 1, 1)
    watt_hours = 1000 * run["gpu_energy"] * run["gpu_required_count"]
    assert watt_hours == pytest.approx(0.1291, rel=1e-3)
    assert found.row.high == pytest.approx((watt_hours / 0.06708) ** 0.5, rel=1e-3)


IMPORTED = """
import logging, socket, sys
def denied(*_, **__):
    raise RuntimeError("the network is not to be used")
socket.socket.connect = socket.getaddrinfo = socket.create_connection = denied
import carbon_api.cli.main, carbon_api.estimate.run
from carbon_api.factor_book.book import book
from carbon_api.factor_book.asked import Asked
from carbon_api.factor_book.ecologits import made
assert "ecologits" not in sys.modules, "imported before it is asked"
made(Asked("text", "openai", "gpt-4o"), book().release(None))
made(Asked("video", "google", "veo-3.1", "1280x720", 8.0), book().release(None))
assert "ecologits" in sys.modules
assert logging.getLoggerClass() is logging.Logger, "the class of loggers is not ours any more"
"""


def test_it_is_imported_only_when_asked_without_network_noise_or_trace() -> None:
    done = subprocess.run([sys.executable, "-W", "error", "-c", IMPORTED], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
