"""Every sentence of the advice, in both languages, says estimate and promises nothing."""

import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

import carbon_api.advice
from carbon_api.advice.catalog import LEVERS
from carbon_api.advice.lever import Lever
from carbon_api.advice.text import Text

ROOM = Path(carbon_api.advice.__path__[0])
# What an estimate is not (design law 10): a measurement, a promise of neutrality, a green campaign.
NEVER = {
    "en": r"\b(measur\w*|neutral\w*|offset\w*|green|carbon[- ]free|eco-?friendly|clean campaign|zero[- ]carbon)\b",
    "fr": r"\b(mesur\w*|neutr\w*|compens\w*|vert(?:e|es|s)?|zéro carbone|écologique|propre)\b",
}


def modules() -> Iterator[ModuleType]:
    """Every module of the room."""
    for file in sorted(ROOM.rglob("*.py")):
        name = ".".join(file.relative_to(ROOM).with_suffix("").parts)
        yield import_module(f"carbon_api.advice.{name}")


def found(value: object) -> Iterator[Text]:
    """The texts in a value, however deep it holds them."""
    if isinstance(value, Text):
        yield value
    elif isinstance(value, tuple | list):
        for one in value:
            yield from found(one)
    elif isinstance(value, Lever):
        yield from found((value.title, value.explanation, value.caveats))
        for parameter in value.parameters:
            yield from found((parameter.about, parameter.basis))


TEXTS = sorted({text for module in modules() for value in vars(module).values() for text in found(value)})


def test_there_are_texts() -> None:
    assert len(TEXTS) > 10 * len(LEVERS) / 2


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_is_there_in_both_languages(text: Text) -> None:
    assert text.en.strip()
    assert text.fr.strip()
    assert text.en != text.fr
    blanks = [sorted(re.findall(r"\{\w+\}", one)) for one in text]
    assert blanks[0] == blanks[1]


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_claims_no_more_than_an_estimate(text: Text) -> None:
    for language, words in NEVER.items():
        claimed = re.search(words, getattr(text, language), re.IGNORECASE)
        assert not claimed, f"{claimed and claimed[0]!r} in: {getattr(text, language)}"


@pytest.mark.parametrize("text", TEXTS)
def test_french_is_set_as_french_is(text: Text) -> None:
    """No straight apostrophe, and a space before what takes one."""
    assert "'" not in text.fr
    assert not re.search(r"[^\s{}\w][;:!?]|\w[;!?](?:\s|$)", text.fr)


@pytest.mark.parametrize("lever", LEVERS.values(), ids=lambda lever: lever.id)
def test_a_lever_is_whole(lever: Lever) -> None:
    assert re.fullmatch(r"[a-z][a-z-]+[a-z]", lever.id)
    assert lever.kinds
    assert lever.who
    assert lever.criteria
    for one in lever.parameters:
        assert one.default is None or one.field.read(one.default) is not None
        assert all(one.field.read(end) is not None for end in one.ends)
