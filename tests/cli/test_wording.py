"""Numbers and sentences: readable, and never another number than the one given."""

import re
from collections.abc import Mapping
from string import Formatter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carbon_api.plan.kinds import KINDS
from carbon_api.plan.vocabulary import COUNTRIES
from carbon_api.wording import (
    GRAM,
    KILOGRAM,
    LANGUAGES,
    SENTENCES,
    TONNE,
    Language,
    mass,
    mass_range,
    mass_unit,
    names,
    number,
    percent,
)
from carbon_api.wording.french import typeset

languages = st.sampled_from(LANGUAGES)
magnitudes = st.floats(min_value=1e-9, max_value=1e12)


def read_back(text: str, language: Language) -> float:
    """The number that a text says, read as its language writes it."""
    thousands, decimal = (",", ".") if language == "en" else ("\u202f", ",")
    return float(text.replace(thousands, "").replace(decimal, "."))


@given(magnitudes, languages, st.integers(1, 6))
def test_a_number_reads_back_to_its_digits(value: float, language: Language, digits: int) -> None:
    assert read_back(number(value, language, digits), language) == pytest.approx(value, rel=0.5 * 10 ** (1 - digits))


@given(magnitudes, languages)
def test_a_mass_reads_back_whatever_its_unit(kilograms: float, language: Language) -> None:
    text, name = mass(kilograms, language).split("\u00a0")
    unit = {unit.name: unit for unit in (GRAM, KILOGRAM, TONNE)}[name]
    assert read_back(text, language) * unit.kilograms == pytest.approx(kilograms, rel=5e-3)


@given(magnitudes)
def test_a_unit_never_shrinks_as_the_mass_grows(kilograms: float) -> None:
    assert mass_unit(kilograms * 2).kilograms >= mass_unit(kilograms).kilograms


@pytest.mark.parametrize(
    ("kilograms", "english", "french"),
    [
        (0.0, "0 gCO2e", "0 gCO2e"),
        (0.4537, "454 gCO2e", "454 gCO2e"),
        (18.42, "18.4 kgCO2e", "18,4 kgCO2e"),
        (1_072_400.0, "1,072 tCO2e", "1\u202f072 tCO2e"),  # a comma printed as a point made this 1.072 once
    ],
)
def test_masses_as_people_read_them(kilograms: float, english: str, french: str) -> None:
    assert [mass(kilograms, language).replace("\u00a0", " ") for language in LANGUAGES] == [english, french]


def test_a_range_is_in_the_unit_of_its_centre() -> None:
    figure = {"central": 1.2, "low": 0.8, "high": 1500.0}
    assert mass_range(figure, "en") == "0.8 to 1,500"
    assert mass_range({"central": 1.2}, "en") == ""


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (0.0, "0%"),
        (1e-9, "<1%"),
        (0.004, "<1%"),
        (0.61, "61%"),
        (0.994, "99%"),
        (0.9996, ">99%"),
        (1 - 1e-15, "100%"),  # a sum of shares that are all there is
        (1.0, "100%"),
        (1.2, "120%"),
    ],
)
def test_a_share_that_is_there_is_never_nothing_nor_whole_before_it_is(share: float, text: str) -> None:
    assert percent(share, "en") == text
    assert percent(share, "fr") == text.replace("%", "\u202f%")
    assert percent(-share, "en") == (f"\u2212{text}" if share else text)


@pytest.mark.parametrize(
    ("plain", "set_"),
    [
        ("Prêt ! Vraiment ? Oui ; à 5 %", "Prêt\u202f! Vraiment\u202f? Oui\u202f; à 5\u202f%"),
        ("Total : « neuf », à {share} %.", "Total\u00a0: «\u00a0neuf\u00a0», à {share}\u202f%."),
        ("à 12:30, voir https://a.fr/?b=c;d et /lines/3", "à 12:30, voir https://a.fr/?b=c;d et /lines/3"),
        ("écrire buying: programmatic", "écrire buying: programmatic"),
        ("déjà\u00a0: mis\u202f!", "déjà\u00a0: mis\u202f!"),
    ],
)
def test_french_is_set_without_a_break_before_its_signs(plain: str, set_: str) -> None:
    assert typeset(plain) == set_
    assert typeset(set_) == set_


@pytest.mark.parametrize("key", SENTENCES)
def test_a_french_sentence_is_set(key: str) -> None:
    assert not re.search(r" [:;!?%»](?:\s|$)|« ", SENTENCES[key][1])


@pytest.mark.parametrize("several", [names.KINDS, names.COUNTRIES])
def test_what_stands_in_a_sentence_has_a_name_in_both_languages(several: Mapping[str, tuple[str, str]]) -> None:
    assert all(english.strip() and french.strip() for english, french in several.values())


def test_names_stand_in_a_row() -> None:
    assert names.kinds(["travel"]) == ("travel", "déplacement")
    assert names.kinds(["ad", "travel", "ai"]) == ("ad, travel or AI", "publicité, déplacement ou IA")
    assert names.countries(["SE", "AQ"]) == ("Sweden, AQ", "Suède, AQ")
    assert names.stages(["selection", "device"]) == (
        "ad selection, audience devices",
        "sélection publicitaire, terminaux de l’audience",
    )


def test_every_kind_and_country_that_is_named_is_one_of_a_plan() -> None:
    assert names.KINDS.keys() == KINDS.keys()
    assert names.COUNTRIES.keys() <= set(COUNTRIES)


@pytest.mark.parametrize("key", SENTENCES)
def test_a_sentence_says_the_same_in_both_languages(key: str) -> None:
    english, french = ({name for _, name, _, _ in Formatter().parse(text) if name} for text in SENTENCES[key])
    assert french == english
