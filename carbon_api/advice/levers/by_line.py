"""Levers that change each line of some kinds on its own, knowing where the whole plan stands."""

from collections.abc import Callable
from typing import TypeVar

from carbon_api.advice.lever import Edits, Proposal, Propose, Strength
from carbon_api.advice.situation import Said, Situation
from carbon_api.advice.text import Text
from carbon_api.plan.model import Line

L = TypeVar("L", bound=Line)


def by_line(kinds: tuple[type[L], ...], change: Callable[[Situation, Said, L, Strength], Edits | Text]) -> Propose:
    """The lever that changes each line of exactly these kinds, or says why it leaves one as it is."""

    def propose(situation: Situation, strength: Strength) -> Proposal:
        found = {
            said.index: change(situation, said, said.line, strength)
            for said in situation.said
            if isinstance(said.line, kinds) and type(said.line) in kinds
        }
        reasons = dict.fromkeys(one for one in found.values() if isinstance(one, Text))
        edits = {index: one for index, one in found.items() if not isinstance(one, Text)}
        return Proposal(edits=edits, reasons=tuple(reasons))

    return propose


def unpaid(said: Said) -> Edits:
    """What is paid for less is unknown: the spend of a line is left out, where it said one."""
    return {"spend": None} if "spend" in said.words else {}
