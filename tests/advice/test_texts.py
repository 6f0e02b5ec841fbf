"""Every sentence of the advice, in both languages, says estimate and promises nothing."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from claims import CLAIMS, MAY, claimed
from marshmallow import Schema

import carbon_api.advice
from carbon_api.advice.catalog import LEVERS
from carbon_api.advice.lever import Criterion, Lever
from carbon_api.advice.levers import criteria
from carbon_api.advice.recommend import ACCOUNT
from carbon_api.advice.text import Text
from carbon_api.web.schemas import recommendation
from carbon_api.wording import LANGUAGES, SENTENCES, Language

ROOT = Path(__file__).parents[2]
ROOM = Path(carbon_api.advice.__path__[0])
IMPORTED = "from carbon_api.advice.text import Text\n"
# A text that is filled with numbers of each language: what it fills is read where it is written.
FILLED = {"Text(f'{how.en} {said.en}', f'{how.fr} {said.fr}')"}


def calls(source: str) -> Iterator[ast.Call]:
    """Every text that a module makes, in whatever function or class."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] == "Text":
            yield node


def text_of(call: ast.Call) -> Text | None:
    """The text that a call makes; None where it is not written out in the call."""
    said = [one.value for one in call.args if isinstance(one, ast.Constant) and isinstance(one.value, str)]
    return Text(*said) if len(said) == len(call.args) == len(Text._fields) else None


SOURCES = {file.relative_to(ROOM): file.read_text("utf-8") for file in sorted(ROOM.rglob("*.py"))}
CALLS = [call for source in SOURCES.values() if IMPORTED in source for call in calls(source)]
TEXTS = sorted({text for call in CALLS if (text := text_of(call))})


def test_every_text_is_read() -> None:
    """None is made of other words than those that these tests read."""
    assert len(TEXTS) > 10 * len(LEVERS) / 2
    assert ACCOUNT in TEXTS
    assert {ast.unparse(call) for call in CALLS if text_of(call) is None} <= FILLED
    others = [source.replace(IMPORTED, "") for name, source in SOURCES.items() if name != Path("text.py")]
    assert not [source for source in others if re.search(r"advice\.text\b|advice import text\b", source)]


def test_a_text_in_a_function_does_not_escape() -> None:
    source = (
        'def why(said):\n    return [Text("a " "b", "c") for one in said] + [Text(said.en, "d"), Text(f"{said}", "e")]'
    )
    assert [text_of(call) for call in calls(source)] == [Text("a b", "c"), None, None]


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_is_there_in_both_languages(text: Text) -> None:
    assert text.en.strip()
    assert text.fr.strip()
    assert text.en != text.fr
    blanks = [sorted(re.findall(r"\{\w+\}", one)) for one in text]
    assert blanks[0] == blanks[1]


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_claims_no_more_than_an_estimate(text: Text) -> None:
    for language, said in zip(LANGUAGES, text, strict=True):
        assert not claimed(said, language), said


@pytest.mark.parametrize("key", SENTENCES)
def test_a_sentence_of_the_wording_claims_no_more_than_an_estimate(key: str) -> None:
    for language, said in zip(LANGUAGES, SENTENCES[key], strict=True):
        assert not claimed(said, language), said


def schemas() -> Iterator[str]:
    """What the schemas of advice say of themselves and of their fields."""
    for schema in vars(recommendation).values():
        if isinstance(schema, type) and issubclass(schema, Schema) and schema.__module__ == recommendation.__name__:
            yield schema.__doc__ or ""
            yield from (str(field.metadata.get("description", "")) for field in schema().fields.values())


