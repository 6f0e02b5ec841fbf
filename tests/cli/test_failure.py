"""An error on the command line says what is wrong, where, and what would do."""

from pathlib import Path

import pytest

from carbon_api.cli.failure import SHOWN_FINDINGS, SHOWN_VALUES, failure, name_file
from carbon_api.errors import Finding, PlanInvalid, PlanUnreadable, Unavailable
from carbon_api.plan.reader import read_file


def shown(*findings: Finding) -> str:
    meta: dict[str, object] = {}
    name_file(meta, "plan.yaml")
    return failure(PlanInvalid("one fault", findings), meta)


def test_a_finding_points_into_the_file_and_names_what_would_do() -> None:
    found = Finding("/lines/0/country", "unknown-country", 'there is no country "ZZZ"', ("FR", "BE"), 12)
    assert shown(found).splitlines() == [
        "Error: The plan is not valid. Faults: 1.",
        "",
        "  plan.yaml:12  /lines/0/country  [unknown-country]",
        '    there is no country "ZZZ"',
        "    Valid: FR, BE",
    ]


def test_of_many_values_the_nearest_are_shown_and_the_rest_counted() -> None:
    values = tuple(f"v{n}" for n in range(SHOWN_VALUES + 5))
    text = shown(Finding("/a", "unknown", "no such value", values))
    assert text.endswith(f"v{SHOWN_VALUES - 1}, … (5 more)")
    assert "plan.yaml  /a" in text


def test_of_many_findings_the_first_are_shown_and_the_rest_counted() -> None:
    text = shown(*(Finding(f"/lines/{n}", "c", "d") for n in range(SHOWN_FINDINGS + 7)))
    assert text.count("[c]") == SHOWN_FINDINGS
    assert text.endswith("… and 7 more.")


def test_an_error_without_findings_is_one_line() -> None:
    assert failure(Unavailable("no database"), {}) == "Error: Temporarily unavailable: no database"


def test_a_file_that_is_not_there_is_a_plan_that_cannot_be_read() -> None:
    with pytest.raises(PlanUnreadable) as caught:
        read_file(Path("nofile.yaml"))
    assert failure(caught.value, {}) == (
        "Error: The plan cannot be read: nofile.yaml: there is no such file; check the path"
    )
