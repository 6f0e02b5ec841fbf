"""A lever as it is answered: what it changes, what that saves, how sure that is, what it costs in people reached."""

from collections.abc import Iterable
from typing import Any

from carbon_api.advice.attempt import Attempt, attempt
from carbon_api.advice.changed import changes
from carbon_api.advice.lever import WHO, Lever
from carbon_api.advice.other_methods import disagreeing, robust, verdicts
from carbon_api.advice.reach import after, got
from carbon_api.advice.saving import Saving, split
from carbon_api.advice.scope import LINES
from carbon_api.advice.text import Text
from carbon_api.estimate.figures import figure

MOST_CHANGES = 200
ON_PAPER = Text(
    "More is emitted: the physical part is below nothing, and only what moves to other accounts falls.",
    "Il est émis davantage : la part physique est négative, et seul baisse ce qui passe à d’autres comptes.",
)


def shown(tried: Attempt, saving: Saving) -> dict[str, Any]:
    """A lever that applies."""
    lever, found = tried.lever, changes(saving.before, saving.proposal)
    others, parts = verdicts(saving), split(saving, moves=lever.moves)
    return {
        **named(lever),
        "explanation": lever.explanation._asdict(),
        "kinds": list(lever.kinds),
        "placements": list(lever.placements),
        "objectives": list(lever.objectives),
        "who": [who for who in WHO if who in lever.who],
        "effort": lever.effort,
        "holds": lever.holds,
        "criteria": [criterion._asdict() for criterion in lever.criteria],
        "lines": tried.written.get(LINES),
        "parameters": _parameters(tried),
        "changes": found[:MOST_CHANGES],
        "changes_in_all": len(found),
        **saving.shown(),
        "split": parts._asdict(),
        "before": got(saving.before.outcome),
        "after": after(saving.before.outcome, saving.after.outcome),
        "sensitivity": _sensitivity(tried, saving),
        "other_methods": [verdict._asdict() for verdict in others],
        "robust": robust(saving, others),
        "disagree": disagreeing(saving, others),
        "unchanged": [reason.told() for reason in tried.reasons],
        "caveats": texts((*lever.caveats, *saving.proposal.notes, *([ON_PAPER] if parts.physical < 0 else []))),
    }


def not_applicable(tried: Attempt) -> dict[str, Any]:
    """A lever that does not apply, and why."""
    return {**named(tried.lever), "reasons": [reason.told() for reason in tried.reasons]}


def named(lever: Lever) -> dict[str, Any]:
    """Which lever it is."""
    return {"lever": lever.id, "title": lever.title._asdict()}


def texts(several: Iterable[Text]) -> list[dict[str, str]]:
    """Sentences in both languages."""
    return [text._asdict() for text in several]


def _parameters(tried: Attempt) -> list[dict[str, Any]]:
    return [
        {
            "name": one.name,
            "about": one.about._asdict(),
            "value": tried.written.get(one.name, one.default),
            "status": "given" if one.name in tried.written else "default",
            "basis": one.basis._asdict(),
        }
        for one in tried.lever.parameters
    ]


def _sensitivity(tried: Attempt, saving: Saving) -> list[dict[str, Any]]:
    """What the lever saves at other strengths that are as likely as the default it took."""
    lever = tried.lever
    ends = [(one.name, end) for one in lever.parameters if one.name not in tried.written for end in one.ends]
    found = []
    for name, end in ends:
        other = attempt(saving.before, lever, {**tried.written, name: end}, ranged=False).saving
        if other:
            found.append({"parameter": name, "value": end, "saving": figure(other.central)})
    return found
