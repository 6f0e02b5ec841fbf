"""Why a lever changes nothing, or not every line."""

from collections.abc import Iterable
from typing import NamedTuple

from carbon_api.advice.lever import Proposal
from carbon_api.advice.situation import Situation
from carbon_api.advice.text import Text


class Reason(NamedTuple):
    """A reason, and the ids of the lines that it is of: none where it is of the whole plan."""

    text: Text
    lines: tuple[str, ...] = ()

    def told(self) -> dict[str, object]:
        """The reason as it is answered."""
        return {**self.text._asdict(), "lines": list(self.lines)}


def reasons_of(situation: Situation, proposal: Proposal) -> tuple[Reason, ...]:
    """Each reason of a proposal once, with its lines in the caller's order."""
    by_text: dict[Text, list[str]] = {}
    for index, text in sorted(proposal.stays, key=lambda one: one[0]):
        by_text.setdefault(text, []).append(situation.plan.lines[index].id)
    of_lines = (Reason(text, tuple(dict.fromkeys(ids))) for text, ids in by_text.items())
    return (*of_lines, *whole(proposal.reasons))


def whole(texts: Iterable[Text]) -> tuple[Reason, ...]:
    """Reasons that are of the whole plan."""
    return tuple(Reason(text) for text in texts)
