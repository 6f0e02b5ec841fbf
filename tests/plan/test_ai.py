"""Lines of kind ai: what they must say, what contradicts, what the plan's defaults leave to them."""

from typing import Any

import pytest
from refusing import line, only, refused, the_refusal

TEXT: dict[str, Any] = {"id": "t", "kind": "ai", "country": "US", "task": "text", "generated": 500}
TEXT |= {"provider": "openai", "model": "gpt-4o", "output_tokens": 400}
VIDEO: dict[str, Any] = {"id": "v", "kind": "ai", "country": "US", "task": "video", "generated": 30}
VIDEO |= {"provider": "google", "model": "veo-3.1", "size": "1280x720", "seconds": 8}
HERE = "/lines/0"


def changed(one: dict[str, Any], *without: str, **changes: Any) -> dict[str, Any]:
    return {key: value for key, value in {**one, **changes}.items() if key not in without}


def test_a_line_in_french() -> None:
    french = {"id": "t", "kind": "IA", "pays": "US", "tâche": "texte", "générés": "1 k", "gardés": 20}
    french |= {"fournisseur": "Mistral AI", "modèle": "mistral-large-2512", "jetons": 650}
    read = only(french)
    assert (read.task, read.generated.value, read.kept.value) == ("text", 1000.0, 20.0)
    assert (read.provider, read.model, read.output_tokens.value) == ("Mistral AI", "mistral-large-2512", 650.0)
    film = {"id": "v", "kind": "ia", "country": "US", "modalité": "vidéo", "générées": 2, "taille": "1280x720"}
    film |= {"fournisseur": "google", "modele": "veo-3.1", "secondes": "8 s", "son": False}
    read = only(film)
    assert (read.task, read.size, read.seconds, read.audio) == ("video", "1280x720", 8.0, False)


@pytest.mark.parametrize(
    ("one", "missing"),
    [
        (changed(TEXT, "task"), "task"),
        (changed(TEXT, "generated"), "generated"),
        (changed(TEXT, "country"), "country"),
        (changed(TEXT, "provider"), "provider"),
        (changed(TEXT, "model"), "model"),
        (changed(TEXT, "output_tokens"), "output_tokens"),
        (changed(VIDEO, "size"), "size"),
        (changed(VIDEO, "seconds"), "seconds"),
    ],
)
def test_what_a_line_lacks_is_named(one: dict[str, Any], missing: str) -> None:
    found = the_refusal(one)
    assert (found.pointer, found.code) == (HERE, "missing-field")
    assert found.valid_values[0] == missing


@pytest.mark.parametrize(
    ("one", "pointer"),
    [
        (changed(TEXT, kept=501), "kept"),
        (changed(TEXT, seconds=3), "seconds"),
        (changed(TEXT, size="1280x720"), "size"),
        (changed(TEXT, audio=True), "audio"),
        (changed(VIDEO, output_tokens=3), "output_tokens"),
        (line("ai", output_tokens=3), "output_tokens"),
        (line("ai", task="text"), "figure"),
        (changed(TEXT, "output_tokens", figure="luccioni_image"), "figure"),
        (changed(TEXT, figure="gemini_median_prompt"), "output_tokens"),
    ],
)
def test_what_contradicts_is_refused(one: dict[str, Any], pointer: str) -> None:
    assert refused(one) == [(f"{HERE}/{pointer}", "contradiction")]


def test_as_many_may_be_kept_as_are_generated() -> None:
    assert only(changed(TEXT, kept=500)).kept.value == 500
    assert only(changed(TEXT, kept=0)).kept.value == 0


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("generated", -1, "negative"),
        ("generated", "NaN", "not-a-number"),
        ("generated", 1e13, "too-large"),
        ("output_tokens", 0, "too-small"),
        ("output_tokens", 1e10, "too-large"),
        ("output_tokens", "400 mots", "unknown-unit"),
        ("provider", "", "empty"),
        ("model", "x" * 121, "too-long"),
        ("model", "gpt\n4o", "control-character"),
        ("model", 4, "not-text"),
        ("task", "audio", "unknown-task"),
        ("figure", "gemini_median", "unknown-figure"),
        ("figure", None, "null"),
    ],
)
def test_a_hostile_value_is_refused_where_it_stands(field: str, value: object, code: str) -> None:
    assert (f"{HERE}/{field}", code) in refused(changed(TEXT, **{field: value}))


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("size", "1280", "not-a-size"),
        ("size", "1280x", "not-a-size"),
        ("size", "0x720", "not-a-size"),
        ("size", "99999x99999", "not-a-size"),
        ("size", "1280x720x3", "not-a-size"),
        ("size", "720p", "not-a-size"),
        ("seconds", 0, "too-small"),
        ("seconds", 3601, "too-large"),
        ("seconds", {"value": 8, "plus_minus": "10 %"}, "not-a-number"),
        ("seconds", "8 MB", "wrong-dimension"),
        ("seconds", "1 h", "unknown-unit"),
        ("audio", "yes", "not-true-or-false"),
    ],
)
def test_a_clip_is_plain_or_refused(field: str, value: object, code: str) -> None:
    assert refused(changed(VIDEO, **{field: value})) == [(f"{HERE}/{field}", code)]


def test_a_figure_is_meant_however_its_words_are_joined() -> None:
    assert only(line("ai", task="text", figure="gemini-median-prompt")).figure == "gemini_median_prompt"
    assert the_refusal(line("ai", figure="luccioni_images")).valid_values[0] == "luccioni_image"


def test_defaults_of_another_task_are_left_aside() -> None:
    defaults = {"country": "US", "output_tokens": 400, "provider": "openai", "model": "gpt-4o", "seconds": 8}
    image, text = changed(line("ai", "country"), id="i"), {"id": "t", "kind": "ai", "task": "text", "generated": 3}
    assert (only(image, defaults=defaults).output_tokens, only(image, defaults=defaults).model) == (None, None)
    read = only(text, defaults=defaults)
    assert (read.output_tokens.value, read.model, read.seconds) == (400.0, "gpt-4o", None)


def test_a_model_that_a_line_names_sets_a_default_figure_aside() -> None:
    defaults = {"figure": "gemini_median_prompt"}
    assert only(TEXT, defaults=defaults).figure is None
    assert only(changed(TEXT, "provider", "model", "output_tokens"), defaults=defaults).figure == "gemini_median_prompt"


def test_a_unit_of_time_that_a_clip_is_not_told_in_is_said_to_be_no_other_measure() -> None:
    found = the_refusal(changed(VIDEO, seconds="1 h"))
    assert found.detail == '"h" is not taken here; write one of s, sec, min'
