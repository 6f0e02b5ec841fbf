"""What a summary calls things in French, and what it may leave in English."""

from typing import Any

import pytest
from hand_made import Shown

from carbon_api.cli.words import GROUPS, WARNINGS, group_name, warning_title
from carbon_api.estimate.run import estimate_plan
from carbon_api.factor_book.book import book
from carbon_api.plan.load import parse_plan
from carbon_api.wording import retold
from carbon_api.wording.sentences import SENTENCES


def test_every_group_of_the_book_has_a_name_in_french() -> None:
    named = {row.group for row in book().rows if row.shape != "exact" and " " in row.group}
    assert [group for group in sorted(named) if group_name(group, "fr") == group] == [], "name them in GROUPS"


@pytest.mark.parametrize(
    ("group", "french"),
    [
        ("device study gmsf", "étude des terminaux gmsf"),
        ("data rate, Twitch", "débit, Twitch"),
        ("data rate of video", "débit de la vidéo"),
        ("device mix, phones", "part des téléphones"),
        ("given: views", "du plan : views"),
        ("given: what the agency calls it", "du plan : what the agency calls it"),
        ("sri.ssp_activation", "sri.ssp_activation"),
        ("gridlock", "gridlock"),
    ],
)
def test_a_group_is_named_and_what_is_a_name_already_stays(group: str, french: str) -> None:
    assert group_name(group, "fr") == french
    assert group_name(group, "en") == group


def test_no_name_stands_for_two_groups() -> None:
    assert len(set(GROUPS.values())) >= len(GROUPS) - 1  # a prompt and a query are one word in French


def test_a_warning_has_a_title_and_an_unknown_one_its_code() -> None:
    assert {row.warning for row in book().rows if row.warning} <= WARNINGS.keys()
    assert warning_title("suspect-factor", "fr") == "facteur douteux"
    assert warning_title("selection-out-of-boundary", "fr") == "Sélection publicitaire\u00a0: hors périmètre"
    assert warning_title("selection-out-of-boundary", "en") == "Ad selection left out"
    assert warning_title("line-out-of-boundary", "en") == "line left out"
    for code in ("of-another-version", "moon-out-of-boundary", "-out-of-boundary"):
        assert warning_title(code, "fr") == code


def test_what_another_version_wrote_is_left_as_it_is() -> None:
    assert retold(SENTENCES["accounting"][0], "accounting", "fr") == SENTENCES["accounting"][1]
    for key in (name for name in SENTENCES if name.startswith("accounting_of_")):
        assert retold(SENTENCES[key][0], "accounting", "fr") == SENTENCES[key][1]
    assert retold("consequential", "accounting", "fr") == "consequential"


def test_a_summary_in_french_says_no_english_of_ours(shown: Shown) -> None:
    """All but the details of warnings and the names of factors, which are the answer's."""
    line = {"kind": "ad", "country": "FR", "impressions": {"value": 1e6, "plus_minus": 0.3}, "format": "video"}
    lines = [
        line | {"id": "a", "platform": "other"},
        line | {"id": "b", "platform": "tiktok", "buying": "programmatic"},
    ]
    answer = estimate_plan(parse_plan({"name": "Lancement", "lines": lines}), book())
    text = " ".join(shown(answer | {"coverage": answer["coverage"] | {"defaults": []}}, language="fr").split())
    for french in ("attributionnel, électricité moyenne du lieu", "incertitude des paramètres", "Autre", "du plan :"):
        assert french in text
    for word in ("attributional", "parameter", "Other", "study", "given", "out-of-boundary"):
        assert word not in text, word
    kinds: Any = {warning["code"] for warning in answer["warnings"]}
    assert all(" ".join(warning_title(kind, "fr").split()) in text for kind in kinds)
