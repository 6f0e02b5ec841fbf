"""A fault is told where it was written: in the caller's own keys, at the line of the text, whoever found it."""

import json

import pytest
from refusing import line, plan, refusals

from carbon_api.errors import Finding, PlanInvalid
from carbon_api.estimate.run import estimate_plan
from carbon_api.factor_book.book import book
from carbon_api.plan.document import Document
from carbon_api.plan.load import load_plan

DOCUMENT = {"défauts": {"pays": "AQ"}, "lignes": [{"pays": "FR"}, {"~/": 1, "kind": "ad"}]}


@pytest.mark.parametrize(
    ("pointer", "written"),
    [
        ("", ""),
        ("/lines", "/lignes"),
        ("/lines/0/country", "/lignes/0/pays"),
        ("/lines/1/country", "/défauts/pays"),
        ("/lines/1/medium", "/lignes/1"),
        ("/lines/1/kind/deeper", "/lignes/1/kind"),
        ("/lines/1/~0~1", "/lignes/1/~0~1"),
        ("/lines/2", "/lignes"),
        ("/method", ""),
        ("/period/start", ""),
    ],
)
def test_a_pointer_is_put_into_the_callers_keys(pointer: str, written: str) -> None:
    assert Document(DOCUMENT).located(Finding(pointer, "code", "detail")).pointer == written


def unpriced(text: str, media_type: str = "yaml") -> PlanInvalid:
    """What the method cannot price in a plan that reads well."""
    read = load_plan(text.encode(), "json" if media_type == "json" else "yaml")
    with pytest.raises(PlanInvalid) as caught:
        estimate_plan(read, book())
    return caught.value


def test_what_cannot_be_priced_says_its_key_its_line_and_its_value() -> None:
    text = "name: x\nlines:\n- id: a\n  kind: stockage\n  pays: FR\n  volume: 1\n  kept_for: 1\n  medium: tape\n"
    error = unpriced(text)
    assert [(finding.pointer, finding.line) for finding in error.findings] == [("/lines/0/medium", 8)]
    assert error.detail.startswith("Faults in the plan: 1. First, at /lines/0/medium: ")
    assert '"tape": no published value' in error.detail
    text = text.replace("lines", "lignes").replace("pays: FR", "pays: AQ").replace("tape", "hdd")
    assert [(finding.pointer, finding.line) for finding in unpriced(text).findings] == [("/lignes/0/pays", 5)]


def test_a_default_that_cannot_be_priced_is_told_once_where_it_stands() -> None:
    lines = [line("storage", "country", id=str(index)) for index in range(200)]
    text = json.dumps(plan(*lines, defaults={"pays": "AQ"}), indent=0, ensure_ascii=False)
    [finding] = unpriced(text, "json").findings
    assert (finding.pointer, finding.line) == ("/defaults/pays", text[: text.index("AQ")].count("\n") + 1)


@pytest.mark.parametrize(("field", "named"), [("method", "guess-1"), ("factor_release", "1999.01")])
def test_a_name_that_is_not_there_is_said_with_its_place(field: str, named: str) -> None:
    error = unpriced(
        f"name: x\nlines: [{{id: a, kind: storage, country: FR, volume: 1, kept_for: 1}}]\n{field}: '{named}'"
    )
    assert [(finding.pointer, finding.line) for finding in error.findings] == [(f"/{field}", 3)]
    said = field.replace("_", " ")
    assert error.detail == f'Faults in the plan: 1. First, at /{field}: there is no {said} "{named}".'


def test_too_many_draws_are_told_where_they_are_asked_for() -> None:
    lines = [line("storage", id=str(index)) for index in range(1001)]
    [finding] = unpriced(json.dumps(plan(*lines, draws=20_000), indent=0), "json").findings
    assert (finding.pointer, finding.code) == ("/draws", "too-many-draws")
    assert finding.line is not None


def test_a_default_that_contradicts_many_lines_leaves_room_for_other_faults() -> None:
    ads = [line("ad", "format", id=str(index), format="video") for index in range(150)]
    found = refusals(plan(*ads, line("ad", id="z", impressions=-1), défauts={"débit": 3, "résolution": "720p"}))
    assert [(finding.pointer, finding.code) for finding in found] == [
        ("/défauts/résolution", "contradiction"),
        ("/lines/150/impressions", "negative"),
    ]
