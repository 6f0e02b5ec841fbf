"""The summary says all that a person needs before quoting the total."""

import re
from typing import Any

import pytest
from hand_made import Shown, figure

from carbon_api.wording import LANGUAGES, Language

ENGLISH = """\
Launch: 1.23 tCO2e (0.812 to 2)
95% range over 2,000 draws: parameter uncertainty inside one method. An estimate, never a measurement.
Method scope3-2026.07 (default), factors 2026.11 (given): attributional.

By stage tCO2e range share
Audience devices 1 0.7 to 1.5 81%
Networks 0.234 0.1 to 0.4 19%

By platform tCO2e range share
Instagram 1 0.7 to 1.5 81%
No platform 0.234 0.1 to 0.4 19%

By audience tCO2e range share
On target 1 0.7 to 1.5 81%
Off target 0.234 19%

Warnings
suspect factor tablets look too heavy (reels-2)

What drives the uncertainty
device study 61%

Cross-check under other methods
sri-2.1 ×1.4, lines compared: 3; not compared: Ad selection
ademe-2025 not compared: no such country

Other readings of the same plan
2.45 tCO2e programmatic: bought in auctions

What was assumed (29% of the total rests on a default)
time_on_screen 3 s Time an ad stays in view reels-1, reels-2 +3
Where each is published: carbon-api factors list, and words of its name

See it again at http://127.0.0.1:8000/v1/estimates/est_1
"""


def squeezed(text: str) -> str:
    """The text with runs of spaces as one, so that a test is about words and not about columns."""
    return "\n".join(re.sub(r"[ \u00a0]+", " ", line).strip() for line in text.splitlines()) + "\n"


def test_the_whole_summary(answer: dict[str, Any], shown: Shown) -> None:
    assert squeezed(shown(answer, address="http://127.0.0.1:8000/v1/estimates/est_1")) == ENGLISH


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_unit_is_one_for_the_whole_summary(answer: dict[str, Any], shown: Shown, language: Language) -> None:
    for scale, unit in ((1e-4, "gCO2e"), (1e-2, "kgCO2e"), (10, "tCO2e")):
        answer["total"] = figure(1234.5 * scale, 812.25 * scale, 1999.0 * scale)
        answer["readings"] = []
        units = re.findall(r"\bk?[gt]CO2e", shown(answer, language=language))
        assert set(units) == {unit}


def test_french_numbers_and_words(answer: dict[str, Any], shown: Shown) -> None:
    text = shown(answer, language="fr")
    assert "1,23\u00a0tCO2e (de 0,812 à 2)" in text
    assert "81\u202f%" in text
    assert not re.search(r"\d\.\d", text.replace("2026.", "").replace("sri-2.1", ""))


def test_no_range_is_said_and_leaves_no_trace_of_one(answer: dict[str, Any], shown: Shown) -> None:
    answer["uncertainty"] = {"range": False, "kind": "parameter uncertainty inside one method"}
    answer["drivers"] = []
    for part in (answer["total"], *(row["total"] for row in answer["by_stage"] + answer["by_platform"])):
        for key in ("low", "high", "level"):
            part.pop(key)
    answer["by_audience"] = {}
    text = shown(answer)
    assert "No range was asked for" in text
    assert " to " not in text.replace("next to", "")


def test_nothing_assumed_is_said(answer: dict[str, Any], shown: Shown) -> None:
    answer["coverage"] |= {"given": 1.0, "default": 0.0, "defaults": []}
    assert "Nothing was assumed" in shown(answer)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Totals cover 1 of 2 lines; not priced: reels-2."),
        ("fr", "Lignes couvertes par les totaux : 1 sur 2 ; non chiffrées : reels-2."),
    ],
)
def test_lines_that_are_not_priced_are_said_beside_the_total(
    answer: dict[str, Any], shown: Shown, language: Language, said: str
) -> None:
    assert said not in squeezed(shown(answer, language=language))
    answer["coverage"]["lines"] = {"priced": 1, "of": 2, "not_priced": ["reels-2"]}
    assert squeezed(shown(answer, language=language)).splitlines()[1].replace("\u202f", " ") == said


@pytest.mark.parametrize(
    ("field", "value", "unit", "told"),
    [
        ("devices", 1.0, "1", "100%"),
        ("devices", 98.0, "%", "98%"),
        ("network", 0.1, "1", "10%"),
        ("network", 23.6, "%", "23.6%"),
        ("aspect_ratio", 1.0, "1", "100%"),
        ("weight", 10.0, "1", "10"),
        ("copies", 2.0, "1", "2"),
    ],
)
def test_an_assumed_share_is_a_percentage_and_no_other_number_is(
    answer: dict[str, Any], shown: Shown, field: str, value: float, unit: str, told: str
) -> None:
    [default] = answer["coverage"]["defaults"]
    default |= {"field": field, "value": value, "unit": unit, "country": "FR"}
    assert f"{field} {told} Time an ad stays in view [FR] reels-1" in squeezed(shown(answer))


def test_a_plan_that_emits_nothing_has_no_shares(answer: dict[str, Any], shown: Shown) -> None:
    zero = figure(0.0, 0.0, 0.0)
    answer["total"] = zero
    answer["by_stage"] = [{"stage": "network", "phases": {}, "total": zero}]
    answer["by_platform"], answer["by_audience"] = [], {"on_target": zero}
    assert "Launch: 0\u00a0gCO2e" in shown(answer)


def test_what_a_plan_says_is_printed_as_it_is(answer: dict[str, Any], shown: Shown) -> None:
    """Square brackets are a console's markup; in a name they are a name."""
    answer["plan"]["name"] = "[bold]Launch[/bold] [1]"
    assert "[bold]Launch[/bold] [1]: " in shown(answer)
