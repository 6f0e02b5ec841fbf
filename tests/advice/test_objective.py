"""What a line is for, and the levers that would work against it."""

import pytest
from advised import tried

from carbon_api.advice.catalog import LEVERS
from carbon_api.advice.objective import all_but, objective_of
from carbon_api.plan.vocabulary import OBJECTIVES

AD = {"kind": "ad", "platform": "tiktok", "country": "FR", "impressions": 1000, "format": "video"}


@pytest.mark.parametrize(("written", "meant"), [(one, name) for name, others in OBJECTIVES.items() for one in others])
def test_what_platforms_and_agencies_call_an_objective_is_one(written: str, meant: str) -> None:
    assert objective_of(written.upper()) == objective_of(meant.replace(" ", "_")) == meant


def test_words_of_the_callers_own_say_no_known_objective() -> None:
    assert objective_of("Launch of the autumn range") is None
    assert objective_of(None) is None


def test_a_lever_leaves_alone_the_lines_that_it_would_work_against() -> None:
    """And changes the others, whatever the caller calls what they are for."""
    said = [None, "Sales", "video_views", "our own words", "Vues vidéo"]
    lines = [{**AD, "id": f"{place}", **({"objective": one} if one else {})} for place, one in enumerate(said)]
    one = tried({"name": "x", "lines": lines}, "image-instead-of-video")
    assert one.saving is not None
    assert set(one.saving.proposal.edits) == {0, 1, 3}
    assert [(reason.text.en, reason.lines) for reason in one.reasons] == [
        ("The change works against what the line is for: video_views.", ("2",)),
        ("The change works against what the line is for: Vues vidéo.", ("4",)),
    ]


def test_customers_stay_in_what_is_for_their_loyalty() -> None:
    one = tried({"name": "x", "lines": [{**AD, "id": "a", "objective": "Fidélisation"}]}, "exclusion-lists")
    assert one.saving is None
    assert "Fidélisation" in one.reasons[0].text.en


def test_levers_name_known_objectives() -> None:
    assert all(set(lever.objectives) <= set(OBJECTIVES) for lever in LEVERS.values())
    assert "loyalty" not in all_but("loyalty")
    assert len(all_but("loyalty")) == len(OBJECTIVES) - 1