def documented(node: Any, document: Any, seen: set[str]) -> Iterator[str]:
    """What a part of the document says, and the parts that it refers to."""
    if isinstance(node, list):
        for one in node:
            yield from documented(one, document, seen)
    elif isinstance(node, dict):
        reference = node.get("$ref")
        if reference and reference not in seen:
            seen.add(reference)
            target = document
            for part in reference.removeprefix("#/").split("/"):
                target = target[part]
            yield from documented(target, document, seen)
        for name, value in node.items():
            if name in {"description", "summary"} and isinstance(value, str):
                yield value
            else:
                yield from documented(value, document, seen)


def test_the_documents_of_advice_claim_no_more_than_an_estimate() -> None:
    document = yaml.load((ROOT / "openapi.yaml").read_text("utf-8"), yaml.CSafeLoader)
    operations = [of for path, of in document["paths"].items() if path.endswith("/recommendations")]
    assert len(operations) > 1
    said = {*schemas(), *documented(operations, document, set())}
    assert len(said) > 100
    assert [one for one in sorted(said) if claimed(one, "en")] == []


@pytest.mark.parametrize(("language", "claim"), [(language, one) for language in LANGUAGES for one in CLAIMS[language]])
def test_what_must_not_be_claimed_is_found(language: Language, claim: str) -> None:
    assert claimed(claim, language)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "An estimate, never a measurement."),
        ("en", "delivery as the study measured it"),
        ("en", "Ad Net Zero, Action Plan"),
        ("en", "The screen stays on; cleaning lists is another matter."),
        ("en", "Electricity emits less there."),
        ("fr", "Une estimation, jamais une mesure."),
        ("fr", "diffusion telle que l’étude l’a mesurée"),
        ("fr", "Chacun regarde sur son propre appareil, avec ses propres données."),
        ("fr", "la durée de la vidéo, tronquée en zéro"),
    ],
)
def test_what_may_be_said_is_left_alone(language: Language, said: str) -> None:
    assert not claimed(said, language)


@pytest.mark.parametrize("words", MAY)
def test_an_exception_is_one(words: str) -> None:
    """Without its name it would be found, so that none is kept for nothing."""
    assert any(claimed(words, language, may=()) for language in LANGUAGES)


@pytest.mark.parametrize("text", TEXTS)
def test_french_is_set_as_french_is(text: Text) -> None:
    """No straight apostrophe, a space before what takes one, and none where a line may break."""
    assert "'" not in text.fr
    assert not re.search(r"[^\s{}\w][;:!?]|\w[;!?](?:\s|$)|\d%", text.fr)
    assert not re.search(r" [:;!?%»](?:\s|$)|« ", text.fr)


def test_french_that_is_filled_is_set_and_what_fills_it_is_not() -> None:
    text = Text("Of {id}: {share} %", "De {id} : {share} %").filled(id="a : b", share=("1.5", "1,5"))
    assert text == ("Of a : b: 1.5 %", "De a : b\u00a0: 1,5\u202f%")
    assert text._asdict() == {"en": text.en, "fr": text.fr}


def published() -> set[Criterion]:
    return {one for one in vars(criteria).values() if isinstance(one, Criterion)}


def test_a_criterion_is_written_once() -> None:
    names = [name for name, one in vars(criteria).items() if isinstance(one, Criterion)]
    assert len(names) == len(published())
    assert {one.source for one in published()} <= {one for one in vars(criteria).values() if isinstance(one, str)}
    assert [name for name, source in SOURCES.items() if "Criterion(" in source] == [
        Path("lever.py"),
        Path("levers/criteria.py"),
    ]
    assert {criterion for lever in LEVERS.values() for criterion in lever.criteria} == published()


@pytest.mark.parametrize("lever", LEVERS.values(), ids=lambda lever: lever.id)
def test_a_lever_is_whole(lever: Lever) -> None:
    assert re.fullmatch(r"[a-z][a-z-]+[a-z]", lever.id)
    assert lever.kinds
    assert lever.who
    assert lever.criteria
    for one in lever.parameters:
        assert one.default is None or one.field.read(one.default) is not None
        assert all(one.field.read(end) is not None for end in one.ends)
